"""What the law wants to see in a kind of document, and whether a document's sections answer it.

A section answers a requirement when it names its paragraph and says something: in words, or by a
block that has something to show.
"""

from cases.register.content import block_of, subjects_of
from cases.register.models import Document, Section
from cases.register.requirements import Requirement, named, requirements


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
