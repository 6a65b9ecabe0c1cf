"""What the page on which a document is written shows, section by section."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.html import escape

from cases.register.composers import open_basis, reads_as
from cases.register.content import block_of, resolve_to_write, subjects_of
from cases.register.models import Document, Section, SectionDraft
from committee.models import Person
from core import blocks
from core.richtext.fields import as_stored
from core.richtext.references import attached, fill_to_write
from reports.audiences import READS_SECRET

FIELD = re.compile(r"text-(\d{1,18})")


@dataclass(frozen=True, slots=True)
class EditorField:
    """A section as it is written: its text with the values of today in its chips."""

    section: Section
    text: str
    version: int
    draft: SectionDraft | None = None
    block_html: str = ""
    clauses: list[str] = field(default_factory=list)
    clauses_seen: list[str] = field(default_factory=list)  # those that stand, for telling a collision

    @property
    def name(self) -> str:
        return f"text-{self.section.pk}"

    @property
    def widget(self) -> str:
        """Return the editor's field as HTML."""
        widget = Section._meta.get_field("text").formfield().widget
        attrs = {"id": f"id-{self.name}", "lang": "sv"}
        if self.section.guidance:
            attrs["aria-describedby"] = f"hint-{self.section.pk}"
        return widget.render(self.name, self.text, attrs)

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written in it, though it is for somebody to write."""
        if self.is_proposal:
            return not any(clause.strip() for clause in self.clauses)
        return self.may_be_empty and not self.text.strip()

    @property
    def is_proposal(self) -> bool:
        return self.section.is_proposal

    @property
    def may_be_empty(self) -> bool:
        """Whether it is for somebody to write it; what is generated is not written."""
        return self.is_proposal or (self.section.is_written and not self.section.block)


def written_texts(data) -> dict[int, tuple[str, int]]:
    """Read posted texts: {section key: (text, the version it was written from)}."""
    return {
        int(match[1]): (data[name], as_version(data.get(f"version-{match[1]}", "")))
        for name in data
        if (match := FIELD.fullmatch(name))
    }


def written_clauses(data) -> tuple[list[str], list[str]] | None:
    """Read posted clauses: (what is written, what stood when it was begun); None when none were sent."""
    return (data.getlist("clause"), data.getlist("clause_seen")) if "clause" in data else None


def as_version(posted: str) -> int:
    """Return a posted version; 0, which no section has, for what is none."""
    return int(posted) if re.fullmatch(r"[0-9]{1,9}", posted) else 0


def unsaved_texts(document: Document, data) -> list[tuple[str, str]]:
    """Return what was posted and is not what is saved: the sections' headings, and their texts as safe HTML."""
    posted, clauses = written_texts(data), written_clauses(data)
    unsaved = []
    for section in document.sections.all():
        if section.pk in posted and (text := _safe(posted[section.pk][0])) != section.text:
            unsaved.append((section.heading, text))
        if section.is_proposal and clauses and (said := _said(clauses[0])) != document.proposed:
            unsaved.append((section.heading, "".join(f"<p>{escape(clause)}</p>" for clause in said)))
    return unsaved


def _said(clauses: list[str]) -> list[str]:
    return [text.strip() for text in clauses if text.strip()]


def _safe(text: str) -> str:
    try:
        return as_stored(text)
    except ValidationError:
        return escape(text)  # it cannot be stored, but its words can be read


def drafts_of(document: Document) -> QuerySet[SectionDraft]:
    """Return what everybody is writing in a document and has not saved."""
    return SectionDraft.objects.filter(section__document=document).select_related("by")


def editor_fields(
    document: Document,
    user: Person,
    *,
    typed: Mapping[int, tuple[str, int]] | None = None,
    clauses: list[str] | None = None,
    only: Section | None = None,
    everybodys: list[SectionDraft] | None = None,
    beside: str = "",
) -> dict:
    """Return the page's fields: what was just typed, else one's own draft, else what is saved.

    With `only`, that one section is shown. `everybodys` are all drafts of the document, if they are read already.
    `beside` is a text that may be taken over; it comes back as `suggestion`, with the values of this document.
    """
    everybodys = list(drafts_of(document)) if everybodys is None else everybodys
    drafts = {draft.section_id: draft for draft in everybodys if draft.by_id == user.pk}
    sections = [only] if only else list(document.sections.all())
    saved = list(document.proposed)
    subjects = subjects_of(document)
    beside = attached(beside)
    texts = {one.pk: drafts[one.pk].text if one.pk in drafts else one.text for one in sections}
    found = resolve_to_write([*texts.values(), beside], subjects)
    values = {ref: escape(resolved.text) if resolved else None for ref, resolved in found.items()}
    return {
        "suggestion": fill_to_write(beside, values),
        "fields": [
            _field(
                section,
                drafts.get(section.pk),
                (typed or {}).get(section.pk),
                fill_to_write(texts[section.pk], values),
                _clauses(section, drafts.get(section.pk), clauses, saved),
                block_html(document, section, reads_as(user, document), subjects),
            )
            for section in sections
        ],
        "has_drafts": bool(drafts),
        "people_writing": sorted({str(draft.by) for draft in everybodys if draft.by_id != user.pk}),
    }


def _clauses(section, draft, typed, saved) -> tuple[list[str], list[str]]:
    """Return the clauses to show, and those that stood when they were begun."""
    if not section.is_proposal:
        return [], []
    if typed:
        return _said(typed), saved
    return (draft.clauses, draft.clauses_seen) if draft else (saved, saved)


def _field(section, draft, typed, text, clauses, block) -> EditorField:
    version = draft.base_version if draft else section.version
    return EditorField(
        section=section,
        text=typed[0] if typed else text,
        version=typed[1] if typed else version,
        draft=draft,
        block_html=block,
        clauses=clauses[0],
        clauses_seen=clauses[1],
    )


def block_html(document: Document, section: Section, audience: str, subjects: Mapping[str, Model]) -> str:
    """Return the section's block as the page shows it; a proposal is written there, not shown."""
    made = block_of(section, subjects)
    if made["block"] in ("", Section.PROPOSAL):
        return ""
    data = made["data"]
    if section.block == "register.basis" and audience not in READS_SECRET:
        data = open_basis(data, document)
    return blocks.html(section.block, data)
