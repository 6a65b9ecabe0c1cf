"""A file for the importer: what it is by its content, never by its name."""

from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _

from core.calling import call
from core.importing import kolada, separated
from core.importing.archives import inspect
from core.importing.cells import MOST_BYTES, MOST_ROWS, Sheet, Unacceptable

# Programs export web pages and PDF under the names of spreadsheets.
FOREIGN = ("%PDF", "<", "{\\rtf")
ZIP, OLD_OFFICE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
XLSX, CSV, JSON = "xlsx", "csv", "json"


def kind_of(file: BinaryIO, size: int) -> str:
    """Return xlsx, csv or json. Raises Unacceptable for anything else, and for what is dangerous or too large."""
    if size > MOST_BYTES:
        raise Unacceptable(_("The file is larger than 10 MB. Save only the sheet with the numbers."))
    file.seek(0)
    content = file.read()
    file.seek(0)
    if not content.strip():
        raise Unacceptable(_("The file is empty."))
    if content.startswith(ZIP):
        inspect(file)
        return XLSX
    if content.startswith(OLD_OFFICE):
        raise Unacceptable(_("The file is in Excel's old format, or has a password. Save it as .xlsx."))
    text = separated.decoded(content)
    if text.lstrip().startswith(FOREIGN):
        raise Unacceptable(_("The file is neither an Excel file nor CSV, whatever its name says."))
    return JSON if text.lstrip().startswith(("{", "[")) else CSV


def sheet_names(file: BinaryIO, kind: str, filename: str) -> list[str]:
    """Return what can be imported from the file: the visible sheets, or the file itself."""
    if kind == XLSX:
        return call("core.importing.workbooks.sheet_names", file)
    return ["Kolada"] if kind == JSON else [PurePath(filename).stem]


def read(file: BinaryIO, kind: str, name: str, *, most: int = MOST_ROWS) -> Sheet:
    """Return a sheet by its name. Raises Unacceptable."""
    if kind == XLSX:
        return call("core.importing.workbooks.read", file, name, most=most)
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    return kolada.read(content, most=most) if kind == JSON else separated.read(content, name, most=most)
