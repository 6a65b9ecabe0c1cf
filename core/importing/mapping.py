"""Rows of a file in our own terms: cells read, codes translated, what cannot be read told with its place."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from core import personal_numbers, reading
from core.importing.cells import Cell, Sheet
from core.importing.heads import headings
from core.importing.memory import Codes
from core.importing.targets import CellError, ImportColumn, Row, Target
from core.reading import Unreadable

Sums = dict[str, Decimal]


@dataclass(slots=True)
class CodeSum:
    """A code that the file has, how often, and what its rows come to in each column of numbers."""

    list: str
    code: str
    rows: int = 0
    sums: Sums = field(default_factory=dict)


@dataclass(slots=True)
class Mapped:
    """A file in our terms. `unknown` and `left_out` are by (code list, code)."""

    rows: list[Row] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    unknown: dict[tuple[str, str], CodeSum] = field(default_factory=dict)
    left_out: dict[tuple[str, str], CodeSum] = field(default_factory=dict)
    totals: Sums = field(default_factory=dict)


Place = tuple[ImportColumn, int]  # a column of ours and where it is in the file
JOIN = " + "
NO_CODE = "\0"  # in a column of codes that a row may be without: its value is empty, the row is read


class Mapper:
    """Translates one sheet, row by row."""

    def __init__(
        self,
        target: Target,
        sheet: Sheet,
        head_row: int,
        chosen: Mapping[str, str],
        turns_signs: bool = False,
    ):
        """`chosen` is {our key: heading}; `head_row` counts from 1; numbers may change their sign."""
        at = {heading: column for column, heading in headings(sheet, head_row).items()}
        self.sheet, self.head_row = sheet, head_row
        self.sign = -1 if turns_signs else 1
        self.places: list[Place] = [
            (column, at[chosen[column.key]]) for column in target.columns if chosen.get(column.key) in at
        ]
        # Where the second half of a code stands that the file has in two columns.
        self.joined = {
            column.key: at[chosen[column.joined_key]]
            for column, _place in self.places
            if column.may_join and chosen.get(column.joined_key) in at
        }
        self._seen: dict[tuple[str, ...], int] = {}
        self.mapped = Mapped()

    def run(self, codes: Mapping[str, Codes], tell: Callable[[int, int], None]) -> Mapped:
        """Translate every row below the headings; `tell` hears how many are done."""
        last = len(self.sheet.rows)
        for number in range(self.head_row + 1, last + 1):
            if number % 500 == 0:
                tell(number, last)
            cells = {column.key: self._cell(number, column, place) for column, place in self.places}
            if not all(cell.is_empty for cell in cells.values()):
                self._row(number, cells, codes)
        return self.mapped

    def _cell(self, number: int, column: ImportColumn, place: int) -> Cell:
        """Return a cell; of a code that stands in two columns, both of them with a plus between."""
        cell = self.sheet.at(number, place)
        if column.key not in self.joined:
            return cell
        halves = (cell, self.sheet.at(number, self.joined[column.key]))
        return Cell(JOIN.join(half.text for half in halves if not half.is_empty))

    def _row(self, number: int, cells: dict[str, Cell], codes: Mapping[str, Codes]) -> None:
        values, errors = self._values(number, cells)
        meant = {column.key: _meaning(column, cells[column.key], codes) for column in self._coded()}
        if all(meant.values()):
            read = {key: "" if means == NO_CODE else means for key, means in meant.items()}
            self._keep(number, cells, values | read, errors)
            return
        for key, means in meant.items():
            if means is None and "" not in meant.values():
                self._count(self.mapped.unknown, key, cells, values)
            elif means == "":
                self._count(self.mapped.left_out, key, cells, values)

    def _coded(self) -> Iterator[ImportColumn]:
        return (column for column, _place in self.places if column.kind == "code")

    def _keep(self, number: int, cells: dict[str, Cell], values: dict[str, Any], errors: list[CellError]):
        errors += self._twin(number, cells)
        self.mapped.errors += errors
        if errors:
            return
        for column, _place in self.places:
            if column.is_number and isinstance(values[column.key], Decimal):
                total = self.mapped.totals.get(column.key, Decimal(0))
                self.mapped.totals[column.key] = total + values[column.key]
                values[column.key] = _rounded(column, values[column.key])
        places = {column.key: self.sheet.place(number, place) for column, place in self.places}
        self.mapped.rows.append(Row(number, values, places))

    def _twin(self, number: int, cells: dict[str, Cell]) -> list[CellError]:
        keys = [(column, place) for column, place in self.places if column.is_key]
        twin = tuple(cells[column.key].text.casefold() for column, _place in keys)
        first = self._seen.setdefault(twin, number) if keys else number
        if first == number:
            return []
        message = _("This is the same as row %s. Take one of them away, or add them together.") % first
        return [CellError(self.sheet.place(number, keys[0][1]), message)]

    def _values(self, number: int, cells: dict[str, Cell]) -> tuple[dict[str, Any], list[CellError]]:
        """Return what the cells that are no codes say, and what is wrong with them."""
        values: dict[str, Any] = {}
        errors = []
        for column, place in self.places:
            values[column.key] = None
            try:
                value = value_of(cells[column.key], column)
                values[column.key] = self.sign * value if isinstance(value, Decimal) else value
            except (Unreadable, Faulty) as wrong:
                errors.append(CellError(self.sheet.place(number, place), _quoted(cells[column.key], wrong)))
        return values, errors

    def _count(self, into: dict[tuple[str, str], CodeSum], key: str, cells, values) -> None:
        code_list = next(column.code_of for column in self._coded() if column.key == key)
        code = cells[key].text
        one = into.setdefault((code_list, code), CodeSum(code_list, code))
        one.rows += 1
        for column, _place in self.places:
            if column.is_number and isinstance(values[column.key], Decimal):
                one.sums[column.key] = one.sums.get(column.key, Decimal(0)) + values[column.key]


def _meaning(column: ImportColumn, cell: Cell, codes: Mapping[str, Codes]) -> str | None:
    """Return what a cell's code means: see `Codes.meaning`."""
    if cell.is_empty and not column.is_required:
        return NO_CODE
    return codes[column.code_of].meaning(cell.text)


class Faulty(ValueError):
    """The cell holds nothing that could be read; the message says how to mend it."""


def value_of(cell: Cell, column: ImportColumn) -> Any:
    """Return what a cell says in a column of this kind. Raises Unreadable and Faulty."""
    if cell.fault:
        raise Faulty(cell.fault)
    if cell.is_empty:
        if column.is_required and column.kind != "code":
            raise Faulty(_("This cell is empty. Every row needs “%s”.") % column.label)
        return "" if column.kind in ("code", "text") else None
    match column.kind:
        case "number" | "percent":
            return _number(cell, column)
        case "date":
            return cell.value if isinstance(cell.value, date) else reading.day(cell.text)
        case "yesno":
            return cell.value if isinstance(cell.value, bool) else reading.yes_no(cell.text)
    if any(personal_numbers.find(cell.text)):
        raise Faulty(_("A personal number stands here. Take it out of the file, and upload it anew."))
    if column.longest and len(cell.text) > column.longest:
        raise Faulty(_("The text is too long: at most %s characters are kept.") % column.longest)
    return cell.text


def _number(cell: Cell, column: ImportColumn) -> Any:
    in_percent = column.kind == "percent"
    if cell.text.casefold() in column.words:
        return column.words[cell.text.casefold()]
    if isinstance(cell.value, Decimal):
        if cell.percent and not in_percent:
            raise Unreadable("percent")
        return cell.value
    if isinstance(cell.value, str):
        return reading.number(cell.value, decimals=column.decimals, percent=in_percent)
    raise Unreadable("not_a_number")


def _rounded(column: ImportColumn, value: Decimal) -> Decimal:
    if column.decimals is None:
        return value
    return value.quantize(Decimal(1).scaleb(-column.decimals), ROUND_HALF_UP)


def _quoted(cell: Cell, wrong: Exception) -> str:
    """Say what is wrong after what stands there; where that is nothing, or nobody should read it, alone."""
    shown = cell.text[:60] if isinstance(wrong, Unreadable) else ""
    return f"”{shown}”: {wrong}" if shown else str(wrong)
