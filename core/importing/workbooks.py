"""Excel files (xlsx), read as what stands in their cells, never as what their formulas would be."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core import formats
from core.importing.archives import has_formulas, inspect
from core.importing.cells import EMPTY, MOST_COLUMNS, MOST_ROWS, Cell, Sheet, Unacceptable, trimmed

# What openpyxl raises for files that are not what they say they are.
BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    DefusedXmlException,
    SyntaxError,  # lxml's own for broken XML
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    EOFError,
    OSError,
)


def sheet_names(file: BinaryIO) -> list[str]:
    with _opened(file, data_only=True) as book:
        return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def read(file: BinaryIO, name: str, *, most: int = MOST_ROWS) -> Sheet:
    """Return a sheet's first rows, at most `most`. Raises Unacceptable for more rows than anybody imports."""
    with _opened(file, data_only=True) as values, _formulas(file) as formulas:
        pairs = _pairs(values[name], formulas and formulas[name])
        rows = [trimmed([_cell(*pair) for pair in zip(*row, strict=False)]) for row in islice(pairs, most)]
        # An empty row counts too: to look at a million of them takes longer than anybody waits.
        if most == MOST_ROWS and next(pairs, None) is not None:
            raise Unacceptable(
                _("The sheet goes on below row %s. Divide it, or delete the empty rows below the table.")
                % formats.number(MOST_ROWS)
            )
    return Sheet(name, rows)


@contextmanager
def _formulas(file: BinaryIO) -> Iterator:
    """Open the same workbook for what stands in its formulas; None for one without."""
    file.seek(0)
    if not has_formulas(file):
        yield None
        return
    with _opened(file, data_only=False) as book:
        yield book


@contextmanager
def _opened(file: BinaryIO, *, data_only: bool) -> Iterator:
    file.seek(0)
    inspect(file)
    file.seek(0)
    try:
        book = load_workbook(file, read_only=True, data_only=data_only, keep_links=False)
        try:
            yield book
        finally:
            book.close()
    except Unacceptable:
        raise
    except BROKEN:
        raise Unacceptable(_("The file is damaged and cannot be opened. Save it anew.")) from None


def _pairs(values, formulas) -> Iterator[tuple[tuple, tuple]]:
    """Yield each row with its twin of formulas; without any it is its own, which is half the work."""
    if formulas is None:
        return ((row, row) for row in _rows(values))
    return zip(_rows(values), _rows(formulas), strict=False)


def _rows(sheet) -> Iterator[tuple]:
    sheet.reset_dimensions()  # the file's own word for how large it is may be anything
    return sheet.iter_rows(max_col=MOST_COLUMNS)


def _cell(shown, written) -> Cell:
    if shown.value is None:
        return (
            Cell(fault=_("The formula has no value. Open the file in Excel and save it."))
            if (written.data_type == "f")
            else EMPTY
        )
    if shown.data_type == "e":
        return Cell(fault=_("Excel shows %s here. Mend the formula and save the file.") % shown.value)
    return _typed(shown.value, shown.number_format or "")


def _typed(value, number_format: str) -> Cell:
    match value:
        case bool():
            return Cell(value)
        case datetime():
            return Cell(value.date())
        case date():
            return Cell(value)
        case int() | float():
            number = Decimal(format(value, ".15g"))  # the digits that Excel keeps
            return Cell(number * 100, percent=True) if "%" in number_format else Cell(number)
    return Cell(str(value))
