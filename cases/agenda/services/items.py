"""Preparing the agenda: add, change, order, remove, withdraw items; word the chair's proposal."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone

from cases.agenda.models import AgendaItem, ItemPaper
from cases.agenda.services.calling import ask_for_papers
from cases.register.models import Attachment, Document, Proposal, Section
from cases.register.services import refuse_personal_numbers, word_clauses
from committee.models import Meeting, Person
from core.collisions import Seen, reconciled
from core.services import service
from core.workflow import StepNotAllowed
from reports.services import touch

# What an individual's case does not have on the agenda.
OF_OPEN_ITEMS = {"case": None, "document": None, "proposal": None, "text": ""}
# Where somebody might write a personal number.
SCANNED = ("title", "outside_reference", "text")


@service
def add_item(
    meeting: Meeting, *, by: Person, presenters: Iterable[Person] = (), papers: Iterable = (), **fields: Any
) -> AgendaItem:
    """Put an item last on the agenda of a planned meeting.

    Raises StepNotAllowed once it is called, PersonalNumberFound, and ValidationError for a document of
    another case.
    """
    meeting = _planned(meeting)
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem(meeting=meeting, position=last + 1, **fields)
    _look_over(item)
    item.save()
    item.presenters.set(presenters)
    _set_papers(item, papers)
    return item


@service
def change_item(
    item: AgendaItem,
    *,
    by: Person,
    presenters: Iterable[Person] | None = None,
    papers: Iterable | None = None,
    seen: Seen | None = None,
    **fields: Any,
) -> AgendaItem:
    """Change an item of a planned meeting.

    Raises StepNotAllowed once it is called, PersonalNumberFound, ValidationError for a document of another
    case, and Collided for what somebody else changed too since it was `seen`.
    """
    _planned(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    fields = reconciled(item, fields, seen)
    if fields.get("is_secret"):
        fields |= OF_OPEN_ITEMS  # whoever made it secret, and whatever was written meanwhile
    for name, value in fields.items():
        setattr(item, name, value)
    _look_over(item)
    item.save(update_fields=list(fields) or None)
    if presenters is not None:
        item.presenters.set(presenters)
        touch(item)
    if papers is not None:
        _set_papers(item, papers)
    return item


@service
def order_items(meeting: Meeting, *, keys: Sequence[int], by: Person) -> None:
    """Put the items in the order of the given primary keys; those not named follow as they stood.

    Raises StepNotAllowed once the meeting is called.
    """
    meeting = _planned(meeting)
    items = {item.pk: item for item in meeting.items.in_order()}
    named = [items.pop(key) for key in dict.fromkeys(keys) if key in items]
    for position, item in enumerate([*named, *items.values()], 1):
        item.position = position
    AgendaItem.objects.bulk_update([*named, *items.values()], ["position"])


@service
def remove_item(item: AgendaItem, *, by: Person) -> None:
    """Take an item off the agenda of a planned meeting; later it can only be withdrawn."""
    _planned(item.meeting)
    item.delete()


@service
def withdraw_item(item: AgendaItem, *, by: Person, reason: str) -> AgendaItem:
    """Mark an item of a called meeting as withdrawn (utgår): it keeps its number and stays to be seen.

    Raises StepNotAllowed before the call, when it is simply removed, and once the meeting is held.
    """
    meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if not meeting.is_called or item.is_withdrawn:
        raise StepNotAllowed
    item.withdrawn_at = timezone.now()
    item.save(update_fields=["withdrawn_at"])
    ask_for_papers(meeting, by=by)  # what members open next says so
    return item


@service
def word_chairs_proposal(
    item: AgendaItem, *, texts: Sequence[str], by: Person, seen: Sequence[str] | None = None
) -> Proposal:
    """Word the chair's proposal for an item. As long as it says what the department's says, it shares it.

    Raises ClausesChanged and PersonalNumberFound, as `word_clauses`, and StepNotAllowed without a case
    and once the meeting is called: what members have been sent is not changed behind their backs.
    """
    _planned(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.case is None:
        raise StepNotAllowed
    if item.proposal is None:
        followed = item.document.proposals.first() if item.document else None
        item.proposal = Proposal.objects.create(case=item.case, made_by=Proposal.By.CHAIR, follows=followed)
        item.save(update_fields=["proposal"])
    return word_clauses(item.proposal, texts=texts, seen=seen, by=by)


def _planned(meeting: Meeting) -> Meeting:
    """Return the meeting, locked; raises StepNotAllowed unless its agenda may still be changed."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not meeting.is_planned:
        raise StepNotAllowed
    return meeting


def _look_over(item: AgendaItem) -> None:
    """Refuse what may not stand on an agenda: a personal number, or a document of another case."""
    for name in SCANNED:
        heading = str(AgendaItem._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]
        refuse_personal_numbers(Section(heading=heading), getattr(item, name))
    item.clean()


def _set_papers(item: AgendaItem, papers: Iterable) -> None:
    """Replace the papers that go with the item: documents of ours and files, in order."""
    item.papers.all().delete()
    ItemPaper.objects.bulk_create(
        ItemPaper(
            item=item,
            position=position,
            document=paper if isinstance(paper, Document) else None,
            attachment=paper if isinstance(paper, Attachment) else None,
        )
        for position, paper in enumerate(papers)
    )
