"""The text of attached files, read for personal numbers."""

import html
import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from cases.register.models import Attachment
from core import personal_numbers
from reports.annexes.drawing import Undrawable, opened

MOST_OF_A_PART = 64 * 1024 * 1024
# What ends a line in Word, Excel and PowerPoint; all other marks may stand in the middle of a number.
ENDS = re.compile(r"</(?:\w+:)?(?:p|c|f|v|si|is|tc)>|<(?:\w+:)?(?:tab|br|cr)\b[^>]*>")
MARKS = re.compile(r"<[^>]*>")
INSIDE = "/embeddings/"  # files inside the file, which nobody here opens


class Unreadable(Exception):
    """The file's text, or some of it, cannot be read."""


def scanned(file: BinaryIO, kind: str) -> str:
    """Return the verdict on a file's text (Attachment.Scan). Found counts even where not all could be read."""
    seen = False
    try:
        for text in texts_of(file, kind):
            seen = seen or bool(text.strip())
            if any(personal_numbers.find(text)):
                return Attachment.Scan.FOUND
    except Unreadable:
        return Attachment.Scan.UNREADABLE
    return Attachment.Scan.CLEAN if seen else Attachment.Scan.UNREADABLE


def texts_of(file: BinaryIO, kind: str) -> Iterator[str]:
    return texts_of_pdf(file) if kind == Attachment.Kind.PDF else texts_of_office(file)


def texts_of_pdf(file: BinaryIO) -> Iterator[str]:
    try:
        with opened(file) as pdf:
            yield "\n".join(pdf.text(number) for number in range(1, len(pdf) + 1))
    except Undrawable as error:
        raise Unreadable from error


def texts_of_office(file: BinaryIO) -> Iterator[str]:
    """Yield the text of each part of a Word, Excel or PowerPoint file."""
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                if entry.filename.endswith(".xml"):
                    with archive.open(entry) as part:
                        yield plain(part.read(MOST_OF_A_PART + 1))
            if any(INSIDE in name for name in archive.namelist()):
                raise Unreadable
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable from error


def plain(part: bytes) -> str:
    """Return what a part says. Raises Unreadable for more than anybody writes."""
    if len(part) > MOST_OF_A_PART:
        raise Unreadable
    encoding = "utf-16" if part[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return html.unescape(MARKS.sub("", ENDS.sub("\n", part.decode(encoding, "replace"))))
