"""Risks by likelihood and consequence: the gravest and likeliest in the upper right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formats import and_list, in_a_sentence, number
from reports.charts.chart import MISSING, Chart, Table
from reports.charts.lettering import LINE, NARROW, SMALL, width, wrap
from reports.charts.marks import mark
from reports.charts.paints import GRID, INK_2, PANEL, painted
from reports.charts.risks import Assessment, Axis, Level, Risk
from reports.charts.surfaces import STATUS_SURFACES
from reports.charts.svg import (
    Markup,
    Piece,
    at,
    document,
    element,
    joined,
    panel,
    paragraph,
    percent,
    stacked,
    words,
)
from reports.charts.telling import listed, tell

TALL = 56  # px, a cell
EDGE = 0.008  # of the grid's width, between cells
LABEL = 74  # px at most, for the words of a row
APART = 8  # px between those and the grid
PITCH = 14  # px from one line of small words to the next
INSET = 4  # px that words in a cell keep from its edges
CLEAR = 2  # px at least between words under neighbouring columns
KEY_WORDS = 18  # px from the edge to the words of the key
MOST = 2  # lines of names in a cell; with more, all cells show how many they have


def risk_matrix(
    title: str,
    risks: Sequence[Risk],
    *,
    likelihood: Axis,
    consequence: Axis,
    prefix: str,
    levels: Sequence[Level] = (),
) -> Chart:
    """Draw a cell for each pair of steps with the names of its risks, or their number where names have no room.

    Risks that are not assessed are named under the grid. Raises ValueError when a risk has a step that the scale
    has not.
    """
    found = Assessment(risks, likelihood, consequence, levels)
    description = _description(found)
    return Chart(
        svg=document(_drawn(Grid(found)), prefix=prefix, title=title, description=description),
        title=title,
        unit="",
        description=description,
        table=_table(found),
    )


@dataclass(frozen=True)
class Grid:
    """Where things stand: shares are of the whole width, or inside the panel of cells of its own."""

    found: Assessment

    @cached_property
    def row_labels(self) -> list[list[str]]:
        """The lines beside each row, the likeliest first."""
        axis = self.found.likelihood
        return [wrap(axis.step(step), LABEL, SMALL) for step in range(len(axis.steps), 0, -1)]

    @cached_property
    def left(self) -> float:
        widest = max((width(line, SMALL) for lines in self.row_labels for line in lines), default=0)
        return (widest + APART) / NARROW

    @cached_property
    def column(self) -> float:
        """The share of the panel that a column has."""
        return 1 / max(len(self.found.consequence.steps), 1)

    @cached_property
    def room(self) -> float:
        """The least width for words in a cell, in pixels."""
        return (1 - self.left) * self.column * NARROW - 2 * INSET

    @cached_property
    def has_names(self) -> bool:
        """Whether the names of the risks have room in every cell."""
        cells = [self.found.inside(*cell) for cell in self.found.cells]
        is_whole = all(width(name, bold=True) <= self.room for names in cells for name in names)
        return is_whole and all(len(self.lines(names)) <= MOST for names in cells)

    def lines(self, names: Sequence[str]) -> list[str]:
        return wrap(", ".join(names), self.room, bold=True)

    @cached_property
    def has_words(self) -> bool:
        """Whether the steps' words have room under their columns without being broken."""
        column = self.room + 2 * INSET
        widths = map(_widest_word, self.found.consequence.steps)
        return all((one + other) / 2 + CLEAR <= column for one, other in pairwise(widths))

    def column_label(self, step: str) -> list[str]:
        return wrap(step, max(self.room, _widest_word(step)), SMALL)


def _widest_word(text: str) -> float:
    return max(width(word, SMALL) for word in text.split(" "))


def _drawn(grid: Grid) -> Piece:
    found = grid.found
    rows = [_row(grid, place) for place in range(len(found.likelihood.steps))]
    heading = Piece(words(found.likelihood.word, y=10, size=SMALL, paint=INK_2), 16)
    return stacked([heading, *rows, _columns(grid), Piece(joined(()), 8), *_key(found)], 2)


def _row(grid: Grid, place: int) -> Piece:
    likelihood = len(grid.found.likelihood.steps) - place
    lines = grid.row_labels[place]
    cells = (_cell(grid, likelihood, step) for step in range(1, len(grid.found.consequence.steps) + 1))
    first = TALL / 2 + 4 - (len(lines) - 1) * PITCH / 2
    label = paragraph(lines, y=first, pitch=PITCH, size=SMALL)
    return Piece(joined((label, panel(grid.left, 1 - grid.left, TALL, *cells))), TALL)


def _cell(grid: Grid, likelihood: int, consequence: int) -> Markup:
    level = grid.found.level(likelihood * consequence)
    start = (consequence - 1) * grid.column
    box = element(
        "rect",
        x=percent(start + EDGE / 2),
        width=percent(grid.column - EDGE),
        height=TALL,
        rx=3,
        **painted(fill=STATUS_SURFACES[level.kind].soft if level else PANEL, stroke=GRID),
    )
    shape = at(start + EDGE / 2, mark(level.kind, 9, 10, 0.75)) if level else joined(())
    names = _inside(grid, grid.found.inside(likelihood, consequence))
    return joined((box, shape, at(start + grid.column / 2, names)))


def _inside(grid: Grid, names: Sequence[str]) -> Markup:
    """Return what stands in a cell, its middle at 0: the risks' names, or how many they are."""
    if not names:
        return joined(())
    if grid.has_names:
        lines = grid.lines(names)
        return paragraph(lines, y=TALL / 2 + 4 - (len(lines) - 1) * LINE / 2, anchor="middle", bold=True)
    unit = ngettext("risk", "risks", len(names))
    count = words(number(len(names)), y=TALL / 2, anchor="middle", bold=True)
    return joined((count, words(unit, y=TALL / 2 + PITCH, size=SMALL, anchor="middle", paint=INK_2)))


def _columns(grid: Grid) -> Piece:
    """Return the consequence's steps under their columns; their words below, where a column is too narrow."""
    axis = grid.found.consequence
    under = [
        [str(place + 1), *(grid.column_label(word) if grid.has_words else [])]
        for place, word in enumerate(axis.steps)
    ]
    labels = joined(
        paragraph(lines, x=(place + 0.5) * grid.column, y=12, pitch=PITCH, size=SMALL, anchor="middle")
        for place, lines in enumerate(under)
    )
    height = max((len(lines) for lines in under), default=0) * PITCH + 2
    scale = Piece(panel(grid.left, 1 - grid.left, height, labels), height)
    return stacked([scale, _axis_word(axis, grid.has_words)])


def _axis_word(axis: Axis, has_words: bool) -> Piece:
    """Return the axis' name under its end, with the words of its steps when the columns have not room for them."""
    if has_words:
        return Piece(words(axis.word, x=1, y=12, size=SMALL, anchor="end", paint=INK_2), PITCH)
    steps = ", ".join(axis.step(place + 1).replace(" ", "\u00a0") for place in range(len(axis.steps)))
    lines = wrap(f"{axis.word}: {steps}", NARROW, SMALL)
    return Piece(paragraph(lines, y=12, pitch=PITCH, size=SMALL, paint=INK_2), len(lines) * PITCH)


def _key(found: Assessment) -> Iterator[Piece]:
    """Yield the levels from the highest, and the risks that have no place in the grid."""
    for level in sorted(found.levels, key=lambda level: -level.least):
        yield _key_line(level.kind, f"{found.span(level)} {level.word}")
    if found.unassessed:
        yield _key_line("missing", _not_assessed(found))


def _key_line(kind: str, said: str) -> Piece:
    lines = wrap(said, NARROW - KEY_WORDS)
    return Piece(joined((mark(kind, 5, 8), paragraph(lines, y=12, dx=KEY_WORDS))), len(lines) * LINE)


def _not_assessed(found: Assessment) -> str:
    return _("Not assessed: %(names)s") % {"names": and_list(found.unassessed)}


def _description(found: Assessment) -> str:
    count = len(found.risks)
    total = ngettext("%(count)s risk.", "%(count)s risks.", count) % {"count": number(count)}
    cells = sorted(found.cells, key=lambda cell: (-cell[0] * cell[1], cell))
    filled = (
        (_cell_name(found, *cell), and_list(found.inside(*cell))) for cell in cells if found.inside(*cell)
    )
    listing = listed(filled) if count > len(found.unassessed) else ""
    return tell(total, listing, f"{_not_assessed(found)}." if found.unassessed else "")


def _cell_name(found: Assessment, likelihood: int, consequence: int) -> str:
    """Return a cell in words: its steps, its value, and its level when it has one."""
    value = likelihood * consequence
    level = found.level(value)
    return _("%(likelihood)s, %(consequence)s, risk value %(value)s") % {
        "likelihood": f"{found.likelihood.word} {found.likelihood.step(likelihood)}",
        "consequence": f"{in_a_sentence(found.consequence.word)} {found.consequence.step(consequence)}",
        "value": f"{value} ({level.word})" if level else str(value),
    }


def _table(found: Assessment) -> Table:
    heads = (_("Risk"), found.likelihood.word, found.consequence.word, _("Risk value"))
    return Table(heads, tuple(_table_row(found, risk) for risk in found.risks), is_numeric=False)


def _table_row(found: Assessment, risk: Risk) -> tuple[str, ...]:
    return (
        f"{risk.name} {risk.text}".strip(),
        MISSING if risk.likelihood is None else found.likelihood.step(risk.likelihood),
        MISSING if risk.consequence is None else found.consequence.step(risk.consequence),
        MISSING if risk.value is None else number(risk.value),
    )
