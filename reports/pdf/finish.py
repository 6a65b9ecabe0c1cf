"""The last touch on a rendered part, before its bytes are written: what WeasyPrint leaves out of the tags.

Works on WeasyPrint's own objects, where it costs next to nothing; anything that needs to know the other parts
of the file is `assemble`'s.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any

import pydyf

from reports.pdf.pictures import put_pictures
from reports.pdf.raw import below, drop, elements, elements_of_type, kids, number_of, owners_by_page, resolve

SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}
SVG = "{http://www.w3.org/2000/svg}"
NOWHERE: Mapping[int, Any] = MappingProxyType({})
HOLDS_WORDS = frozenset(
    f"/{tag}" for tag in "P H1 H2 H3 H4 H5 H6 TH TD LBody Lbl Link Caption Span NonStruct".split()
)
SAYS_NOTHING = frozenset({"/Span", "/NonStruct"})
BARE = {"Type", "S", "K", "Pg", "P"}
LIST_NUMBERING = {"ol": "/Decimal", "ul": "/Disc", "dl": "/None"}


class LettersMissing(Exception):
    """No font on this machine has these letters; printed as they are, they would break the file."""

    def __init__(self, letters: set[str], pages: Mapping[int, set[str]] = NOWHERE):
        super().__init__(listed(letters))
        self.letters = letters
        self.pages = {page: listed(there) for page, there in pages.items()}  # from 1; 0 is where nobody knows


def listed(letters: set[str]) -> str:
    return ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in sorted(letters))


def finish(document: Any, pdf: pydyf.PDF, *, name: str = "", missing: Mapping[int, str] = NOWHERE) -> None:
    """Complete the tags of one part: header cells, lists, links, drawings, and running heads set apart as artifacts.

    Its elements' ids begin with `name`, so that they collide with no other part's. The letters that are `missing`
    on its pages are noted in it, for the inspection to tell of. Raises LettersMissing.
    """
    pages = [list(page._page_box.descendants()) for page in document.pages]
    if letters := {chr(code) for font in document.fonts.values() for code in font.missing}:
        raise LettersMissing(letters, pages_with(pages, letters))
    note_letters(pdf, missing)
    boxes = list(chain.from_iterable(pages))  # in the order of their tags
    add_scope(boxes, pdf)
    drop_headers_of_merged_cells(pdf)
    number_lists(boxes, pdf)
    pair_terms(pdf)
    one_link_for_each(boxes, pdf)
    describe_links(boxes)
    describe_drawings(pages, pdf)
    set_margins_apart(pdf)
    unwrap_words(pdf)
    name_ids(pdf, name)
    put_pictures(boxes, pdf)


def pages_with(pages: Sequence[Sequence[Any]], letters: set[str]) -> dict[int, set[str]]:
    """Return which of the letters stand on which page; under 0 those of drawings, whose words are no boxes."""
    found = {
        number: letters & set().union(*(getattr(box, "text", None) or "" for box in boxes))
        for number, boxes in enumerate(pages, start=1)
    }
    found[0] = letters - set().union(*found.values())
    return {number: there for number, there in found.items() if there}


def note_letters(pdf: pydyf.PDF, missing: Mapping[int, str]) -> None:
    if missing:
        entries = [entry for page, letters in missing.items() for entry in (page, pydyf.String(letters))]
        pdf.catalog["MissingLetters"] = pydyf.Array(entries)


def add_scope(boxes: Sequence[Any], pdf: pydyf.PDF) -> None:
    """Say of every header cell what it heads: as its HTML says, else a column in a table's head, else a row."""
    for box in boxes:
        if box.element_tag == "th" and (cell := getattr(box, "mark", None)):
            cell["A"]["Scope"] = SCOPES.get(box.element.get("scope")) or scope_by_place(pdf, cell)


def scope_by_place(pdf: pydyf.PDF, cell: pydyf.Dictionary) -> str:
    row = resolve(pdf, cell["P"])
    return "/Column" if resolve(pdf, row["P"])["S"] == "/THead" else "/Row"


def drop_headers_of_merged_cells(pdf: pydyf.PDF) -> None:
    """Leave a table with merged cells to the readers' own rule, from Scope.

    WeasyPrint counts columns wrong after a merged cell, and a wrong header is worse than a derived one.
    """
    for table in elements(pdf, "/Table"):
        cells = [cell["A"] for cell in below(pdf, table) if cell["S"] in ("/TH", "/TD") and "A" in cell]
        if any("ColSpan" in cell or "RowSpan" in cell for cell in cells):
            for cell in cells:
                cell.pop("Headers", None)


def number_lists(boxes: Sequence[Any], pdf: pydyf.PDF) -> None:
    """Say of every list whether its labels are numbers or dots, if boxes and tags agree which list is which."""
    tags = [box.element_tag for box in boxes if box.element_tag in LIST_NUMBERING]
    lists = list(elements(pdf, "/L"))
    if len(tags) == len(lists):
        for tag, element in zip(tags, lists, strict=True):
            element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": LIST_NUMBERING[tag]})


def pair_terms(pdf: pydyf.PDF) -> None:
    """Make one list item of a term and what it is, which stand together in a group: a list holds items, not groups.

    WeasyPrint makes an item of each.
    """
    for group in list(elements(pdf, "/Div")):
        items = list(kids(pdf, group))
        if resolve(pdf, group["P"])["S"] != "/L" or any(item["S"] != "/LI" for item in items):
            continue
        bodies = [body for item in items for body in kids(pdf, item)]
        for item in items:
            drop(pdf, item)
        for body in bodies:
            body["P"] = group.reference
        group["S"] = "/LI"
        group["K"] = pydyf.Array(body.reference for body in bodies)
        if len(bodies) > 1:
            bodies[0]["S"] = "/Lbl"


def one_link_for_each(boxes: Sequence[Any], pdf: pydyf.PDF) -> None:
    """Take away the links of words inside a link, such as bold ones: they lie over it, outside of its tag."""
    inner = {box.link_annotation.number for box in boxes if box.link_annotation and box.element_tag != "a"}
    if not inner:
        return
    for page in elements_of_type(pdf, "/Page"):
        if "Annots" in page:
            page["Annots"] = pydyf.Array(link for link in page["Annots"] if number_of(link) not in inner)
    for element in elements(pdf):
        element["K"] = pydyf.Array(kid for kid in element["K"] if not is_reference_to(pdf, kid, inner))
    drop_from_parent_tree(pdf, inner)


def is_reference_to(pdf: pydyf.PDF, kid: Any, annotations: set[int]) -> bool:
    target = resolve(pdf, kid) if isinstance(kid, bytes) else {}
    return target.get("Type") == "/OBJR" and number_of(target["Obj"]) in annotations


def drop_from_parent_tree(pdf: pydyf.PDF, annotations: set[int]) -> None:
    places = {pdf.objects[number]["StructParent"] for number in annotations}
    tree = resolve(pdf, resolve(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])
    pairs = zip(tree["Nums"][::2], tree["Nums"][1::2], strict=True)
    tree["Nums"] = pydyf.Array(entry for pair in pairs if pair[0] not in places for entry in pair)


def describe_links(boxes: Sequence[Any]) -> None:
    """Describe every link by its label or words; WeasyPrint describes it by its address."""
    for box in boxes:
        if box.link_annotation:
            words = box.element.get("aria-label") or " ".join("".join(box.element.itertext()).split())
            box.link_annotation["Contents"] = pydyf.String(words or box.element.get("href", ""))


def describe_drawings(pages: Sequence[Sequence[Any]], pdf: pydyf.PDF) -> None:
    """Let a drawing's alternative text go on from its title, which is all that WeasyPrint takes, with its desc."""
    figures = {(kid["Pg"], tuple(kid["A"]["BBox"])): kid for kid in elements(pdf, "/Figure")}
    for boxes, reference in zip(pages, pdf.page_references, strict=True):
        for box in boxes:
            if box.element_tag == f"{SVG}svg" and (description := box.element.findtext(f"{SVG}desc")):
                left, top = box.content_box_x(), box.content_box_y()
                figure = figures[reference, (left, top, left + box.width, top + box.height)]
                figure["Alt"] = pydyf.String(f"{box.element.findtext(f'{SVG}title')}. {description}")


def set_margins_apart(pdf: pydyf.PDF) -> None:
    """Turn running heads, feet and page numbers into artifacts.

    WeasyPrint marks them like text but hangs them nowhere in the tree: neither read nor skipped.
    """
    root = resolve(pdf, pdf.catalog["StructTreeRoot"])
    document = resolve(pdf, root["K"][0])
    read = {document.number} | {element.number for element in below(pdf, document)}
    for page, owners in owners_by_page(pdf):
        outside = {mcid for mcid, owner in enumerate(owners) if number_of(owner) not in read}
        mark_as_artifacts(resolve(pdf, page["Contents"]), outside)
        for mcid in outside:
            owners[mcid] = "null"
    for element in list(elements(pdf)):
        if element.number not in read:
            drop(pdf, element)


def unwrap_words(pdf: pydyf.PDF) -> None:
    """Hang words into the paragraph, cell or link that they are of.

    WeasyPrint wraps each line in an element that says nothing of it: two of five in a file, to be written, bound,
    inspected and stepped through.
    """
    owners = {page.reference: numbers for page, numbers in owners_by_page(pdf)}
    for element in reversed(list(elements(pdf))):  # who is below was made after
        if element["S"] not in HOLDS_WORDS:
            continue
        hung: list[Any] = []
        for kid in element["K"]:
            words = bare_words(pdf, kid, element)
            if words is None:
                hung.append(kid)
                continue
            drop(pdf, resolve(pdf, kid))
            hung += words
            for mcid in words:
                owners[element["Pg"]][mcid] = element.reference
        element["K"] = pydyf.Array(hung)


def bare_words(pdf: pydyf.PDF, kid: Any, inside: pydyf.Dictionary) -> list[int] | None:
    """Return the numbers of the marked content that a kid only holds together; None if it is more than that."""
    if not isinstance(kid, bytes):
        return None
    wrapped = resolve(pdf, kid)
    if wrapped.get("S") not in SAYS_NOTHING or wrapped.keys() != BARE or wrapped["Pg"] != inside["Pg"]:
        return None
    return wrapped["K"] if all(isinstance(number, int) for number in wrapped["K"]) else None


def name_ids(pdf: pydyf.PDF, name: str) -> None:
    """Let ids begin with the part's name, and list them, so that binding need not look for them.

    WeasyPrint numbers them anew in every part.
    """
    named = {}
    for element in elements(pdf):
        if "ID" in element:
            element["ID"] = pydyf.String(f"{name}-{element['ID'].string}")
            named[element["ID"].string] = element.reference
        attributes = element.get("A", {})
        if "Headers" in attributes:
            attributes["Headers"] = pydyf.Array(
                pydyf.String(f"{name}-{header.string}") for header in attributes["Headers"]
            )
    names = [entry for key in sorted(named) for entry in (pydyf.String(key), named[key])]
    root = resolve(pdf, pdf.catalog["StructTreeRoot"])
    root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})


def mark_as_artifacts(content: pydyf.Stream, mcids: set[int]) -> None:
    for at, operand in enumerate(content.stream):
        if isinstance(operand, dict) and operand.get("MCID") in mcids:
            content.stream[at - 1 : at + 1] = [b"/Artifact", b"<</Type /Pagination>>"]
