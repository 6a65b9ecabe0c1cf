"""Statements of tables that nothing else models."""

from decimal import Decimal

from django.utils.translation import gettext as _

from cases.finance.models import FreeTable
from cases.finance.statements.shape import Data, added, row, section, statement

NUMBERS = ("number", "percent")


def free(table: FreeTable) -> Data:
    """A free table: its first column heads the rows; columns that add have a total."""
    first, *others = table.columns
    columns = [
        {
            "key": one["key"],
            "head": f"{one['label']}, {one['unit']}" if one.get("unit") else one["label"],
            "unit": "%"
            if one["kind"] == "percent"
            else "",  # its numbers are typed in the unit they are shown in
            "decimals": one.get("decimals", 0),
            "kind": "number" if one["kind"] in NUMBERS else "text",
        }
        for one in others
    ]
    rows = [row(cells[0], cells[1:]) for cells in table.rows]
    total = row(_("Total"), [_sum(table, place) for place in range(1, len(table.columns))], "sum")
    has_total = any(one.get("adds") for one in others)
    sections = [section(rows), *([section([total], kind="total")] if has_total else [])]
    return statement(table.title, first["label"], columns, sections, [table.note] if table.note else [])


def _sum(table: FreeTable, place: int) -> Decimal | str | None:
    if not table.columns[place].get("adds"):
        return ""
    return added(Decimal(cells[place]) if cells[place] else None for cells in table.rows)
