"""What stands on paper, as a reader finds it there."""

from contextlib import closing
from os import PathLike

from pypdfium2 import PdfDocument

# PDFium ends a line as Windows does, and marks a hyphen that divides a word at the end of a line.
MARKS = str.maketrans(dict.fromkeys("\r\ufffe\x02"))


def texts_of(pdf: bytes | PathLike[str] | str) -> list[str]:
    """Return the text of each page, divided words in one piece."""
    with closing(PdfDocument(pdf)) as document:
        return [page.get_textpage().get_text_range().translate(MARKS) for page in document]


def pages_of(pdf: bytes | PathLike[str] | str) -> list[str]:
    """Return the text of each page on one line, wherever its lines end on paper."""
    return [" ".join(text.split()) for text in texts_of(pdf)]
