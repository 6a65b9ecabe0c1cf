"""Lists of a period from a file: what explains the forecast, and grants. Rows are known by their names."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.finance import services
from cases.finance.imports.amounts import closed
from cases.finance.models import Explanation, Grant
from core.importing.rows import Shape, Told, plan_rows
from core.importing.targets import CodeList, Context, ImportColumn, Plan, Row, Target, import_target
from core.naming import key_of

KRONOR = ImportColumn(
    "kronor", gettext_lazy("Amount"), "number", False, decimals=2, aliases=("Belopp", "Kronor")
)
EXPLAINED = [
    KRONOR,
    ImportColumn("comment", gettext_lazy("Comment"), "text", False, aliases=("Kommentar",), longest=500),
]
EXPLANATIONS = [
    ImportColumn("list", gettext_lazy("List"), "code", code_of="list", aliases=("Lista",)),
    ImportColumn(
        "label", gettext_lazy("What"), "text", identifies=True, aliases=("Vad", "Post"), longest=120
    ),
    *EXPLAINED,
]


def _money(key: str, label: Any, *aliases: str) -> ImportColumn:
    return ImportColumn(key, label, "number", False, decimals=2, is_rare=True, aliases=aliases)


GRANTED = [
    KRONOR,
    _money("received", gettext_lazy("Received"), "Mottaget"),
    _money("used", gettext_lazy("Used"), "Använt"),
    ImportColumn("decider", gettext_lazy("Decided by"), "text", False, aliases=("Beslutas av",), longest=120),
    ImportColumn("report_due_on", gettext_lazy("To be accounted for by"), "date", False, is_rare=True),
    _money("repayment", gettext_lazy("To be paid back"), "Återbetalas"),
]
GRANTS = [
    ImportColumn("kind", gettext_lazy("Kind"), "code", code_of="grant_kind", aliases=("Slag",)),
    ImportColumn(
        "name", gettext_lazy("Name"), "text", identifies=True, aliases=("Namn", "Bidrag"), longest=160
    ),
    ImportColumn(
        "operation",
        gettext_lazy("Used in"),
        "text",
        is_required=False,
        identifies=True,
        aliases=("Används i", "Verksamhet"),
        longest=120,
    ),
    *GRANTED,
]


def _without_amount(told: Told) -> str:
    """A new row says how much; the others may be filled in later."""
    if told.of is None and not isinstance(told.fields.get("kronor"), Decimal):
        return _("A new row needs an amount.")
    return ""


def _named(model: Any, keys: Sequence[str], name: str, columns: Sequence[ImportColumn]) -> Any:
    """Return plan and apply for rows of a period that are known by some of their fields."""

    def known(values: Any) -> tuple[str, ...]:
        return tuple(str(values.get(key) or "").casefold() for key in keys)

    def plan(rows: Sequence[Row], context: Context) -> Plan:
        held = {
            known({key: getattr(one, key) for key in keys}): one
            for one in model.objects.filter(period=context.subject)
        }
        shape = Shape(
            columns,
            find=lambda row: held.get(known(row.values)),
            name=lambda row, _of: row.values[name],
            refuse=_without_amount,
        )
        return plan_rows(rows, shape)

    def apply(plan: Plan, context: Context) -> None:
        place = model.objects.filter(period=context.subject).count()
        for number, told in enumerate(plan.payload):
            names = {key: told.row.values.get(key) or "" for key in keys}
            row = told.of or model(period=context.subject, position=place + number, **names)
            for key, value in told.fields.items():
                setattr(row, key, value)
            services.keep(row, by=context.by)

    return {"plan": plan, "apply": apply}


OF_PERIOD: dict[str, Any] = {
    "subject": "committee.Period",
    "permission": "finance.enter_amounts",
    "place": lambda period: key_of(period.body),
    "year": lambda period: period.year,
    "closed": closed,
    "seen_at": lambda period: reverse("finance:period-section", args=[period.pk, "analysis"]),
    "begins_at": "finance:period-list",
    "help": gettext_lazy(
        "Rows are known by their names; one of a new name is added. An empty cell changes nothing."
    ),
}


def _lists(_period):
    return [(one.value, str(one.label)) for one in Explanation.List]


def _kinds(_period):
    return [(one.value, str(one.label)) for one in Grant.Kind]


import_target(
    Target(
        name="finance.explanations",
        label=gettext_lazy("What explains the forecast"),
        columns=EXPLANATIONS,
        code_lists={"list": CodeList(gettext_lazy("List"), _lists)},
        **_named(Explanation, ("list", "label"), "label", EXPLAINED),
        **OF_PERIOD,
    )
)
import_target(
    Target(
        name="finance.received",
        label=gettext_lazy("Grants and contributions"),
        columns=GRANTS,
        code_lists={"grant_kind": CodeList(gettext_lazy("Kind"), _kinds)},
        **_named(Grant, ("kind", "name", "operation"), "name", GRANTED),
        **OF_PERIOD,
    )
)
