"""What is held against a meeting before the summons is sent."""

from functools import partial
from pathlib import PurePath

from django.utils.translation import gettext as _

from cases.agenda.models import ItemPaper
from cases.register.models import Attachment, Document
from cases.register.state import state_of
from core import personal_numbers
from core.models import Finding
from core.naming import key_of
from core.preflight import Contents, Found, contents, rule
from core.richtext.plain import plain_text
from reports.audiences import Audience

ITEM_STATE = (
    "pk",
    "position",
    "title",
    "kind",
    "case",
    "document",
    "is_secret",
    "outside_reference",
    "papers_later",
    "text",
    "withdrawn_at",
)


@contents("committee.Meeting")
def meeting_contents(meeting):
    """The agenda, and every document and file that goes with it."""
    items = meeting.items.in_order().values_list(*ITEM_STATE)
    annexes = ItemPaper.objects.filter(item__meeting=meeting)
    documents = meeting.items.values("document").union(annexes.values("document"))
    state = {
        "meeting": [meeting.pk, meeting.starts_at, meeting.place],
        "items": [list(item) for item in items],
        "papers": state_of(documents, annexes.values("attachment"), meeting.items.values("proposal")),
    }
    return Contents(state, inside=partial(all_papers, meeting))


def all_papers(meeting):
    """Return every document, with all that is read of it, and every file of a meeting."""
    annexes = ItemPaper.objects.filter(item__meeting=meeting)
    documents = meeting.items.values("document").union(annexes.values("document"))
    return [
        *Document.objects.with_content().filter(pk__in=documents),
        *Attachment.objects.filter(pk__in=annexes.values("attachment")),
    ]


@rule("agenda.decision_without_document", subject="committee.Meeting")
def decision_without_document(meeting):
    """An item for decision with nothing to decide on."""
    bare = meeting.items.filter(kind="decision", document=None, is_secret=False, papers_later=False)
    for item in bare:
        yield Found(
            title=_("No document"),
            message=_("The item is for decision, but no document goes with it."),
            place=item.title,
            url=f"{item.get_absolute_url()}edit/",
            about=key_of(item),
        )


@rule("agenda.personal_number", subject="committee.Meeting", severity=Finding.Severity.STOP)
def personal_number(meeting):
    """A personal number in an item's title, reference or text."""
    from_item = ((item, match) for item in meeting.items.all() for match in numbers_of(item))
    for item, match in from_item:
        yield Found(
            title=_("Personal number"),
            message=_("A personal number (%s) stands on the agenda. Take it out.") % match,
            place=_("On the agenda"),  # never the title: the number may stand in it
            url=f"{item.get_absolute_url()}edit/",
            about=key_of(item),
        )


@rule("agenda.left_out", subject="committee.Meeting")
def left_out(meeting):
    """A paper of an item that members do not get, since it is secret."""
    items = meeting.items.visible_for(Audience.MEMBERS).for_agenda()
    for item in items.select_related("document__case"):
        papers = [item.document, *(paper.document or paper.attachment for paper in item.papers.all())]
        for paper in papers:
            if paper and paper.is_under_secrecy:
                yield Found(
                    title=_("Left out of the papers"),
                    message=_("“%s” is secret, so members do not get it with the item.") % paper,
                    place=item.title,
                    url=f"{item.get_absolute_url()}edit/",
                    about=key_of(item),
                )


@rule("agenda.no_pdf_beside", subject="committee.Meeting")
def no_pdf_beside(meeting):
    """A Word, Excel or PowerPoint file of an item without its pages as PDF."""
    for item in meeting.items.prefetch_related("papers__attachment"):
        files = [paper.attachment for paper in item.papers.all() if paper.attachment]
        shown = {name for file in files if not file.is_office for name in names_of(file)}
        for file in files:
            if file.is_office and shown.isdisjoint(names_of(file)):
                yield Found(
                    title=_("No PDF beside it"),
                    message=_(
                        "Put a PDF with the same title beside “%s”, so that members can read it in the papers."
                    )
                    % file,
                    place=item.title,
                    url=f"{item.get_absolute_url()}edit/",
                    about=key_of(file),
                )


def names_of(file):
    """Return what a file is called, by its title and by its own name without ending."""
    return {file.title.casefold().strip(), PurePath(file.filename).stem.casefold()} - {""}


def numbers_of(item):
    """Return the personal numbers of an item, hidden."""
    text = " · ".join([item.title, item.outside_reference, plain_text(item.text, included=True)])
    return [personal_numbers.hide(match) for match in personal_numbers.find(text)]
