"""What is held against a document before it is sent."""

import re

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.register import law
from cases.register.content import subjects_of
from cases.register.models import Attachment
from cases.register.numbering import number_key, numbers_in
from cases.register.report_editor import section_url
from cases.register.state import state_of
from core import figures, near, personal_numbers
from core.models import Finding
from core.naming import key_of
from core.preflight import Contents, Found, contents, rule
from core.richtext.plain import plain_text, sentences
from core.richtext.references import CHIP, own_words, typed_words
from reports.annexes.verdict import Verdict

STOP = Finding.Severity.STOP
AROUND = 60  # characters of the text shown on each side
BETWEEN_BLOCKS = re.compile(r"(?<![.!?:;…])\n")  # a heading, or a line of a list, and what follows it

# What stands in templates and is meant to be written over.
LEFTOVERS = re.compile(
    r"\bX{4}-X{2}-X{2}\b|\bX{2,}\b|\bHär anges\b[^.]*|\[(?:fyll i|ange|skriv)[^\]]*\]|\?\?\?", re.IGNORECASE
)


@contents("register.Document")
def document_contents(document):
    """A document's state: what is said of it, its texts, its proposal and what stands around."""
    return Contents(state_of([document.pk]))


@rule("register.foreign_number", subject="register.Document")
def foreign_number(document):
    """A registry number of ours in a text that is of none of the cases that the document serves."""
    prefix = document.case.body.prefix
    for section, text in texts(document):
        for match in numbers_in(text):
            if match["prefix"] == prefix and not serves(document, number_key(match.group())):
                yield Found(
                    title=_("Another case's number"),
                    message=_("The text names a registry number that is not the case's."),
                    place=place(document, section),
                    url=edit_url(document, section),
                    excerpt=excerpt(text, *match.span()),
                    marked=match.group(),
                    expected=document.case.number,
                    expected_place=_("The case"),
                    about=key_of(document),
                )


def serves(document, key):
    """Whether the document belongs to the case with this number; others than the one it bears are asked for."""
    return key == document.case.number_key or document.cases.filter(number_key=key).exists()


@rule("register.no_proposal", subject="register.Document")
def no_proposal(document):
    """A document that has a place for a proposal, has been written, and proposes nothing."""
    places = [section for section in document.sections.all() if section.is_proposal]
    is_written = any(section.text for section in document.sections.all())
    if places and is_written and not document.is_approved and not document.proposed:
        yield Found(
            title=_("No proposal"),
            message=_(
                "The document proposes no decision. Write what is to be decided, or go on if it is for information only."
            ),
            place=place(document, places[0]),
            url=edit_url(document, places[0]),
            about=key_of(document),
        )


@rule("register.leftover", subject="register.Document")
def leftover(document):
    """A placeholder, or the template's guidance, left in the text."""
    for section, text in texts(document):
        for match in LEFTOVERS.finditer(text):
            yield Found(
                title=_("Placeholder left"),
                message=_("Words that are meant to be written over stand in the text."),
                place=place(document, section),
                url=edit_url(document, section),
                excerpt=excerpt(text, *match.span()),
                marked=match.group(),
                about=key_of(document),
            )


@rule("register.not_approved", subject="register.Document", when_sent=True)
def not_approved(document):
    """A document that goes out without anybody having approved it."""
    if not document.is_approved:
        yield Found(
            title=_("Not approved"),
            message=_("The document is marked “%s”. Nobody has approved it.") % document.get_status_display(),
            place=place(document),
            url=document.get_absolute_url(),
            about=key_of(document),
        )


@rule("register.number_differs", subject="register.Document")
def number_differs(document):
    """A typed number near a value that the register has, and not the same: see core.near for the rule."""
    written = [
        (section, plain_text(typed_words(section.text), included=True)) for section in written_in(document)
    ]
    if not any(near.has_number(text) for _section, text in written):
        return
    known = near.Register(figures.choices(subjects_of(document)))
    for section, text in written:
        for sentence in sentences(text):
            for hit in known.find(sentence, section.heading):
                if not hit.agrees:
                    yield _differs(document, section, sentence, hit)


def _differs(document, section, sentence, hit):
    value = hit.choices[0]
    return Found(
        title=_("A number that the register has otherwise"),
        message=_("A number is typed in the text, and the register has another."),
        place=place(document, section),
        url=edit_url(document, section),
        excerpt=excerpt(sentence, hit.typed.start, hit.typed.end),
        marked=hit.typed.text,
        expected=near.form_for(hit.typed.text, value)[1],
        expected_place=value.label,
        about=key_of(document),
    )


@rule("register.own_words", subject="register.Document")
def differing_own_words(document):
    """Words of somebody's own in a value's place, and the register says something else than when they were written."""
    own = [(section, one) for section in written_in(document) for one in own_words(section.text)]
    found = figures.resolve([one.ref for _section, one in own], subjects_of(document)) if own else {}
    for section, one in own:
        now = found[one.ref].text if found[one.ref] else _("[value missing]")
        if now != (one.then or one.words):
            yield Found(
                title=_("Written by hand, and changed since"),
                message=_("A value is written by hand, and the register says something else since then."),
                place=place(document, section),
                url=edit_url(document, section),
                excerpt=one.words,
                marked=one.words,
                expected=now,
                expected_place=_("The register"),
                about=key_of(document),
            )


@rule("register.personal_number", subject="register.Document", severity=STOP)
def personal_number(document):
    """A personal number in a text: stops, and is never shown whole."""
    for section, text in texts(document):
        for match in personal_numbers.find(text):
            yield Found(
                title=_("Personal number"),
                message=_("A personal number (%s) stands in the text. Take it out.")
                % personal_numbers.hide(match),
                place=place(document, section),
                url=edit_url(document, section),
                about=key_of(document),
            )


@rule("register.personal_number_around", subject="register.Document", severity=STOP)
def personal_number_around(document):
    """A personal number in what is said of a document: its titles, basis and recipients."""
    said = [document.title, document.case.title]
    said += [row.title for row in document.basis.all()] + [row.name for row in document.recipients.all()]
    for match in personal_numbers.find(" · ".join(said)):
        yield Found(
            title=_("Personal number"),
            message=_("A personal number (%s) stands in a title or a name. Take it out.")
            % personal_numbers.hide(match),
            place=place(document),
            url=reverse("register:document-around", args=[document.pk]),
            about=key_of(document),
        )


@rule("register.law_unanswered", subject="register.Document")
def law_unanswered(document):
    """What the law wants to see in such a document, and no section answers."""
    if document.is_approved:
        return
    for requirement in law.unanswered(document):
        yield Found(
            title=_("The law ought to be answered")
            if requirement.is_advice
            else _("The law is not answered"),
            message=_("No section answers it: %s.") % requirement.text,
            place=document.template.name,
            url=answering_url(document, requirement),
            expected=requirement.paragraph,
            expected_place=_("General advice") if requirement.is_advice else _("The law"),
            about=key_of(document),
        )


def answering_url(document, requirement):
    """Return where the requirement would be answered: the section that names its paragraph, if there is one."""
    section = law.meant_for(document, requirement)
    if section is None:
        return document.get_absolute_url()
    return section_url(document, section) if document.template.is_report else edit_url(document, section)


@rule("register.file_not_read", subject="register.Attachment")
def file_not_read(attachment):
    """A file whose text nobody has searched for personal numbers."""
    if attachment.scan in {Attachment.Scan.WAITING, Attachment.Scan.UNREADABLE}:
        yield Found(
            title=_("File not searched"),
            message=_("The file has not been searched for personal numbers: %s. Read it yourself.")
            % attachment.get_scan_display().lower(),
            place=attachment.title,
            url=attachment.get_absolute_url(),
            about=key_of(attachment),
        )


@rule("register.personal_number_in_file", subject="register.Attachment", severity=STOP)
def personal_number_in_file(attachment):
    """A personal number in an attached file."""
    if attachment.scan == Attachment.Scan.FOUND:
        yield Found(
            title=_("Personal number in a file"),
            message=_("A personal number stands in the file. Replace it with one where it is masked."),
            place=attachment.title,
            url=attachment.case.get_absolute_url(),
            about=key_of(attachment),
        )


@rule("register.file_not_examined", subject="register.Attachment", severity=STOP)
def file_not_examined(attachment):
    """A file of which nobody knows yet how it goes with the papers: it is missing in them."""
    if not attachment.verdict:
        yield Found(
            title=_("File not examined"),
            message=_(
                "The papers lack “%s”, which is still being examined. That takes some seconds, and is tried again every "
                "five minutes: wait, and review again."
            )
            % attachment,
            place=attachment.title,
            url=attachment.case.get_absolute_url(),
            about=key_of(attachment),
        )


@rule("register.file_not_shown", subject="register.Attachment")
def file_not_shown(attachment):
    """A PDF that goes with the papers as an attached file only, since its pages cannot be shown."""
    if attachment.verdict == Verdict.ATTACHED and not attachment.is_office:
        yield Found(
            title=_("File without pages"),
            message=_(
                "%s Members get it as an attached file, which not all readers show. Ask for a better one."
            )
            % attachment.get_verdict_reason_display(),
            place=attachment.title,
            url=attachment.case.get_absolute_url(),
            about=key_of(attachment),
        )


def texts(document):
    """Yield every text of a document with its section; a proposal's clauses with its section too."""
    for section in document.sections.all():
        if section.text:
            yield section, plain_text(section.text, included=True)
        if section.block == "register.proposal":
            yield section, "\n".join(document.proposed)


def written_in(document):
    return [section for section in document.sections.all() if section.text]


def place(document, section=None):
    return f"{document.template.name}, {section.heading}" if section else document.template.name


def edit_url(document, section):
    shown = section_url(document, section if document.template.is_report else None)
    return f"{shown}#section-{section.key}"


def excerpt(text, start, end):
    """Return what stands around a place of a text, cut at whole words, marked where it was cut."""
    first, last = max(0, start - AROUND), end + AROUND
    before = text[first:start].partition(" ")[2] if first else text[:start]
    after = text[end:last].rpartition(" ")[0] if last < len(text) else text[end:]
    words = ("… " if first else "") + before + text[start:end] + after + (" …" if last < len(text) else "")
    return BETWEEN_BLOCKS.sub(" – ", words).replace("\n", " ").replace(CHIP, "…")
