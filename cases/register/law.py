"""What the law wants to see in a kind of document, and whether a document's sections answer it.

A section answers a requirement when it names its paragraph and says something: in words, or by a
block that has something to show.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from cases.register.content import block_of, subjects_of
from cases.register.models import Document, Section


@dataclass(frozen=True, slots=True)
class Requirement:
    """A row of a template's `requirements`; the days are ISO dates or empty: law has a beginning and an end."""

    paragraph: str
    text: str
    is_advice: bool = False  # what one ought to tell; else what one has to
    from_on: str = ""
    to_on: str = ""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Requirement":
        return cls(**row)

    @property
    def row(self) -> dict[str, Any]:
        return asdict(self)

    def holds_on(self, day: date) -> bool:
        return (self.from_on or "0000") <= day.isoformat() <= (self.to_on or "9999")


def named(paragraph: str) -> str:
    """Return a paragraph as it is compared: however it is spaced, and whatever its capitals."""
    return " ".join(paragraph.split()).casefold()


def requirements(document: Document) -> list[Requirement]:
    """Return what the law wants of the document on its day."""
    rows = map(Requirement.of, document.template.requirements)
    return [one for one in rows if one.holds_on(document.dated_on)]


def unanswered(document: Document) -> list[Requirement]:
    """Return what the law wants and no section of the document answers."""
    wanted = requirements(document)
    if not wanted:
        return []
    answered = {
        named(paragraph)
        for section in document.sections.all()
        if section.law and says_something(section, document)
        for paragraph in section.paragraphs
    }
    return [one for one in wanted if named(one.paragraph) not in answered]


def meant_for(document: Document, requirement: Requirement) -> Section | None:
    """Return the section that is there to answer a requirement, or None."""
    wanted = named(requirement.paragraph)
    found = (one for one in document.sections.all() if wanted in map(named, one.paragraphs))
    return next(found, None)


def says_something(section: Section, document: Document) -> bool:
    """Whether there is text in a section, or rows in its block."""
    if section.text.strip():
        return True
    data = block_of(section, subjects_of(document))["data"]
    return any(value and isinstance(value, list) for value in data.values())
