"""What a file can have amiss though its parts have nothing: what binding writes, renumbers or leads elsewhere."""

import re
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from reports.pdf.objects import look, words
from reports.pdf.orders import Fault
from reports.pdf.orders import gettext_noop as _
from reports.pdf.subject import Subject

ADDRESS = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
IDENTIFICATION = {
    "PDF/A-3a": ('pdfaid:part="3"', 'pdfaid:conformance="A"'),
    "PDF/UA-1": ('pdfuaid:part="1"',),
}
HARMLESS = (None, Name.URI, Name.GoTo)  # what may happen on its own, or when somebody follows a link


def language(subject: Subject) -> Iterator[Fault]:
    found = words(subject.pdf.Root, "/Lang")
    if not found:
        yield Fault("language", None, _("The file does not say which language it is in."))
    elif not LANGUAGE.fullmatch(found):
        yield Fault(
            "language",
            None,
            _("The file says that its language is “%(tag)s”, which names no language."),
            {"tag": found},
        )


def title(subject: Subject) -> Iterator[Fault]:
    if not words(subject.pdf.docinfo, "/Title") or "<dc:title>" not in metadata(subject.pdf):
        yield Fault("title", None, _("The file has no title."))
    if look(subject.pdf.Root, "/ViewerPreferences", "/DisplayDocTitle") is not True:
        yield Fault("title", None, _("Readers are not told to show the title instead of the file's name."))


def metadata(pdf: Pdf) -> str:
    stream = look(pdf.Root, "/Metadata")
    return stream.read_bytes().decode("utf-8", "replace") if stream is not None else ""


def identification(subject: Subject) -> Iterator[Fault]:
    text = metadata(subject.pdf)
    for standard, marks in IDENTIFICATION.items():
        if not all(mark in text for mark in marks):
            yield Fault(
                "identification",
                None,
                _("The file does not say that it is %(standard)s."),
                {"standard": standard},
            )


def marked(subject: Subject) -> Iterator[Fault]:
    if look(subject.pdf.Root, "/MarkInfo", "/Marked") is not True:
        yield Fault("tagged", None, _("The file does not say that it is tagged."))
    if look(subject.pdf.Root, "/MarkInfo", "/Suspects") is True:
        yield Fault("tagged", None, _("The file says that its tags are not to be relied upon."))


def colours(subject: Subject) -> Iterator[Fault]:
    intents = subject.pdf.Root.get("/OutputIntents", Array())
    if all(look(intent, "/DestOutputProfile") is None for intent in intents):
        yield Fault("colour", None, _("The file does not say how its colours are meant (no colour profile)."))


def actions(subject: Subject) -> Iterator[Fault]:
    root = subject.pdf.Root
    holders = [(None, root), *((number, page.obj) for number, page in enumerate(subject.pdf.pages, start=1))]
    for number, holder in holders:
        if "/AA" in holder:
            yield Fault("action", number, _("The file does something of its own accord."))
    if not is_harmless(root.get("/OpenAction")) or look(root, "/Names", "/JavaScript") is not None:
        yield Fault("action", None, _("The file does something of its own accord when it is opened."))


def is_harmless(action: pikepdf.Object | None) -> bool:
    """Say whether it only leads somewhere; a destination is an array."""
    return not isinstance(action, Dictionary) or action.get("/S") in HARMLESS


def pages(subject: Subject) -> Iterator[Fault]:
    for number, page in enumerate(subject.pdf.pages, start=1):
        if page.obj.get("/StructParents") not in subject.owners:
            yield Fault("page", number, _("The page is not in the tag tree: it cannot be read aloud."))


def annotations(subject: Subject) -> Iterator[Fault]:
    for number, annotation in subject.annotations():
        if annotation.get("/StructParent") not in subject.owners:
            yield Fault("annotation", number, _("A link is not in the tag tree."))
        if not words(annotation, "/Contents"):
            yield Fault("annotation", number, _("A link has no description."))


def addresses(subject: Subject) -> Iterator[Fault]:
    for number, annotation in subject.annotations():
        action = annotation.get("/A")
        address = words(action, "/URI") if action is not None else ""
        if address and not ADDRESS.match(address):
            yield Fault(
                "address",
                number,
                _("A link leads to %(address)s, which nobody outside the house can follow."),
                {"address": address},
            )
        if not is_harmless(action):
            yield Fault("action", number, _("A link does something else than lead somewhere."))


def listed_ids(subject: Subject) -> Iterator[Fault]:
    """An element that was given another's id is still listed under its own; what is not listed, its part tells."""
    listed = look(subject.root, "/IDTree", "/Names")
    names = list(listed) if listed is not None else []
    seen: set[bytes] = set()
    for key, element in zip(names[::2], names[1::2], strict=True):
        name = bytes(key)
        if name in seen or "/ID" not in element or bytes(element.ID) != name:
            yield Fault("id", None, _("The id %(id)s is not that of one element alone."), {"id": str(key)})
        seen.add(name)


FILE_RULES: tuple[Callable[[Subject], Iterator[Fault]], ...] = (
    language,
    title,
    identification,
    marked,
    colours,
    actions,
    pages,
    annotations,
    addresses,
    listed_ids,
)
