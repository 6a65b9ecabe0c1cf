"""The whole file's page numbers, stamped at the foot of its pages as artifacts, outside of every layout."""

import struct
from dataclasses import dataclass
from functools import cache

import pikepdf
import uharfbuzz
from pikepdf import Array, Dictionary, Name, Page, Pdf

from reports.pdf.typeface import UPRIGHT, cut

# What is printed speaks the language of the paper, not of whoever asked for the file.
WORDS = {"sv": "Sida {page} av {pages}", "en": "Page {page} of {pages}"}
NAME = "/PageStamp"
SIZE = 8
RIGHT, BOTTOM = 85, 25.5  # points from the page's edges: 30 mm, where the text ends, and 9 mm
GREY = 0.35
BOX, BOX_AT = struct.Struct(">4h"), 36  # where a font's table `head` has the box of all its letters


@dataclass(frozen=True, slots=True)
class Typeface:
    """The few letters that page numbers need."""

    program: bytes
    widths: list[int]  # of the characters from space, in thousandths of the size
    box: list[int]
    ascent: int
    descent: int

    def width(self, text: str) -> float:
        return sum(self.widths[ord(letter) - 32] for letter in text) * SIZE / 1000


@cache
def typeface() -> Typeface:
    whole = uharfbuzz.Face(cut(UPRIGHT, 400))
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    wanted.unicode_set.update(map(ord, "0123456789" + "".join(WORDS.values())))
    wanted.drop_table_tag_set.update(int.from_bytes(table.encode()) for table in ("GSUB", "GPOS", "GDEF"))
    face = wanted.subset(whole)
    font = uharfbuzz.Font(face)

    scale = 1000 / face.upem
    heights = font.get_font_extents("ltr")
    widths = [advance(font, code) for code in range(32, 127)]
    return Typeface(
        program=face.blob.data,
        widths=[round(width * scale) for width in widths],
        box=[round(edge * scale) for edge in BOX.unpack_from(face.reference_table("head").data, BOX_AT)],
        ascent=round(heights.ascender * scale),
        descent=round(heights.descender * scale),
    )


def advance(font: uharfbuzz.Font, code: int) -> int:
    """Return how wide a character is, in the font's units; 0 for one that it does not have."""
    glyph = font.get_nominal_glyph(code)
    return font.get_glyph_h_advance(glyph) if glyph else 0


def stamp_pages(pdf: Pdf, lang: str) -> None:
    """Number every page of the file, in its language where we know the words, else in English."""
    words = WORDS.get(lang[:2], WORDS["en"])
    font = embed(pdf)
    for number, page in enumerate(pdf.pages, start=1):
        stamp(page, words.format(page=number, pages=len(pdf.pages)), font)


def stamp(page: Page, text: str, font: pikepdf.Object) -> None:
    if "/Font" not in page.resources:
        page.resources.Font = Dictionary()
    page.resources.Font[NAME] = font
    # The page's own content leaves its coordinates turned upside down: it is fenced in first.
    page.contents_add(b"q", prepend=True)
    page.contents_add(
        b"Q q /Artifact <</Type /Pagination /Subtype /Footer>> BDC BT "
        + f"{NAME} {SIZE} Tf {GREY} g {foot(page, typeface().width(text))} Tm ({text}) Tj".encode("ascii")
        + b" ET EMC Q"
    )


def foot(page: Page, width: float) -> str:
    """Return the matrix that puts words of this width at the foot of the page as its reader sees it.

    Pages of foreign files may be cropped, or turned for reading.
    """
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    along = RIGHT + width
    turned = {
        0: (1, 0, 0, 1, right - along, bottom + BOTTOM),
        90: (0, 1, -1, 0, right - BOTTOM, top - along),
        180: (-1, 0, 0, -1, left + along, top - BOTTOM),
        270: (0, -1, 1, 0, left + BOTTOM, bottom + along),
    }
    return " ".join(
        f"{number:.4g}" if abs(number) <= 1 else f"{number:.2f}" for number in turned[rotation(page)]
    )


def rotation(page: Page) -> int:
    return int(page.obj.get("/Rotate", 0)) % 360


def embed(pdf: Pdf) -> pikepdf.Object:
    face = typeface()
    program = pdf.make_stream(face.program, Length1=len(face.program))
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/NUMBER+SourceSans3"),
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
            FirstChar=32,
            LastChar=126,
            Widths=Array(face.widths),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )
