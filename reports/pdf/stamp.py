"""The whole file's page numbers, stamped at the foot of its pages as artifacts, outside of every layout."""

import struct
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from functools import cache

import pikepdf
import uharfbuzz
from pikepdf import Array, Dictionary, Name, Page, Pdf

from reports.pdf import strip
from reports.pdf.typeface import UPRIGHT, cut

# What is printed speaks the language of the paper, not of whoever asked for the file.
WORDS = {"sv": "Sida {page} av {pages}", "en": "Page {page} of {pages}"}
NAME = "/PageStamp"
SIZE = strip.SIZE
RIGHT, BOTTOM = 85, 25.5  # points from the page's edges: 30 mm, where the text ends, and 9 mm
GREY = 0.35
FIRST, LAST = 32, 255
LETTERS = bytes(range(FIRST, LAST + 1)).decode("cp1252", "replace")
STRUCK = str.maketrans("ŁłĐđĦħ", "LlDdHh")  # of which Unicode knows no parts
BOX, BOX_AT = struct.Struct(">4h"), 36  # where a font's table `head` has the box of all its letters


@dataclass(frozen=True, slots=True)
class Typeface:
    """The few letters that page numbers, or other words at a page's foot, need."""

    name: str
    program: bytes
    widths: list[int]  # of the codes from FIRST to LAST, in thousandths of the size
    box: list[int]
    ascent: int
    descent: int

    def width(self, text: str) -> float:
        return sum(self.widths[code - FIRST] for code in coded(text)) * SIZE / 1000


@cache
def typeface(letters: str = "0123456789" + "".join(WORDS.values()), tag: str = "NUMBER") -> Typeface:
    """Return the typeface with these letters; the tag, six capitals, tells it from others in a file."""
    whole = uharfbuzz.Face(cut(UPRIGHT, 400))
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    wanted.unicode_set.update(map(ord, letters))
    wanted.drop_table_tag_set.update(int.from_bytes(table.encode()) for table in ("GSUB", "GPOS", "GDEF"))
    face = wanted.subset(whole)
    font = uharfbuzz.Font(face)

    scale = 1000 / face.upem
    heights = font.get_font_extents("ltr")
    widths = [advance(font, ord(letter)) for letter in LETTERS]
    return Typeface(
        name=f"/{tag}+SourceSans3",
        program=face.blob.data,
        widths=[round(width * scale) for width in widths],
        box=[round(edge * scale) for edge in BOX.unpack_from(face.reference_table("head").data, BOX_AT)],
        ascent=round(heights.ascender * scale),
        descent=round(heights.descender * scale),
    )


def coded(text: str) -> bytes:
    """Return the text as the font has it; letters beyond those of Western Europe lose their marks, or become ?."""
    bare = (letter if letter in LETTERS else unicodedata.normalize("NFKD", letter)[0] for letter in text)
    return "".join(bare).translate(STRUCK).encode("cp1252", "replace")


def advance(font: uharfbuzz.Font, code: int) -> int:
    """Return how wide a character is, in the font's units; 0 for one that it does not have."""
    glyph = font.get_nominal_glyph(code)
    return font.get_glyph_h_advance(glyph) if glyph else 0


def stamp_pages(pdf: Pdf, lang: str, low: Container[int] = ()) -> None:
    """Number every page of the file, in its language where we know the words, else in English.

    On pages that are `low` (counted from 0) the number goes into the strip at their foot.
    """
    words = WORDS.get(lang[:2], WORDS["en"])
    font = embed(pdf, typeface())
    for number, page in enumerate(pdf.pages):
        text = words.format(page=number + 1, pages=len(pdf.pages))
        right, up = (strip.SIDE, strip.BASELINE) if number in low else (RIGHT, BOTTOM)
        across = shown_size(page)[0] - right - typeface().width(text)
        fence(page)
        write(page, text, font, place(page, across, up))


def fence(page: Page, begin: bytes = b"") -> None:
    """Fence in the page's own content, which may leave its coordinates turned upside down, as far as `write`."""
    page.contents_add(b"q " + begin, prepend=True)


def write(page: Page, text: str, font: pikepdf.Object, at: str, name: str = NAME) -> None:
    """Write something at the foot of a page that is fenced, which is no part of its text."""
    if "/Font" not in page.resources:
        page.resources.Font = Dictionary()
    page.resources.Font[name] = font
    page.contents_add(
        b"Q q /Artifact <</Type /Pagination /Subtype /Footer>> BDC BT "
        + f"{name} {SIZE} Tf {GREY} g {at} Tm <{coded(text).hex()}> Tj".encode("ascii")
        + b" ET EMC Q"
    )


def place(page: Page, across: float, up: float) -> str:
    """Return the matrix that puts words this far from the left and the foot of the page as its reader sees it.

    Pages of foreign files may be cropped, or turned for reading.
    """
    left, bottom, right, top = edges(page)
    turned = {
        0: (1, 0, 0, 1, left + across, bottom + up),
        90: (0, 1, -1, 0, right - up, bottom + across),
        180: (-1, 0, 0, -1, right - across, top - up),
        270: (0, -1, 1, 0, left + up, top - across),
    }
    return " ".join(
        f"{number:.4g}" if abs(number) <= 1 else f"{number:.2f}" for number in turned[rotation(page)]
    )


def shown_size(page: Page) -> tuple[float, float]:
    """Return the page's width and height as its reader sees it."""
    left, bottom, right, top = edges(page)
    return (top - bottom, right - left) if rotation(page) % 180 else (right - left, top - bottom)


def edges(page: Page) -> tuple[float, float, float, float]:
    """Return the left, lower, right and upper edge of what is shown of the page."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def rotation(page: Page) -> int:
    return int(page.obj.get("/Rotate", 0)) % 360


def embed(pdf: Pdf, face: Typeface) -> pikepdf.Object:
    program = pdf.make_stream(face.program, Length1=len(face.program))
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(face.name),
        Flags=32,
        FontBBox=Array(face.box),
        ItalicAngle=0,
        Ascent=face.ascent,
        Descent=face.descent,
        CapHeight=660,
        StemV=80,
        FontFile2=program,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=descriptor.FontName,
            FirstChar=FIRST,
            LastChar=LAST,
            Widths=Array(face.widths),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )
