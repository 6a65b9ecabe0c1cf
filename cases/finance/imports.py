"""Amounts from the ledger: codes of areas, projects and accounts become places of the cube."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.finance import services
from cases.finance.models import Amount, Line, Project
from cases.finance.models.kinds import Kind
from cases.finance.services import NewAmount
from core import formats
from core.importing.targets import (
    CellError,
    Change,
    CodeList,
    Context,
    ImportColumn,
    Plan,
    Row,
    Target,
    import_target,
)
from core.naming import key_of

# A column of numbers for each kind that a row may have beside one another: kind, years from the period's, whole year.
WIDE = {
    "actual": (Kind.ACTUAL, 0, False),
    "last_year": (Kind.ACTUAL, -1, False),
    "forecast": (Kind.FORECAST, 0, True),
}
REPORTED = (Kind.ACTUAL, Kind.FORECAST, Kind.CLOSING)  # a budget is no period's: it has versions of its own

COLUMNS = [
    ImportColumn(
        "area",
        gettext_lazy("Area"),
        "code",
        is_required=False,
        code_of="area",
        aliases=("Ansvar", "Verksamhet", "Verksamhetsområde"),
        help=gettext_lazy("Amounts by account need none: those of all areas are added up."),
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
    ),
    ImportColumn(
        "actual", gettext_lazy("Actual of the period"), "number", False, decimals=2, aliases=("Utfall",)
    ),
    ImportColumn(
        "last_year",
        gettext_lazy("Actual of the same months last year"),
        "number",
        False,
        decimals=2,
        aliases=("Utfall föregående år", "Föregående år"),
    ),
    ImportColumn(
        "forecast",
        gettext_lazy("Forecast of the year"),
        "number",
        False,
        decimals=2,
        aliases=("Prognos", "Helårsprognos"),
    ),
    ImportColumn(
        "kronor", gettext_lazy("Amount"), "number", False, decimals=2, is_rare=True, aliases=("Belopp",)
    ),
    ImportColumn(
        "kind",
        gettext_lazy("Kind"),
        "code",
        is_required=False,
        code_of="kind",
        is_rare=True,
        help=gettext_lazy("Only for a file with one column of amounts, whose rows say what they are."),
    ),
    ImportColumn("year", gettext_lazy("Year"), "code", False, code_of="year", is_rare=True, aliases=("År",)),
    ImportColumn(
        "months",
        gettext_lazy("Months"),
        "code",
        is_required=False,
        code_of="months",
        is_rare=True,
        aliases=("Månader",),
    ),
]


@dataclass(frozen=True, slots=True)
class Found:
    """What a period's codes stand for, and what it reports already."""

    period: Any
    areas: dict[str, Any]
    projects: dict[str, Any]
    lines: dict[str, Line]
    held: dict[tuple[Any, ...], Decimal]

    @classmethod
    def of(cls, period) -> "Found":
        body = period.body
        amounts = Amount.objects.filter(reported_in=period)
        places = amounts.values_list("line", "area", "project", "kind", "year", "months", "kronor")
        return cls(
            period=period,
            areas={area.code: area for area in body.operating_areas.all()},
            projects={one.code: one for one in Project.objects.filter(group__body=body)},
            lines={line.code: line for line in body.lines.all()},
            held={tuple(place): kronor for *place, kronor in places},
        )


def plan(rows: Sequence[Row], context: Context) -> Plan:
    """Add up the rows of each place and compare with what the period reports."""
    found = Found.of(context.subject)
    result, sums, cells = Plan(payload=[]), {}, {}
    for row in rows:
        if wrong := _misplaced(row, found):
            result.errors.append(wrong)
            continue
        for column, new in _amounts(row, found):
            sums[new.place] = _added(sums.get(new.place), new)
            cells.setdefault(new.place, row.cells[column])
    for place, new in sums.items():
        if found.held.get(place) != new.kronor:
            result.payload.append(new)
            result.changes.append(_change(new, found.held.get(place), cells[place]))
    return result


def _misplaced(row: Row, found: Found) -> CellError | None:
    """Say what keeps a row from having a place in the cube, and at which cell."""
    values, line = row.values, found.lines[row.values["line"]]
    if line.cut == Line.Cut.AREA and not values.get("area"):
        return CellError(row.cells["line"], _("“%s” is divided by area: the row needs an area.") % line)
    if line.cut == Line.Cut.PROJECT and not values.get("project"):
        return CellError(row.cells["line"], _("“%s” is divided by project: the row needs a project.") % line)
    if values.get("kronor") is not None and not values.get("kind"):
        return CellError(
            row.cells["kronor"], _("Say whether this is actual or forecast, in a column for the kind.")
        )
    return None


def _amounts(row: Row, found: Found) -> Iterator[tuple[str, NewAmount]]:
    """Yield what a row says, each with the column that says it; an empty cell says nothing."""
    for column, (kind, years, whole_year) in WIDE.items():
        if row.values.get(column) is not None:
            yield column, _amount(row, found, column, kind, years, whole_year)
    if row.values.get("kronor") is not None:
        kind = Kind(row.values["kind"])
        yield "kronor", _amount(row, found, "kronor", kind, 0, kind != Kind.ACTUAL)


def _amount(row: Row, found: Found, column: str, kind: Kind, years: int, whole_year: bool) -> NewAmount:
    values, line = row.values, found.lines[row.values["line"]]
    months = 12 if whole_year else found.period.months
    return NewAmount(
        line=line,
        kind=kind.value,
        year=int(values.get("year") or found.period.year) + years,
        months=int(values.get("months") or months),
        kronor=values[column],
        area=found.areas[values["area"]] if line.cut == Line.Cut.AREA else None,
        project=found.projects[values["project"]] if line.cut == Line.Cut.PROJECT else None,
    )


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


def apply(plan: Plan, context: Context) -> None:
    services.record_amounts(context.subject, plan.payload, by=context.by)


def _areas(period):
    return list(period.body.operating_areas.values_list("code", "name"))


def _projects(period):
    return [(one.code, str(one)) for one in Project.objects.filter(group__body=period.body)]


def _lines(period):
    return [(line.code, line.name) for line in period.body.lines.all()]


def _kinds(period):
    return [(kind.value, str(kind.label)) for kind in REPORTED]


def _years(period):
    return [(str(year), str(year)) for year in range(period.year - 1, period.year + 2)]


def _months(period):
    return [(str(month), str(month)) for month in range(1, 13)]


def _closed(period):
    return "" if period.is_open else _("%s is closed. Ask the controller to open it again.") % period


import_target(
    Target(
        name="finance.amounts",
        label=gettext_lazy("Amounts"),
        help=gettext_lazy("Income is above zero and costs below, as in the tables."),
        subject="committee.Period",
        permission="finance.enter_amounts",
        columns=COLUMNS,
        plan=plan,
        apply=apply,
        place=lambda period: key_of(period.body),
        year=lambda period: period.year,
        code_lists={
            "area": CodeList(gettext_lazy("Area"), _areas),
            "project": CodeList(gettext_lazy("Project"), _projects),
            "line": CodeList(gettext_lazy("Line"), _lines),
            "kind": CodeList(gettext_lazy("Kind"), _kinds),
            "year": CodeList(gettext_lazy("Year"), _years),
            "months": CodeList(pgettext_lazy("how many of a year", "Months"), _months),
        },
        closed=_closed,
        seen_at=lambda period: reverse("finance:period-detail", args=[period.pk]),
        may_turn_signs=True,
    )
)
