"""Preparing the agenda: add, change, order, remove, withdraw items; word the chair's proposal."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone

from cases.agenda.models import AgendaItem, ItemPaper
from cases.register.models import Attachment, Document, Proposal
from cases.register.services import word_clauses
from committee.models import Meeting, Person
from core.services import service
from core.workflow import StepNotAllowed


@service
def add_item(
    meeting: Meeting, *, by: Person, presenters: Iterable[Person] = (), papers: Iterable = (), **fields: Any
) -> AgendaItem:
    """Put an item last on the agenda of a planned meeting. Raises StepNotAllowed once it is called."""
    meeting = _planned(meeting)
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(meeting=meeting, position=last + 1, **fields)
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
    **fields: Any,
) -> AgendaItem:
    """Change an item of a planned meeting. Raises StepNotAllowed once it is called."""
    _planned(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if fields.get("is_secret"):
        fields["proposal"] = None  # it goes with the case
    for name, value in fields.items():
        setattr(item, name, value)
    item.save(update_fields=list(fields) or None)
    if presenters is not None:
        item.presenters.set(presenters)
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
