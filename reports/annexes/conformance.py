"""Whether a foreign PDF may stand among our pages as it is: its claim, and what we can find against it.

Stricter than the standards: what we cannot check, or could not keep when the pages move into another file, is
held against it too. Such a file then goes as pictures, which is never wrong.
"""

from collections.abc import Callable, Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from reports.annexes.structure import structure_faults
from reports.pdf.file_rules import LANGUAGE
from reports.pdf.identity import PRODUCER
from reports.pdf.marks import content_faults
from reports.pdf.objects import look, words
from reports.pdf.part_rules import lacks_program
from reports.pdf.sizes import sizes_amiss

# PDF/A-1a allows letters without a shape, which PDF/A-3 and PDF/UA forbid: it has to claim PDF/UA as well.
LEVEL_A = {"2A": False, "3A": False, "1A": True}
OWN_DATA = "data.json"  # in every file of ours, see `reports.services.binding`
NOT_IN_THE_CATALOGUE = {
    "/AA": "actions",
    "/AcroForm": "a form",
    "/Collection": "a portfolio",
    "/NeedsRendering": "a dynamic form",
    "/OCProperties": "layers",
}
NOT_ANYWHERE = {
    "/JS": "a script",
    "/AA": "actions",
    "/XFA": "a form for Adobe's programs",
    "/OC": "layers",
    "/OPI": "a picture kept elsewhere",
    "/Alternates": "other versions of a picture",
    "/TR": "a transfer function",
    "/HTP": "a halftone phase",
}
NOT_AS_COLOUR = {Name.DeviceCMYK, Name.Separation, Name.DeviceN}
NOT_AS_FILTER = {Name.LZWDecode, Name.JPXDecode, Name.Crypt}
OWN_ENCODINGS = (Name.WinAnsiEncoding, Name.MacRomanEncoding)


def claims_conformance(pdf: Pdf) -> bool:
    """Say whether the file's metadata claims PDF/A at level A."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        level, universal = metadata.pdfa_status, metadata.get("pdfuaid:part")
    return level in LEVEL_A and (universal == "1" or not LEVEL_A[level])


def faults(pdf: Pdf) -> Iterator[str]:
    """Yield what keeps the file from standing among our pages, in words for developers; nothing if all is well."""
    for rule in RULES:
        yield from rule(pdf)


def carries_files(pdf: Pdf) -> bool:
    """Say whether other files are embedded in the file, besides the data that a file of ours is made of.

    They are no fault, but would not come along with the pages. Our data would be a second copy of what the pages
    say, and of no use to the file that they come into.
    """
    specifications = [*pdf.Root.get("/AF", [])]
    if not pdf.attachments:
        return bool(specifications)
    is_ours = words(pdf.docinfo, "/Producer") == PRODUCER and list(pdf.attachments) == [OWN_DATA]
    return not (is_ours and [look(one, "/AFRelationship") for one in specifications] == [Name.Data])


def catalogue(pdf: Pdf) -> Iterator[str]:
    if pdf.is_encrypted:
        yield "encrypted"
    yield from (what for key, what in NOT_IN_THE_CATALOGUE.items() if key in pdf.Root)
    for name in ("/JavaScript", "/XFAImages"):
        if look(pdf.Root, "/Names", name) is not None:
            yield f"{name} among the names"
    if look(pdf.Root, "/MarkInfo", "/Marked") is not True or look(pdf.Root, "/MarkInfo", "/Suspects") is True:
        yield "not marked as tagged"
    if not LANGUAGE.fullmatch(words(pdf.Root, "/Lang")):
        yield "no language"
    if not len(pdf.pages):
        yield "no pages"


def output_profile(pdf: Pdf) -> Iterator[str]:
    """Our file prints in RGB: colours that were meant for another device would change, or break a rule."""
    for intent in pdf.Root.get("/OutputIntents", []):
        if look(intent, "/DestOutputProfile", "/N") not in (None, 1, 3):
            yield "made for printing in CMYK"


def objects(pdf: Pdf) -> Iterator[str]:
    for item in pdf.objects:
        yield from in_object(item)
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Font:
            yield from in_font(item)


def in_object(item: Any) -> Iterator[str]:
    """Yield what must not be in an object or in what lies directly inside it."""
    if isinstance(item, Stream):
        yield from in_stream(item)
    if isinstance(item, Dictionary | Stream):
        yield from (f"{what} ({key})" for key, what in NOT_ANYWHERE.items() if key in item)
    for inner in inside(item):
        if isinstance(inner, Name) and inner in NOT_AS_COLOUR:
            yield f"colours of its own ({inner})"
        elif isinstance(inner, Array | Dictionary) and not inner.is_indirect:
            yield from in_object(inner)


def inside(item: Any) -> Iterator[Any]:
    if isinstance(item, Dictionary | Stream):
        yield from (value for key, value in item.items() if key != "/Parent")
    elif isinstance(item, Array):
        yield from item


def in_stream(stream: Stream) -> Iterator[str]:
    filters = stream.get("/Filter", Array())
    for found in filters if isinstance(filters, Array) else [filters]:
        if found in NOT_AS_FILTER:
            yield f"a stream packed with {found}"
    if "/F" in stream:
        yield "a stream kept in another file"
    if stream.get("/Subtype") == Name.PS or "/Ref" in stream:
        yield "an object of another program or file"
    if stream.get("/Interpolate") is True:
        yield "a picture that asks for smoothing"
    if stream.get("/Type") != Name.ObjStm and ("/StructParents" in stream or "/StructParent" in stream):
        yield "tags inside of a drawing"


def in_font(font: Object) -> Iterator[str]:
    if font.get("/Subtype") == Name.Type3:
        yield "a font of drawings"
    elif lacks_program(font):
        yield f"the font {words(font, '/BaseFont')} is not embedded"
    elif "/ToUnicode" not in font and needs_words(font):
        yield f"the font {words(font, '/BaseFont')} does not say which letters it has"


def needs_words(font: Object) -> bool:
    """Say whether the font's codes mean nothing by themselves; a descendant leaves the meaning to its parent."""
    if font.get("/Subtype") in (Name.CIDFontType0, Name.CIDFontType2):
        return False
    return font.get("/Subtype") == Name.Type0 or font.get("/Encoding") not in OWN_ENCODINGS


def page_sizes(pdf: Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        for width, height in sizes_amiss(page):
            yield f"page {number} is of {width:.0f} × {height:.0f} units"


def annotations(pdf: Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in page.obj.get("/Annots", []):
            if annotation.get("/Subtype") != Name.Link:
                yield f"something laid upon page {number} ({words(annotation, '/Subtype')})"
            elif "/AP" in annotation or "/StructParent" not in annotation:
                yield f"a link outside of the tags on page {number}"


RULES: tuple[Callable[[Pdf], Iterator[str]], ...] = (
    catalogue,
    output_profile,
    page_sizes,
    annotations,
    objects,
    structure_faults,
    content_faults,
)
