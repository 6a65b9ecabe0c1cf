"""A year's budget from a file: a draft is filled in, by area and by project."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.finance import services
from cases.finance.imports.places import CODE_LISTS, PLACE, Found, plan_amounts
from cases.finance.models import Line
from cases.finance.models.kinds import Kind
from cases.finance.services import NewAmount
from core.importing.targets import CellError, Context, ImportColumn, Plan, Row, Target, import_target
from core.naming import key_of

COLUMNS = [
    *PLACE,
    ImportColumn(
        "budget",
        gettext_lazy("Budget of the year"),
        "number",
        is_required=False,
        decimals=2,
        aliases=("Budget", "Årsbudget", "Belopp"),
    ),
]


def plan(rows: Sequence[Row], context: Context) -> Plan:
    found = Found.of(context.subject)
    return plan_amounts(rows, found, lambda row: _amounts(row, found), lambda row: _by_account(row, found))


def _by_account(row: Row, found: Found) -> CellError | None:
    if found.lines[row.values["line"]].cut != Line.Cut.ACCOUNT:
        return None
    return CellError(row.cells["line"], _("A budget is divided by area and by project, not by account."))


def _amounts(row: Row, found: Found) -> Iterator[tuple[str, NewAmount]]:
    if row.values.get("budget") is not None:
        yield "budget", found.amount(row, "budget", kind=Kind.BUDGET.value, year=found.owner.year, months=12)


def apply(plan: Plan, context: Context) -> None:
    services.record_amounts(context.subject, plan.payload, by=context.by)


def _closed(budget):
    return "" if budget.is_open else _("%s is adopted. Begin a revised budget to change it.") % budget


import_target(
    Target(
        name="finance.budget",
        label=gettext_lazy("Budget"),
        help=gettext_lazy("Income is above zero and costs below, as in the tables."),
        subject="finance.BudgetVersion",
        permission="finance.enter_amounts",
        columns=COLUMNS,
        plan=plan,
        apply=apply,
        place=lambda budget: key_of(budget.body),
        year=lambda budget: budget.year,
        code_lists=CODE_LISTS,
        closed=_closed,
        begins_at="finance:period-list",
        may_turn_signs=True,
    )
)
