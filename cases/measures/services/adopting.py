"""Adopting a year's goals and targets with its budget, and changing them afterwards by a new decision."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.measures.models import Adoption, MeasureEdition, TargetChange
from cases.measures.models.held import DECIDED
from cases.measures.services.refusing import Refused, check_texts, check_value
from cases.measures.services.saving import checked_spans, replace_thresholds, spans_of
from committee.models import Body, Person
from core import formats
from core.models import StepTaken
from core.services import service


def adoption_of(body_id: int, year: int) -> Adoption | None:
    """Return the decision that a year's goals and targets hold by, the latest; None when there is none."""
    return Adoption.objects.filter(body=body_id, year=year).select_related("taken").last()


def refuse_new(body_id: int, year: int) -> None:
    """Raise Refused when a year is adopted: goals and measures are neither added to it nor taken away."""
    if found := adoption_of(body_id, year):
        raise Refused("", _("%s New goals and measures begin with another year.") % told(found))


def refuse_decided(
    edition: MeasureEdition, fields: Mapping[str, Any], marks: Mapping[str, str] | None
) -> None:
    """Raise Refused, with its field, when a change touches what an adopted year's decision says."""
    field = _decided_field(edition, fields, marks)
    if field and (found := adoption_of(edition.measure.body_id, edition.year)):
        raise Refused(
            field,
            _("%s Propose another target instead: it holds when a revised budget is adopted.") % told(found),
        )


def told(adoption: Adoption) -> str:
    """Say that a year is adopted, and by which decision."""
    return _("The goals and targets of %(year)s are adopted (%(decision)s, %(day)s).") % {
        "year": adoption.year,
        "decision": adoption.decision,
        "day": formats.iso(adoption.decided_on),
    }


def _decided_field(
    edition: MeasureEdition, fields: Mapping[str, Any], marks: Mapping[str, str] | None
) -> str | None:
    """Return the first field of a decision that would be another; None when all stay as they are."""
    for name in DECIDED:
        if name in fields and fields[name] != getattr(edition, name):
            return name
    return "thresholds" if marks is not None and set(checked_spans(marks)) != set(spans_of(edition)) else None


@service
def propose_target(
    edition: MeasureEdition, *, target: Decimal | None, thresholds: Mapping[str, str], reason: str, by: Person
) -> TargetChange | None:
    """Propose another target in an adopted year; it holds when a revised budget is adopted.

    A measure has one proposal: a later one replaces it, and what holds already takes it away (None). Raises
    Refused with its field.
    """
    edition = (
        MeasureEdition.objects.select_for_update(of=("self",)).select_related("measure").get(pk=edition.pk)
    )
    if adoption_of(edition.measure.body_id, edition.year) is None:
        raise Refused("target", _("%s is not adopted. Change the target itself.") % edition.year)
    proposed = TargetChange.objects.filter(edition=edition, adoption=None)
    marks = checked_spans(thresholds)
    if target == edition.target and set(marks) == set(spans_of(edition)):
        proposed.delete()
        return None
    check_value(edition, "target", target)
    if not reason.strip():
        raise Refused("reason", _("Write why the target is changed."))
    check_texts(reason=reason)
    fields = {"target": target, "thresholds": dict(thresholds), "reason": reason.strip(), "by": by}
    return TargetChange.objects.update_or_create(
        edition=edition, adoption=None, defaults={**fields, "at": timezone.now()}
    )[0]


@service
def adopt_year(body: Body, *, year: int, taken: StepTaken, by: Person) -> Adoption:
    """Lock a year's goals and targets by the decision that adopted its budget; proposed targets hold from now on."""
    Body.objects.select_for_update(of=("self",), no_key=True).get(pk=body.pk)
    adoption = Adoption.objects.create(body=body, year=year, taken=taken)
    waiting = TargetChange.objects.filter(adoption=None, edition__measure__body=body, edition__year=year)
    for change in waiting.select_related("edition").order_by("pk"):
        _apply(change, adoption)
    return adoption


def _apply(change: TargetChange, adoption: Adoption) -> None:
    """Write a proposed target into its measure; the database lets it through while it is not marked as applied."""
    edition = change.edition
    change.adoption, change.before = adoption, edition.target
    change.save(update_fields=["adoption", "before"])
    edition.target = change.target
    edition.save(update_fields=["target"])
    replace_thresholds(edition, checked_spans(change.thresholds))
    change.applied_at = timezone.now()
    change.save(update_fields=["applied_at"])
