"""Where the cells of the entry grids are kept: amounts of a period or a budget, and what is counted."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.finance.models import Amount, BudgetVersion, KeyFigure, KeyFigureValue, Line, Project
from cases.finance.models.kinds import Kind
from committee.models import OperatingArea, Period
from core import formats, reading
from core.grid import Cell, CellStore, Change, Column, Key

Cut = Line.Cut


@dataclass(frozen=True, slots=True)
class Row:
    """A place of the cube as a row of a grid: its key is made of the place's."""

    line: Line
    area: OperatingArea | None = None
    project: Project | None = None

    @property
    def key(self) -> str:
        place = [self.area and f"a{self.area.pk}", self.project and f"p{self.project.pk}", f"l{self.line.pk}"]
        return "-".join(filter(None, place))

    @property
    def place(self) -> tuple[int, int | None, int | None]:
        return self.line.pk, self.area.pk if self.area else None, self.project.pk if self.project else None


def rows_of(body_id: int, cut: str, years: tuple[int, int]) -> list[Row]:
    """Return the places of a cut that are in use in any of the years, in the order in which they are shown."""
    lines = list(Line.objects.filter(body=body_id, cut=cut).in_use(*years))
    if cut == Cut.AREA:
        areas = OperatingArea.objects.filter(body=body_id).in_use(*years)
        return [Row(line, area=area) for area in areas for line in lines]
    if cut == Cut.PROJECT:
        projects = Project.objects.filter(group__body=body_id).in_use(*years).select_related("group")
        ordered = projects.order_by("group__position", "code")
        return [Row(line, project=project) for project in ordered for line in lines]
    return [Row(line) for line in lines]


def is_full_year(owner: Period | BudgetVersion) -> bool:
    """Return whether a year is reported in full: its closing accounts then stand for what was forecast."""
    return isinstance(owner, Period) and owner.kind == Period.Kind.YEAR


def _slices_of(period: Period) -> dict[str, tuple[str, int, int]]:
    """Return kind, year and months of what a period itself says."""
    last_year = (Kind.ACTUAL, period.year - 1, period.months)
    if is_full_year(period):
        return {"last_year": last_year, "actual": (Kind.CLOSING, period.year, 12)}
    return {
        "last_year": last_year,
        "actual": (Kind.ACTUAL, period.year, period.months),
        "forecast": (Kind.FORECAST, period.year, 12),
    }


class AmountStore(CellStore):
    """The amounts of a cut that a period reports, or that a budget has; kronor, each cell with its version."""

    def __init__(self, owner: Period | BudgetVersion, cut: str, *, may_enter: bool):
        self.owner, self.cut, self.may_enter = owner, cut, may_enter
        self.is_budget = isinstance(owner, BudgetVersion)
        # A period has last year's amounts too; a budget only its own year's.
        years = (owner.year if self.is_budget else owner.year - 1, owner.year)
        self.rows = {row.key: row for row in rows_of(owner.body_id, cut, years)}
        self.columns = tuple(self._columns())

    def _columns(self) -> Iterator[Column]:
        kr = gettext_lazy("kr")
        if self.is_budget:
            yield Column("budget", gettext_lazy("Budget"), "number", unit=kr, adds=True)
            return
        yield Column("last_year", gettext_lazy("Last year"), "number", unit=kr, adds=True)
        yield Column("actual", gettext_lazy("Actual"), "number", unit=kr, adds=True)
        if self.cut == Cut.ACCOUNT:
            return
        yield Column("budget", gettext_lazy("Budget"), "number", unit=kr, adds=True)
        if not is_full_year(self.owner):
            yield Column("forecast", gettext_lazy("Forecast"), "number", unit=kr, adds=True)
        yield Column(
            "deviation",
            gettext_lazy("Deviation"),
            "number",
            unit=kr,
            adds=True,
            formula="actual - budget" if is_full_year(self.owner) else "forecast - budget",
        )

    @property
    def slices(self) -> dict[str, tuple[str, int, int]]:
        """Return kind, year and months of each column that is written."""
        if self.is_budget:
            return {"budget": (Kind.BUDGET, self.owner.year, 12)}
        return _slices_of(self.owner)

    def load(self, keys: Collection[Key]) -> Mapping[Key, Cell]:
        model = type(self.owner)
        self.owner = model.objects.select_for_update().get(pk=self.owner.pk)
        found = self.amounts(lock=True)
        return {key: self.cell(key, found) for key in keys if key.row in self.rows}

    def amounts(self, *, lock: bool = False) -> dict[tuple[Any, ...], Amount]:
        """Return the amounts that the owner has, by place and slice."""
        owner = {"budget": self.owner} if self.is_budget else {"reported_in": self.owner}
        rows = Amount.objects.filter(**owner, line__cut=self.cut).order_by("pk")
        rows = rows.select_for_update(of=("self",)) if lock else rows
        return {
            (row.line_id, row.area_id, row.project_id, row.kind, row.year, row.months): row for row in rows
        }

    def cell(self, key: Key, found: Mapping[tuple[Any, ...], Amount]) -> Cell:
        """Return a cell as it is; one that nobody may write says why."""
        if key.column not in self.slices:
            return Cell(is_open=False)
        amount = found.get((*self.rows[key.row].place, *self.slices[key.column]))
        is_open = self.may_enter and self.owner.is_open
        return Cell.of(
            amount.kronor if amount else None,
            version=amount.version if amount else 0,
            is_open=is_open,
            note="" if is_open else self.why_closed,
        )

    @property
    def why_closed(self) -> str:
        if not self.owner.is_open:
            return _("%s is locked.") % self.owner
        return _("Only the controller enters money.")

    def write(self, changes: Sequence[Change], *, by: Any) -> Mapping[Key, int]:
        found = self.amounts(lock=True)
        return {change.key: self._put(change, found) for change in changes}

    def _put(self, change: Change, found: Mapping[tuple[Any, ...], Amount]) -> int:
        """Write one cell and return its version; an emptied one has none, as before it was first written."""
        row, (kind, year, months) = self.rows[change.row], self.slices[change.column]
        amount = found.get((*row.place, kind, year, months))
        if not change.value:
            if amount:
                amount.delete()
            return 0
        if amount is None:
            owner = {"budget": self.owner} if self.is_budget else {"reported_in": self.owner}
            at = {"line": row.line, "area": row.area, "project": row.project}
            amount = Amount(**owner, **at, kind=kind, year=year, months=months, version=0)
        amount.kronor, amount.version = Decimal(change.value), amount.version + 1
        amount.save()
        return amount.version


class CountStore(CellStore):
    """What a period reports of volumes, key figures or staff: a number, or in words why there is none."""

    def __init__(self, period: Period, table: str, *, may_enter: bool):
        self.period, self.table, self.may_enter = period, table, may_enter
        figures = KeyFigure.objects.filter(body=period.body_id, table=table)
        self.figures = list(figures.in_use(period.year - 1, period.year))
        self.rows = {str(one.pk): one for one in self.figures if one.row == KeyFigure.Row.NUMBER}
        help_text = gettext_lazy(
            "A number, or why there is none: year end, not separated, not measured, not due."
        )
        self.columns = tuple(
            Column(key, label, "text", width="narrow", help=help_text)
            for key, label in (
                ("last_year", gettext_lazy("Last year")),
                ("actual", gettext_lazy("Actual")),
                ("budget", gettext_lazy("Budget")),
                ("forecast", gettext_lazy("Forecast")),
            )
            if key != "forecast" or not is_full_year(period)
        )

    @property
    def slices(self) -> dict[str, tuple[str, int, int]]:
        return {**_slices_of(self.period), "budget": (Kind.BUDGET, self.period.year, 12)}

    def load(self, keys: Collection[Key]) -> Mapping[Key, Cell]:
        self.period = Period.objects.select_for_update().get(pk=self.period.pk)
        found = self.values(lock=True)
        return {key: self.cell(key, found) for key in keys if key.row in self.rows}

    def values(self, *, lock: bool = False) -> dict[tuple[Any, ...], KeyFigureValue]:
        rows = KeyFigureValue.objects.filter(reported_in=self.period, figure__table=self.table).order_by("pk")
        rows = rows.select_for_update(of=("self",)) if lock else rows
        return {(row.figure_id, row.kind, row.year, row.months): row for row in rows}

    def cell(self, key: Key, found: Mapping[tuple[Any, ...], KeyFigureValue]) -> Cell:
        figure = self.rows[key.row]
        value = found.get((figure.pk, *self.slices[key.column])) if key.column in self.slices else None
        is_open = self.may_enter and self.period.is_open
        return Cell(
            written(value) if value else "",
            version=value.version if value else 0,
            is_open=is_open,
            note="" if is_open else _("%s is locked.") % self.period if self.may_enter else "",
        )

    def check(self, change: Change) -> str:
        """Return a number as people write it, or the words for why there is none; raises Unreadable."""
        number, absent = read(change.value)
        return str(absent.label) if absent else plain(number)

    def write(self, changes: Sequence[Change], *, by: Any) -> Mapping[Key, int]:
        found = self.values(lock=True)
        return {change.key: self._put(change, found) for change in changes}

    def _put(self, change: Change, found: Mapping[tuple[Any, ...], KeyFigureValue]) -> int:
        figure, (kind, year, months) = self.rows[change.row], self.slices[change.column]
        value = found.get((figure.pk, kind, year, months))
        number, absent = read(change.value)
        if number is None and absent is None:
            if value:
                value.delete()
            return 0
        if value is None:
            at = {"kind": kind, "year": year, "months": months}
            value = KeyFigureValue(reported_in=self.period, figure=figure, version=0, **at)
        value.value, value.absent = number, absent.value if absent else ""
        value.version += 1
        value.save()
        return value.version


def read(text: str) -> tuple[Decimal | None, KeyFigureValue.Absent | None]:
    """Read a number, or why there is none; raises Unreadable."""
    wanted = text.strip().casefold()
    for reason in KeyFigureValue.Absent:
        if wanted in {reason.value, str(reason.label).casefold()}:
            return None, reason
    return reading.number(text, decimals=4, percent=True), None


def written(value: KeyFigureValue) -> str:
    """Return a stored number as it is written, or the words for why there is none."""
    return str(KeyFigureValue.Absent(value.absent).label) if value.absent else plain(value.value)


def plain(number: Decimal | None) -> str:
    """Write a number with the decimals that it has."""
    return "" if number is None else formats.exact(number)
