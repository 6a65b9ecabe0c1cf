"""The economy's tables to take home, unrounded."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.finance import pasting, statements
from cases.finance.ledger import Ledger
from cases.finance.models import Amount, Explanation, Grant, KeyFigureValue
from cases.finance.models.kinds import Kind, Table
from core import tables
from core.tables import TableColumn, table

MONEY = {"kr", "tkr", "mkr"}
Statement = dict[str, Any]
of_period = partial(table, subject="committee.Period", permission="finance.view_period")


@of_period("finance.amounts", back="finance.amounts", label=_("Amounts"))
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


@table(
    "finance.budget",
    subject="finance.BudgetVersion",
    label=_("Budget"),
    permission="finance.view_period",
    back="finance.budget",
)
def budget(version, options):
    """Every amount of a budget, by codes: what an import takes back unchanged."""
    rows = Amount.objects.filter(budget=version).select_related("line", "area", "project")
    columns = [
        TableColumn("area", _("Area")),
        TableColumn("project", _("Project")),
        TableColumn("line", _("Line")),
        TableColumn("budget", _("Budget of the year"), "number", unit="kr", decimals=2),
    ]
    ordered = rows.order_by("line__position", "area__position", "project__code")
    return tables.Table(columns, [[*_amount(row)[:3], row.kronor] for row in ordered])


@of_period("finance.numbers", back="finance.numbers", label=_("Volumes, key figures and staff"))
def numbers(period, options):
    """Every number that a period reports, by codes, or in words why there is none; an import takes it back."""
    rows = KeyFigureValue.objects.filter(reported_in=period).select_related("figure")
    columns = [
        TableColumn("figure", _("Row")),
        TableColumn("kind", _("Kind"), "choice"),
        TableColumn("year", _("Year"), "number"),
        TableColumn("months", _("Months"), "number"),
        TableColumn("value", _("Value"), "number", decimals=4),
    ]
    ordered = rows.order_by("figure__table", "figure__position", "kind", "year", "months")
    return tables.Table(columns, [_number(row) for row in ordered])


@of_period("finance.explanations", back="finance.explanations", label=_("What explains the forecast"))
def explanations(period, options):
    """The bridge and what is out of our hands, row by row; an import takes it back."""
    columns = [
        TableColumn("list", _("List"), "choice"),
        TableColumn("label", _("What")),
        TableColumn("kronor", _("Amount"), "number", unit="kr", decimals=2),
        TableColumn("comment", _("Comment")),
    ]
    rows = Explanation.objects.filter(period=period)
    return tables.Table(
        columns, [[str(one.get_list_display()), one.label, one.kronor, one.comment] for one in rows]
    )


@of_period("finance.received", back="finance.received", label=_("Grants and contributions"))
def received(period, options):
    """Grants with what was received and used and is owed for them, row by row; an import takes it back."""
    money = {"unit": "kr", "decimals": 2}
    columns = [
        TableColumn("kind", _("Kind"), "choice"),
        TableColumn("name", _("Name")),
        TableColumn("operation", _("Used in")),
        TableColumn("kronor", _("Amount"), "number", **money),
        TableColumn("received", _("Received"), "number", **money),
        TableColumn("used", _("Used"), "number", **money),
        TableColumn("decider", _("Decided by")),
        TableColumn("report_due_on", _("To be accounted for by"), "date"),
        TableColumn("repayment", _("To be paid back"), "number", **money),
    ]
    held = Grant.objects.filter(period=period)
    return tables.Table(columns, [[str(one.get_kind_display()), *_of_grant(one)] for one in held])


@table(
    "finance.free",
    subject="finance.FreeTable",
    label=_("Free table"),
    permission="finance.view_period",
    is_pasted_back=True,
)
def free(table, options):
    """A free table as it stands; its own page takes it back."""
    return tables.Table([pasting.table_column(column) for column in table.columns], table.rows)


def _of_grant(one):
    names = "name operation kronor received used decider report_due_on repayment".split()
    return [getattr(one, name) for name in names]


def _number(row):
    value = str(KeyFigureValue.Absent(row.absent).label) if row.absent else row.value
    return [row.figure.code, Kind(row.kind).value, row.year, row.months, value]


def _amount(row):
    area, project = row.area.code if row.area else "", row.project.code if row.project else ""
    return [area, project, row.line.code, Kind(row.kind).value, row.year, row.months, row.kronor]


def exported(
    name: str, label, make: Callable[[Ledger], Statement], made_from: str = "finance.amounts"
) -> None:
    """Register a statement as a table: groups and rows in words, numbers in kronor or their own unit."""
    of_period(name, label=label, made_from=[made_from])(lambda period, options: of(make(Ledger(period))))


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
exported("finance.bridge", _("Change of the forecast"), statements.bridge, "finance.explanations")
exported("finance.outside", _("Items that are hard to influence"), statements.outside, "finance.explanations")
exported("finance.grants", _("Government grants"), statements.grants, "finance.received")
exported("finance.migration", _("Income from the Migration Agency"), migration, "finance.received")
exported("finance.investments", _("Investments"), statements.investments)
exported("finance.projects", _("Investments by project"), statements.projects)
exported("finance.volumes", _("Volumes"), partial(statements.counted, table=Table.VOLUMES), "finance.numbers")
exported(
    "finance.key_figures",
    _("Key figures"),
    partial(statements.counted, table=Table.KEY_FIGURES),
    "finance.numbers",
)
exported("finance.staff", _("Staff"), partial(statements.counted, table=Table.STAFF), "finance.numbers")
