"""Pages of a foreign PDF as pictures with their text behind: what any file can become."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

import uharfbuzz
from django.template.loader import render_to_string
from django.utils import translation

from reports.annexes.drawing import Drawn, Line, opened
from reports.annexes.labels import label
from reports.annexes.pictures import Packed, Picture
from reports.annexes.pieces import Annex
from reports.pdf import strip
from reports.pdf.pictures import stand_in
from reports.pdf.typeface import UPRIGHT

NARROWEST = 0.5  # of a line's height: how small its letters may become to fit into its width
GAP = 0.7  # of a line's height: a wider space between two lines begins a new paragraph
SMALLEST, LARGEST = 1.0, 72.0  # points


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page on its way into HTML."""

    number: int  # within the annex, from 1
    drawn: Drawn
    format: "Format"
    label: str  # what stands in the strip at its foot

    @property
    def packed(self) -> Packed | None:
        return self.drawn.picture if isinstance(self.drawn.picture, Packed) else None

    @property
    def address(self) -> str:
        picture = self.drawn.picture
        return picture.address if isinstance(picture, Picture) else stand_in(self.number)

    @property
    def paragraphs(self) -> list[list["Placed"]]:
        lines = [self.format.smaller(line) for line in self.drawn.lines]
        return [[Placed(line) for line in some] for some in paragraphs(lines)]


@dataclass(frozen=True, slots=True)
class Format:
    """A size of pages, in points, and the smaller one at which they are drawn above the strip at their foot."""

    name: str
    width: float
    height: float

    @property
    def scale(self) -> float:
        return strip.scale(self.height)

    @property
    def drawn_width(self) -> float:
        return round(self.width * self.scale, 2)

    @property
    def drawn_height(self) -> float:
        return round(self.height * self.scale, 2)

    @property
    def side(self) -> float:
        return round((self.width - self.drawn_width) / 2, 2)

    @property
    def below(self) -> float:
        return round(self.height - self.drawn_height, 2)

    def smaller(self, line: Line) -> Line:
        places = (line.left, line.top, line.width, line.height)
        return Line(line.text, *(round(place * self.scale, 2) for place in places))


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with the size at which its letters fit into its box, in points."""

    line: Line

    @property
    def size(self) -> float:
        fitting = self.line.width / max(width_of(self.line.text), 0.1)
        return round(min(max(min(fitting, self.line.height), SMALLEST), LARGEST), 2)


def drawn(annex: Annex, pages: range, total: int) -> str:
    """Return these pages of an annex as HTML."""
    with annex.open() as file:
        return html_of(file, pages, title=annex.title, total=total)


def html_of(file: BinaryIO, pages: range, *, title: str, total: int, lang: str = "sv") -> str:
    """Return these pages of the PDF (from 1) as a complete HTML document for `reports.pdf.render`.

    Each page has the size and orientation its reader saw, drawn a little smaller. Only these pages are read and drawn. The first page
    of an annex holds its title as a heading. Raises Undrawable.
    """
    with opened(file) as foreign:
        seen = [(number, foreign.draw(number)) for number in pages]
    sizes = sorted({size_of(page) for _number, page in seen})
    formats = {size: Format(f"sheet-{place}", *size) for place, size in enumerate(sizes)}
    with translation.override(lang):
        sheets = [
            Sheet(number, page, formats[size_of(page)], label(title, number, total, page.width))
            for number, page in seen
        ]
        data = {"title": title, "lang": lang, "total": total, "sheets": sheets, "strip": strip}
        return render_to_string("reports/print/annex_pages.html", data | {"formats": formats.values()})


def size_of(page: Drawn) -> tuple[float, float]:
    return round(page.width, 2), round(page.height, 2)


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines in groups that are read in one breath: those that follow closely below each other."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and follows(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def follows(above: Line, line: Line) -> bool:
    space = line.top - (above.top + above.height)
    return -0.5 * above.height <= space <= GAP * above.height and line.top > above.top


def width_of(text: str) -> float:
    """Return how wide the text is in the typeface of paper, in its size."""
    advances, other = widths()
    return sum(advances.get(ord(letter), other) for letter in text)


@cache
def widths() -> tuple[dict[int, float], float]:
    """Return the width of each character the typeface has, and one for those it lacks, in its size."""
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(UPRIGHT))
    font = uharfbuzz.Font(face)
    advances = {
        code: font.get_glyph_h_advance(font.get_nominal_glyph(code)) / face.upem for code in face.unicodes
    }
    return advances, 1.0
