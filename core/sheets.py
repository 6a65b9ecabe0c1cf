"""Tables written as files: XLSX with real numbers and dates, CSV as Swedish spreadsheets read it.

What is written can be imported again unchanged: values stand unrounded, and a text that a spreadsheet
would take for a formula is disarmed in a way that `core.importing` undoes.
"""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from io import StringIO

from django.utils.text import slugify

from core.calling import call
from core.tables import CellValue, Table, TableColumn, TableMaker

FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")  # what begins a formula, in one script or another
BOM = "\ufeff"
MIME = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NUMBERS = ("number", "percent")


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


WRITERS: dict[str, Callable[[Table, str], bytes]] = {
    "csv": write_csv,
    "xlsx": partial(call, "core.workbook.write_xlsx"),
}


def written(maker: TableMaker, table: Table, format: str) -> bytes:
    """Return a registered table as the bytes of a file of one of WRITERS' formats."""
    return WRITERS[format](table, str(maker.label))


def filename(maker: TableMaker, subject: object, format: str) -> str:
    """Return a file name that is safe in any file system: `driftredovisning-delar-2-2023.xlsx`."""
    return f"{slugify(f'{maker.label} {subject}')}.{format}"
