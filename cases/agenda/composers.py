"""Kallelse and handlingar, composed from the meeting. No text is copied: it is taken by key."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.agenda.models import AgendaItem
from cases.register.annexes import annex_parts
from cases.register.blocks import proposal_data
from cases.register.composers import content_for, document_parts, for_audience, told_of_document
from cases.register.content import Content, text_section
from cases.register.models import Attachment, Document, Proposal, Section, load_content
from committee.furniture import furniture
from committee.models import Meeting
from core import formats
from core.naming import key_of
from reports.audiences import READS_SECRET, Audience
from reports.composing import Composition, Part, composer

# What the item's sheet takes from the officer's report, in this order.
SHEET_KEYS = ("summary", "economy")
NOTHING: Content = {"sections": []}  # of an item without a document

LISTED = (1, 2)  # levels in the contents: items, and what goes with them; chapters stand in their own


def audience_of_meeting(user, meeting) -> str | None:
    """Return as whom the user reads a meeting's papers, or None."""
    if user.has_perm("committee.read_draft_agenda", meeting):
        return Audience.STAFF if meeting.body_id in user.rights.secret else Audience.MEMBERS
    if meeting.is_open_to_members and user.has_perm("committee.view_meeting", meeting):
        return Audience.MEMBERS
    return None


def meeting_open_since(user, meeting) -> datetime | None:
    """Return when the meeting was called, for who does not read drafts."""
    if user.has_perm("committee.read_draft_agenda", meeting):
        return None
    return meeting.summonses.order_by("called_at").values_list("called_at", flat=True).first()


def find_meeting(words: list[str]) -> Model:
    """Find the meeting that `PREFIX DATE` names, such as SN 2023-06-13."""
    prefix, day = words
    return Meeting.objects.get(body__prefix=prefix, starts_at__date=day)


@composer(
    "committee.Meeting",
    kind="kallelse",
    label=gettext_lazy("Summons"),
    audience_of=audience_of_meeting,
    open_since=meeting_open_since,
    find=find_meeting,
)
def kallelse(meeting: Meeting, audience: str) -> Composition:
    """Compose the summons: where, when, who, and the numbered items."""
    items = items_for(meeting, audience)
    return _composition(_("Summons"), meeting, [summons_part(meeting, items)], about=told_of(meeting, items))


@composer(
    "committee.Meeting",
    kind="handlingar",
    label=gettext_lazy("Papers"),
    audience_of=audience_of_meeting,
    open_since=meeting_open_since,
    find=find_meeting,
)
def handlingar(meeting: Meeting, audience: str) -> Composition:
    """Compose the whole: summons, contents, and for each item its sheet, its document and its annexes."""
    items = items_for(meeting, audience)
    documents = documents_of(items, audience)
    parts = [part for item in items for part in item_parts(item, documents, audience)]
    front = [summons_part(meeting, items), contents_part(meeting, parts)]
    about = told_of(meeting, items).union(*map(told_of_document, documents.values()))
    return _composition(_("Papers"), meeting, [*front, *parts], about=about)


def told_of(meeting: Meeting, items: list[AgendaItem]) -> frozenset[str]:
    """Return the keys of the meeting, its items, their cases and proposals, and the files that they name."""
    files = [paper.attachment for item in items for paper in item.papers.all() if paper.attachment]
    ours = [thing for item in items for thing in (item, item.case, item.proposal) if thing]
    around = [meeting, meeting.body, meeting.body.municipality]
    return frozenset(map(key_of, [*around, *ours, *files, *(file.case for file in files)]))


def _composition(kind: str, meeting: Meeting, parts: list[Part], *, about: frozenset[str]) -> Composition:
    day = formats.iso(meeting.starts_at)
    return Composition(
        title=f"{kind} {meeting.body} {formats.long_date(meeting.starts_at)}",
        filename=slugify(f"{kind} {meeting.body.prefix} {day}"),
        author=str(meeting.body),
        dated=meeting.held_on,
        parts=parts,
        about=about,
    )


def items_for(meeting: Meeting, audience: str) -> list[AgendaItem]:
    """Return the items that the audience may know of, with what their sheets show."""
    return numbered(meeting, meeting.items.visible_for(audience).for_sheets())


def numbered(meeting: Meeting, items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Return the items with the number that they show: before the call it is their place."""
    found = list(items)
    for place, item in enumerate(found, 1):
        item.meeting = meeting  # one meeting, loaded once
        item.shown_number = item.number or place
    return found


def documents_of(items: list[AgendaItem], audience: str) -> dict[int, Document]:
    """Return the documents that go with the items, by key, with what their composing reads.

    Only who prepares gets what is secret or not approved.
    """
    keys = {item.document_id for item in items} | {
        paper.document_id for item in items for paper in item.papers.all()
    }
    found = Document.objects.visible_for(audience).for_reading().in_bulk([key for key in keys if key])
    load_content(list(found.values()))
    return found


def summons_part(meeting: Meeting, items: list[AgendaItem]) -> Part:
    return Part(
        key="kallelse",
        title=_("Summons"),
        template="agenda/print/summons.html",
        data={
            "body": meeting.body.name,
            "title": _("Summons to %s") % meeting.body.in_a_sentence,
            "day": formats.weekday_date(meeting.starts_at),
            "time": formats.clock_time(meeting.starts_at),
            "place": meeting.place,
            "chair": str(meeting.chair),
            "secretary": str(meeting.secretary),
            "secretary_name": str(meeting.secretary),
            "secretary_email": meeting.secretary.email,
            "items": [summons_row(item) for item in items],
        },
        furniture=furniture(
            meeting.body,
            label=_("SUMMONS"),
            date=formats.iso(meeting.starts_at),
            author=str(meeting.secretary),
        ),
    )


def summons_row(item: AgendaItem) -> dict[str, Any]:
    return {
        "number": item.shown_number,
        "title": item.title,
        "case_number": item.case.number if item.case else "",
        "kind": item.get_kind_display(),
        "presenters": item.presented_by,
        "minutes": item.minutes,
        "papers_later": item.papers_later,
        "is_withdrawn": item.is_withdrawn,
    }


def contents_part(meeting: Meeting, parts: list[Part]) -> Part:
    return Part(
        key="contents",
        title=_("Contents"),
        template="agenda/print/contents.html",
        data={"rows": [contents_row(part) for part in parts if part.level in LISTED]},
        furniture=furniture(meeting.body, label=_("PAPERS"), date=formats.iso(meeting.starts_at)),
        contents=True,
    )


def contents_row(part: Part) -> dict[str, Any]:
    """Return a part as a line of the contents: items by number, what goes with them by what it is."""
    is_item = part.level == 1
    return {
        "key": part.key,
        "level": part.level,
        "number": part.data["number"] if is_item else "",
        "label": "" if is_item else part.furniture["label"].lower(),
        "title": part.data.get("title", part.title),
        "is_withdrawn": is_item and part.data["is_withdrawn"],
    }


def item_parts(item: AgendaItem, documents: dict[int, Document], audience: str) -> list[Part]:
    """Return the item's sheet, then what goes with it; nothing but the title of a secret one."""
    document = documents.get(item.document_id) if item.document_id else None
    annexes = [documents[paper.document_id] for paper in item.papers.all() if paper.document_id in documents]
    papers = ([document] if document else []) + annexes
    contents = {paper.pk: content_for(paper, audience) for paper in papers}
    return [
        sheet_part(item, document, contents.get(item.document_id, NOTHING), audience),
        *(
            part
            for paper in papers
            for part in document_parts(
                paper,
                audience,
                key=f"item-{item.pk}-document-{paper.pk}",
                level=2,
                content=contents[paper.pk],
            )
        ),
        *(
            part
            for file in files_of(item, audience)
            for part in annex_parts(file, key=f"item-{item.pk}-file-{file.pk}", level=2)
        ),
    ]


def files_of(item: AgendaItem, audience: str) -> list[Attachment]:
    """Return the files that go with an item to the audience."""
    files = [paper.attachment for paper in item.papers.all() if paper.attachment]
    return [file for file in files if audience in READS_SECRET or not file.is_under_secrecy]


def sheet_part(item: AgendaItem, document: Document | None, content: Content, audience: str) -> Part:
    """Return the item's sheet (ärendeblad): the proposal and the report's own words, by key."""
    data = sheet_data(item, document, content, audience)
    meeting = item.meeting
    return Part(
        key=f"item-{item.pk}",
        title=f"{data['number']} {item.title}",
        template="agenda/print/sheet.html",
        data=data,
        furniture=furniture(
            meeting.body,
            label=_("THE CHAIR'S PROPOSAL") if item.proposal else _("ITEM"),
            date=formats.iso(meeting.starts_at),
            code=item.case.classification if item.case else "",
            number=item.case.number if item.case else "",
        ),
    )


def sheet_data(
    item: AgendaItem, document: Document | None, content: Content, audience: str
) -> dict[str, Any]:
    return {
        "number": item.shown_number,
        "title": item.title,
        "kind": item.kind,
        "kind_label": item.get_kind_display(),
        "case_number": item.case.number if item.case else "",
        "is_withdrawn": item.is_withdrawn,
        "presenters": item.presented_by,
        "papers_later": item.papers_later or is_still_written(item, document),
        "proposals": proposals_of(item, content),
        "sections": sheet_sections(item, content, audience),
        "files": [{"title": file.title, "pages": file.pages} for file in files_of(item, audience)],
    }


def is_still_written(item: AgendaItem, document: Document | None) -> bool:
    """Say whether the item's document was left out because nobody has approved it yet."""
    return document is None and item.document is not None and not item.document.is_approved


def proposals_of(item: AgendaItem, content: Content) -> list[dict[str, Any]]:
    """Return what is proposed: one text while the chair shares the department's, else both."""
    departments = next((s["data"] for s in content["sections"] if s["block"] == Section.PROPOSAL), None)
    made = [{**departments, "made_by": Proposal.By.DEPARTMENT}] if departments else []
    chairs = item.proposal.own_clauses if item.proposal else []
    if chairs:
        chairs_own = proposal_data([clause.text for clause in chairs], item.meeting.body)
        made.insert(0, {**chairs_own, "made_by": Proposal.By.CHAIR})
    return [{**one, "heading": heading_of(one, alone=len(made) == 1)} for one in made]


def heading_of(proposal: dict[str, Any], *, alone: bool) -> str:
    """Name a proposal; whose it is has to be said only when there are two."""
    return _("Proposal") if alone else _("Proposal of %s") % Proposal.By(proposal["made_by"]).label


def sheet_sections(item: AgendaItem, content: Content, audience: str) -> list[dict[str, Any]]:
    """Return the report's summary and economy, or the item's own text where there is no report."""
    by_key = {section["key"]: section for section in content["sections"]}
    if by_key or not item.text:
        return [by_key[key] for key in SHEET_KEYS if key in by_key]
    own = text_section("matter", _("The matter"), item.text, subjects_of_item(item))
    return for_audience({"sections": [own]}, audience)["sections"]


def subjects_of_item(item: AgendaItem) -> dict[str, Model]:
    """Return what the figures of an item's own text may speak of."""
    subjects: dict[str, Model] = {"committee.meeting": item.meeting, "committee.body": item.meeting.body}
    return subjects | ({"register.case": item.case} if item.case else {})
