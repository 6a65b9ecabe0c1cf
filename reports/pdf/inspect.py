"""Our own checker: what an accessible, archivable file must have. It always runs, where veraPDF needs a JVM.

It knows the faults our own parts can have; it does not replace veraPDF's several hundred rules. What binding
leaves as it is, is looked at once for each part (PART_RULES), the rest in every file (FILE_RULES).
"""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from reports.pdf.objects import look, words
from reports.pdf.orders import Fault
from reports.pdf.tags import kids_of, parent_tree, struct_elements, tag_of

HEADING = re.compile(r"H([1-6])")
ADDRESS = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
FONT_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
IDENTIFICATION = {
    "PDF/A-3a": ('pdfaid:part="3"', 'pdfaid:conformance="A"'),
    "PDF/UA-1": ('pdfuaid:part="1"',),
}


class Subject:
    """A file under inspection, with what several rules ask for."""

    def __init__(self, pdf: Pdf):
        self.pdf = pdf
        self._numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}

    @property
    def has_elements(self) -> bool:
        root = look(self.pdf.Root, "/StructTreeRoot")
        return root is not None and next(struct_elements(root), None) is not None

    @cached_property
    def elements(self) -> list[pikepdf.Object]:
        root = look(self.pdf.Root, "/StructTreeRoot")
        return list(struct_elements(root)) if root is not None else []

    @cached_property
    def owners(self) -> dict[int, pikepdf.Object]:
        root = look(self.pdf.Root, "/StructTreeRoot")
        return parent_tree(root) if look(root, "/ParentTree") is not None else {}

    def page_of(self, element: pikepdf.Object) -> int | None:
        """Return the page on which the element, or the first of its kids that says so, stands."""
        if "/Pg" in element:
            return self._numbers.get(element.Pg.objgen)
        return next((self.page_of(kid) for kid in kids_of(element) if isinstance(kid, Dictionary)), None)

    def annotations(self) -> Iterator[tuple[int, pikepdf.Object]]:
        for number, page in enumerate(self.pdf.pages, start=1):
            for annotation in page.obj.get("/Annots", []):
                yield number, annotation


def inspect(pdf: Path) -> list[Fault]:
    """Return every fault found, or nothing for a file that may leave the house."""
    with pikepdf.open(pdf) as opened:
        return faults_of(opened, FILE_RULES + PART_RULES)


def inspect_file(pdf: Pdf) -> list[Fault]:
    """Return the faults that a file, open as it was put together, can have though its parts have none."""
    return faults_of(pdf, FILE_RULES)


def inspect_part(pdf: bytes) -> tuple[int, list[Fault]]:
    """Return the pages of a part, and its faults that every file with it has too; its pages count from 1."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages), faults_of(opened, PART_RULES)


def faults_of(pdf: Pdf, rules: Sequence["Rule"]) -> list[Fault]:
    subject = Subject(pdf)
    return [fault for rule in rules for fault in rule(subject)]


def language(subject: Subject) -> Iterator[Fault]:
    if not words(subject.pdf.Root, "/Lang"):
        yield Fault("language", None, "The file does not say which language it is in.")


def title(subject: Subject) -> Iterator[Fault]:
    if not words(subject.pdf.docinfo, "/Title") or "<dc:title>" not in metadata(subject.pdf):
        yield Fault("title", None, "The file has no title.")
    if look(subject.pdf.Root, "/ViewerPreferences", "/DisplayDocTitle") is not True:
        yield Fault("title", None, "Readers are not told to show the title instead of the file's name.")


def metadata(pdf: Pdf) -> str:
    stream = look(pdf.Root, "/Metadata")
    return stream.read_bytes().decode("utf-8", "replace") if stream is not None else ""


def identification(subject: Subject) -> Iterator[Fault]:
    text = metadata(subject.pdf)
    for standard, marks in IDENTIFICATION.items():
        if not all(mark in text for mark in marks):
            yield Fault("identification", None, f"The file does not say that it is {standard}.")


def tagged(subject: Subject) -> Iterator[Fault]:
    if look(subject.pdf.Root, "/MarkInfo", "/Marked") is not True:
        yield Fault("tagged", None, "The file does not say that it is tagged.")
    if not subject.has_elements:
        yield Fault("tagged", None, "The file has no tags.")


def pages(subject: Subject) -> Iterator[Fault]:
    for number, page in enumerate(subject.pdf.pages, start=1):
        if page.obj.get("/StructParents") not in subject.owners:
            yield Fault("page", number, "The page is not in the tag tree: it cannot be read aloud.")


def annotations(subject: Subject) -> Iterator[Fault]:
    for number, annotation in subject.annotations():
        if annotation.get("/StructParent") not in subject.owners:
            yield Fault("annotation", number, "A link is not in the tag tree.")
        if not words(annotation, "/Contents"):
            yield Fault("annotation", number, "A link has no description.")


def addresses(subject: Subject) -> Iterator[Fault]:
    for number, annotation in subject.annotations():
        address = words(annotation, "/A", "/URI")
        if address and not ADDRESS.match(address):
            yield Fault(
                "address", number, f"A link leads to {address}, which nobody outside the house can follow."
            )


def figures(subject: Subject) -> Iterator[Fault]:
    for element in subject.elements:
        if tag_of(element) == "Figure" and not words(element, "/Alt"):
            yield Fault("alt", subject.page_of(element), "A picture has no description (alt text).")


def headings(subject: Subject) -> Iterator[Fault]:
    above = 0
    for element in subject.elements:
        if found := HEADING.fullmatch(tag_of(element)):
            level = int(found[1])
            if level > above + 1:
                before = f"follows one of level {above}" if above else "is the first"
                yield Fault("heading", subject.page_of(element), f"A heading of level {level} {before}.")
            above = level


def header_cells(subject: Subject) -> Iterator[Fault]:
    for element in subject.elements:
        if tag_of(element) == "TH" and look(element, "/A", "/Scope") is None and "/ID" not in element:
            yield Fault("header-cell", subject.page_of(element), "A header cell does not say what it heads.")


def ids(subject: Subject) -> Iterator[Fault]:
    seen = Counter(str(element.ID) for element in subject.elements if "/ID" in element)
    for name, times in seen.items():
        if times > 1:
            yield Fault("id", None, f"{times} elements have the id {name}.")


def header_references(subject: Subject) -> Iterator[Fault]:
    known = {str(element.ID) for element in subject.elements if "/ID" in element}
    for element in subject.elements:
        for header in look(element, "/A", "/Headers") or []:
            if str(header) not in known:
                yield Fault(
                    "id",
                    subject.page_of(element),
                    f"A cell names a header cell that does not exist: {header}.",
                )


def fonts(subject: Subject) -> Iterator[Fault]:
    for item in subject.pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Font and lacks_program(item):
            yield Fault("font", None, f"The font {str(item.get('/BaseFont', '?'))[1:]} is not in the file.")


def lacks_program(font: pikepdf.Object) -> bool:
    """A composite font leaves its program to its descendant, a Type 3 font is its own."""
    if font.get("/Subtype") in (Name.Type0, Name.Type3):
        return False
    return all(look(font, "/FontDescriptor", program) is None for program in FONT_PROGRAMS)


Rule = Callable[[Subject], Iterator[Fault]]
FILE_RULES: tuple[Rule, ...] = (language, title, identification, tagged, pages, annotations, addresses)
PART_RULES: tuple[Rule, ...] = (
    figures,
    headings,
    header_cells,
    ids,
    header_references,
    fonts,
)
