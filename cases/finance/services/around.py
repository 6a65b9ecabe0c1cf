"""Explanations, grants and free tables of a period."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import slugify

from cases.finance.models import Explanation, FreeTable, Grant
from cases.finance.services.locking import open_period
from committee.models import Period, Person
from core import reading
from core.services import service

KINDS = ("text", "number", "percent", "date")


class BadCell(ValueError):
    """A cell of a free table cannot be read; str() says which one and how to mend it."""

    def __init__(self, row: int, column: str, why: str):
        self.row, self.column = row, column
        super().__init__(f"{column}, rad {row}: {why}")


@service
def keep(row: Explanation | Grant, *, by: Person) -> None:
    """Save a row of a period, new or changed. Raises Locked when the period is closed."""
    open_period(row.period)
    row.save()


@service
def remove(row: Explanation | Grant | FreeTable, *, by: Person) -> None:
    """Take a row of a period away; the history keeps it. Raises Locked when the period is closed."""
    open_period(row.period)
    row.delete()


@service
def keep_free_table(
    period: Period,
    *,
    title: str,
    columns: Sequence[dict[str, Any]],
    rows: Sequence[Sequence[str]],
    by: Person,
    note: str = "",
    key: str = "",
) -> FreeTable:
    """Save a table of typed columns from texts as people write them; one of the same key is replaced.

    Raises BadCell for the first cell that is not of its column's kind, and Locked.
    """
    held = open_period(period)
    read = [_row(cells, columns, place) for place, cells in enumerate(rows, 1)]
    table, _created = FreeTable.objects.update_or_create(
        period=held,
        key=key or free_table_key(title),
        defaults={"title": title, "columns": list(columns), "rows": read, "note": note},
    )
    return table


def free_table_key(title: str) -> str:
    return slugify(title)[:60]


def _row(cells: Sequence[str], columns: Sequence[dict[str, Any]], place: int) -> list[str]:
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    return [_read(text, column, place) for text, column in zip(padded, columns, strict=False)]


def _read(text: str, column: dict[str, Any], place: int) -> str:
    """Return a cell as canonical text. Raises BadCell."""
    try:
        if column["kind"] == "date":
            found = reading.day(text)
            return found.isoformat() if found else ""
        if column["kind"] in {"number", "percent"}:
            return reading.canonical(reading.number(text, percent=column["kind"] == "percent"))
    except reading.Unreadable as why:
        raise BadCell(place, column["label"], str(why)) from None
    return text.strip()
