"""What the page on which a report is written shows: its outline with how far each section has come, and one section."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from cases.register import law
from cases.register.content import numbers_of
from cases.register.editor import drafts_of, editor_fields
from cases.register.models import Document, Section
from cases.register.requirements import requirements
from committee.models import Period, Person
from core import together


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A section as a line of the outline; `state` is done, late, open or made (generated)."""

    section: Section
    number: str
    url: str
    state: str
    is_current: bool


def section_url(document: Document, section: Section | None) -> str:
    """Return the address at which a report's section is written."""
    query = f"?section={section.key}" if section else ""
    return f"{reverse('register:document-detail', args=[document.pk])}{query}"


def next_to_write(sections: list[Section], user: Person, after: Section | None = None) -> Section | None:
    """Return what the user would write next: their own first, then what is nobody's, in order, from here on."""
    start = sections.index(after) + 1 if after in sections else 0
    onwards = [one for one in [*sections[start:], *sections[:start]] if one != after]
    waiting = [one for one in onwards if one.is_written and not one.is_done]
    mine = [one for one in waiting if one.responsible_id == user.pk]
    return next(iter([*mine, *waiting]), None)


def report_fields(
    document: Document, user: Person, today: date, key: str = "", **typed: Any
) -> dict[str, Any]:
    """Return the page's outline and the section that is written on it; `typed` is given back after a refusal."""
    sections = list(document.sections.all())
    chosen = next((one for one in sections if one.key == key), None)
    current = chosen or next_to_write(sections, user) or sections[0]
    place = sections.index(current)
    numbers = numbers_of(sections, document)
    written = [one for one in sections if one.is_written]
    drafts, earlier = together.read(drafts_of(document), earlier_sections(document, current))
    last = next(iter(earlier), None) if current.is_written else None
    return {
        **editor_fields(
            document, user, only=current, everybodys=drafts, beside=last.text if last else "", **typed
        ),
        "current": current,
        "number": numbers[place],
        "outline": [
            OutlineRow(one, number, section_url(document, one), _state(one, today), one is current)
            for one, number in zip(sections, numbers, strict=True)
        ],
        "before": section_url(document, sections[place - 1]) if place else "",
        "after": section_url(document, sections[place + 1]) if place + 1 < len(sections) else "",
        "done": sum(one.is_done for one in written),
        "total": len(written),
        "law_wanted": len(requirements(document)),
        "law_left": len(law.unanswered(document)),
        "last": last,
    }


def _state(section: Section, today: date) -> str:
    if not section.is_written:
        return "made"
    if section.is_done:
        return "done"
    return "late" if section.due_on and section.due_on < today else "open"


def earlier_sections(document: Document, section: Section) -> QuerySet[Section]:
    """Return the section as the report of the period before had it, the latest edition first."""
    found = Section.objects.filter(
        document__template=document.template_id,
        document__subject_type=document.subject_type_id,
        document__subject_id__in=_subjects_before(document.subject),
        key=section.key,
    )
    return found.exclude(text="").select_related("document").order_by("-document__edition", "-pk")


def _subjects_before(subject: Model | None) -> QuerySet[Period]:
    before = (
        Period.objects.beside(subject, "previous") if isinstance(subject, Period) else Period.objects.none()
    )
    return before.order_by().values("pk")
