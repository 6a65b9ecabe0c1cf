"""A template's outline: its headings with their numbers as a document will have them, and what the law wants."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.register.content import heading_numbers
from cases.register.models import DocumentTemplate
from cases.register.models.templates import SectionPlan
from cases.register.requirements import Requirement, named


@dataclass(frozen=True, slots=True)
class OutlineLine:
    section: SectionPlan
    number: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A requirement and the headings under which it is answered; none: nobody asks for it."""

    requirement: Requirement
    headings: list[str]


def outline(
    template: DocumentTemplate, sections: Iterable[SectionPlan], current: SectionPlan | None = None
) -> list[OutlineLine]:
    """Return the sections as the outline of a document that is begun now."""
    listed = list(sections)
    numbers = heading_numbers(listed, is_report=template.is_report)
    return [
        OutlineLine(section, number, section is current)
        for section, number in zip(listed, numbers, strict=True)
    ]


def wanted_by_law(template: DocumentTemplate, sections: Iterable[SectionPlan]) -> list[Wanted]:
    """Return what the law wants of the template's documents, with the sections that are there to answer it."""
    listed = list(sections)
    found = []
    for row in template.requirements:
        requirement = Requirement.of(row)
        paragraph = named(requirement.paragraph)
        answering = [one.heading for one in listed if paragraph in map(named, one.paragraphs)]
        found.append(Wanted(requirement, answering))
    return found
