"""Tables written as files: XLSX with real numbers and dates, CSV as Swedish spreadsheets read it.

What is written can be imported again unchanged: values stand unrounded, and a text that a spreadsheet
would take for a formula is disarmed in a way that `core.importing` undoes.
"""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO, StringIO

from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.tables import CellValue, Table, TableColumn, TableMaker

FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")  # what begins a formula, in one script or another
BOM = "\ufeff"
MIME = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NUMBERS = ("number", "percent")
NARROWEST, WIDEST = 10, 60  # characters


def disarmed(text: str) -> str:
    """Return a text as one that no spreadsheet takes for a formula: `'=1+1`."""
    return f"'{text}" if FORMULA.match(text) else text


def armed(text: str) -> str:
    """Return what `disarmed` was given."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def csv_lines(table: Table) -> Iterator[str]:
    """Yield a table's lines: separated by semicolons, decimal comma, the first with a mark for UTF-8."""
    yield BOM + _csv_line([disarmed(column.head) for column in table.columns])
    for row in table.rows:
        yield _csv_line([_csv_text(column, value) for column, value in zip(table.columns, row, strict=True)])


def _csv_line(texts: list[str]) -> str:
    line = StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow(texts)
    return line.getvalue()


def _csv_text(column: TableColumn, value: CellValue) -> str:
    value = as_written(column, value)
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, date):
        return value.isoformat()
    return disarmed(value)


def as_written(column: TableColumn, value: CellValue) -> Decimal | date | str:
    """Return a value as what it is in a file: a number or a date where the column has them, else text."""
    if value is None:
        return ""
    if column.kind in NUMBERS:
        return _number(value)
    if column.kind == "date" and isinstance(value, str) and value:
        return date.fromisoformat(value)
    return value if isinstance(value, date) else str(value)


def _number(value: CellValue) -> Decimal | str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return number if number.is_finite() else str(value)


def write_csv(table: Table, title: str) -> bytes:
    return "".join(csv_lines(table)).encode()


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


WRITERS: dict[str, Callable[[Table, str], bytes]] = {"csv": write_csv, "xlsx": write_xlsx}


def written(maker: TableMaker, table: Table, format: str) -> bytes:
    """Return a registered table as the bytes of a file of one of WRITERS' formats."""
    return WRITERS[format](table, str(maker.label))


def filename(maker: TableMaker, subject: object, format: str) -> str:
    """Return a file name that is safe in any file system: `driftredovisning-delar-2-2023.xlsx`."""
    return f"{slugify(f'{maker.label} {subject}')}.{format}"
