"""Sentences that say something else after an import: found, shown old beside new, their writers told.

Only texts that are still being written: an approved document keeps what was frozen.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.register.content import resolve_texts, subjects_of
from cases.register.models import Document, Section
from committee.models import Person
from core import formats
from core.differing import words_between
from core.richtext.plain import plain_text, sentences
from core.richtext.references import FIGURE, FigureRef, figure_refs, fill

Texts = dict[FigureRef, str | None]
Touched = dict[str, Any]

# A value's place in the words, told from all that anybody types.
PLACE = "\ue000{}\ue001"
PLACES = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True, slots=True)
class Written:
    """A section with values in it, and what they read as at one moment."""

    section: Section
    texts: Texts


def written_about(subject: Model) -> list[Written]:
    """Return every section with values that is being written in the subject's body, as it reads now."""
    read = []
    for document in _open_documents(subject):
        sections = [section for section in document.sections.all() if FIGURE in section.text]
        if sections:
            read += _read(document, sections)
    return read


def _open_documents(subject: Model) -> QuerySet[Document]:
    body = getattr(subject, "body_id", None)
    documents = Document.objects.exclude(status=Document.Status.APPROVED).filter(case__body=body)
    about = documents.select_related("case__body__municipality", "meeting", "author", "subject_type")
    return about.filter(sections__text__contains=FIGURE).distinct().prefetch_related("sections", "subject")


def _read(document: Document, sections: list[Section]) -> list[Written]:
    found = resolve_texts([section.text for section in sections], subjects_of(document))
    words = {ref: resolved.text if resolved else None for ref, resolved in found.items()}
    return [Written(section, {ref: words[ref] for ref in figure_refs(section.text)}) for section in sections]


def touched(before: Iterable[Written], after: Iterable[Written]) -> list[Touched]:
    """Return the sentences that read otherwise, those whose words turned first, as canonical JSON.

    A text that somebody saved in between is not among them: its writer has just read it.
    """
    old = {written.section.pk: written for written in before}
    rows = [
        row
        for new in after
        if (was := old.get(new.section.pk)) and was.section.version == new.section.version
        for row in _sentences(was, new)
    ]
    return sorted(rows, key=lambda row: not row["flipped"])


def _sentences(was: Written, new: Written) -> Iterator[Touched]:
    refs = list(dict.fromkeys(new.texts))
    changed = {number for number, ref in enumerate(refs) if was.texts.get(ref) != new.texts[ref]}
    if not changed:
        return
    places: Mapping[FigureRef, str | None] = {ref: PLACE.format(number) for number, ref in enumerate(refs)}
    for sentence in sentences(plain_text(fill(new.section.text, places))):
        here = [int(number) for number in PLACES.findall(sentence)]
        if changed & set(here):
            values = [(was.texts.get(refs[number]), new.texts[refs[number]]) for number in here]
            yield _row(new.section, *_both(sentence, values), any(has_turned(*pair) for pair in values))


def _both(sentence: str, values: list[tuple[str | None, str | None]]) -> tuple[str, str]:
    """Return a sentence with the old values in it, and with the new."""
    old, new = iter(value for value, _new in values), iter(value for _old, value in values)
    return PLACES.sub(lambda _: _said(next(old)), sentence), PLACES.sub(lambda _: _said(next(new)), sentence)


def _said(value: str | None) -> str:
    return plain_text(value) if value is not None else _("[value missing]")


def has_turned(old: str | None, new: str | None) -> bool:
    """Say whether a word or a sign changed, not only a number: överskott that became underskott."""
    if old is None or new is None:
        return old != new
    counts = {str(word) for word in formats.CARDINALS}
    if old in counts and new in counts:
        return False
    return _without_digits(old) != _without_digits(new)


def _without_digits(text: str) -> str:
    return re.sub(r"[\d\s.,+]", "", text.replace("\N{MINUS SIGN}", "-"))


def _row(section: Section, before: str, after: str, flipped: bool) -> Touched:
    document = section.document
    return {
        "document": document.pk,
        "title": document.title,
        "url": document.get_absolute_url(),
        "section": section.heading,
        "owner": str(document.author),
        "owner_id": document.author_id,
        "is_secret": document.is_under_secrecy,
        "before": before,
        "after": after,
        "pieces": [list(piece) for piece in words_between(before, after)],
        "flipped": flipped,
    }


def readable(rows: list[Touched], user: Person) -> list[Touched]:
    """Return those in documents that this person may see."""
    keys = {row["document"] for row in rows}
    seen = set(Document.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    return [row for row in rows if row["document"] in seen]


def by_owner(rows: list[Touched]) -> dict[int, list[Touched]]:
    owners: dict[int, list[Touched]] = defaultdict(list)
    for row in rows:
        owners[row["owner_id"]].append(row)
    return dict(owners)


def mail_touched(owner: Person, rows: list[Touched], source: str) -> None:
    """Tell a writer which of their sentences read otherwise; of what is secret nothing but its address."""
    with translation.override("sv"):
        open_rows = [row for row in rows if not row["is_secret"]]
        secret = sorted({settings.SITE_URL + row["url"] for row in rows if row["is_secret"]})
        context = {"person": owner, "rows": open_rows, "secret": secret, "source": source}
        context |= {"site": settings.SITE_URL}
        number = len(rows)
        EmailMessage(
            subject=ngettext(
                "%(number)s sentence of yours reads otherwise now",
                "%(number)s sentences of yours read otherwise now",
                number,
            )
            % {"number": number},
            body=render_to_string("register/mail/touched.txt", context),
            to=[owner.email],
        ).send()
