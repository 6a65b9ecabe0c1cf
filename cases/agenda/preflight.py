"""What is held against a meeting before the summons is sent."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.register.models import Document
from cases.register.preflight import document_state
from core import personal_numbers
from core.models import Finding
from core.preflight import Contents, Found, contents, rule
from core.richtext.plain import plain_text


@contents("committee.Meeting")
def meeting_contents(meeting):
    """The agenda, and every document and file that goes with it."""
    items = list(meeting.items.in_order().prefetch_related("papers__attachment"))
    documents = papers_of(items)
    files = [paper.attachment for item in items for paper in item.papers.all() if paper.attachment]
    state = {
        "meeting": [meeting.pk, meeting.starts_at, meeting.place],
        "items": [
            [item.pk, item.position, item.title, item.kind, item.case_id, item.document_id, item.is_secret, item.text]
            for item in items
        ],
        "documents": [document_state(document) for document in documents],
        "files": [[file.pk, file.scan] for file in files],
    }
    return Contents(state, inside=[*documents, *files])


def papers_of(items):
    """Return every document of the items, each once, with all that is read of it."""
    keys = [item.document_id for item in items if item.document_id]
    keys += [paper.document_id for item in items for paper in item.papers.all() if paper.document_id]
    found = Document.objects.with_content().in_bulk(keys)
    return [found[key] for key in dict.fromkeys(keys)]


@rule("agenda.decision_without_document", subject="committee.Meeting")
def decision_without_document(meeting):
    """An item for decision with nothing to decide on."""
    bare = meeting.items.filter(kind="decision", document=None, is_secret=False, papers_later=False)
    for item in bare:
        yield Found(
            title=_("No document"),
            message=_("The item is for decision, but no document goes with it."),
            place=item.title,
            url=reverse("agenda:item-edit", args=[item.pk]),
            about=f"agenda.agendaitem:{item.pk}",
        )


@rule("agenda.personal_number", subject="committee.Meeting", severity=Finding.Severity.STOP)
def personal_number(meeting):
    """A personal number in an item's title, reference or text."""
    from_item = (
        (item, match)
        for item in meeting.items.all()
        for match in numbers_of(item)
    )
    for item, match in from_item:
        yield Found(
            title=_("Personal number"),
            message=_("A personal number (%s) stands on the agenda. Take it out.") % match,
            place=_("Item %s") % item.position,
            url=reverse("agenda:item-edit", args=[item.pk]),
            about=f"agenda.agendaitem:{item.pk}",
        )


def numbers_of(item):
    """Return the personal numbers of an item, hidden."""
    text = " · ".join([item.title, item.outside_reference, plain_text(item.text, included=True)])
    return [personal_numbers.hide(match) for match in personal_numbers.find(text)]
