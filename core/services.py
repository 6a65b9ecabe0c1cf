"""The one door through which a status moves, and what every service has in common."""

from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from core import effects, history, preflight
from core.models import Finding, PreflightRun, StepTaken, Waiver
from core.preflight import require_fresh_preflight
from core.workflow import StepNotAllowed, StepNotYet

P = ParamSpec("P")
R = TypeVar("R")
EMPTY: Mapping[str, Any] = MappingProxyType({})


class CannotWaive(Exception):
    """The finding is of a kind that stops: a secret or a personal number."""


def service(verb: Callable[P, R]) -> Callable[P, R]:
    """Make a verb of the trade: one transaction, and an actor (`by=`) whom the history names."""

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            history.act_as(kwargs["by"], reason=_reason(kwargs))
            return verb(*args, **kwargs)

    return run


def _reason(told: Mapping[str, Any]) -> str:
    """Return the reason that a verb was given, by itself or among a step's data."""
    return str(told.get("reason") or told.get("data", EMPTY).get("reason", ""))


@service
def take_step(subject, name: str, *, by, data: Mapping[str, Any] = EMPTY):
    """Move a subject one step along its workflow, with all that follows from it.

    The row is locked before its status is read, so of two people pressing the same button one
    succeeds and the other gets StepNotAllowed. Effects registered for the step run in this
    transaction; one that raises undoes everything. Who may press the button is the caller's
    question. Raises StepNotAllowed, its kind StepNotYet when something has to come first, and
    PreflightNeeded for a checked step.
    """
    subject = type(subject).objects.select_for_update(of=("self",)).get(pk=subject.pk)
    step = subject.WORKFLOW[name]
    if subject.status not in step.sources:
        raise StepNotAllowed(step)
    if hindrance := step.hindrance_of(subject):
        raise StepNotYet(hindrance)
    if step.checked:
        require_fresh_preflight(subject)

    taken = StepTaken.record(subject, step, by=by, data=data)
    subject.status = step.target
    subject.save(update_fields=["status"])
    for effect in effects.of(type(subject), name):
        effect(subject, taken)
    return subject


@service
def review(subject, *, by) -> PreflightRun:
    """Read the subject's whole content by every rule and keep what was found."""
    content_hash, findings = preflight.look(subject)
    run = PreflightRun.objects.create(subject=subject, content_hash=content_hash, by=by)
    for finding in findings:
        finding.run = run
    Finding.objects.bulk_create(findings)
    return run


@service
def waive(finding: Finding, *, reason: str, by, whole_kind: bool = False) -> int:
    """Let a finding stand, for a ready-made reason; with `whole_kind`, all of its rule in this run.

    Return how many were waived. Raises CannotWaive for what must not be sent at all.
    """
    if finding.stops:
        raise CannotWaive(_("This cannot be waived: mend it at its place."))
    kind = finding.run.findings.filter(rule=finding.rule) if whole_kind else [finding]
    waivers = [Waiver(subject=finding.run.subject, key=one.key, reason=reason, by=by) for one in kind]
    Waiver.objects.bulk_create(waivers, ignore_conflicts=True)
    return len(waivers)


@service
def unwaive(finding: Finding, *, by) -> None:
    """Take a waiver back: the finding stands open again."""
    Waiver.objects.of(finding.run.subject).filter(key=finding.key).delete()
