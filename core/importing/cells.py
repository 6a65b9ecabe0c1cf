"""What a file holds, before anybody has said what it means."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from string import ascii_uppercase

from django.utils.translation import gettext as _

from core import formats
from core.reading import canonical

MOST_ROWS, MOST_COLUMNS = 20_000, 200
MOST_PLACES = 4  # decimals that are shown of a number
MOST_BYTES = 10 * 1024 * 1024


class Unacceptable(ValueError):
    """The file cannot be imported; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as the file has it. `percent` is a number shown with a percent sign, already times 100."""

    value: str | Decimal | date | bool | None = None
    percent: bool = False
    fault: str = ""  # why the value cannot be known, in a sentence

    @property
    def is_empty(self) -> bool:
        return self.text == "" and not self.fault

    @property
    def text(self) -> str:
        """The value as a code or a heading: `4010`, never `4010.0`."""
        match self.value:
            case None:
                return ""
            case bool():
                return _("yes") if self.value else _("no")
            case Decimal():
                return canonical(self.value)
            case date():
                return self.value.isoformat()
        return " ".join(self.value.split())

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, Decimal)

    @property
    def shown(self) -> str:
        """The value as people here write it: `1 234,5`."""
        if not isinstance(self.value, Decimal):
            return self.text
        return formats.number(self.value, min(formats.decimals_of(self.value), MOST_PLACES))


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a file: row 1 is `rows[0]`, as long as its last value."""

    name: str
    rows: list[list[Cell]]

    def at(self, row: int, column: int) -> Cell:
        """Return a cell by its row and column, both from 1."""
        cells = self.rows[row - 1]
        return cells[column - 1] if column <= len(cells) else EMPTY

    def place(self, row: int, column: int) -> str:
        """Say where a cell is as spreadsheets do: `Blad1!C7`."""
        return f"{self.name}!{letters(column)}{row}"


def letters(column: int) -> str:
    """Return what spreadsheets call a column, from 1: A to Z, then AA."""
    rest, last = divmod(column - 1, len(ascii_uppercase))
    return (letters(rest) if rest else "") + ascii_uppercase[last]


def trimmed(cells: list[Cell]) -> list[Cell]:
    """Return a row without the empty cells after its last value."""
    while cells and cells[-1].is_empty:
        cells.pop()
    return cells
