"""What is said of the year's measures and assignments, changed many at once: new targets, new names, new people."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.measures import services
from cases.measures.models import Assignment, Goal, MeasureEdition
from committee.permissions import staff_of
from core.importing.rows import Shape, plan_rows
from core.importing.targets import CodeList, Context, ImportColumn, Plan, Row, Target, import_target
from core.naming import key_of

Options = Callable[[Any], Sequence[tuple[str, str]]]


def _code(key: str, label: Any, *aliases: str) -> ImportColumn:
    return ImportColumn(key, label, "code", is_required=False, code_of=key, aliases=aliases)


RESPONSIBLE = _code("responsible", gettext_lazy("Responsible"), "Ansvarig")
DEFINED = [
    ImportColumn(
        "name", pgettext_lazy("in a goal tree", "Measure"), "text", False, aliases=("Mått",), longest=300
    ),
    ImportColumn("definition", gettext_lazy("Definition"), "text", False),
    _code("goal", gettext_lazy("Goal"), "Mål"),
    _code("unit", gettext_lazy("Unit"), "Enhet"),
    ImportColumn("decimals", gettext_lazy("Decimals"), "number", False, decimals=0, aliases=("Decimaler",)),
    _code("direction", gettext_lazy("Direction"), "Riktning"),
    _code("cadence", gettext_lazy("Followed up"), "Följs upp"),
    ImportColumn("target", gettext_lazy("Target"), "percent", False, decimals=4, aliases=("Målvärde",)),
    RESPONSIBLE,
]
GIVEN = [
    ImportColumn("title", gettext_lazy("Assignment"), "text", False, aliases=("Uppdrag",), longest=300),
    _code("giver", gettext_lazy("Given by"), "Givet av"),
    _code("area", gettext_lazy("Target area"), "Målområde"),
    RESPONSIBLE,
    ImportColumn("due_on", gettext_lazy("Due"), "date", False, aliases=("Klart senast",)),
    ImportColumn("comment", gettext_lazy("Comment"), "text", False, aliases=("Kommentar",)),
]
NUMBER = ImportColumn("number", gettext_lazy("No."), "code", code_of="number", aliases=("Nr", "Nummer"))


def _editions(period):
    editions = MeasureEdition.objects.of_period(period)
    return editions.select_related("measure", "goal", "responsible").order_by("position", "pk")


def _assignments(period):
    return Assignment.objects.filter(body=period.body_id, year=period.year).for_list()


def _people(held: Callable[[Any], Any]) -> Options:
    """Return who may be responsible: the staff of today, and whoever is already."""

    def options(period: Any) -> list[tuple[str, str]]:
        people = {one.pk: one for one in staff_of(period.body)} | {
            one.responsible_id: one.responsible for one in held(period)
        }
        return [(str(pk), str(person)) for pk, person in people.items()]

    return options


def _choices(choices: Any) -> Options:
    return lambda _period: [(one.value, str(one.label)) for one in choices]


def _goals(period):
    return [(str(one.pk), one.name) for one in Goal.objects.filter(body=period.body_id, year=period.year)]


def _areas(period):
    return [(str(one.pk), one.name) for one in period.body.municipality.target_areas.all()]


def _key(name: str) -> Callable[[Any], str]:
    return lambda one: str(getattr(one, f"{name}_id"))


DEFINITION_CODES: dict[str, Options] = {
    "number": lambda period: [(str(one.measure.number), one.name) for one in _editions(period)],
    "goal": _goals,
    "unit": _choices(MeasureEdition.Unit),
    "direction": _choices(MeasureEdition.Direction),
    "cadence": _choices(MeasureEdition.Cadence),
    "responsible": _people(_editions),
}
ASSIGNMENT_CODES: dict[str, Options] = {
    "number": lambda period: [(str(one.number), one.title) for one in _assignments(period)],
    "giver": _choices(Assignment.Giver),
    "area": _areas,
    "responsible": _people(_assignments),
}


def _planner(
    columns: Sequence[ImportColumn],
    held: Callable[[Any], Mapping[str, Any]],
    codes: Mapping[str, Options],
    keys: Sequence[str],
) -> Callable[[Sequence[Row], Context], Plan]:
    """Return the plan of rows that are known by their numbers; `keys` are the fields that name rows of ours."""

    def plan(rows: Sequence[Row], context: Context) -> Plan:
        ours = held(context.subject)
        shape = Shape(
            columns,
            find=lambda row: ours[row.values["number"]],
            name=lambda _row, of: str(of),
            reads={key: _key(key) for key in keys},
            options={name: dict(options(context.subject)) for name, options in codes.items()},
        )
        return plan_rows(rows, shape)

    return plan


def _fields(told: Any, keys: Sequence[str]) -> dict[str, Any]:
    """Return what is told as the services take it: rows of ours by their keys."""
    fields = {f"{key}_id" if key in keys else key: value for key, value in told.fields.items()}
    if "decimals" in fields:
        fields["decimals"] = int(fields["decimals"])
    return fields


def change_measures(plan: Plan, context: Context) -> None:
    for told in plan.payload:
        services.change_edition(told.of, by=context.by, **_fields(told, ("goal", "responsible")))


def change_assignments(plan: Plan, context: Context) -> None:
    for told in plan.payload:
        services.change_assignment(told.of, by=context.by, **_fields(told, ("area", "responsible")))


def _lists(codes: Mapping[str, Options], columns: Sequence[ImportColumn]) -> dict[str, CodeList]:
    labels = {column.code_of: column.label for column in (NUMBER, *columns)}
    return {name: CodeList(labels[name], options) for name, options in codes.items()}


OF_PERIOD: dict[str, Any] = {
    "subject": "committee.Period",
    "permission": "measures.import_outcomes",
    "place": lambda period: key_of(period.body),
    "year": lambda period: period.year,
    "begins_at": "measures:current",
    "help": gettext_lazy("Rows are known by their numbers. An empty cell changes nothing."),
}

import_target(
    Target(
        name="measures.definitions",
        label=gettext_lazy("Measures of the year"),
        columns=[NUMBER, *DEFINED],
        plan=_planner(
            DEFINED,
            lambda period: {str(one.measure.number): one for one in _editions(period)},
            DEFINITION_CODES,
            ("goal", "responsible"),
        ),
        apply=change_measures,
        code_lists=_lists(DEFINITION_CODES, DEFINED),
        seen_at=lambda period: reverse("measures:tree", args=[period.pk]),
        **OF_PERIOD,
    )
)
import_target(
    Target(
        name="measures.assignments",
        label=gettext_lazy("Assignments"),
        columns=[NUMBER, *GIVEN],
        plan=_planner(
            GIVEN,
            lambda period: {str(one.number): one for one in _assignments(period)},
            ASSIGNMENT_CODES,
            ("area", "responsible"),
        ),
        apply=change_assignments,
        code_lists=_lists(ASSIGNMENT_CODES, GIVEN),
        seen_at=lambda period: f"{reverse('measures:assignment-list')}?year={period.year}",
        **OF_PERIOD,
    )
)
