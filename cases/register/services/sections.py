"""A report's sections on their way: who writes which by when, and which are done."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.register.models import Document, Section
from cases.register.services.drafts import lock_draft
from committee.models import Person
from core.services import service


class NothingWritten(Exception):
    """A section that has to be written is empty; the message says which."""


@service
def finish_section(section: Section, *, by: Person) -> Section:
    """Say that a section is done. Raises NothingWritten, and StepNotAllowed when the document is no draft."""
    lock_draft(section.document_id)
    section = Section.objects.select_for_update().get(pk=section.pk)
    if section.is_required and section.is_written and not section.text.strip():
        raise NothingWritten(_("“%s” is empty. Write it before you mark it as done.") % section.heading)
    section.done_at = section.done_at or timezone.now()
    section.save(update_fields=["done_at"])
    return section


@service
def reopen_section(section: Section, *, by: Person) -> None:
    """Take back that a section is done. Raises StepNotAllowed when the document is no draft."""
    lock_draft(section.document_id)
    Section.objects.filter(pk=section.pk).update(done_at=None)


@service
def share_sections(
    document: Document, shares: Mapping[int, tuple[Person | None, date | None]], *, by: Person
) -> None:
    """Say who writes which section by when: {section key: (person, day)}. Raises StepNotAllowed."""
    lock_draft(document.pk)
    sections = Section.objects.select_for_update().filter(document=document, pk__in=shares)
    for section in sections.order_by("pk"):
        section.responsible, section.due_on = shares[section.pk]
        section.save(update_fields=["responsible", "due_on"])
