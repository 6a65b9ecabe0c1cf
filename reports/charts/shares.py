"""A whole in parts by rating: how many goals are reached, how many at risk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.formats import NBSP, number
from reports.charts.chart import MISSING, Chart, Table
from reports.charts.lettering import LINE, NARROW, width, wrap
from reports.charts.marks import mark
from reports.charts.surfaces import STATUS_SURFACES, filled, hatches
from reports.charts.svg import Markup, Piece, at, document, joined, paragraph, stacked, words
from reports.charts.telling import listed, tell

THICK = 14  # px
UNDER = 20  # px under a bar, for shapes and counts
SEAM = 0.005  # of the width, between segments
BETWEEN = 14  # px between rows
APART = 16  # px between a name and its number
MARK = 14  # px that a shape takes with the space after it
KEY_WORDS = 46  # px from the edge to the words of the key


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating's word, and the kind whose shape and hue it has: ok, risk, bad, wait, missing or decision."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Share:
    """A name and how many it has of each rating; None where nobody has counted."""

    label: str
    counts: Sequence[int | None]

    @property
    def total(self) -> int:
        """How many were counted."""
        return sum(filter(None, self.counts))

    @property
    def is_counted(self) -> bool:
        return any(count is not None for count in self.counts)


def shares(title: str, rows: Sequence[Share], ratings: Sequence[Rating], *, prefix: str, head: str) -> Chart:
    """Draw how each row's whole is shared between the ratings, and under it the ratings with their totals.

    A single row stands without its label: the title says what it is.
    """
    bars = [_row(row, ratings, prefix, has_label=len(rows) > 1) for row in rows]
    description = _description(rows, ratings)
    surfaces = (STATUS_SURFACES[rating.kind] for rating in ratings)
    return Chart(
        svg=document(
            stacked([*bars, _key(rows, ratings)], BETWEEN),
            prefix=prefix,
            title=title,
            description=description,
            defs=hatches(surfaces, prefix),
        ),
        title=title,
        unit="",
        description=description,
        table=_table(rows, ratings, head),
    )


def _row(row: Share, ratings: Sequence[Rating], prefix: str, *, has_label: bool) -> Piece:
    height = THICK + (UNDER if row.total else 0)
    whole = Piece(joined((*_segments(row, ratings, prefix), *_counts(row, ratings))), height)
    if not has_label:
        return whole
    total = _total(row)
    lines = wrap(row.label, NARROW - width(total, bold=True) - APART)
    label = joined((paragraph(lines, y=12), words(total, x=1, y=12, anchor="end", bold=True)))
    return stacked([Piece(label, len(lines) * LINE + 2), whole])


def _total(row: Share) -> str:
    return number(row.total) if row.is_counted else MISSING


def _segments(row: Share, ratings: Sequence[Rating], prefix: str) -> Iterator[Markup]:
    """Yield the bar in its parts; an empty outline when there is nothing to share."""
    for rating, start, end in _ends(row, ratings):
        seam = SEAM if end < 1 else 0
        yield filled(STATUS_SURFACES[rating.kind], prefix, start, end - seam, 0, THICK)
    if not row.total:
        yield filled(STATUS_SURFACES["missing"], prefix, 0, 1, 0, THICK)


def _counts(row: Share, ratings: Sequence[Rating]) -> Iterator[Markup]:
    """Yield each segment's shape and count under its middle, as far as there is room on a telephone."""
    for rating, start, end in _ends(row, ratings):
        count = number((end - start) * row.total)
        room, wide = (end - start) * NARROW, MARK + width(count)
        if room >= wide:
            inside = (mark(rating.kind, 5 - wide / 2), words(count, y=4, dx=MARK - wide / 2))
            yield at((start + end) / 2, *inside, y=THICK + 12)
        elif room >= MARK:
            yield at((start + end) / 2, mark(rating.kind), y=THICK + 12)


def _ends(row: Share, ratings: Sequence[Rating]) -> Iterator[tuple[Rating, float, float]]:
    """Yield each rating that has a part of the whole, with the shares of the width where it starts and ends."""
    before = 0
    for rating, count in zip(ratings, row.counts, strict=True):
        if count:
            yield rating, before / row.total, (before + count) / row.total
            before += count


def _key(rows: Sequence[Share], ratings: Sequence[Rating]) -> Piece:
    """Return every rating's shape, total and word, under each other."""
    lines = [_key_line(rating, count, words) for rating, count, words in _totals(rows, ratings)]
    return stacked(lines, 3)


def _key_line(rating: Rating, count: str, said: str) -> Piece:
    lines = wrap(said, NARROW - KEY_WORDS)
    markup = joined(
        (
            mark(rating.kind, 5, 8),
            words(count, y=12, dx=KEY_WORDS - 8, anchor="end", bold=True),
            paragraph(lines, y=12, dx=KEY_WORDS),
        )
    )
    return Piece(markup, len(lines) * LINE)


def _totals(rows: Sequence[Share], ratings: Sequence[Rating]) -> Iterator[tuple[Rating, str, str]]:
    """Yield each rating with its total, and its word with the share of all."""
    whole = sum(row.total for row in rows)
    for place, rating in enumerate(ratings):
        counts = [row.counts[place] for row in rows if row.counts[place] is not None]
        if not counts:
            yield rating, MISSING, rating.word
        else:
            total = sum(filter(None, counts))
            part = f", {number(100 * total / whole)}{NBSP}%" if whole else ""
            yield rating, number(total), f"{rating.word}{part}"


def _description(rows: Sequence[Share], ratings: Sequence[Rating]) -> str:
    whole = _("%(count)s in all.") % {"count": number(sum(row.total for row in rows))}
    totals = "; ".join(f"{count} {said}" for _rating, count, said in _totals(rows, ratings)) + "."
    each = listed((row.label, _in_words(row, ratings)) for row in rows) if len(rows) > 1 else ""
    return tell(whole, totals, each)


def _in_words(row: Share, ratings: Sequence[Rating]) -> str:
    if not row.is_counted:
        return _("missing")
    counted = zip(row.counts, ratings, strict=True)
    return ", ".join(f"{_written(count)} {rating.word}" for count, rating in counted)


def _written(count: int | None) -> str:
    return MISSING if count is None else number(count)


def _table(rows: Sequence[Share], ratings: Sequence[Rating], head: str) -> Table:
    return Table(
        (head, *(rating.word for rating in ratings), _("Total")),
        tuple((row.label, *(_written(count) for count in row.counts), _total(row)) for row in rows),
    )
