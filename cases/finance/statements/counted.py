"""Statements of what is counted: volumes, key figures and staff."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cases.finance.columns import Column, computed
from cases.finance.ledger import Ledger
from cases.finance.models import KeyFigure, KeyFigureValue
from cases.finance.models.kinds import Table
from cases.finance.statements.shape import (
    PERCENT,
    Data,
    added,
    number_columns,
    row,
    section,
    statement,
    text_column,
)
from committee.models import Period

Row = KeyFigure.Row


def counted(ledger: Ledger, table: str) -> Data:
    """One table of rows with their own units: groups, groups inside them, parts, notes, totals."""
    figures = [figure for figure in ledger.key_figures if figure.table == table]
    columns = _filled(ledger, table, figures)
    figures = figures if columns else []
    with_unit = any(figure.unit not in {"", PERCENT} for figure in figures)
    heads = [text_column("unit", _("Unit"))] if with_unit else []
    sections = [*_sections(ledger, columns, figures, with_unit), *_totals(ledger, columns, figures)]
    label = str(Table(table).label)
    return statement(label, label, [*heads, *number_columns(columns)], sections if figures else [])


def _filled(ledger: Ledger, table: str, figures: list[KeyFigure]) -> list[Column]:
    """Return the table's columns; of a full year only those that something is entered in."""
    columns, keys = ledger.columns(table), {figure.pk for figure in figures}
    if ledger.period.kind != Period.Kind.YEAR:
        return columns
    return [one for one in columns if one.formula or keys & ledger.counts[one.slice].keys()]


def _sections(
    ledger: Ledger, columns: Sequence[Column], figures: list[KeyFigure], with_unit: bool
) -> list[Data]:
    """Return a section for each group, its rows in the order they have."""
    sections = [section([])]
    for figure in figures:
        if figure.row == Row.GROUP:
            sections.append(section([], figure.label))
        else:
            sections[-1]["rows"].append(_row(ledger, columns, figure, with_unit))
    return [one for one in sections if one["rows"] or one["label"]]


def _row(ledger: Ledger, columns: Sequence[Column], figure: KeyFigure, with_unit: bool) -> Data:
    if figure.row != Row.NUMBER:
        return row(figure.label, [], figure.row)
    lead = [figure.unit] if with_unit else []
    kind = "part" if figure.part_of_id else "value"
    cells = [*lead, *_cells(ledger, columns, figure)]
    return row(figure.label, cells, kind, unit=figure.unit, decimals=figure.decimals)


def _cells(ledger: Ledger, columns: Sequence[Column], figure: KeyFigure) -> list[Any]:
    stored = {column.key: ledger.counts[column.slice].get(figure.pk) for column in columns if column.slice}
    numbers = {key: value.value if value else None for key, value in stored.items()}
    worked_out = computed(columns, numbers)
    return [_cell(stored.get(column.key), number) for column, number in zip(columns, worked_out, strict=True)]


def _cell(value: KeyFigureValue | None, number: Decimal | None) -> Any:
    return {"absent": value.absent} if value and value.absent else number


def _totals(ledger: Ledger, columns: Sequence[Column], figures: list[KeyFigure]) -> list[Data]:
    """Return the rows at the bottom in which others are summed. Of blanks only, a blank."""
    names = dict.fromkeys(figure.total for figure in figures if figure.total)
    rows = [_total(ledger, columns, name, [one for one in figures if one.total == name]) for name in names]
    return [section(rows, _("Sum"), "total")] if rows else []


def _total(ledger: Ledger, columns: Sequence[Column], name: str, figures: list[KeyFigure]) -> Data:
    cells = {
        column.key: added(
            value.value
            for figure in figures
            if (value := ledger.counts[column.slice].get(figure.pk)) is not None
        )
        for column in columns
        if column.slice
    }
    return row(name, computed(columns, cells), "sum", unit=figures[0].unit, decimals=figures[0].decimals)
