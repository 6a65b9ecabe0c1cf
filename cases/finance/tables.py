"""The economy's tables to take home, unrounded."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.finance import statements
from cases.finance.ledger import Ledger
from cases.finance.models import Amount, Grant, KeyFigureValue
from cases.finance.models.kinds import Kind, Table
from core import tables
from core.tables import TableColumn, table

MONEY = {"kr", "tkr", "mkr"}
Statement = dict[str, Any]
of_period = partial(table, subject="committee.Period", permission="finance.view_period")


@of_period("finance.amounts", label=_("Amounts"))
def amounts(period, options):
    """Every amount that a period reports, by codes: what an import takes back unchanged."""
    rows = Amount.objects.filter(reported_in=period).select_related("line", "area", "project")
    columns = [
        TableColumn("area", _("Area")),
        TableColumn("project", _("Project")),
        TableColumn("line", _("Line")),
        TableColumn("kind", _("Kind"), "choice"),
        TableColumn("year", _("Year"), "number"),
        TableColumn("months", _("Months"), "number"),
        TableColumn("kronor", _("Amount"), "number", unit="kr", decimals=2),
    ]
    ordered = rows.order_by("line__position", "area__position", "project__code", "kind", "year", "months")
    return tables.Table(columns, [_amount(row) for row in ordered])


def _amount(row):
    area, project = row.area.code if row.area else "", row.project.code if row.project else ""
    return [area, project, row.line.code, Kind(row.kind).value, row.year, row.months, row.kronor]


def exported(name: str, label, make: Callable[[Ledger], Statement]) -> None:
    """Register a statement as a table: groups and rows in words, numbers in kronor or their own unit."""
    of_period(name, label=label)(lambda period, options: of(make(Ledger(period))))


def of(data: Statement) -> tables.Table:
    """Return a statement as a table to take home."""
    heads = [TableColumn("group", _("Group")), TableColumn("row", data["stub"])]
    rows = [
        [section["label"], row["label"], *map(_value, row["cells"])]
        for section in data["sections"]
        for row in section["rows"]
        if row["cells"]
    ]
    return tables.Table([*heads, *map(_column, data["columns"])], rows)


def _column(column: dict[str, Any]) -> TableColumn:
    if column["kind"] != "number":
        return TableColumn(column["key"], column["head"])
    is_money = column["unit"] in MONEY
    unit, decimals = ("kr", 0) if is_money else (column["unit"], column["decimals"])
    return TableColumn(column["key"], column["head"], "number", unit=unit, decimals=decimals)


def _value(cell: Any) -> Any:
    """Return a cell as a file has it: a number unrounded, or in words why there is none."""
    if isinstance(cell, dict):
        return str(KeyFigureValue.Absent(cell["absent"]).label)
    try:
        return Decimal(cell) if cell else None
    except ArithmeticError:
        return cell


migration = partial(statements.grants, kind=Grant.Kind.MIGRATION)
exported("finance.summary", _("Financial summary"), statements.summary)
exported("finance.operating", _("Operating result by area"), statements.operating)
exported("finance.accounts", _("Account analysis"), statements.accounts)
exported("finance.bridge", _("Change of the forecast"), statements.bridge)
exported("finance.outside", _("Items that are hard to influence"), statements.outside)
exported("finance.grants", _("Government grants"), statements.grants)
exported("finance.migration", _("Income from the Migration Agency"), migration)
exported("finance.investments", _("Investments"), statements.investments)
exported("finance.projects", _("Investments by project"), statements.projects)
exported("finance.volumes", _("Volumes"), partial(statements.counted, table=Table.VOLUMES))
exported("finance.key_figures", _("Key figures"), partial(statements.counted, table=Table.KEY_FIGURES))
exported("finance.staff", _("Staff"), partial(statements.counted, table=Table.STAFF))
