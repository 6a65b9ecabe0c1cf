"""Statements of the cube: summary, operating result, accounts and investments."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.finance.columns import Column
from cases.finance.ledger import Ledger, Side
from cases.finance.models import Line, Project
from cases.finance.models.kinds import Table
from cases.finance.statements.shape import Data, computed_row, number_columns, section, statement, with_bars
from committee.models import OperatingArea

Cut = Line.Cut


def summary(ledger: Ledger) -> Data:
    """Income, costs and net of all areas, and net investments."""
    columns = ledger.columns(Table.SUMMARY)
    rows = [
        _row(ledger, columns, _("Income (+)"), ledger.lines_of(Cut.AREA, Side.INCOME)),
        _row(ledger, columns, _("Costs (−)"), ledger.lines_of(Cut.AREA, Side.COST)),
        _row(ledger, columns, _("Net (+/−)"), ledger.lines_of(Cut.AREA), kind="sum"),
        _row(ledger, columns, _("Net investments (+/−)"), ledger.lines_of(Cut.PROJECT)),
    ]
    return statement(
        _("Financial summary"), _("Operations"), number_columns(columns), [section(rows)] if columns else []
    )


def operating_net(ledger: Ledger, keys: Sequence[str] = (), bars: str = "") -> Data:
    """The net of each area or group of areas and of them all, a row each, but for areas without any money.

    Only some columns when they are named, and those computed from them; `bars` names one that is also drawn.
    """
    columns = [one for one in ledger.columns(Table.OPERATING) if not keys or one.key in keys or one.formula]
    lines = ledger.lines_of(Cut.AREA)
    rows = [_row(ledger, columns, name, lines, areas) for name, areas in ledger.area_groups(Table.OPERATING)]
    rows = [one for one in rows if any(cell not in {"", "0"} for cell in one["cells"])]
    total = _row(ledger, columns, _("Total"), lines, kind="sum")
    shown = [section(rows), section([total], kind="total")]
    found = statement(_("Net by area"), _("Area"), number_columns(columns), shown if columns else [])
    return with_bars(found, bars)


def operating(ledger: Ledger) -> Data:
    """Income, costs and net of each area or group of areas, and of them all."""
    columns = ledger.columns(Table.OPERATING)
    marks = _marks(ledger.areas)
    sections = [
        _three(ledger, columns, name + _mark_of(areas, marks), areas)
        for name, areas in ledger.area_groups(Table.OPERATING)
    ]
    total = _three(ledger, columns, _("Total"), None, kind="total")
    notes = [f"{mark} {note}" for note, mark in marks.items()]
    return statement(
        _("Operating result by area"),
        _("Area"),
        number_columns(columns),
        [*sections, total] if columns else [],
        notes,
    )


def accounts(ledger: Ledger) -> Data:
    """The same money by account: income, costs, financial items and net."""
    columns = ledger.columns(Table.ACCOUNTS)
    financial = ledger.lines_of(Cut.ACCOUNT, Side.FINANCIAL)
    net = _row(ledger, columns, _("Net"), ledger.lines_of(Cut.ACCOUNT), kind="sum")
    sections = [
        _side(ledger, columns, Side.INCOME, _("Income"), _("Total income")),
        _side(ledger, columns, Side.COST, _("Costs"), _("Total costs")),
        section([*(_row(ledger, columns, line.name, [line]) for line in financial), net], kind="total"),
    ]
    return statement(
        _("Account analysis"), _("Account group"), number_columns(columns), sections if columns else []
    )


def investments(ledger: Ledger) -> Data:
    """Investments by group of projects."""
    columns = ledger.columns(Table.INVESTMENTS)
    groups = [(group.name, list(group.projects.all())) for group in ledger.groups_of_projects]
    return _of_projects(ledger, columns, _("Investments"), _("Projects"), groups)


def projects(ledger: Ledger) -> Data:
    """Investments by project."""
    columns = ledger.columns(Table.PROJECTS)
    found = [project for group in ledger.groups_of_projects for project in group.projects.all()]
    groups = [(str(project), [project]) for project in found]
    return _of_projects(ledger, columns, _("Investments by project"), _("Project"), groups)


def _of_projects(
    ledger: Ledger, columns: Sequence[Column], title: str, stub: str, groups: list[tuple[str, list[Project]]]
) -> Data:
    rows = [computed_row(name, columns, _invested(ledger, columns, held)) for name, held in groups]
    everything = [project for _name, held in groups for project in held]
    total = computed_row(_("Total"), columns, _invested(ledger, columns, everything), "sum")
    shown = [section(rows), section([total], kind="total")] if columns and groups else []
    return statement(title, stub, number_columns(columns), shown)


def _invested(
    ledger: Ledger, columns: Sequence[Column], projects: Iterable[Project]
) -> dict[str, Decimal | None]:
    """Add up projects by column; a group without any has invested nought."""
    keys = {project.pk for project in projects}
    return {
        column.key: sum(
            (
                kronor
                for (_line, _area, project), kronor in ledger.amounts[column.slice].items()
                if project in keys
            ),
            Decimal(0),
        )
        for column in columns
        if column.slice
    }


def _three(
    ledger: Ledger,
    columns: Sequence[Column],
    label: str,
    areas: list[OperatingArea] | None,
    kind: str = "rows",
) -> Data:
    lines = ledger.lines_of(Cut.AREA)
    rows = [_row(ledger, columns, line.name, [line], areas) for line in lines]
    return section([*rows, _row(ledger, columns, _("Net"), lines, areas, kind="sum")], label, kind)


def _side(ledger: Ledger, columns: Sequence[Column], side: str, label: str, total: str) -> Data:
    lines = ledger.lines_of(Cut.ACCOUNT, side)
    rows = [_row(ledger, columns, line.name, [line]) for line in lines]
    return section([*rows, _row(ledger, columns, total, lines, kind="sum")], label)


def _row(
    ledger: Ledger,
    columns: Sequence[Column],
    label: str,
    lines: Iterable[Line],
    areas: Iterable[OperatingArea] | None = None,
    kind: str = "value",
) -> Data:
    lines = list(lines)
    cells = {
        column.key: ledger.total(column.slice, lines, areas) for column in columns if column.slice is not None
    }
    return computed_row(label, columns, cells, kind)


def _marks(areas: Iterable[OperatingArea]) -> dict[str, str]:
    """Return the mark of each note: *, ** …, so that no mark stands without its note."""
    notes = dict.fromkeys(area.note for area in areas if area.note)
    return {note: "*" * place for place, note in enumerate(notes, 1)}


def _mark_of(areas: Iterable[OperatingArea], marks: dict[str, str]) -> str:
    return next((marks[area.note] for area in areas if area.note), "")
