"""The columns of a table, seen from a period: which amounts they take, and what their heads say."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from decimal import Decimal

from django.utils.dates import MONTHS_AP
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.finance.formulas import KEY, Formula, parse
from cases.finance.models import LayoutColumn
from cases.finance.models.kinds import COUNTED, Kind
from committee.models import Period

Reported = LayoutColumn.Reported


@dataclass(frozen=True, slots=True)
class Slice:
    """One layer of the cube: amounts of a kind, for so many months of a year, as one report says."""

    kind: str
    year: int
    months: int
    reported: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its head in words."""

    key: str
    head: str
    unit: str
    decimals: int
    slice: Slice | None = None
    formula: Formula | None = None

    def data(self) -> dict[str, object]:
        """Return the column as a block's data has it."""
        return {"key": self.key, "head": self.head, "unit": self.unit, "decimals": self.decimals}


def columns_of(rows: Iterable[LayoutColumn], period: Period) -> list[Column]:
    """Return a layout's columns as they are in a period."""
    rows = list(rows) if period.kind != Period.Kind.YEAR else _of_full_year(rows)
    by_key = {row.key: row for row in rows}
    return [_column(row, by_key, period) for row in rows]


def _of_full_year(rows: Iterable[LayoutColumn]) -> list[LayoutColumn]:
    """Return the columns as a full year has them: what it came to and what was forecast are both its closing accounts.

    Of columns that thereby say the same only the first is left, and formulas speak of that one.
    """
    kept: dict[object, LayoutColumn] = {}
    renamed: dict[str, str] = {}
    for row in map(copy, rows):
        if row.kind in (Kind.ACTUAL, Kind.FORECAST):
            row.kind, row.span, row.head = Kind.CLOSING, LayoutColumn.Span.YEAR, ""
        if row.formula:
            row.formula = KEY.sub(lambda found: renamed.get(found[0], found[0]), row.formula)
        says = row.formula or (row.kind, row.year_offset)
        renamed[row.key] = kept.setdefault(says, row).key
    return list(kept.values())


def _column(row: LayoutColumn, by_key: dict[str, LayoutColumn], period: Period) -> Column:
    formula = parse(row.formula) if row.formula else None
    taken = None if formula else slice_of(row, period)
    return Column(row.key, head_of(row, by_key, period), row.unit, row.decimals, taken, formula)


def head_of(row: LayoutColumn, by_key: dict[str, LayoutColumn], period: Period) -> str:
    """Return what heads a column in a period: what is typed, or else what its amounts or its formula say."""
    if row.head:
        return row.head
    return _formula_head(parse(row.formula), by_key, period) if row.formula else stored_head(row, period)


def slice_of(row: LayoutColumn, period: Period) -> Slice:
    """Return the layer of the cube that a column shows in a period."""
    months = period.months if row.span == LayoutColumn.Span.PERIOD else 12
    of_version = row.kind == Kind.BUDGET and row.layout.table not in COUNTED
    reported = "" if of_version else row.reported
    return Slice(row.kind, period.year + row.year_offset, months, reported)


def stored_head(row: LayoutColumn, period: Period) -> str:
    """Say in a head what a column shows: `Utfall jan–aug 2023`, `Bokslut 2022`, `Prognos delår 1 2023`."""
    year = period.year + row.year_offset
    said_before = period.key_of("previous") if row.reported == Reported.PREVIOUS else None
    if said_before and row.kind == Kind.FORECAST:
        before = Period(kind=period.kind, year=said_before[0], number=said_before[1])
        return _("Forecast as of %(period)s") % {"period": before}
    span = f"{months_until(period)} {year}" if row.span == LayoutColumn.Span.PERIOD else str(year)
    return f"{Kind(row.kind).label} {span}"


def months_until(period: Period) -> str:
    """Say which months have passed at a period's end: `jan–aug`; nothing for the whole year."""
    span = f"{MONTHS_AP[1]}–{MONTHS_AP[period.months]}"
    return pgettext("months", "full year") if period.months == 12 else span


def _formula_head(formula: Formula, by_key: dict[str, LayoutColumn], period: Period) -> str:
    """Say in a head what a formula compares: `Avvikelse prognos mot budget`, with % `i procent av budget`."""
    names = [_short(by_key, key) for key in formula.keys]
    if formula.base:
        return _("Deviation in percent of %(base)s") % {"base": names[-1]}
    if len(names) == 2 and formula.terms[1][0] < 0:
        return _("Deviation, %(what)s against %(base)s") % {"what": names[0], "base": names[1]}
    signs = [
        "" if place == 0 and sign > 0 else "+ " if sign > 0 else "− "
        for place, (sign, _key) in enumerate(formula.terms)
    ]
    return " ".join(f"{sign}{name}" for sign, name in zip(signs, names, strict=True))


def _short(by_key: dict[str, LayoutColumn], key: str) -> str:
    row = by_key.get(key)
    return str(Kind(row.kind).label).lower() if row and row.kind else key


def computed(columns: Iterable[Column], cells: dict[str, Decimal | None]) -> list[Decimal | None]:
    """Return a row in the order of its columns, with those that have a formula worked out."""
    columns = list(columns)
    formulas = {column.key: column.formula for column in columns if column.formula}
    whole = dict(cells)

    def value(key: str) -> Decimal | None:
        if key not in whole and key in formulas:
            whole[key] = None  # one that leads back to itself comes to nothing
            whole[key] = formulas[key].value({term: value(term) for term in formulas[key].keys})
        return whole.get(key)

    return [value(column.key) for column in columns]
