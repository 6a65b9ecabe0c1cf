"""Horizontal bars around a zero line, each under its own name and number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from reports.charts.chart import PLAIN, Chart, Table, Unit, known, named
from reports.charts.lettering import LINE, NARROW, SMALL, width, wrap
from reports.charts.paints import INK, INK_2, painted
from reports.charts.scale import ZERO, Scale, from_zero
from reports.charts.surfaces import SERIES_SURFACES
from reports.charts.svg import Piece, at, document, element, joined, paragraph, stacked, words
from reports.charts.telling import extremes, listed, said, tell
from reports.charts.zero import OVERHANG, THICK, bar, zero_line

BETWEEN = 11  # px between rows
APART = 16  # px between a name and its number


@dataclass(frozen=True, slots=True)
class Bar:
    """A name and its value; None is a value that is missing, not zero."""

    label: str
    value: Decimal | None


def bars(
    title: str,
    rows: Sequence[Bar],
    *,
    prefix: str,
    unit: Unit = PLAIN,
    sides: tuple[str, str] | None = None,
    head: str,
) -> Chart:
    """Draw one value for each name, such as the deviation of each area, in the order given.

    `sides` says what lies below and above zero (underskott, överskott); `head` is the names' in the table.
    """
    scale = from_zero(unit.shown(value) for value in known([row.value for row in rows]))
    drawn = stacked([*_sides(sides, scale), *(_row(row, scale, unit, prefix) for row in rows)], BETWEEN)
    description = _description(rows, unit)
    return Chart(
        svg=document(drawn, prefix=prefix, title=named(title, unit), description=description),
        title=title,
        unit=unit.name,
        description=description,
        table=Table(
            (head, unit.name or _("Value")), tuple((row.label, unit.text(row.value)) for row in rows)
        ),
    )


def _row(row: Bar, scale: Scale, unit: Unit, prefix: str) -> Piece:
    number = unit.text(row.value)
    lines = wrap(row.label, NARROW - width(number, bold=True) - APART)
    top = len(lines) * LINE + 3
    shown = None if row.value is None else unit.shown(row.value)
    markup = joined(
        (
            paragraph(lines, y=12),
            words(number, x=1, y=12, anchor="end", bold=True, paint=INK_2 if shown is None else INK),
            bar(shown, scale, SERIES_SURFACES["actual"], prefix, top),
            zero_line(scale, top, top + THICK),
        )
    )
    return Piece(markup, top + THICK + OVERHANG)


def _sides(sides: tuple[str, str] | None, scale: Scale) -> Iterator[Piece]:
    """Yield the words for below and above zero, each at its own end, with an arrow that way."""
    if not sides:
        return
    below, above = sides
    left = joined((_arrow(0, -1), words(below, y=10, dx=10, size=SMALL, paint=INK_2)))
    right = joined((_arrow(1, 1), words(above, x=1, y=10, dx=-10, size=SMALL, paint=INK_2, anchor="end")))
    yield Piece(joined((left if scale.low < ZERO else "", right if scale.high > ZERO else "")), 10)


def _arrow(x: float, way: int) -> str:
    """Return the head of an arrow with its point at a share of the width, to the left (-1) or right (1)."""
    return at(x, element("path", d=f"M0 0L{-6 * way} -3.5V3.5Z", **painted(fill=INK_2)), y=6)


def _description(rows: Sequence[Bar], unit: Unit) -> str:
    values = [(row.label, row.value) for row in rows]
    return tell(extremes(values, unit), listed((name, said(value, unit)) for name, value in values))
