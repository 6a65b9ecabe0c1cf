"""Text files with separators: CSV as Swedish programs write it."""

import csv
from collections import Counter
from io import StringIO

from django.utils.translation import gettext as _

from core import formats
from core.importing.cells import MOST_COLUMNS, MOST_ROWS, Cell, Sheet, Unacceptable, trimmed
from core.sheets import armed

SEPARATORS = ";\t,"
LOOKED_AT = 40  # lines
UTF16 = (b"\xff\xfe", b"\xfe\xff")
CONTROLS = set(map(chr, range(32))) - set("\t\r\n\f\v")


def read(content: bytes, name: str, *, most: int = MOST_ROWS) -> Sheet:
    """Return the file's first rows, at most `most`. Raises Unacceptable for what is no text."""
    text = decoded(content)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator_of(text)))
    except csv.Error:
        raise Unacceptable(_("The file cannot be read as CSV. Save it anew, or as .xlsx.")) from None
    if len(rows) > MOST_ROWS:
        raise Unacceptable(_("The file has more than %s rows. Divide it.") % formats.number(MOST_ROWS))
    return Sheet(name, [trimmed([_cell(value) for value in row[:MOST_COLUMNS]]) for row in rows[:most]])


def decoded(content: bytes) -> str:
    """Return a text in UTF-8, UTF-16 or Windows' own encoding. Raises Unacceptable for anything else."""
    text = _decoded(content)
    if CONTROLS & set(text):
        raise Unacceptable(_("The file is neither an Excel file nor CSV, whatever its name says."))
    return text


def _decoded(content: bytes) -> str:
    encodings = ["utf-16"] if content.startswith(UTF16) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unacceptable(_("The file's letters cannot be read. Save it as CSV UTF-8."))


def separator_of(text: str) -> str:
    """Return the separator by which most of the first lines have equally many columns."""
    lines = text.splitlines()[:LOOKED_AT]
    return max(SEPARATORS, key=lambda separator: _evenness(lines, separator))


def _evenness(lines: list[str], separator: str) -> tuple[int, int]:
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1)
    except csv.Error:
        return (0, 0)
    [(width, count)] = widths.most_common(1) or [(0, 0)]
    return count, width


def _cell(value: str) -> Cell:
    value = value.strip()
    return Cell(armed(value)) if value else Cell()
