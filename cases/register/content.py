"""A document's content as canonical JSON: what is composed, frozen, compared and hashed.

Texts keep their references; what each reference came to stands beside it. So the frozen edition
knows both the words that were printed and where every value came from.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from cases.register.models import Document, Section
from cases.register.models.templates import SectionPlan
from cases.register.requirements import in_force
from core import blocks, figures, formats
from core.richtext.references import FigureRef, figure_refs, own_words
from reports.audiences import Audience

Content = dict[str, Any]


def content_of(document: Document) -> Content:
    """Return the content as it is: of an approved document what was frozen, else composed anew."""
    if document.is_frozen:
        return document.frozen.content
    return compose(document)


def compose(document: Document) -> Content:
    """Read the document and all its figures and blocks as they are now."""
    subjects = subjects_of(document)
    sections = [section for section in document.sections.all() if is_shown(section, document)]
    numbers = numbers_of(sections, document)
    found = resolve_texts([section.text for section in sections], subjects)
    return {
        "title": document.title,
        "label": document.template.label,
        "number": document.case.number,
        "classification": document.case.classification,
        "dated_on": formats.iso(document.dated_on),
        "author": str(document.author),
        "author_title": document.author.title,
        "edition": document.edition,
        "sections": [
            _texts(section.key, section.heading, section.text, found)
            | {"level": section.level, "number": number, "begins_part": section.begins_part}
            | ({"law": in_force(section, document)} if section.law else {})
            | block_of(section, subjects)
            for section, number in zip(sections, numbers, strict=True)
        ],
    }


def subjects_of(document: Document) -> dict[str, Model]:
    """Return what the document's figures may speak of, by kind."""
    subjects: dict[str, Model] = {
        "register.document": document,
        "register.case": document.case,
        "committee.body": document.case.body,
    }
    if document.meeting is not None:
        subjects["committee.meeting"] = document.meeting
    if document.subject is not None:
        subjects[document.subject._meta.label_lower] = document.subject
    return subjects


def is_shown(section: Section, document: Document) -> bool:
    """A section without text and block is left out of what is read; in a report it may head those below it."""
    return bool(section.text.strip() or section.block or document.template.is_report)


def numbers_of(sections: list[Section], document: Document) -> list[str]:
    """Return the numbers of a report's headings, such as 4.1.2, by their levels; "" for those that have none."""
    return heading_numbers(sections, is_report=document.template.is_report)


def heading_numbers(sections: Iterable[SectionPlan], *, is_report: bool) -> list[str]:
    """Return the numbers of headings in order, by their levels; none are numbered outside a report."""
    counted: list[int] = []
    numbers = []
    for section in sections:
        is_numbered = section.is_numbered and is_report
        if is_numbered:
            counted = [*counted, 0, 0, 0, 0][: section.level]
            counted[-1] += 1
        numbers.append(".".join(map(str, counted)) if is_numbered else "")
    return numbers


def block_of(section: Section, subjects: Mapping[str, Model]) -> dict[str, Any]:
    """Return a section's block with its data; none where the document has nothing that it could be about."""
    block = blocks.blocks[section.block] if section.block else None
    if block is None or block.subject not in subjects:
        return {"block": "", "data": {}}
    return {"block": block.name, "data": block.data(subjects[block.subject], section.options, Audience.STAFF)}


def resolve_texts(
    texts: list[str], subjects: Mapping[str, Model]
) -> dict[FigureRef, figures.Resolved | None]:
    """Resolve the references of all the texts at once: one query for each kind of figure."""
    return figures.resolve([ref for text in texts for ref in figure_refs(text)], subjects)


def resolve_to_write(
    texts: list[str], subjects: Mapping[str, Model]
) -> dict[FigureRef, figures.Resolved | None]:
    """Resolve as `resolve_texts` does, and also what somebody has put into their own words."""
    named = [ref for text in texts for ref in figure_refs(text)]
    own = [one.ref for text in texts for one in own_words(text)]
    return figures.resolve([*named, *own], subjects)


def text_section(key: str, heading: str, text: str, subjects: Mapping[str, Model]) -> dict[str, Any]:
    """Return a text that belongs to no document as a section of content."""
    return _texts(key, heading, text, resolve_texts([text], subjects)) | {"block": "", "data": {}}


def _texts(
    key: str, heading: str, text: str, found: Mapping[FigureRef, figures.Resolved | None]
) -> dict[str, Any]:
    return {
        "key": key,
        "heading": heading,
        "text": text,
        "figures": [_figure(ref, found[ref]) for ref in dict.fromkeys(figure_refs(text))],
    }


def _figure(ref: FigureRef, resolved: figures.Resolved | None) -> dict[str, Any]:
    return {
        "name": ref.name,
        "args": dict(ref.args),
        "form": ref.form,
        "text": resolved.text if resolved else "",
        "value": resolved.value if resolved else None,
        "unit": resolved.unit if resolved else "",
        "origin": dict(resolved.origin) if resolved else {},
    }
