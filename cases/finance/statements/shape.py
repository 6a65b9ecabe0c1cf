"""How a statement is put together, and how its cells read."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

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


def with_bars(found: Data, key: str) -> Data:
    """Return a statement in which a column is also drawn, as bars to either side of nought; totals have none."""
    keys = [column["key"] for column in found["columns"]]
    if key not in keys or not found["sections"]:
        return found
    place = keys.index(key)
    values = {
        row["cells"][place] for one in found["sections"] if one["kind"] != "total" for row in one["rows"]
    }
    most = max((abs(Decimal(value)) for value in values if value), default=Decimal(0))
    head = _("Deficit or surplus")
    column = {
        "key": f"{key}-bar",
        "head": head,
        "unit": "",
        "decimals": 0,
        "kind": "bar",
        "most": canonical(most),
    }
    for one in found["sections"]:
        for row in one["rows"]:
            row["cells"].append("" if one["kind"] == "total" else row["cells"][place])
    return {**found, "columns": [*found["columns"], column]}


def bar_of(cell: str, most: str) -> tuple[str, int]:
    """Return to which side of nought a bar goes, and how long it is in twentieths of the longest, at least one."""
    value = Decimal(cell or 0)
    if not value or not Decimal(most):
        return "", 0
    return "high" if value > 0 else "low", max(1, round(20 * abs(value) / Decimal(most)))


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
