"""The whole file's page numbers, stamped at the foot of its pages as artifacts, outside of every layout."""

import io
from dataclasses import dataclass
from functools import cache

import pikepdf
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from pikepdf import Array, Dictionary, Name, Page, Pdf

from reports.pdf.typeface import UPRIGHT

# What is printed speaks the language of the paper, not of whoever asked for the file.
WORDS = {"sv": "Sida {page} av {pages}", "en": "Page {page} of {pages}"}
NAME = "/PageStamp"
SIZE = 8
RIGHT, BOTTOM = 85, 25.5  # points from the page's edges: 30 mm, where the text ends, and 9 mm
GREY = 0.35


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
    font = TTFont(UPRIGHT, recalcTimestamp=False)
    for table in ("GSUB", "GPOS", "GDEF"):  # kerning and the like: dear to cut down, and numbers need none
        del font[table]
    options = Options(layout_features=[], notdef_outline=True, recalc_timestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text="0123456789" + "".join(WORDS.values()))
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"wght": 400})
    program = io.BytesIO()
    font.save(program)

    scale = 1000 / font["head"].unitsPerEm
    glyphs, head, heights = font.getBestCmap(), font["head"], font["OS/2"]
    widths = [font["hmtx"][glyphs[code]][0] if code in glyphs else 0 for code in range(32, 127)]
    return Typeface(
        program=program.getvalue(),
        widths=[round(width * scale) for width in widths],
        box=[round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)],
        ascent=round(heights.sTypoAscender * scale),
        descent=round(heights.sTypoDescender * scale),
    )


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
