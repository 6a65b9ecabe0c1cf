"""Writing documents: begin, save, freeze, begin a new edition, throw away."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models, transaction
from django.utils import timezone

from cases.register import content
from cases.register.models import (
    Case,
    CaseDocument,
    Clause,
    Document,
    DocumentTemplate,
    Frozen,
    Proposal,
    Section,
    SectionDraft,
)
from cases.register.services.actions import follow_edition, leave_edition
from cases.register.services.drafts import clean, drop_draft, lock_draft, refuse_personal_numbers
from committee.models import Body, Meeting, Person
from core import clock, editions
from core.differing import Piece, words_between
from core.models import StepTaken
from core.richtext.plain import text_to_compare
from core.services import service
from core.workflow import StepNotAllowed

DEPARTMENT = Proposal.By.DEPARTMENT


@dataclass(frozen=True, slots=True)
class Conflict:
    """The section was saved after this writer began: both texts, for them to choose."""

    section: Section
    mine: str
    by: Person

    @property
    def is_ones_own(self) -> bool:
        """Whether the writer saved it, in another tab or on another machine."""
        return self.section.changed_by_id == self.by.pk

    @property
    def pieces(self) -> list[Piece]:
        """Return what differs, from the saved text to one's own."""
        return words_between(text_to_compare(self.section.text), text_to_compare(self.mine))


@service
def begin_document(
    case: Case,
    template: DocumentTemplate,
    *,
    title: str,
    author: Person,
    dated_on: date,
    by: Person,
    meeting: Meeting | None = None,
    subject: models.Model | None = None,
    is_secret: bool = False,
) -> Document:
    """Begin a document with its template's sections, and a proposal where the template has one."""
    document = Document.objects.create(
        template=template,
        case=case,
        title=title,
        author=author,
        dated_on=dated_on,
        meeting=meeting,
        subject=subject,
        is_secret=is_secret,
    )
    CaseDocument.objects.create(case=case, document=document)
    planned = list(template.sections.all())
    holders = holders_of(case.body, {one.responsible_role for one in planned} - {""})
    Section.objects.bulk_create(
        Section(document=document, responsible=holders.get(one.responsible_role), **one.planned())
        for one in planned
    )
    if any(one.is_proposal for one in planned):
        Proposal.objects.create(case=case, document=document, made_by=DEPARTMENT)
    return document


def holders_of(body: Body, roles: set[str]) -> dict[str, Person]:
    """Return who holds each of the roles in a body today, of those roles that just one person holds."""
    if not roles:
        return {}
    current = body.memberships.current(clock.today()).filter(role__key__in=roles)
    held = {(one.role.key, one.person_id): one.person for one in current.select_related("person", "role")}
    alone = Counter(role for role, _person in held)
    return {role: person for (role, _key), person in held.items() if alone[role] == 1}


@service
def save_sections(document: Document, *, texts: Mapping[int, tuple[str, int]], by: Person) -> list[Conflict]:
    """Save the texts of sections: {section key: (text, the version it was written from)}.

    What somebody else saved meanwhile is not overwritten: it is returned as a conflict, and all that
    does not conflict is saved. Raises StepNotAllowed when the document is no longer a draft, and
    PersonalNumberFound.
    """
    document = lock_draft(document.pk)
    conflicts = []
    for section in document.sections.select_for_update().filter(pk__in=texts).order_by("pk"):
        text, base_version = texts[section.pk]
        text = clean(section, text)
        if text == section.text:
            drop_draft(section, by)
        elif section.version != base_version:
            conflicts.append(Conflict(section, text, by))
        else:
            _save_section(section, text, by)
    return conflicts


def _save_section(section: Section, text: str, by: Person) -> None:
    refuse_personal_numbers(section, text)
    section.text = text  # type: ignore[assignment]  # the field is of an untyped library
    section.version += 1
    section.changed_by = by
    section.changed_at = timezone.now()
    section.done_at = None
    section.save(update_fields=["text", "version", "changed_by", "changed_at", "done_at"])
    drop_draft(section, by)


@service
def settle(section: Section, *, text: str, seen_version: int, by: Person) -> Section | None:
    """Save the text that a writer chose after seeing both; None when a third one came in between.

    Raises StepNotAllowed when the document is no longer a draft, and PersonalNumberFound.
    """
    lock_draft(section.document_id)
    section = Section.objects.select_for_update().get(pk=section.pk)
    if section.version != seen_version:
        return None
    _save_section(section, clean(section, text), by)
    return section


@transaction.atomic
def freeze(document: Document, *, taken: StepTaken) -> Frozen:
    """Keep the document's content as it is at this moment; the drafts around it are thinned out."""
    document = Document.objects.with_content().get(pk=document.pk)
    held = content.compose(document)
    canonical = json.dumps(held, sort_keys=True, ensure_ascii=False)
    SectionDraft.objects.filter(section__document=document).delete()
    return Frozen.objects.create(
        document=document,
        content=held,
        fingerprint=hashlib.sha256(canonical.encode()).hexdigest(),
        by=taken.by,
    )


@service
def begin_edition(document: Document, *, by: Person, dated_on: date) -> Document:
    """Begin a new edition of an approved document: a copy whose rows continue the old ones.

    Raises StepNotAllowed unless it is approved and the latest edition.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if not document.is_approved or Document.objects.filter(continues=document).exists():
        raise StepNotAllowed
    new = editions.copy(
        document,
        status=Document.Status.DRAFT,
        edition=document.edition + 1,
        dated_on=dated_on,
        released_at=None,
    )
    CaseDocument.objects.bulk_create(
        CaseDocument(case_id=case_id, document=new) for case_id in document.cases.values_list("pk", flat=True)
    )
    for section in document.sections.all():
        editions.copy(
            section, document=new, version=1, changed_by=by, changed_at=timezone.now(), done_at=None
        )
    _copy_around(document, new)
    follow_edition(document, new)
    return new


def _copy_around(document: Document, new: Document) -> None:
    """Copy what stands around the text: basis, signers, recipients and the proposal."""
    for rows in (document.basis.all(), document.signers.all(), document.recipients.all()):
        for row in rows:
            row.pk, row._state.adding, row.document = None, True, new
            row.save()
    for proposal in document.proposals.all():
        copied = Proposal.objects.create(case=proposal.case, document=new, made_by=proposal.made_by)
        Clause.objects.bulk_create(
            Clause(proposal=copied, position=clause.position, text=clause.text)
            for clause in proposal.effective_clauses
        )


class NotToDiscard(Exception):
    """The document has been further than a draft, or something else rests on it."""


@service
def discard_document(document: Document, *, by: Person) -> None:
    """Throw away a draft that was begun by mistake. The history keeps what stood in it.

    Raises StepNotAllowed unless it is being written, and NotToDiscard when it has ever been ready, or
    is on an agenda or the basis of another.
    """
    document = lock_draft(document.pk)
    if StepTaken.objects.of(document).exists():
        raise NotToDiscard
    try:
        with transaction.atomic():
            leave_edition(document)
            document.delete()
    except models.ProtectedError as held:
        raise NotToDiscard from held


def edition_differences(document: Document) -> list[editions.Difference]:
    """Compare a document's sections with those of the edition it continues."""
    if document.continues is None:
        return []
    return editions.differences(
        document.continues.sections.all(), document.sections.all(), ("heading", "text")
    )
