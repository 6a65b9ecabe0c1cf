"""A table as an Excel workbook. Imported only by who writes one, see `core.calling`."""

import re
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.sheets import NUMBERS, as_written
from core.tables import Table, TableColumn

NARROWEST, WIDEST = 10, 60  # characters


def write_xlsx(table: Table, title: str) -> bytes:
    """Return the table as a workbook with one sheet, its head frozen."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "1")
    sheet.freeze_panes = "A2"
    for index, column in enumerate(table.columns):
        sheet.column_dimensions[get_column_letter(index + 1)].width = _width(table, index, column)
    sheet.append([_head(sheet, column) for column in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, *pair) for pair in zip(table.columns, row, strict=True)])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _width(table: Table, index: int, column: TableColumn) -> int:
    words = max((len(str(row[index] or "")) for row in table.rows), default=0)
    return min(max(words, len(column.head), NARROWEST) + 2, WIDEST)


def _head(sheet, column):
    cell = _text(sheet, column.head)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(
        horizontal="right" if column.kind in NUMBERS else "left", vertical="bottom", wrap_text=True
    )
    return cell


def _cell(sheet, column, value):
    value = as_written(column, value)
    if isinstance(value, str):
        return _text(sheet, value) if value else None
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = "yyyy-mm-dd" if isinstance(value, date) else number_format(column.decimals)
    return cell


def _text(sheet, text):
    """Return a cell that holds nothing but a text, whatever it looks like."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def number_format(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")
