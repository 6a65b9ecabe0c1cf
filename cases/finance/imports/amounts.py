"""Amounts from the ledger: what a period reports, by kind."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.finance import services
from cases.finance.imports.places import CODE_LISTS, PLACE, Found, plan_amounts
from cases.finance.models.kinds import Kind
from cases.finance.services import NewAmount
from cases.finance.stores import is_full_year
from committee.models import Period
from core.importing.targets import (
    CellError,
    CodeList,
    Context,
    ImportColumn,
    Plan,
    Row,
    Target,
    import_target,
)
from core.naming import key_of

# A column of numbers for each kind that a row may have beside one another: kind, years from the period's, whole year.
WIDE = {
    "actual": (Kind.ACTUAL, 0, False),
    "last_year": (Kind.ACTUAL, -1, False),
    "forecast": (Kind.FORECAST, 0, True),
}
REPORTED = (Kind.ACTUAL, Kind.FORECAST, Kind.CLOSING)  # a budget is no period's: it has versions of its own

# What a row is of, when the file says it in a column.
WHEN = [
    ImportColumn("year", gettext_lazy("Year"), "code", False, code_of="year", is_rare=True, aliases=("År",)),
    ImportColumn(
        "months",
        gettext_lazy("Months"),
        "code",
        is_required=False,
        code_of="months",
        is_rare=True,
        aliases=("Månader",),
    ),
]

COLUMNS = [
    *PLACE,
    ImportColumn(
        "actual", gettext_lazy("Actual of the period"), "number", False, decimals=2, aliases=("Utfall",)
    ),
    ImportColumn(
        "last_year",
        gettext_lazy("Actual of the same months last year"),
        "number",
        False,
        decimals=2,
        aliases=("Utfall föregående år", "Föregående år"),
    ),
    ImportColumn(
        "forecast",
        gettext_lazy("Forecast of the year"),
        "number",
        False,
        decimals=2,
        aliases=("Prognos", "Helårsprognos"),
    ),
    ImportColumn(
        "kronor", gettext_lazy("Amount"), "number", False, decimals=2, is_rare=True, aliases=("Belopp",)
    ),
    ImportColumn(
        "kind",
        gettext_lazy("Kind"),
        "code",
        is_required=False,
        code_of="kind",
        is_rare=True,
        help=gettext_lazy("Only for a file with one column of amounts, whose rows say what they are."),
    ),
    *WHEN,
]


def plan(rows: Sequence[Row], context: Context) -> Plan:
    found = Found.of(context.subject)
    return plan_amounts(
        rows,
        found,
        lambda row: _amounts(row, found),
        lambda row: _of_no_kind(row) or foretold(row, found.owner),
    )


def _of_no_kind(row: Row) -> CellError | None:
    if row.values.get("kronor") is None or row.values.get("kind"):
        return None
    return CellError(
        row.cells["kronor"], _("Say whether this is actual or forecast, in a column for the kind.")
    )


def foretold(row: Row, period: Period) -> CellError | None:
    """Say at its cell that a full year has no forecast: no table would show it."""
    column = "forecast" if row.values.get("forecast") is not None else "kind"
    is_forecast = column == "forecast" or row.values.get("kind") == Kind.FORECAST
    if not (is_forecast and is_full_year(period)):
        return None
    return CellError(row.cells[column], _("A full year has no forecast: give what it came to as actual."))


def _amounts(row: Row, found: Found) -> Iterator[tuple[str, NewAmount]]:
    """Yield what a row says, each with the column that says it; an empty cell says nothing."""
    for column, (kind, years, whole_year) in WIDE.items():
        if row.values.get(column) is not None:
            yield column, _amount(row, found, column, kind_in(found.owner, column, kind), years, whole_year)
    if row.values.get("kronor") is not None:
        kind = Kind(row.values["kind"])
        yield "kronor", _amount(row, found, "kronor", kind, 0, kind != Kind.ACTUAL)


def kind_in(period: Period, column: str, kind: Kind) -> Kind:
    """Return the kind of a column: what a full year came to are its closing accounts."""
    return Kind.CLOSING if column == "actual" and is_full_year(period) else kind


def _amount(row: Row, found: Found, column: str, kind: Kind, years: int, whole_year: bool) -> NewAmount:
    values, period = row.values, found.owner
    return found.amount(
        row,
        column,
        kind=kind.value,
        year=int(values.get("year") or period.year) + years,
        months=int(values.get("months") or (12 if whole_year else period.months)),
    )


def apply(plan: Plan, context: Context) -> None:
    services.record_amounts(context.subject, plan.payload, by=context.by)


def _kinds(period):
    return [(kind.value, str(kind.label)) for kind in REPORTED]


def years(period):
    return [(str(year), str(year)) for year in range(period.year - 1, period.year + 2)]


def months(period):
    return [(str(month), str(month)) for month in range(1, 13)]


def closed(period):
    return "" if period.is_open else _("%s is closed. Ask the controller to open it again.") % period


SLICES = {
    "year": CodeList(gettext_lazy("Year"), years),
    "months": CodeList(pgettext_lazy("how many of a year", "Months"), months),
}

import_target(
    Target(
        name="finance.amounts",
        label=gettext_lazy("Amounts"),
        help=gettext_lazy("Income is above zero and costs below, as in the tables."),
        subject="committee.Period",
        permission="finance.enter_amounts",
        columns=COLUMNS,
        plan=plan,
        apply=apply,
        place=lambda period: key_of(period.body),
        year=lambda period: period.year,
        code_lists={**CODE_LISTS, "kind": CodeList(gettext_lazy("Kind"), _kinds), **SLICES},
        closed=closed,
        seen_at=lambda period: reverse("finance:period-detail", args=[period.pk]),
        begins_at="finance:period-list",
        may_turn_signs=True,
    )
)
