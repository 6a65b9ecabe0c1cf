"""How a statement is put together, and how its cells read."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from cases.finance.columns import Column, computed
from cases.finance.models import KeyFigureValue
from core import formats
from core.reading import canonical

Data = dict[str, Any]
Cells = Sequence[Any]
Layered = dict[str, Decimal | None]
PERCENT = "%"


def statement(
    title: str, stub: str, columns: Iterable[Data], sections: Iterable[Data], notes: Iterable[str] = ()
) -> Data:
    """Return a statement; `stub` heads its first column. A unit that all columns share is said once."""
    columns = list(columns)
    units = {column["unit"] for column in columns if column["kind"] == "number"}
    return {
        "title": title,
        "stub": stub,
        "unit": units.pop() if len(units) == 1 else "",
        "columns": columns,
        "sections": list(sections),
        "notes": list(notes),
    }


def number_columns(columns: Iterable[Column]) -> list[Data]:
    return [{**column.data(), "kind": "number"} for column in columns]


def amount_column(key: str, head: str, unit: str) -> Data:
    """Return a column of money that no layout speaks of: mkr with one decimal, else none."""
    return {"key": key, "head": head, "unit": unit, "decimals": 1 if unit == "mkr" else 0, "kind": "number"}


def text_column(key: str, head: str) -> Data:
    return {"key": key, "head": head, "unit": "", "decimals": 0, "kind": "text"}


def section(rows: Iterable[Data], label: str = "", kind: str = "rows") -> Data:
    return {"label": label, "kind": kind, "rows": list(rows)}


def row(label: str, cells: Iterable[Any], kind: str = "value", **more: Any) -> Data:
    """Return a row; numbers among its cells become canonical text, None a blank."""
    written = [canonical(cell) if isinstance(cell, Decimal) or cell is None else cell for cell in cells]
    return {"label": label, "kind": kind, "cells": written, **more}


def computed_row(label: str, columns: Sequence[Column], cells: Layered, kind: str = "value") -> Data:
    """Return a row of money with its computed columns."""
    return row(label, computed(columns, cells), kind)


def added(parts: Iterable[Decimal | None]) -> Decimal | None:
    """Add up what there is; None when there is nothing at all, which is not nought."""
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if known else None


def shown(cell: Any, column: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Write a cell for people: in its column's unit, rounded last; why there is no number where none is."""
    if isinstance(cell, Mapping):
        return str(KeyFigureValue.Absent(cell["absent"]).label)
    if column["kind"] != "number" or cell == "":
        return str(cell)
    unit = column["unit"] or row.get("unit", "")
    decimals = column["decimals"] if column["unit"] else row.get("decimals", column["decimals"])
    text = formats.number(Decimal(cell) / formats.THOUSANDS.get(unit if column["unit"] else "", 1), decimals)
    return f"{text}{formats.NBSP}%" if unit == PERCENT else text
