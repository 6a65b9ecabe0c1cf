"""Tables of a text: a head, scopes, and columns that are read as what they hold."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from core.richtext.tree import Element

NUMBER_CLASS, SHORT_CLASS = "num", "nowrap"

# As people type them: 1 127 679, −0,5, 57,7 mkr, 12 %.
_NUMBER = re.compile(r"[+\-−–]? ?[0-9]{1,3}( ?[0-9]{3})*([.,][0-9]+)?( ?(%|kr|tkr|mkr))?")
_NOTHING = {"", "-", "−", "–", "—"}
SHORT = 16  # letters
LEAST_TO_GIVE = 40  # letters in a cell of a column that can give room to short ones
MOST_SHORT = 48  # letters in a row that are kept on one line
MOST_COLUMNS = 60  # that are looked at: no page has more, and spans may say anything


@dataclass(slots=True, eq=False)
class Column:
    heads: list[Element] = field(default_factory=list)
    cells: list[Element] = field(default_factory=list)

    @property
    def longest(self) -> int:
        return max((len(_words(cell)) for cell in self.cells), default=0)

    @property
    def has_numbers(self) -> bool:
        """Tell whether the cells hold numbers, or nothing, and are not the names of their rows."""
        words = [_words(cell) for cell in self.cells]
        found = [text for text in words if text not in _NOTHING]
        are_values = all(cell.tag == "td" for cell in self.cells)
        return bool(found) and are_values and all(map(_NUMBER.fullmatch, found))


def mark_up_tables(root: Element) -> None:
    """Give every table a head of its leading header rows, every header cell a scope, and its columns their manner."""
    for table in [element for element in root if element.tag == "table"]:
        rows = list(_rows(table))
        head = list(takewhile(_is_header, rows))
        for row in rows:
            _scope(row)
        _set_columns(rows)
        if _is_whole(head) and len(head) < len(rows):
            table.children = [Element("thead", {}, head), Element("tbody", {}, rows[len(head) :])]


def _rows(table):
    for child in table.elements:
        yield from [child] if child.tag == "tr" else [row for row in child.elements if row.tag == "tr"]


def _is_header(row):
    return bool(row.elements) and all(cell.tag == "th" for cell in row.elements)


def _scope(row):
    scope = "col" if _is_header(row) else "row"
    for cell in row.elements:
        if cell.tag == "th":
            cell.attrs["scope"] = scope


def _is_whole(head):
    """Tell whether no cell of the head reaches down into the body, where a head may not reach."""
    return bool(head) and all(
        place + int(cell.attrs.get("rowspan", 1)) <= len(head)
        for place, row in enumerate(head)
        for cell in row.elements
    )


def _set_columns(rows: list[Element]) -> None:
    """Align columns of numbers to the right, heads and all, and keep short cells beside long ones on one line."""
    columns = _columns(rows)
    numbers = [column for column in columns if column.has_numbers]
    for column in numbers:
        _mark([*column.heads, *column.cells], NUMBER_CLASS)
    others = [column for column in columns if column not in numbers]
    short = [column for column in columns if 0 < column.longest <= SHORT]
    can_give = any(column.longest >= LEAST_TO_GIVE for column in others)
    if can_give and sum(column.longest for column in short) <= MOST_SHORT:
        _mark([cell for column in others if column in short for cell in column.cells], SHORT_CLASS)


def _columns(rows: list[Element]) -> list[Column]:
    """Return the columns; a cell that is wider than one is in none of them."""
    columns: defaultdict[int, Column] = defaultdict(Column)
    for place, cell in _placed(rows):
        side = columns[place].heads if cell.attrs.get("scope") == "col" else columns[place].cells
        side.append(cell)
    return list(columns.values())


def _placed(rows: list[Element]) -> Iterator[tuple[int, Element]]:
    """Yield each cell that is one column wide, with its column as the spans of others have moved it."""
    taken_until: dict[int, int] = {}
    for row_place, row in enumerate(rows):
        place = 0
        for cell in row.elements:
            while taken_until.get(place, 0) > row_place:
                place += 1
            if place >= MOST_COLUMNS:
                break
            width = int(cell.attrs.get("colspan", 1))
            below = row_place + int(cell.attrs.get("rowspan", 1))
            taken_until |= dict.fromkeys(range(place, place + width), below)
            if width == 1:
                yield place, cell
            place += width


def _mark(cells: list[Element], name: str) -> None:
    for cell in cells:
        cell.attrs["class"] = name


def _words(cell: Element) -> str:
    return " ".join(cell.text.split())
