"""A sheet: what the page shows of a grid, with its totals, before and without any script."""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple, Self

from core import reading
from core.grid import formula as formulas
from core.grid.columns import NO, YES, Column, Text

State = Literal["", "ok", "risk", "bad", "wait", "missing", "decision"]


def version_of(value: str) -> int:
    """Return a version for a cell that keeps none: it changes when, and only when, the value does."""
    return zlib.crc32(value.encode())


@dataclass
class Cell:
    """One value as it stands in the database, and whether the reader may change it.

    `version` is the cell's own counter; None for a store that keeps none, and the value itself tells.
    `note` is said beside the value, in the shape and colour of `state`: what is missing, what else is wanted.
    Why a cell is closed is a note without a state, and said when somebody tries to write. `by` is who wrote
    it last, named when two people change it at once.
    """

    value: str = ""
    version: int | None = None
    is_open: bool = True
    note: Text = ""
    state: State = ""
    by: str = ""

    def __post_init__(self):
        if self.version is None:
            self.version = version_of(self.value)

    @property
    def is_quiet(self) -> bool:
        """Whether its note is not for everybody to see, but the answer to an attempt."""
        return bool(self.note) and not self.is_open and not self.state

    @classmethod
    def of(cls, value: Decimal | int | bool | str | None, **more) -> Self:
        """Return a cell for a value as a model has it, written as canonical."""
        return cls(_canonical(value), **more)


CLOSED = Cell(is_open=False)


@dataclass
class Row:
    """A row: `url` is its own page, the way on a phone and without script. With `adds` off it is a “varav”."""

    key: str
    label: Text
    url: str
    cells: Mapping[str, Cell]
    note: Text = ""
    adds: bool = True


@dataclass
class Group:
    """Rows under a head of their own, where their sums stand when they add up; without a label, no head."""

    label: Text
    rows: list[Row]
    adds: bool = False


class Shown(NamedTuple):
    """A cell of the table: `calc` is row, group or all where the program computes, `text` what stands there."""

    column: Column
    cell: Cell
    text: str
    calc: str = ""


@dataclass
class Sheet:
    """Everything that `components/_grid.html` needs. `head` is the label over the rows' labels, `total` that
    of the last row, "" for no such row. Raises ValueError for a formula that leads nowhere.
    """

    columns: Sequence[Column]
    groups: list[Group]
    save_url: str
    caption: Text
    head: Text = ""
    total: Text = ""
    url: str = ""  # the page with the grid, where it is not saved to the same address
    id: str = "grid"
    _formulas: dict[str, formulas.Terms] = field(init=False, repr=False)

    def __post_init__(self):
        self._formulas = {
            column.key: formulas.terms(column.formula) for column in self.columns if column.formula
        }
        formulas.check(self._formulas, (column.key for column in self.columns))

    @property
    def page(self) -> str:
        """The address of the page with the grid."""
        return self.url or self.save_url

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    def row(self, key: str) -> Row | None:
        """Return the row of this key, None when there is none."""
        return next((row for row in self.rows if row.key == key), None)

    @property
    def is_open(self) -> bool:
        """Whether there is anything that the reader may change."""
        return any(cell.is_open for row in self.rows for cell in row.cells.values())

    def head_cells(self) -> list[tuple[Column, str, str]]:
        """Return each column with its formula and its choices, as the script reads them."""
        return [(column, self._script_formula(column), _script_options(column)) for column in self.columns]

    def _script_formula(self, column: Column) -> str:
        return " ".join(
            f"{'-' if sign < 0 else '+'}{key}" for sign, key in self._formulas.get(column.key, ())
        )

    def body(self) -> Iterator[tuple[Group, list[Shown], list[tuple[Row, list[Shown]]]]]:
        """Yield every group with the cells of its head and its rows."""
        for group in self.groups:
            head = (
                self.sums(group.rows, "group") if group.adds else [Shown(c, CLOSED, "") for c in self.columns]
            )
            yield group, head, [(row, self.cells(row)) for row in group.rows]

    def foot(self) -> list[Shown]:
        """Return the cells of the last row: the sums of all groups that add up."""
        return self.sums([row for group in self.groups if group.adds for row in group.rows], "all")

    def cells(self, row: Row) -> list[Shown]:
        """Return a row's cells in the order of the columns."""
        return [self._cell(column, row) for column in self.columns]

    def _cell(self, column: Column, row: Row) -> Shown:
        if column.key in self._formulas:
            value = reading.canonical(self.value(column.key, row))
            return Shown(column, Cell(value, is_open=False), column.shown(value), "row")
        cell = row.cells.get(column.key, CLOSED)
        return Shown(column, cell, column.shown(cell.value))

    def value(self, key: str, row: Row) -> Decimal | None:
        """Return the number in a row's cell, computed when its column is."""
        if terms := self._formulas.get(key):
            return formulas.evaluate(terms, lambda term: self.value(term, row))
        return _number(row.cells.get(key))

    def sums(self, rows: Iterable[Row], calc: str) -> list[Shown]:
        """Return one cell for each column: the sum where it adds up, the formula over the sums, else nothing."""
        adding = [row for row in rows if row.adds]
        sums = {
            column.key: formulas.total(_number(row.cells.get(column.key)) for row in adding)
            for column in self.columns
            if column.adds and not column.formula
        }
        return [self._sum(column, sums, calc) for column in self.columns]

    def _sum(self, column: Column, sums: Mapping[str, Decimal | None], calc: str) -> Shown:
        if not self._has_sum(column.key, sums):
            return Shown(column, CLOSED, "")
        value = reading.canonical(self._over(column.key, sums))
        return Shown(column, Cell(value, is_open=False), column.shown(value), calc)

    def _has_sum(self, key: str, sums: Mapping[str, Decimal | None]) -> bool:
        terms = self._formulas.get(key)
        return all(self._has_sum(term, sums) for _sign, term in terms) if terms else key in sums

    def _over(self, key: str, sums: Mapping[str, Decimal | None]) -> Decimal | None:
        terms = self._formulas.get(key)
        return formulas.evaluate(terms, lambda term: self._over(term, sums)) if terms else sums[key]


def _script_options(column: Column) -> str:
    choices = [[value, str(label)] for value, label in column.all_options] if column.is_choice else []
    return json.dumps(choices, ensure_ascii=False)


def _number(cell: Cell | None) -> Decimal | None:
    return Decimal(cell.value) if cell and cell.value else None


def _canonical(value: Decimal | int | bool | str | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return YES if value else NO
    return reading.canonical(Decimal(value))
