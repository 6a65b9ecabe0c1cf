from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Prefetch
from django.utils.translation import gettext as _

from cases.measures.models import CouncilGoal, Goal, Measure, MeasureEdition
from cases.measures.services.adopting import refuse_decided, refuse_new
from cases.measures.services.refusing import Refused, check_texts
from cases.measures.services.saving import checked_spans, replace_thresholds, save_thresholds
from cases.measures.thresholds import Span
from committee.models import Body, Person
from core import editions
from core.services import service


@service
def add_goal(
    body: Body, *, year: int, council_goal: CouncilGoal, name: str, by: Person, continues: Goal | None = None
) -> Goal:
    """Add a committee's goal to a year, last in order. Raises Refused when the year is adopted."""
    Body.objects.select_for_update(of=("self",), no_key=True).get(pk=body.pk)
    refuse_new(body.pk, year)
    last = Goal.objects.filter(body=body, year=year).aggregate(last=Max("position"))["last"] or 0
    return Goal.objects.create(
        body=body, year=year, council_goal=council_goal, position=last + 1, name=name, continues=continues
    )


@service
def add_measure(
    goal: Goal,
    *,
    by: Person,
    number: int | None = None,
    thresholds: Mapping[str, str] | None = None,
    **fields: Any,
) -> MeasureEdition:
    """Begin a measure in the year of its goal, under the body's next number.

    `thresholds` is {standing: text}. Raises Refused with its field for what cannot be.
    """
    body = Body.objects.select_for_update(of=("self",), no_key=True).get(pk=goal.body_id)
    refuse_new(body.pk, goal.year)
    last = body.measures.aggregate(last=Max("number"))["last"] or 0
    measure = Measure.objects.create(body=body, number=number or last + 1)
    spans = _checked(fields, thresholds or {})
    edition = MeasureEdition.objects.create(
        measure=measure, goal=goal, year=goal.year, position=measure.number, **fields
    )
    save_thresholds(edition, spans)
    return edition


@service
def change_edition(
    edition: MeasureEdition, *, by: Person, thresholds: Mapping[str, str] | None = None, **fields: Any
) -> MeasureEdition:
    """Change what is said of a measure in its year; other years stay as they are.

    Raises Refused, also for what an adopted year's decision says: that is changed by `propose_target`.
    """
    edition = (
        MeasureEdition.objects.select_for_update(of=("self",)).select_related("measure").get(pk=edition.pk)
    )
    spans = _checked({"unit": edition.unit, "target": edition.target} | fields, thresholds or {})
    refuse_decided(edition, fields, thresholds)
    for name, value in fields.items():
        setattr(edition, name, value)
    edition.save(update_fields=[*fields]) if fields else None
    if thresholds is not None:
        replace_thresholds(edition, spans)
    return edition


@service
def continue_edition(edition: MeasureEdition, *, goal: Goal, by: Person, **changes: Any) -> MeasureEdition:
    """Let a measure go on in another year under a goal of that year: a new edition that continues it.

    A change of unit or direction needs a reason in `change_reason`; with `is_break` the series is broken.
    """
    edition = MeasureEdition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    refuse_new(goal.body_id, goal.year)
    told = {"change_reason": "", "is_break": False} | changes
    changed = [
        name for name in ("unit", "direction") if name in changes and changes[name] != getattr(edition, name)
    ]
    if (changed or told["is_break"]) and not str(told["change_reason"]).strip():
        raise Refused("change_reason", _("Write why the measure is changed."))
    new = editions.copy(edition, goal=goal, year=goal.year, **told)
    for one in edition.thresholds.all():
        one.pk, one.edition = None, new
        one.save(force_insert=True)
    return new


@dataclass(frozen=True, slots=True)
class GoingOn:
    """A goal of a year with its measures, and why it might end: the council's goal has."""

    goal: Goal
    editions: Sequence[MeasureEdition]
    has_ended: bool


def what_goes_on(body: Body, *, from_year: int) -> list[GoingOn]:
    """Return what can be taken over from a year to the next, in the order of the goal tree."""
    goals = Goal.objects.filter(body=body, year=from_year).for_list()
    measures = Prefetch("editions", MeasureEdition.objects.select_related("measure").order_by("position"))
    return [
        GoingOn(goal, list(goal.editions.all()), (goal.council_goal.to_year or from_year + 1) <= from_year)
        for goal in goals.prefetch_related(measures)
    ]


@service
def continue_year(
    body: Body,
    *,
    from_year: int,
    by: Person,
    without_goals: Collection[int] = (),
    without_measures: Collection[int] = (),
) -> list[Goal]:
    """Copy a year's goals and measures to the next year, where they are changed one by one.

    What is left out is given by the keys of goals, with all their measures, and of the measures' editions.
    Raises Refused when the next year has goals already.
    """
    Body.objects.select_for_update(of=("self",), no_key=True).get(pk=body.pk)
    if Goal.objects.filter(body=body, year=from_year + 1).exists():
        raise Refused("", _("%s has goals already.") % (from_year + 1))
    made = []
    goals = Goal.objects.filter(body=body, year=from_year).exclude(pk__in=without_goals)
    for goal in goals.order_by("position"):
        new = editions.copy(goal, year=from_year + 1)
        for edition in goal.editions.exclude(pk__in=without_measures).order_by("position"):
            continue_edition(edition, goal=new, by=by)
        made.append(new)
    return made


def _checked(fields: Mapping[str, Any], thresholds: Mapping[str, str]) -> list[Span]:
    if bool(fields.get("numerator")) != bool(fields.get("denominator")):
        raise Refused("denominator", _("Say what both the numerator and the denominator count."))
    if fields.get("is_break") and not fields.get("change_reason", "").strip():
        raise Refused("change_reason", _("Write why the measure is changed."))
    if bool(fields.get("parts")) != (fields.get("split") == MeasureEdition.Split.FREE):
        raise Refused("parts", _("Write the parts, and choose “Own parts”."))
    check_texts(name=fields.get("name", ""), definition=fields.get("definition", ""))
    return checked_spans(thresholds)
