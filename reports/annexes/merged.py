"""A conformant foreign PDF made into a part that `reports.pdf.assemble` can bind: nothing in it is drawn anew."""

import io
from collections.abc import Iterator
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, Page, Pdf, Stream, String

from reports.annexes.outlines import set_outline_right
from reports.annexes.pieces import Annex
from reports.annexes.shrinking import Moves, moved_target, shrink
from reports.annexes.structure import tops
from reports.pdf.file_rules import ADDRESS
from reports.pdf.objects import look, words
from reports.pdf.part_rules import HEADING
from reports.pdf.roles import Roles, attributes
from reports.pdf.tags import kids_of, parent_tree, refers_to, struct_elements

PAGE_KEYS = frozenset(
    "/Type /Parent /MediaBox /CropBox /TrimBox /BleedBox /ArtBox /Rotate /UserUnit /Resources /Contents "
    "/Group /StructParents /Annots".split()
)
KEPT = frozenset("/Type /Pages /StructTreeRoot /Lang /OutputIntents /Outlines".split())  # of the catalogue
LINK_KEYS = frozenset("/Type /Subtype /Rect /QuadPoints /Border /BS /StructParent /P".split())
# The file's own metadata becomes ours; the sets of glyphs are optional in PDF/A-3, and often wrong in PDF/A-1.
DROPPED = ("/Metadata", "/PieceInfo", "/CIDSet", "/CharSet", "/Thumb")
ATTRIBUTES = {"Table": "/Table", "TH": "/Table", "TD": "/Table", "L": "/List"}
PRINTED = 4  # the flag of an annotation that is printed


def prepared(annex: Annex) -> bytes:
    """Return the whole annex as a part."""
    with annex.open() as file:
        return prepare_merged(file, title=annex.title)


def prepare_merged(source: BinaryIO, *, title: str = "", top: int = 1) -> bytes:
    """Return a PDF that was judged `merged` as a part: all its pages, turned as they were, with their tags.

    Each is made a little smaller, for a strip at its foot with the title. Tags get their standard names, and
    headings begin at level `top`. Links within the file and to addresses are kept, all other actions go. The same
    file gives the same bytes.
    """
    with pikepdf.open(source) as pdf:
        clean_objects(pdf)
        targets = Targets(pdf)
        links = list(clean_links(pdf, targets))
        set_structure_right(pdf, top)
        moves = shrink(pdf, title)
        set_outline_right(pdf, lambda entry: targets.moved(entry, moves))
        keep_catalogue(pdf, name_targets(pdf, links, moves))
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return target.getvalue()


def clean_objects(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary | Stream):
            for key in DROPPED:
                if key in item:
                    del item[key]
    for page in pdf.pages:
        inherit(page)
        keep_only(page.obj, PAGE_KEYS)


def inherit(page: Page) -> None:
    """Write into the page what it has from the tree above it, which stays behind."""
    for name in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
        above = page.obj.get("/Parent")
        while name not in page.obj and above is not None:
            if name in above:
                page.obj[name] = above[name]
            above = above.get("/Parent")


def keep_only(holder: Object, keys: frozenset[str]) -> None:
    for key in [key for key in holder.keys() if key not in keys]:  # noqa: SIM118  a PDF object is no dict
        del holder[key]


# Links ----------------------------------------------------------------------------------------------


class Targets:
    """Where the links and the outline of a file lead within it."""

    def __init__(self, pdf: Pdf):
        self._named = dict(named_targets(pdf))
        self._numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}

    def of(self, holder: Object) -> tuple[Array, int] | None:
        """Return the destination of a link or an entry of the outline, and the number of its page."""
        target = target_of(holder, self._named)
        if not isinstance(target, Array):
            return None
        number = number_of(target, self._numbers)
        return (target, number) if number else None

    def moved(self, holder: Object, moves: Moves) -> Array | None:
        found = self.of(holder)
        return moved_target(found[0], moves) if found else None


def clean_links(pdf: Pdf, targets: Targets) -> Iterator[tuple[Object, Array]]:
    """Yield links within the file with their targets; what leads neither there nor to an address goes."""
    for page in pdf.pages:
        gone = []
        for link in page.obj.get("/Annots", []):
            address, found = words(link, "/A", "/URI"), targets.of(link)
            described = words(link, "/Contents")
            keep_only(link, LINK_KEYS)
            link.F = PRINTED
            if ADDRESS.match(address):
                link.A = Dictionary(S=Name.URI, URI=String(address))
                link.Contents = String(described or address)
            elif found:
                target, number = found
                # On paper: Swedish, as the page numbers of `reports.pdf.stamp`.
                link.Contents = String(described or f"Sida {number}")
                yield link, target
            else:
                gone.append(link)
        let_go(pdf, page, gone)


def number_of(target: Array, numbers: dict[tuple[int, int], int]) -> int | None:
    """Return the page that a destination leads to, or None for one that is not in the file."""
    return numbers.get(getattr(target[0], "objgen", (0, 0))) if len(target) > 1 else None


def named_targets(pdf: Pdf) -> Iterator[tuple[str, Object]]:
    """Yield the file's named destinations, of both the old and the new kind."""
    old, new = look(pdf.Root, "/Dests"), look(pdf.Root, "/Names", "/Dests")
    yield from ((key[1:], value) for key, value in (old.items() if old is not None else ()))
    yield from ((str(key), value) for key, value in (NameTree(new).items() if new is not None else ()))


def target_of(link: Object, named: dict[str, Object]) -> Object | None:
    """Return the destination of a link within the file, or None."""
    goes = look(link, "/A", "/D") if words(link, "/A", "/S") == "/GoTo" else link.get("/Dest")
    if isinstance(goes, String | Name):
        goes = named.get(str(goes).removeprefix("/"))
    return look(goes, "/D") if isinstance(goes, Dictionary) else goes


def let_go(pdf: Pdf, page: Page, gone: list[Object]) -> None:
    """Take links away: their words stay as plain text."""
    if not gone:
        return
    owners = parent_tree(pdf.Root.StructTreeRoot)
    numbers = {link.objgen for link in gone}
    page.obj.Annots = Array([link for link in page.obj.Annots if link.objgen not in numbers])
    for link in gone:
        element = owners.get(int(link.StructParent))
        if isinstance(element, Dictionary):
            element.S = Name.Span
            element.K = Array([kid for kid in kids_of(element) if not refers_to(kid, link)])


def name_targets(pdf: Pdf, links: list[tuple[Object, Array]], moves: Moves) -> NameTree:
    """Give each target a name, the only kind of link that moves with its part, and return the names."""
    names = NameTree.new(pdf)
    for number, (link, target) in enumerate(links, start=1):
        names[f"link-{number:05}"] = moved_target(target, moves)
        link.Dest = String(f"link-{number:05}")
    return names


# Tags -----------------------------------------------------------------------------------------------


def set_structure_right(pdf: Pdf, top: int) -> None:
    """Give the tags their standard names and attributes, under one Document, and headings their levels."""
    root = pdf.Root.StructTreeRoot
    role = Roles(root)
    kids, lang = tops(root, role), words(pdf.Root, "/Lang")
    for element in struct_elements(root):
        element.S = Name(f"/{role(element)}")
        keep_attributes(element)
    shift_headings(root, top)
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array(kids)))
    for kid in kids:
        kid.P = document
        if "/Lang" not in kid:
            kid.Lang = String(lang)  # the whole file's may be another
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([document])))
    document.P = pdf.Root.StructTreeRoot
    own_only(pdf, parent_tree(root))


def keep_attributes(element: Object) -> None:
    """Keep what the tag needs said of it: a table of its cells, a list of its labels, others of their place."""
    wanted = ATTRIBUTES.get(str(element.S)[1:], "/Layout")
    kept = [held for held in attributes(element) if held.get("/O") == wanted]
    if "/A" in element:
        del element["/A"]
    if kept:
        element.A = Dictionary(O=Name(wanted))
        for held in kept:
            element.A = Dictionary({**dict(element.A.items()), **dict(held.items())})


def shift_headings(root: Object, top: int) -> None:
    """Let the headings begin at level `top` and skip none below it."""
    above = top - 1
    for element in struct_elements(root):
        if found := HEADING.fullmatch(str(element.S)[1:]):
            above = max(top, min(int(found[1]) + top - 1, above + 1, 6))
            element.S = Name(f"/H{above}")


def own_only(pdf: Pdf, owners: dict[int, Object]) -> None:
    """Write the tree from pages and links to their tags, without what is no longer there."""
    used = {int(page.obj.StructParents) for page in pdf.pages}
    used |= {int(link.StructParent) for page in pdf.pages for link in page.obj.get("/Annots", [])}
    entries = [entry for number in sorted(used) for entry in (number, owners[number])]
    pdf.Root.StructTreeRoot.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(entries)))
    pdf.Root.StructTreeRoot.ParentTreeNextKey = max(used) + 1


def keep_catalogue(pdf: Pdf, names: NameTree) -> None:
    keep_only(pdf.Root, KEPT)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Names = Dictionary(Dests=names.obj)
    for page in pdf.pages:
        if "/Annots" in page.obj:
            page.obj.Tabs = Name.S
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
