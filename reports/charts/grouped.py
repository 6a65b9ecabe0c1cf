"""Two or three bars for each name: budget, forecast, actual."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.formats import and_list, in_a_sentence
from reports.charts.chart import PLAIN, Chart, Table, Unit, known, named
from reports.charts.lettering import LINE, NARROW, SMALL, width, wrap
from reports.charts.paints import INK, INK_2
from reports.charts.scale import Scale, from_zero
from reports.charts.surfaces import SERIES_SURFACES, hatches
from reports.charts.svg import Piece, document, joined, panel, paragraph, stacked, words
from reports.charts.telling import listed, said, tell
from reports.charts.zero import THICK, bar, zero_line

BETWEEN = 16  # px between groups
APART = 10  # px between a bar and the words on its sides
WIDEST = 0.36  # of the width, for the series' names
PITCH = 15  # px from one line of a series' name to the next


@dataclass(frozen=True, slots=True)
class Series:
    """One of the values that each group has; `kind` paints it: actual, past, plan or forecast."""

    word: str
    kind: str = "actual"


@dataclass(frozen=True, slots=True)
class Group:
    """A name and its values, one for each series; None is missing."""

    label: str
    values: Sequence[Decimal | None]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the bars stand between the series' names and the numbers, as shares of the width."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


def grouped_bars(
    title: str,
    groups: Sequence[Group],
    series: Sequence[Series],
    *,
    prefix: str,
    unit: Unit = PLAIN,
    head: str,
) -> Chart:
    """Draw several values for each name, in the order given, such as each area's budget, forecast and actual.

    The description begins with the group where the first two series differ most.
    """
    scale = from_zero(unit.shown(value) for group in groups for value in known(group.values))
    columns = _columns(groups, series, unit)
    drawn = stacked([_group(group, series, columns, scale, unit, prefix) for group in groups], BETWEEN)
    description = tell(_largest_difference(groups, series, unit), _listing(groups, series, unit))
    return Chart(
        svg=document(
            drawn,
            prefix=prefix,
            title=named(title, unit),
            description=description,
            defs=hatches((SERIES_SURFACES[one.kind] for one in series), prefix),
        ),
        title=title,
        unit=unit.name,
        description=description,
        table=Table(
            (head, *(one.word for one in series)),
            tuple((group.label, *(unit.text(value) for value in group.values)) for group in groups),
        ),
    )


def _columns(groups: Sequence[Group], series: Sequence[Series], unit: Unit) -> Columns:
    names = max((width(one.word, SMALL) for one in series), default=0)
    numbers = max((width(unit.text(value)) for group in groups for value in group.values), default=0)
    left = min((names + APART) / NARROW, WIDEST)
    return Columns(left, 1 - (numbers + APART) / NARROW)


def _group(
    group: Group, series: Sequence[Series], columns: Columns, scale: Scale, unit: Unit, prefix: str
) -> Piece:
    lines = wrap(group.label, NARROW, bold=True)
    heading = Piece(paragraph(lines, y=12, bold=True), len(lines) * LINE + 2)
    rows = stacked(
        [
            _row(one, value, columns, scale, unit, prefix)
            for one, value in zip(series, group.values, strict=True)
        ]
    )
    zero = panel(columns.left, columns.width, rows.height, zero_line(scale, 3, rows.height - 3))
    return stacked([heading, Piece(joined((rows.markup, zero)), rows.height)])


def _row(
    one: Series, value: Decimal | None, columns: Columns, scale: Scale, unit: Unit, prefix: str
) -> Piece:
    lines = wrap(one.word, columns.left * NARROW - APART + 1, SMALL)
    height = max(len(lines), 1) * PITCH + 2
    shown = None if value is None else unit.shown(value)
    drawn = bar(shown, scale, SERIES_SURFACES[one.kind], prefix, (height - THICK) / 2)
    markup = joined(
        (
            paragraph(lines, y=12, pitch=PITCH, size=SMALL, paint=INK_2),
            panel(columns.left, columns.width, height, drawn),
            words(
                unit.text(value), x=1, y=height / 2 + 4, anchor="end", paint=INK_2 if shown is None else INK
            ),
        )
    )
    return Piece(markup, height)


def _largest_difference(groups: Sequence[Group], series: Sequence[Series], unit: Unit) -> str:
    """Return where the first two series differ most, when there are two to compare."""
    if len(series) < 2:
        return ""
    pairs = [(group.values[0], group.values[1], group.label) for group in groups]
    gaps = [(abs(a - b), label) for a, b, label in pairs if a is not None and b is not None]
    if not gaps:
        return ""
    gap, label = max(gaps, key=lambda found: found[0])
    names = {"one": in_a_sentence(series[0].word), "other": in_a_sentence(series[1].word)}
    return _("Largest difference between %(one)s and %(other)s: %(name)s, %(value)s.") % (
        names | {"name": label, "value": unit.full(gap)}
    )


def _listing(groups: Sequence[Group], series: Sequence[Series], unit: Unit) -> str:
    """Return every group with every value."""
    return listed(
        (
            group.label,
            and_list(
                f"{in_a_sentence(one.word)} {said(value, unit)}"
                for one, value in zip(series, group.values, strict=True)
            ),
        )
        for group in groups
    )
