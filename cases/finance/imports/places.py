"""Places of the cube in a file: codes of areas, projects and lines, and rows that are added up by them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.finance.models import Amount, BudgetVersion, Line, Project
from cases.finance.models.kinds import Kind
from cases.finance.services import NewAmount
from core import formats
from core.importing.targets import CellError, Change, CodeList, ImportColumn, Plan, Row

# What tells where an amount stands, in a file as with us.
PLACE = [
    ImportColumn(
        "area",
        gettext_lazy("Area"),
        "code",
        is_required=False,
        code_of="area",
        aliases=("Ansvar", "Verksamhet", "Verksamhetsområde"),
        help=gettext_lazy("Amounts by account need none: those of all areas are added up."),
        may_join=True,
    ),
    ImportColumn(
        "project",
        gettext_lazy("Project"),
        "code",
        is_required=False,
        code_of="project",
        is_rare=True,
        aliases=("Projekt",),
    ),
    ImportColumn(
        "line",
        gettext_lazy("Line"),
        "code",
        code_of="line",
        aliases=("Konto", "Kontogrupp", "Slag"),
        help=gettext_lazy("What tells income from costs, or one account from another."),
        may_join=True,
    ),
]

Amounts = Iterable[tuple[str, NewAmount]]  # a column of the row, and what it says


@dataclass(frozen=True, slots=True)
class Found:
    """What the codes stand for in a period's or a budget's body, and what it has already."""

    owner: Any
    areas: dict[str, Any]
    projects: dict[str, Any]
    lines: dict[str, Line]
    held: dict[tuple[Any, ...], Decimal]

    @classmethod
    def of(cls, owner: Any) -> "Found":
        body = owner.body
        amounts = Amount.objects.filter(
            **{"budget" if isinstance(owner, BudgetVersion) else "reported_in": owner}
        )
        places = amounts.values_list("line", "area", "project", "kind", "year", "months", "kronor")
        return cls(
            owner=owner,
            areas={area.code: area for area in body.operating_areas.all()},
            projects={one.code: one for one in Project.objects.filter(group__body=body)},
            lines={line.code: line for line in body.lines.all()},
            held={tuple(place): kronor for *place, kronor in places},
        )

    def amount(self, row: Row, column: str, *, kind: str, year: int, months: int) -> NewAmount:
        """Return what a column of a row says, at the row's place."""
        line = self.lines[row.values["line"]]
        return NewAmount(
            line=line,
            kind=kind,
            year=year,
            months=months,
            kronor=row.values[column],
            area=self.areas[row.values["area"]] if line.cut == Line.Cut.AREA else None,
            project=self.projects[row.values["project"]] if line.cut == Line.Cut.PROJECT else None,
        )


def plan_amounts(
    rows: Sequence[Row],
    found: Found,
    amounts: Callable[[Row], Amounts],
    wrong: Callable[[Row], CellError | None] = lambda _row: None,
) -> Plan:
    """Add up the rows of each place and compare with what stands there already."""
    result, sums, cells = Plan(payload=[]), {}, {}
    for row in rows:
        if fault := misplaced(row, found) or wrong(row):
            result.errors.append(fault)
            continue
        for column, new in amounts(row):
            sums[new.place] = _added(sums.get(new.place), new)
            cells.setdefault(new.place, row.cells[column])
    for place, new in sums.items():
        if found.held.get(place) != new.kronor:
            result.payload.append(new)
            result.changes.append(_change(new, found.held.get(place), cells[place]))
    return result


def misplaced(row: Row, found: Found) -> CellError | None:
    """Say what keeps a row from having a place in the cube, and at which cell."""
    values, line = row.values, found.lines[row.values["line"]]
    if line.cut == Line.Cut.AREA and not values.get("area"):
        return CellError(row.cells["line"], _("“%s” is divided by area: the row needs an area.") % line)
    if line.cut == Line.Cut.PROJECT and not values.get("project"):
        return CellError(row.cells["line"], _("“%s” is divided by project: the row needs a project.") % line)
    return None


def _added(before: NewAmount | None, new: NewAmount) -> NewAmount:
    if before is None:
        return new
    kronor = (before.kronor or Decimal(0)) + (new.kronor or Decimal(0))
    return NewAmount(new.line, new.kind, new.year, kronor, new.months, new.area, new.project)


def _change(new: NewAmount, before: Decimal | None, cell: str) -> Change:
    of = new.area or new.project
    months = "" if new.months == 12 else _(" (%s months)") % new.months
    kind = f"{Kind(new.kind).label} {new.year}{months}"
    words = [str(word) for word in (of, new.line, kind) if word]
    return Change(" · ".join(words), _kronor(before), _kronor(new.kronor), cell)


def _kronor(value: Decimal | None) -> str:
    if value is None:
        return ""
    return formats.number(value, 0 if value == value.to_integral_value() else 2)


def _areas(owner):
    return list(owner.body.operating_areas.in_use(owner.year - 1, owner.year).values_list("code", "name"))


def _projects(owner):
    projects = Project.objects.filter(group__body=owner.body).in_use(owner.year - 1, owner.year)
    return [(one.code, str(one)) for one in projects]


def _lines(owner):
    return [(line.code, line.name) for line in owner.body.lines.in_use(owner.year - 1, owner.year)]


CODE_LISTS = {
    "area": CodeList(gettext_lazy("Area"), _areas),
    "project": CodeList(gettext_lazy("Project"), _projects),
    "line": CodeList(gettext_lazy("Line"), _lines),
}
