"""What the columns of a pasted table are: told by their heads and by most of their cells."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.text import slugify

from core import reading

UNIT = re.compile(r"\s*[(,]\s*(tkr|mkr|kr|%)\s*\)?\s*$")


def columns_of(heads: Sequence[str], rows: Sequence[Sequence[str]], *, adds: bool) -> list[dict[str, Any]]:
    """Return a table's columns. One where most cells are numbers is of numbers, so that the odd text is refused."""
    found = [
        _column(head, [row[place] for row in rows if place < len(row)], place, adds)
        for place, head in enumerate(heads)
    ]
    keys = [column["key"] for column in found]
    return [
        {**column, "key": column["key"] if keys.count(column["key"]) == 1 else f"{column['key']}-{place}"}
        for place, column in enumerate(found)
    ]


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
