"""Writing documents: begin, save, propose, freeze, begin a new edition."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

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
from committee.models import Meeting, Person
from core import editions, personal_numbers
from core.differing import Piece, words_between
from core.models import StepTaken
from core.richtext.fields import refuse
from core.richtext.plain import plain_text
from core.services import service
from core.workflow import StepNotAllowed

DEPARTMENT = Proposal.By.DEPARTMENT


class PersonalNumberFound(ValueError):
    """A personal number stands in a text. It is saved in no document; the draft still holds it."""

    def __init__(self, section: Section, numbers: Sequence[str]):
        self.section = section
        self.numbers = numbers
        super().__init__(
            _("“%(heading)s” contains a personal number (%(number)s). Take it out and save again.")
            % {"heading": section.heading, "number": ", ".join(numbers)}
        )


class ClausesChanged(Exception):
    """Somebody else has worded the proposal meanwhile."""

    def __init__(self, standing: Sequence[str]):
        self.standing = standing
        super().__init__(
            _(
                "Somebody else has worded the proposal meanwhile: “%s”. Your words are still here; save again to let them stand."
            )
            % "”, “".join(standing)
        )


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody saved the section after this writer began: both texts, for them to choose."""

    section: Section
    mine: str

    @property
    def pieces(self) -> list[Piece]:
        """Return what differs, from the saved text to one's own."""
        return words_between(
            plain_text(self.section.text, included=True), plain_text(self.mine, included=True)
        )


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
    Section.objects.bulk_create(
        Section(
            document=document,
            position=planned.position,
            key=planned.key,
            heading=planned.heading,
            guidance=planned.guidance,
            block=planned.block,
            is_required=planned.is_required,
        )
        for planned in template.sections.all()
    )
    if template.sections.filter(block="register.proposal").exists():
        Proposal.objects.create(case=case, document=document, made_by=DEPARTMENT)
    return document


@service
def keep_drafts(document: Document, *, texts: Mapping[int, tuple[str, int]], by: Person) -> datetime:
    """Keep what somebody is writing, untracked, until they save it; return when it was kept.

    Takes {section key: (text, the version it was written from)}. Raises StepNotAllowed when the
    document is no longer a draft, and ValidationError for what no text may hold.
    """
    document = Document.objects.select_related("case").get(pk=document.pk)
    if not document.is_draft:
        raise StepNotAllowed
    now = timezone.now()
    for section in document.sections.filter(pk__in=texts):
        text, base_version = texts[section.pk]
        if _clean(section, text) == section.text:
            _drop_draft(section, by)
        else:
            defaults = {"text": text, "base_version": base_version, "saved_at": now}
            SectionDraft.objects.update_or_create(section=section, by=by, defaults=defaults)
    return now


def _clean(section: Section, text: str) -> str:
    return Section._meta.get_field("text").clean(text, section)


@service
def save_sections(document: Document, *, texts: Mapping[int, tuple[str, int]], by: Person) -> list[Conflict]:
    """Save the texts of sections: {section key: (text, the version it was written from)}.

    What somebody else saved meanwhile is not overwritten: it is returned as a conflict, and all that
    does not conflict is saved. Raises StepNotAllowed when the document is no longer a draft, and
    PersonalNumberFound.
    """
    document = _draft(document.pk)
    conflicts = []
    for section in document.sections.select_for_update().filter(pk__in=texts).order_by("pk"):
        text, base_version = texts[section.pk]
        text = _clean(section, text)
        if text == section.text:
            _drop_draft(section, by)
        elif section.version != base_version:
            conflicts.append(Conflict(section, text))
        else:
            _save_section(section, text, by)
    return conflicts


def _draft(key: int) -> Document:
    """Return the document, locked; raises StepNotAllowed unless it is being written."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=key)
    if not document.is_draft:
        raise StepNotAllowed
    return document


def _save_section(section: Section, text: str, by: Person) -> None:
    refuse_personal_numbers(section, text)
    section.text = text  # type: ignore[assignment]  # the field is of an untyped library
    section.version += 1
    section.changed_by = by
    section.changed_at = timezone.now()
    section.save(update_fields=["text", "version", "changed_by", "changed_at"])
    _drop_draft(section, by)


def _drop_draft(section: Section, by: Person) -> None:
    SectionDraft.objects.filter(section=section, by=by).delete()


@service
def discard_drafts(document: Document, *, by: Person) -> None:
    """Throw away one's own unsaved text of a document."""
    SectionDraft.objects.filter(section__document=document, by=by).delete()


def refuse_personal_numbers(section: Section, text: str) -> None:
    """Raise PersonalNumberFound when one stands in the text, masked passages included."""
    plain = plain_text(text, included=True)
    numbers = [personal_numbers.hide(match) for match in personal_numbers.find(plain)]
    if numbers:
        raise PersonalNumberFound(section, numbers)


@service
def settle(section: Section, *, text: str, seen_version: int, by: Person) -> Section | None:
    """Save the text that a writer chose after seeing both; None when a third one came in between.

    Raises StepNotAllowed when the document is no longer a draft, and PersonalNumberFound.
    """
    _draft(section.document_id)
    section = Section.objects.select_for_update().get(pk=section.pk)
    if section.version != seen_version:
        return None
    _save_section(section, _clean(section, text), by)
    return section


@service
def word_clauses(
    proposal: Proposal, *, texts: Sequence[str], by: Person, seen: Sequence[str] | None = None
) -> Proposal:
    """Word a proposal's clauses. A proposal that shares another's gets its own when the words differ.

    Raises ClausesChanged when they are no longer those that the writer had `seen`, StepNotAllowed
    when the document they belong to is no longer a draft, PersonalNumberFound, and ValidationError
    for what no text may hold.
    """
    if proposal.document_id is not None:
        _draft(proposal.document_id)
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    wanted = [text.strip() for text in texts if text.strip()]
    standing = [clause.text for clause in proposal.effective_clauses]
    if standing == wanted or wanted == seen:
        return proposal
    if seen is not None and standing != list(seen):
        raise ClausesChanged(standing)
    for text in wanted:
        _refuse_in_clause(text)
    proposal.clauses.all().delete()
    if proposal.follows and [clause.text for clause in proposal.follows.effective_clauses] == wanted:
        return proposal  # it says the same again, and shares the words
    Clause.objects.bulk_create(
        Clause(proposal=proposal, position=position, text=text) for position, text in enumerate(wanted, 1)
    )
    return proposal


def _refuse_in_clause(text: str) -> None:
    refuse(text)
    numbers = [personal_numbers.hide(match) for match in personal_numbers.find(text)]
    if numbers:
        raise PersonalNumberFound(Section(heading=_("Proposal")), numbers)


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
        editions.copy(section, document=new, version=1, changed_by=by, changed_at=timezone.now())
    _copy_around(document, new)
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


def edition_differences(document: Document) -> list[editions.Difference]:
    """Compare a document's sections with those of the edition it continues."""
    if document.continues is None:
        return []
    return editions.differences(
        document.continues.sections.all(), document.sections.all(), ("heading", "text")
    )
