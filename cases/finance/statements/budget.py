"""Statements of a year's budget: the newest version, decided or still proposed, as the council's frame is shared out."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cases.finance.columns import Slice
from cases.finance.ledger import Ledger
from cases.finance.models import Amount, BudgetVersion, LayoutColumn, Line
from cases.finance.models.kinds import Kind, Table
from cases.finance.statements.shape import Data, added, amount_column, row, section, statement
from committee.models import OperatingArea
from core import formats
from core.reading import canonical

Layers = dict[int, list[Amount]]


def versions(ledger: Ledger) -> list[BudgetVersion]:
    """Return the versions of the year's budget, oldest first."""
    found = BudgetVersion.objects.filter(body=ledger.period.body_id, year=ledger.period.year)
    return list(found.order_by("number"))


def decisions(ledger: Ledger) -> Data:
    """Where the year's frame and budget were decided, and how they were revised; what is only proposed says so."""
    found = versions(ledger)
    newest = found[-1] if found else None
    return {
        "year": ledger.period.year,
        "frame": canonical(newest.frame) if newest else "",
        "frame_decision": newest.frame_decision if newest else "",
        "rows": [
            {
                "is_revised": one.is_revised,
                "is_open": one.is_open,
                "decided_on": formats.iso(one.decided_on) if one.decided_on else "",
                "decision": one.decision,
            }
            for one in found
        ],
    }


def shared_frame(ledger: Ledger, unit: str = "tkr") -> Data:
    """Income, costs and frame of each area, beside last year's accounts and what a revised budget had before."""
    known = versions(ledger)[-2:]
    if not known:
        return statement("", "", [], [])
    layers, columns = _layers(known), _frame_columns(ledger.period.year, unit, len(known) == 2)
    rows = [
        row(name, _frame_cells(ledger, layers, known, areas))
        for name, areas in ledger.area_groups(Table.OPERATING)
    ]
    total = row(_("Total"), _frame_cells(ledger, layers, known, None), "sum")
    return statement(
        _("The frame by area"),
        _("Area"),
        columns,
        [section(rows), section([total, *_council(known[-1], columns)], kind="total")],
    )


def _frame_columns(year: int, unit: str, has_before: bool) -> list[Data]:
    return [
        amount_column("closing", _("Closing accounts %s") % (year - 1), unit),
        amount_column("income", _("Income"), unit),
        amount_column("costs", _("Costs"), unit),
        *_compared("frame", _("Frame %s") % year, unit, has_before),
    ]


def _frame_cells(
    ledger: Ledger, layers: Layers, known: list[BudgetVersion], areas: Iterable[OperatingArea] | None
) -> list[Decimal | None]:
    """Return a row of the frame: of some areas, or of all of them together."""
    income, costs, both = (
        ledger.lines_of(Line.Cut.AREA, *sides)
        for sides in ((Line.Side.INCOME,), (Line.Side.COST,), (Line.Side.INCOME, Line.Side.COST))
    )
    closing = Slice(Kind.CLOSING, ledger.period.year - 1, 12, LayoutColumn.Reported.LATEST)
    places = None if areas is None else {area.pk for area in areas}
    now = layers[known[-1].pk]
    return [
        ledger.total(closing, both, areas),
        _net(now, income, places),
        _net(now, costs, places),
        *_with_before(lambda key: _net(layers[key], both, places), known),
    ]


def _council(version: BudgetVersion, columns: list[Data]) -> list[Data]:
    """Return what the council has given, and what is left of it to share out; none where no frame is written down."""
    if version.frame is None:
        return []
    place = [column["key"] for column in columns].index("frame")
    blank: list[Any] = [""] * place
    after: list[Any] = [""] * (len(columns) - place - 1)
    told = [row(_("The council's frame"), [*blank, -version.frame, *after], "sum")]
    if left := version.left:
        told += [row(_("Left to share out"), [*blank, -left, *after], "sum")]
    return told


def invested_frame(ledger: Ledger, unit: str = "tkr") -> Data:
    """What the budget gives to investments, by group of projects."""
    known = versions(ledger)[-2:]
    if not known:
        return statement("", "", [], [])
    layers = _layers(known)
    groups = [
        (group.name, {project.pk for project in group.projects.all()}) for group in ledger.groups_of_projects
    ]
    everything = {key for _name, projects in groups for key in projects}

    def cells(projects: set[int]) -> list[Decimal | None]:
        return _with_before(lambda key: _invested(layers[key], projects), known)

    rows = [row(name, cells(projects)) for name, projects in groups]
    total = row(_("Total"), cells(everything), "sum")
    columns = _compared("frame", _("Budget %s") % ledger.period.year, unit, len(known) == 2)
    return statement(
        _("Investments in the budget"),
        _("Projects"),
        columns,
        [section(rows), section([total], kind="total")] if groups else [],
    )


def _compared(key: str, head: str, unit: str, has_before: bool) -> list[Data]:
    """Return the column of an amount; of a revised budget with what it was before, and the change."""
    now = amount_column(key, head, unit)
    if not has_before:
        return [now]
    return [amount_column("before", _("Before"), unit), now, amount_column("change", _("Change"), unit)]


def _with_before(of: Callable[[int], Decimal | None], known: list[BudgetVersion]) -> list[Decimal | None]:
    """Return an amount of the newest version; of a revised one also before, and the change."""
    if len(known) == 1:
        return [of(known[0].pk)]
    before, now = (of(one.pk) for one in known)
    return [before, now, (now or Decimal(0)) - (before or Decimal(0))]


def _layers(known: list[BudgetVersion]) -> Layers:
    """Return the amounts of each version by its key. One query."""
    found: Layers = defaultdict(list)
    for amount in Amount.objects.filter(budget__in=known):
        found[amount.budget_id].append(amount)
    return found


def _net(amounts: Iterable[Amount], lines: Iterable[Line], areas: set[int] | None) -> Decimal | None:
    keys = {line.pk for line in lines}
    return added(
        one.kronor
        for one in amounts
        if one.line_id in keys and (one.area_id in areas if areas is not None else one.area_id is not None)
    )


def _invested(amounts: Iterable[Amount], projects: set[int]) -> Decimal:
    return sum((one.kronor for one in amounts if one.project_id in projects), Decimal(0))
