"""Writing before it is saved: everybody's own unsaved texts, and what no text may hold."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.register.models import Document, Section, SectionDraft
from committee.models import Person
from core import personal_numbers
from core.richtext.fields import refuse
from core.richtext.plain import plain_text
from core.services import service
from core.workflow import StepNotAllowed


class PersonalNumberFound(ValueError):
    """A personal number stands in a text. It is saved in no document; the draft still holds it."""

    def __init__(self, section: Section, numbers: Sequence[str]):
        self.section = section
        self.numbers = numbers
        super().__init__(
            _("“%(heading)s” contains a personal number (%(number)s). Take it out and save again.")
            % {"heading": section.heading, "number": ", ".join(numbers)}
        )


@service
def keep_drafts(
    document: Document,
    *,
    texts: Mapping[int, tuple[str, int]],
    by: Person,
    clauses: tuple[Sequence[str], Sequence[str]] | None = None,
) -> datetime:
    """Keep what somebody is writing, untracked, until they save it; return when it was kept.

    Takes {section key: (text, the version it was written from)} and, when the proposal is written,
    (its clauses, those that stood when the writer began). Raises StepNotAllowed when the document is
    no longer a draft, and ValidationError for what no text may hold.
    """
    document = Document.objects.select_related("case").get(pk=document.pk)
    if not document.is_draft:
        raise StepNotAllowed
    now = timezone.now()
    for section in document.sections.filter(pk__in=texts):
        text, base_version = texts[section.pk]
        if clean(section, text) == section.text:
            drop_draft(section, by)
        else:
            defaults = {"text": text, "base_version": base_version, "saved_at": now}
            SectionDraft.objects.update_or_create(section=section, by=by, defaults=defaults)
    if clauses is not None:
        _keep_clauses(document, *clauses, by, now)
    return now


def _keep_clauses(
    document: Document, texts: Sequence[str], seen: Sequence[str], by: Person, now: datetime
) -> None:
    section = document.sections.filter(block=Section.PROPOSAL).first()
    if section is None:
        return
    for text in (*texts, *seen):
        refuse(text)
    said = [text for text in texts if text.strip()]
    if said == document.proposed:
        drop_draft(section, by)
    else:
        defaults = {
            "clauses": said,
            "clauses_seen": list(seen),
            "base_version": section.version,
            "saved_at": now,
        }
        SectionDraft.objects.update_or_create(section=section, by=by, defaults=defaults)


def drop_clauses_draft(document_id: int, by: Person) -> None:
    SectionDraft.objects.filter(
        section__document=document_id, section__block=Section.PROPOSAL, by=by
    ).delete()


def refused_in_drafts(document: Document, *, by: Person) -> PersonalNumberFound | None:
    """Return what would be refused if somebody's unsaved texts were saved now. One query."""
    drafts = SectionDraft.objects.filter(section__document=document, by=by).select_related("section")
    for draft in drafts.order_by("section__position"):
        try:
            refuse_personal_numbers(draft.section, str(draft.text))
            refuse_in_clauses(draft.section, draft.clauses)
        except PersonalNumberFound as found:
            return found
    return None


@service
def discard_drafts(document: Document, *, by: Person) -> None:
    """Throw away one's own unsaved text of a document."""
    SectionDraft.objects.filter(section__document=document, by=by).delete()


def drop_draft(section: Section, by: Person) -> None:
    SectionDraft.objects.filter(section=section, by=by).delete()


def clean(section: Section, text: str) -> str:
    """Return the text as it would be stored."""
    return Section._meta.get_field("text").clean(text, section)


def lock_draft(key: int) -> Document:
    """Return the document, locked; raises StepNotAllowed unless it is being written."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=key)
    if not document.is_draft:
        raise StepNotAllowed
    return document


def refuse_personal_numbers(section: Section, text: str) -> None:
    """Raise PersonalNumberFound when one stands in the text, masked passages included."""
    _refuse_numbers(section, plain_text(text, included=True))


def refuse_in_clauses(section: Section, clauses: Sequence[str]) -> None:
    """Raise PersonalNumberFound when one stands in a clause."""
    for clause in clauses:
        _refuse_numbers(section, clause)


def _refuse_numbers(section: Section, plain: str) -> None:
    numbers = [personal_numbers.hide(match) for match in personal_numbers.find(plain)]
    if numbers:
        raise PersonalNumberFound(section, numbers)
