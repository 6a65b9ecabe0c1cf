"""What a page of a foreign PDF looks like and says. The only module that knows PDFium."""

import math
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from ctypes import byref, c_double, c_int
from dataclasses import dataclass
from typing import BinaryIO

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from reports.annexes.pictures import Packed, Picture, encode
from reports.pdf.sizes import LARGEST, SMALLEST

DPI = 150  # small print stays readable
MOST_PIXELS = 9_000_000  # a drawing on A0 gets fewer dots an inch rather than half a gigabyte
POINTS = 72  # an inch
FINE = 16  # steps a point, in which PDFium is asked where things are: it answers in whole ones
MARGIN = 0.1  # points from the limits of a page's size, which WeasyPrint rounds
GLANCE = 0.1  # dots a point: enough to see whether a page can be drawn at all

# PDFium may be used by one thread at a time.
_one_at_a_time = threading.RLock()


class Undrawable(Exception):
    """The file, or a page of it, cannot be drawn; the message says why, for developers."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and the box it fills, in points from the page's upper left corner as it is shown."""

    text: str
    left: float
    top: float
    width: float
    height: float

    def scaled(self, share: float) -> "Line":
        edges = (self.left, self.top, self.width, self.height)
        return self if share == 1 else Line(self.text, *(edge * share for edge in edges))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as its reader sees it, upright: its size in points, its picture, and its text in reading order.

    One that is larger or smaller than a page of ours may be is drawn to the next size that is allowed.
    """

    width: float
    height: float
    picture: Picture | Packed
    lines: list[Line]


class Foreign:
    """A foreign PDF that is open for drawing; pages are read one at a time and let go."""

    def __init__(self, document: pypdfium2.PdfDocument):
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    def draw(self, number: int) -> Drawn:
        """Draw a page, from 1. Raises Undrawable."""
        with self._page(number) as page:
            width, height = page.get_size()
            share = share_for(width, height)
            picture = encode(picture_of(page, scale_for(width, height)))
            lines = [line.scaled(share) for line in lines_of(page)]
            return Drawn(width * share, height * share, picture, lines)

    def glance(self, number: int) -> None:
        """Raise Undrawable when the page cannot be drawn; costs a few milliseconds."""
        with self._page(number) as page:
            size = page.get_size()
            share_for(*size)
            picture_of(page, min(GLANCE, scale_for(*size)))

    def text(self, number: int) -> str:
        """Return what a page says, from 1, in the order of the file. Raises Undrawable."""
        with self._page(number) as page, closing(page.get_textpage()) as text:
            return text.get_text_range()

    @contextmanager
    def _page(self, number: int) -> Iterator[pypdfium2.PdfPage]:
        with _one_at_a_time:
            try:
                page = self._document[number - 1]
                try:
                    yield page
                finally:
                    page.close()
            except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError) as error:
                raise Undrawable(f"Page {number}: {error}") from error


@contextmanager
def opened(file: BinaryIO) -> Iterator[Foreign]:
    """Open a PDF that needs no password for drawing. Raises Undrawable."""
    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(file)
            if document.get_formtype():
                document.init_forms()  # else what is filled in is not drawn
        except pypdfium2.PdfiumError as error:
            raise Undrawable(str(error)) from error
    try:
        yield Foreign(document)
    finally:
        with _one_at_a_time:
            document.close()


def scale_for(width: float, height: float) -> float:
    """Return the dots a point at which a page of this size is drawn."""
    return min(DPI / POINTS, math.sqrt(MOST_PIXELS / (width * height)))


def share_for(width: float, height: float) -> float:
    """Return what to scale a page of this size by. Raises ValueError when it is too long for its width."""
    if width <= 0 or height <= 0:
        raise ValueError("the page has no size")
    at_least, at_most = (SMALLEST + MARGIN) / min(width, height), (LARGEST - MARGIN) / max(width, height)
    if at_least > at_most:
        raise ValueError(f"the page is {width:.0f} × {height:.0f} points")
    return min(max(1, at_least), at_most)


def picture_of(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """Draw the page with what is written on it (notes, form fields) on white."""
    bitmap = page.render(scale=scale, may_draw_forms=True, draw_annots=True, rev_byteorder=True)
    try:
        return bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()


def lines_of(page: pypdfium2.PdfPage) -> list[Line]:
    """Return the page's lines in the order of its text, each with its box as the page is shown."""
    text_page = page.get_textpage()
    try:
        runs = list(runs_of(text_page))
        return [line for text, places in runs if (line := placed(page, text_page, text, places))]
    finally:
        text_page.close()


def runs_of(text_page: pypdfium2.PdfTextPage) -> Iterator[tuple[str, list[int]]]:
    """Yield each line's text with the places of its visible characters."""
    text = ""
    places: list[int] = []
    for place in range(text_page.count_chars()):
        letter = letter_at(text_page, place)
        if letter in "\r\n":
            if places:
                yield text, places
            text, places = "", []
        else:
            text += letter
            if letter.strip():
                places.append(place)
    if places:
        yield text, places


def letter_at(text_page: pypdfium2.PdfTextPage, place: int) -> str:
    """Return a character; what says nothing to a reader becomes a space, a hyphen at a line's end a hyphen."""
    code = raw.FPDFText_GetUnicode(text_page, place)
    if code in (0x02, 0xFFFE):  # how PDFium marks a hyphen that it would take away
        return "-"
    letter = chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else " "
    return letter if letter.isprintable() or letter in "\r\n" else " "


def placed(
    page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, text: str, places: list[int]
) -> Line | None:
    """Return the line with the box around its characters, or None for one that its reader cannot see.

    What was cropped away stays away: it may be what somebody wanted to hide.
    """
    shown_width, shown_height = page.get_size()
    boxes = [text_page.get_charbox(place, loose=True) for place in places]
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    (x1, y1), (x2, y2) = as_shown(page, left, top), as_shown(page, right, bottom)
    width, height = abs(x2 - x1), abs(y2 - y1)
    x, y = min(x1, x2), min(y1, y2)
    is_outside = x >= shown_width or y >= shown_height or x + width <= 0 or y + height <= 0
    if not width or not height or is_outside:
        return None
    return Line(" ".join(text.split()), x, y, width, height)


def as_shown(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """Return where a point of the page's own coordinates is on the page as shown: cropped, turned, from above."""
    width, height = page.get_size()
    across, down = c_int(), c_int()
    size = (round(width * FINE), round(height * FINE))
    raw.FPDF_PageToDevice(page, 0, 0, *size, 0, c_double(x), c_double(y), byref(across), byref(down))
    return across.value / FINE, down.value / FINE
