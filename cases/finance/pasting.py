"""What the columns of a pasted table are: told by their heads and by most of their cells."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.text import slugify

from core import reading
from core.tables import TableColumn

UNIT = re.compile(r"\s*[(,]\s*(tkr|mkr|kr|%)\s*\)?\s*$")


def columns_of(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, adds: bool, held: Sequence[dict[str, Any]] = ()
) -> list[dict[str, Any]]:
    """Return a table's columns. One where most cells are numbers is of numbers, so that the odd text is refused.

    A column that the table `held` before, by its head, stays what it was.
    """
    known = {table_column(column).head: column for column in held}
    found = [
        _kept(known[head], adds)
        if head in known
        else _column(head, [row[place] for row in rows if place < len(row)], place, adds)
        for place, head in enumerate(heads)
    ]
    keys = [column["key"] for column in found]
    return [
        {**column, "key": column["key"] if keys.count(column["key"]) == 1 else f"{column['key']}-{place}"}
        for place, column in enumerate(found)
    ]


def table_column(column: dict[str, Any]) -> TableColumn:
    """Return a column as any table has it that is taken home: its head is what is pasted back."""
    unit, decimals = column.get("unit", ""), column.get("decimals", 0)
    return TableColumn(column["key"], column["label"], column["kind"], unit=unit, decimals=decimals)


def _kept(column: dict[str, Any], adds: bool) -> dict[str, Any]:
    return {**column, "adds": adds} if column["kind"] == "number" else column


def as_pasted(columns: Sequence[dict[str, Any]], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as Excel copies it: its heads and rows, cells by tab, numbers with a decimal comma."""
    lines = [[table_column(column).head for column in columns]]
    lines += [[_typed(cell, column) for cell, column in zip(row, columns, strict=True)] for row in rows]
    return "\n".join("\t".join(line) for line in lines)


def _typed(cell: str, column: dict[str, Any]) -> str:
    if column["kind"] in {"number", "percent"} and cell:
        return f"{Decimal(cell):f}".replace(".", ",")
    return cell


def _column(head: str, cells: Sequence[str], place: int, adds: bool) -> dict[str, Any]:
    unit = UNIT.search(head)
    label = UNIT.sub("", head) or head
    kind = "text" if place == 0 else _kind(cells)
    column = {"key": slugify(label) or f"column-{place}", "label": label, "kind": kind}
    if kind == "text":
        return {**column, "label": head}
    decimals = max((_decimals(cell) for cell in cells), default=0)
    return {
        **column,
        "unit": unit[1] if unit and kind == "number" else "",
        "decimals": decimals,
        "adds": adds and kind == "number",
    }


def _kind(cells: Sequence[str]) -> str:
    filled = [cell for cell in cells if cell]
    numbers = [cell for cell in filled if _reads(cell)]
    if len(numbers) * 2 <= len(filled):
        return "text"
    return "percent" if any(cell.endswith("%") for cell in numbers) else "number"


def _reads(cell: str) -> bool:
    try:
        return reading.number(cell, percent=True) is not None
    except reading.Unreadable:
        return False


def _decimals(cell: str) -> int:
    """Return how many decimals a number is written with."""
    found = re.search(r",(\d+)\s*%?$", cell.strip())
    return len(found[1]) if found else 0
