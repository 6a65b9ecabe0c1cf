"""What the law wants to see in documents of a template: rows of its `requirements`, each with its days."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from cases.register.models import Document
from cases.register.models.templates import SectionPlan


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


def in_force(section: SectionPlan, document: Document) -> list[str]:
    """Return the paragraphs that a section names, without those that are not the law on the document's day."""
    rows = map(Requirement.of, document.template.requirements)
    out = {named(one.paragraph) for one in rows if not one.holds_on(document.dated_on)}
    return [paragraph for paragraph in section.paragraphs if named(paragraph) not in out]
