"""All that a period's tables are made of, read once: one query for all that is small and one for
the amounts and what is counted, none for each table."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.db.models import Model, Q

from cases.finance.columns import Column, Slice, columns_of
from cases.finance.models import (
    Amount,
    Explanation,
    FreeTable,
    Grant,
    GroupedArea,
    KeyFigure,
    KeyFigureValue,
    LayoutColumn,
    Line,
    Project,
    ProjectGroup,
)
from cases.finance.models.kinds import COUNTED, Kind, Table
from committee.models import InYears, OperatingArea, Period
from core import together

Place = tuple[int, int | None, int | None]  # line, area, project
Layer = dict[Any, Any]
Side = Line.Side


class Ledger:
    """A period's money and numbers, as they stand when they are first asked for."""

    def __init__(self, period: Period):
        self.period = period

    @classmethod
    def of(cls, period: Period) -> "Ledger":
        """Return the ledger of this very row: the blocks and figures of a document read it once together."""
        return period.__dict__.setdefault("_finance_ledger", cls(period))

    @cached_property
    def _rows(self) -> dict[type[Model], list[Any]]:
        """All that is small, by kind, in one query: whoever asks for one of them soon asks for the next."""
        body, period = {"body": self.period.body_id}, {"period": self.period}
        querysets = [
            LayoutColumn.objects.filter(layout__body=self.period.body_id).select_related("layout"),
            OperatingArea.objects.filter(**body),
            Line.objects.filter(**body),
            KeyFigure.objects.filter(**body),
            Explanation.objects.filter(**period),
            Grant.objects.filter(**period),
            ProjectGroup.objects.filter(**body),
            Project.objects.filter(group__body=self.period.body_id),
        ]
        return {
            queryset.model: rows for queryset, rows in zip(querysets, together.read(*querysets), strict=True)
        }

    @cached_property
    def layouts(self) -> dict[str, list[Column]]:
        """The columns of each table that the committee has laid out."""
        by_table: dict[str, list[LayoutColumn]] = defaultdict(list)
        for row in self._rows[LayoutColumn]:
            by_table[row.layout.table].append(row)
        return {table: columns_of(rows, self.period) for table, rows in by_table.items()}

    def columns(self, table: str) -> list[Column]:
        return self.layouts.get(table, [])

    def year_layer(self, kind: str, reported: str = LayoutColumn.Reported.THIS) -> Slice:
        """Return the layer of the period's whole year, which checks and charts ask for whatever is laid out.

        What a year that is reported in full is expected to come to is its closing accounts.
        """
        if kind == Kind.FORECAST and self.period.kind == Period.Kind.YEAR:
            kind = Kind.CLOSING
        return Slice(kind, self.period.year, 12, "" if kind == Kind.BUDGET else reported)

    @cached_property
    def years(self) -> tuple[int, int]:
        """The first and the last year that a table of the period may show: rows of other years are left out."""
        offsets = [0, *(row.year_offset for row in self._rows[LayoutColumn])]
        return self.period.year + min(offsets), self.period.year + max(offsets)

    @cached_property
    def areas(self) -> list[OperatingArea]:
        return self._in_use(OperatingArea)

    @cached_property
    def lines(self) -> list[Line]:
        return self._in_use(Line)

    def _in_use(self, model: type[InYears]) -> list[Any]:
        return [row for row in self._rows[model] if row.is_in_use(*self.years)]

    @cached_property
    def groups_of_projects(self) -> list[ProjectGroup]:
        together.join(self._rows[ProjectGroup], "projects", self._in_use(Project), "group_id")
        return self._rows[ProjectGroup]

    def area_groups(self, table: str) -> list[tuple[str, list[OperatingArea]]]:
        """Return the rows of a table by area: a name and the areas laid together in it, in the areas' order."""
        grouping = next(
            (row.layout.grouping_id for row in self._rows[LayoutColumn] if row.layout.table == table), None
        )
        members = GroupedArea.objects.filter(grouping=grouping) if grouping else []
        names = {member.area_id: member.group for member in members}
        rows: dict[str, list[OperatingArea]] = defaultdict(list)
        for area in self.areas:
            rows[names.get(area.pk, area.name)].append(area)
        return list(rows.items())

    @cached_property
    def amounts(self) -> dict[Slice, dict[Place, Decimal]]:
        """Kronor by layer and place."""
        rows, _counted = self._reported
        place = attrgetter("line_id", "area_id", "project_id")
        return _layers(rows, self._wanted, self.period, place)

    @cached_property
    def key_figures(self) -> list[KeyFigure]:
        return self._in_use(KeyFigure)

    @cached_property
    def counts(self) -> dict[Slice, dict[int, KeyFigureValue]]:
        """Values of key figures by layer and row."""
        _rows, counted = self._reported
        return _layers(counted, self._slices(COUNTED), self.period, attrgetter("figure_id"), whole=True)

    @cached_property
    def _reported(self) -> tuple[list[Amount], list[KeyFigureValue]]:
        """All amounts and counted values of the layers that may be shown, whoever reported them."""
        amounts = Amount.objects.filter(_matching(self._wanted), line__body=self.period.body_id)
        counted = KeyFigureValue.objects.filter(
            _matching(self._slices(COUNTED)), figure__body=self.period.body_id
        )
        rows, values = together.read(
            amounts.select_related("reported_in", "budget"), counted.select_related("reported_in")
        )
        return rows, values

    @cached_property
    def _wanted(self) -> set[Slice]:
        """The layers of kronor: what the tables show, and the whole year's, which checks and charts ask for."""
        wanted = self._slices(table for table in Table if table not in COUNTED)
        wanted |= {self.year_layer(Kind.BUDGET), self.year_layer(Kind.FORECAST)}
        return wanted | {self.year_layer(Kind.FORECAST, LayoutColumn.Reported.PREVIOUS)}

    @property
    def explanations(self) -> list[Explanation]:
        return self._rows[Explanation]

    @property
    def grants(self) -> list[Grant]:
        return self._rows[Grant]

    @cached_property
    def free_tables(self) -> list[FreeTable]:
        return list(FreeTable.objects.filter(period=self.period))

    def total(
        self, layer: Slice, lines: Iterable[Line], areas: Iterable[OperatingArea] | None = None
    ) -> Decimal | None:
        """Add up a layer over lines, and over some areas only; None where nothing at all is entered."""
        keys = {line.pk for line in lines}
        places = None if areas is None else {area.pk for area in areas}
        found = [
            kronor
            for (line, area, _project), kronor in self.amounts.get(layer, {}).items()
            if line in keys and (places is None or area in places)
        ]
        return sum(found, Decimal(0)) if found else None

    def lines_of(self, cut: str, *sides: str) -> list[Line]:
        """Return the lines of a cut, of some sides only when they are given."""
        return [line for line in self.lines if line.cut == cut and (not sides or line.side in sides)]

    def _slices(self, tables: Iterable[str]) -> set[Slice]:
        return {column.slice for table in tables for column in self.columns(table) if column.slice}


def _matching(wanted: Iterable[Slice]) -> Q:
    """Return the condition that a row belongs to one of the layers, whoever reported it."""
    found = Q(pk__in=[])
    for kind, year, months in {(one.kind, one.year, one.months) for one in wanted}:
        found |= Q(kind=kind, year=year, months=months)
    return found


def _layers(
    rows: Iterable[Any], wanted: Iterable[Slice], period: Period, place: Callable[[Any], Any], *, whole=False
) -> dict[Slice, Layer]:
    """Sort rows into layers, each as the one report that speaks for it said."""
    by_key: dict[tuple, dict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        report = getattr(row, "budget", None) or row.reported_in
        by_key[row.kind, row.year, row.months][report].append(row)
    return {
        one: {
            place(row): row if whole else row.kronor
            for row in _speaking(by_key[one.kind, one.year, one.months], one, period)
        }
        for one in wanted
    }


def _speaking(reports: Mapping[Any, list[Any]], one: Slice, period: Period) -> list[Any]:
    """Return the rows of the report that speaks for a layer in a period."""
    if one.reported == LayoutColumn.Reported.THIS:
        return _of_period(reports, (period.year, period.number), period)
    if one.reported == LayoutColumn.Reported.PREVIOUS:
        return _of_period(reports, period.key_of("previous"), period)
    if one.kind == Kind.BUDGET and not one.reported:
        return _budget_in_force(reports, period)
    known = [report for report in reports if report.ends_on <= period.ends_on]
    return reports[max(known, key=lambda report: (report.ends_on, report.pk))] if known else []


def _of_period(reports: Mapping[Any, list[Any]], key: tuple[int, int] | None, period: Period) -> list[Any]:
    for report, rows in reports.items():
        if report.kind == period.kind and (report.year, report.number) == key:
            return rows
    return []


def _budget_in_force(reports: Mapping[Any, list[Any]], period: Period) -> list[Any]:
    """Return the amounts of the last budget adopted by the period's end; of the newest draft when none is."""
    adopted = [
        one for one in reports if not one.is_open and one.decided_on and one.decided_on <= period.ends_on
    ]
    open_ones = [one for one in reports if one.is_open]
    chosen = max(adopted or open_ones, key=lambda one: one.number, default=None)
    return reports[chosen] if chosen else []
