"""What a part can have amiss, which every file with it has too: looked at once, when the part is made."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain

import pikepdf
from pikepdf import Array, Dictionary, Name

from reports.pdf.file_rules import LANGUAGE
from reports.pdf.marks import Reader, content_of, may_draw_outside, numbers_in
from reports.pdf.objects import look, words
from reports.pdf.orders import Fault
from reports.pdf.orders import gettext_noop as _
from reports.pdf.roles import KNOWN, MAY_HOLD, MUST_STAND_IN, attribute
from reports.pdf.sizes import sizes_amiss
from reports.pdf.subject import TRANSPARENT, Found, Subject
from reports.pdf.tags import kids_of, struct_elements

HEADING = re.compile(r"H([1-6])")
CELLS = frozenset({"TH", "TD"})
FONT_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
MISSING_LETTERS = "/MissingLetters"  # where `render` notes them in a part: page, letters, page, letters


def tagged(subject: Subject) -> Iterator[Fault]:
    """A part without tags, or whose tags are empty shells, is told by its first page."""
    if not subject.elements:
        yield Fault("tagged", 1, _("There are no tags: nothing of it can be read aloud."))
        return
    for element in groups(subject):
        if not any(map(has_content, chain([element], struct_elements(element)))):
            yield Fault(
                "tagged",
                subject.page_of(element) or 1,
                _("The tags have no content (%(title)s): nothing of it can be read aloud."),
                {"title": words(element, "/T") or "–"},
            )


def groups(subject: Subject) -> list[pikepdf.Object]:
    """Return the parts of a file, or the whole of a part."""
    top = [found for found in subject.elements if found.inside in ("", "Document")]
    return [found.element for found in top if found.tag == "Part"] or [top[0].element]


def has_content(element: pikepdf.Object) -> bool:
    return any(not isinstance(kid, Dictionary) or "/S" not in kid for kid in kids_of(element))


def content(subject: Subject) -> Iterator[Fault]:
    """Pages as we write them take a glance; those in which it sees something are read."""
    if not subject.elements:
        return  # which is told already
    in_tree = {found.element.objgen for found in subject.elements}
    for number, page in enumerate(subject.pdf.pages, start=1):
        owned = subject.owners.get(int(page.obj.get("/StructParents", -1)))
        if not isinstance(owned, Array):
            continue  # the whole page is outside of the tree, which the file is told
        written, owners = content_of(page), list(owned)
        if not all(is_owned(each, owners, in_tree) for each in numbers_in(written)):
            yield Fault("content", number, _("Something on the page belongs to no tag."))
        elif may_draw_outside(written) and next(Reader(page, owners).faults(), ""):
            yield Fault(
                "content",
                number,
                _("Something on the page is neither tagged nor set apart as decoration."),
            )


def is_owned(number: int, owners: list[pikepdf.Object], in_tree: set[tuple[int, int]]) -> bool:
    return number < len(owners) and getattr(owners[number], "objgen", None) in in_tree


def sizes(subject: Subject) -> Iterator[Fault]:
    for number, page in enumerate(subject.pdf.pages, start=1):
        for width, height in sizes_amiss(page):
            yield Fault(
                "size",
                number,
                _("The page is of %(width)s × %(height)s points, which is too large or too small for PDF/A."),
                {"width": round(width), "height": round(height)},
            )


def letters(subject: Subject) -> Iterator[Fault]:
    noted = list(subject.pdf.Root.get(MISSING_LETTERS, []))
    for page, missing in zip(noted[::2], noted[1::2], strict=True):
        yield Fault(
            "letters",
            int(page) or None,
            _("No font here has these letters, which are printed as □: %(letters)s."),
            {"letters": str(missing)},
        )


def nesting(subject: Subject) -> Iterator[Fault]:
    for tag, inside, element in subject.elements:
        if tag not in KNOWN:
            yield Fault("tag", subject.page_of(element), _("There is no tag %(tag)s."), {"tag": tag})
        fits = inside in MUST_STAND_IN.get(tag, (inside,)) and tag in MAY_HOLD.get(inside, (tag,))
        if not fits and tag not in TRANSPARENT:
            yield Fault(
                "tag",
                subject.page_of(element),
                _("The tag %(tag)s cannot stand in %(inside)s."),
                {"tag": tag, "inside": inside or "–"},
            )


def languages(subject: Subject) -> Iterator[Fault]:
    for found in subject.elements:
        if "/Lang" in found.element and not LANGUAGE.fullmatch(words(found.element, "/Lang")):
            yield Fault(
                "language",
                subject.page_of(found.element),
                _("A passage says that its language is “%(tag)s”, which names no language."),
                {"tag": words(found.element, "/Lang")},
            )


def figures(subject: Subject) -> Iterator[Fault]:
    for found in subject.elements:
        if found.tag == "Figure" and not words(found.element, "/Alt"):
            yield Fault("alt", subject.page_of(found.element), _("A picture has no description (alt text)."))


def headings(subject: Subject) -> Iterator[Fault]:
    above = 0
    for tag, _inside, element in subject.elements:
        if found := HEADING.fullmatch(tag):
            level = int(found[1])
            if level > above + 1:
                text = _("A heading of level %(level)s follows one of level %(above)s.")
                if not above:
                    text = _("A heading of level %(level)s is the first.")
                yield Fault("heading", subject.page_of(element), text, {"level": level, "above": above})
            above = level


def header_cells(subject: Subject) -> Iterator[Fault]:
    """A header cell says itself what it heads, or is named by a cell that it heads: an id alone is no help."""
    cells = [found for found in subject.elements if found.tag in CELLS]
    known = {str(cell.element.ID) for cell in cells if "/ID" in cell.element}
    named: set[str] = set()
    for cell in cells:
        for header in map(str, attribute(cell.element, "/Headers") or []):
            named.add(header)
            if header not in known:
                yield Fault(
                    "id",
                    subject.page_of(cell.element),
                    _("A cell names a header cell that does not exist: %(id)s."),
                    {"id": header},
                )
    for cell in cells:
        if cell.tag == "TH" and is_blind(cell, named):
            yield Fault(
                "header-cell", subject.page_of(cell.element), _("A header cell does not say what it heads.")
            )


def is_blind(cell: Found, named: set[str]) -> bool:
    return attribute(cell.element, "/Scope") is None and words(cell.element, "/ID") not in named


def ids(subject: Subject) -> Iterator[Fault]:
    seen = Counter(bytes(found.element.ID) for found in subject.elements if "/ID" in found.element)
    listed = look(subject.root, "/IDTree", "/Names")
    known = set(map(bytes, list(listed)[::2])) if listed is not None else seen.keys()
    for name, times in seen.items():
        text = pikepdf.String(name)
        if times > 1:
            yield Fault(
                "id", None, _("%(times)s elements have the id %(id)s."), {"times": times, "id": str(text)}
            )
        elif name not in known:
            yield Fault("id", None, _("The id %(id)s is not that of one element alone."), {"id": str(text)})


def fonts(subject: Subject) -> Iterator[Fault]:
    seen: set[tuple[int, int]] = set()
    for page in subject.pdf.pages:
        for font in fonts_in(page.obj.get("/Resources", Dictionary()), seen):
            if lacks_program(font):
                name = words(font, "/BaseFont")[1:] or "?"
                yield Fault("font", None, _("The font %(name)s is not in the file."), {"name": name})


def fonts_in(resources: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterator[pikepdf.Object]:
    """Yield the fonts that a page and the drawings on it may use, each once: to go through all objects is slow."""
    if is_new(resources, seen):
        for font in resources.get("/Font", Dictionary()).as_dict().values():
            if is_new(font, seen):
                yield from [font, *font.get("/DescendantFonts", [])]
        for drawing in resources.get("/XObject", Dictionary()).as_dict().values():
            if is_new(drawing, seen):
                yield from fonts_in(drawing.get("/Resources", Dictionary()), seen)


def is_new(item: pikepdf.Object, seen: set[tuple[int, int]]) -> bool:
    """Note an object that has a number; say whether it was not noted before."""
    if not item.is_indirect:
        return True
    length = len(seen)
    seen.add(item.objgen)
    return len(seen) > length


def lacks_program(font: pikepdf.Object) -> bool:
    """A composite font leaves its program to its descendant, a Type 3 font is its own."""
    if font.get("/Subtype") in (Name.Type0, Name.Type3):
        return False
    return all(look(font, "/FontDescriptor", program) is None for program in FONT_PROGRAMS)


PART_RULES: tuple[Callable[[Subject], Iterator[Fault]], ...] = (
    tagged,
    content,
    sizes,
    letters,
    nesting,
    languages,
    figures,
    headings,
    header_cells,
    ids,
    fonts,
)
