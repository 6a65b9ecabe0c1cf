"""Where a sheet's headings are: below titles, dates and merged cells, above the first number."""

from decimal import Decimal

from core.importing.cells import Cell, Sheet

LOOKED_AT = 40  # rows


def head_row(sheet: Sheet) -> int:
    """Return the row of the headings, from 1: the first that is nearly as wide as the widest, and all words."""
    looked = sheet.rows[:LOOKED_AT]
    widest = max((_width(row) for row in looked), default=0)
    for number, row in enumerate(looked, 1):
        if _width(row) >= max(2, 0.6 * widest) and all(_is_word(cell) for cell in row):
            return number
    return next((number for number, row in enumerate(looked, 1) if _width(row)), 1)


def _width(row: list[Cell]) -> int:
    return sum(not cell.is_empty for cell in row)


def _is_word(cell: Cell) -> bool:
    """Say whether it may be a heading: a text, or a year above a column of numbers."""
    if isinstance(cell.value, Decimal):
        return 1900 < cell.value < 2200 and cell.value == int(cell.value)
    return cell.is_empty or isinstance(cell.value, str)


def headings(sheet: Sheet, row: int) -> dict[int, str]:
    """Return the headings by column, from 1; one that stands twice is told apart by its number."""
    if not 1 <= row <= len(sheet.rows):
        return {}
    found: dict[int, str] = {}
    for column, cell in enumerate(sheet.rows[row - 1], 1):
        if not cell.is_empty:
            found[column] = _apart(cell.text, list(found.values()))
    return found


def _apart(text: str, taken: list[str]) -> str:
    twins = sum(other == text or other.startswith(f"{text} #") for other in taken)
    return f"{text} #{twins + 1}" if twins else text
