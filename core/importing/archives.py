"""Excel files, looked at from outside before anything opens them."""

import re
import zipfile
from typing import BinaryIO

from django.utils.translation import gettext as _

from core.importing.cells import Unacceptable

MOST_UNPACKED, MOST_ENTRIES, MOST_RATIO = 200 * 1024 * 1024, 2_000, 300
MOST_CONTENT_TYPES = 1024 * 1024
PROGRAMS = ("vbaproject", "macroenabled", "/activex/", "macrosheets/")
WORKBOOK = "spreadsheetml.sheet.main+xml"
ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
FORMULA = re.compile(rb"<(\w+:)?f[\s/>]")
PART_START = 4096  # a document type stands before everything else


def inspect(file: BinaryIO) -> None:
    """Raise Unacceptable for what is no Excel file, holds programs, or grows when it is opened."""
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_bomb(archive)
            types = _content_types(archive)
            _refuse_programs(archive, types)
            if WORKBOOK not in types:
                raise Unacceptable(_("The file is an archive, but no Excel file. Save it as .xlsx or CSV."))
            _refuse_entities(archive)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        raise Unacceptable(_("The file is damaged and cannot be opened. Save it anew.")) from None


def has_formulas(file: BinaryIO) -> bool:
    """Say whether any cell of an inspected workbook is computed."""
    with zipfile.ZipFile(file) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(FORMULA.search(archive.read(name)) for name in sheets)


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked / packed > MOST_RATIO:
        raise Unacceptable(
            _("The file becomes far too large when it is opened. Save only the sheet with the numbers.")
        )


def _content_types(archive: zipfile.ZipFile) -> str:
    with archive.open("[Content_Types].xml") as part:
        return part.read(MOST_CONTENT_TYPES).decode("utf-8", "replace").lower()


def _refuse_programs(archive: zipfile.ZipFile, types: str) -> None:
    names = " ".join(archive.namelist()).lower()
    if any(sign in names + types for sign in PROGRAMS):
        raise Unacceptable(_("The file holds macros (programs). Save it as .xlsx without them, or as CSV."))


def _refuse_entities(archive: zipfile.ZipFile) -> None:
    """No spreadsheet program writes a document type; who hides one there wants it to grow, or to read files."""
    for entry in archive.infolist():
        if entry.filename.lower().endswith((".xml", ".rels")):
            with archive.open(entry) as part:
                if ENTITIES.search(part.read(PART_START)):
                    raise Unacceptable(
                        _("The file is not written by a spreadsheet program. Save it anew in Excel.")
                    )
