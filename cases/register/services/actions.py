"""Actions: what a plan promises, how it goes with it, and what is taken up again the year after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from cases.register.models import Action, Document
from cases.register.plans import plan_before
from cases.register.services.drafts import lock_draft
from committee.models import Period, Person
from core import clock, personal_numbers
from core.services import service, take_step
from core.workflow import StepNotAllowed

FIELDS = ("theme", "title", "responsible", "due_on")


class ActionRefused(ValueError):
    """Something that an action may not say; the message says what, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that somebody else saved since it was read: as it stands now."""

    action: Action


@service
def plan_actions(document: Document, rows: Iterable[Mapping[str, Any]], *, by: Person) -> list[Taken]:
    """Save what a plan promises, in this order; a row without `pk` is new, one with `remove` goes.

    Each has theme, title, responsible and due_on; one that stands already has pk, and the version that
    was read. What somebody else has saved since is left as it stands, and returned. Raises
    StepNotAllowed when the plan is no longer a draft, and ActionRefused.
    """
    document = lock_draft(document.pk)
    standing = {one.pk: one for one in Action.objects.of(document).select_for_update()}
    taken = []
    for position, row in enumerate(rows, 1):
        _refuse_personal_numbers(row["title"], row["theme"])
        action = standing.get(row.get("pk") or 0)
        if action is None:
            _promise(document, position, row)
        elif action.version != row["version"]:
            taken.append(Taken(action))
        elif row.get("remove"):
            _take_out(action, document)
        else:
            _write(action, position, row)
    return taken


def _promise(document: Document, position: int, row: Mapping[str, Any], **more: Any) -> Action:
    subject = document.subject
    return Action.objects.create(
        body=document.case.body,
        document=document,
        period=subject if isinstance(subject, Period) else None,
        since_edition=document.edition,
        position=position,
        **{name: row[name] for name in FIELDS},
        **more,
    )


def _write(action: Action, position: int, row: Mapping[str, Any]) -> None:
    told = {name: row[name] for name in FIELDS}
    if action.position == position and all(getattr(action, name) == value for name, value in told.items()):
        return
    for name, value in {**told, "position": position, "version": action.version + 1}.items():
        setattr(action, name, value)
    action.save(update_fields=[*told, "position", "version"])


def _take_out(action: Action, document: Document) -> None:
    if action.since_edition != document.edition or action.status != Action.Status.PLANNED:
        raise ActionRefused(
            _("“%s” was promised before or has been begun: answer it, with a reason, instead of removing it.")
            % action.title
        )
    action.delete()


def _refuse_personal_numbers(*texts: str) -> None:
    for text in texts:
        if found := next(personal_numbers.find(text), None):
            raise ActionRefused(
                _("A personal number (%s) stands in the text. Take it out.") % personal_numbers.hide(found)
            )


@service
def change_action(
    action: Action, *, responsible: Person, due_on: date | None, follow_up: str, by: Person
) -> Action:
    """Say who has an action now, by when, and how it goes. What was promised stays as the plan says it."""
    _refuse_personal_numbers(follow_up)
    action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    action.responsible, action.due_on, action.follow_up = responsible, due_on, follow_up
    action.version += 1
    action.save(update_fields=["responsible", "due_on", "follow_up", "version"])
    return action


ANSWERS = {"yes": "finish", "no": "refuse"}


@service
def answer_actions(answers: Mapping[int, tuple[str, str]], *, by: Person) -> int:
    """Say of many actions at once whether they were done: {key: (yes or no, why not)}.

    Return how many were answered; those that somebody has answered meanwhile stay. Raises ActionRefused
    for a “no” that does not say why: then nothing is saved.
    """
    for answer, reason in answers.values():
        _refuse_personal_numbers(reason)
        if answer == "no" and not reason.strip():
            raise ActionRefused(_("Say why it was not done."))
    answered = 0
    for action in Action.objects.filter(pk__in=answers, status__in=Action.OPEN).order_by("pk"):
        answer, reason = answers[action.pk]
        try:
            take_step(action, ANSWERS[answer], by=by, data={"reason": reason.strip()})
        except StepNotAllowed:
            continue
        answered += 1
    return answered


def settle_action(action: Action, *, reason: str = "") -> None:
    """Keep when an action was answered, and why it was not done; the step's transaction is the caller's."""
    action.reason, action.settled_on = reason, clock.today()
    action.version += 1
    action.save(update_fields=["reason", "settled_on", "version"])


def unsettle_action(action: Action) -> None:
    """Forget what was answered: the action is open again, and the history knows why."""
    action.reason, action.settled_on = "", None
    action.version += 1
    action.save(update_fields=["reason", "settled_on", "version"])


@service
def carry_over(document: Document, *, by: Person) -> int:
    """Take up again in a plan what the plan before did not get done; return how many.

    Raises StepNotAllowed when the plan is no longer a draft.
    """
    document = lock_draft(document.pk)
    before = plan_before(document)
    left = Action.objects.of(before).exclude(status=Action.Status.DONE) if before else Action.objects.none()
    last = document.actions.aggregate(last=Max("position"))["last"] or 0
    waiting = left.filter(continued_by__isnull=True).select_related("responsible")
    for position, action in enumerate(waiting, last + 1):
        told = {name: getattr(action, name) for name in FIELDS}
        _promise(document, position, {**told, "due_on": None}, continues=action)
    return len(waiting)


def follow_edition(old: Document, new: Document) -> None:
    """Let what an edition promised be promised by the next one."""
    Action.objects.filter(document=old).update(document=new)


def leave_edition(document: Document) -> None:
    """Give back to the edition before what a thrown-away one had taken over; what was new in it goes with it."""
    own = Action.objects.filter(document=document)
    own.filter(since_edition=document.edition, status=Action.Status.PLANNED).delete()
    if document.continues_id:
        own.filter(since_edition__lt=document.edition).update(document=document.continues_id)
