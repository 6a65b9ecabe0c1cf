"""The demo's money: kronor that round to what a real interim report prints, from `finance.toml`."""

import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from cases.finance import services
from cases.finance.models import Explanation, Grant, KeyFigure, Line, Project, ProjectGroup
from cases.finance.models.kinds import Kind
from cases.finance.services import NewAmount, NewValue
from cases.finance.setup.forms import free_code
from committee.models import Body, OperatingArea, Period, Person
from config.demo.people import Cast
from config.demo.periods import Periods
from core.services import take_step

HERE = Path(__file__).resolve().parent
YEAR = 2023
AUGUST, MAY, APRIL, WHOLE = 8, 5, 4, 12

# What the data calls a number → its kind, year and months. What delår 2 reports, and what others do.
REPORTED = {
    "actual": (Kind.ACTUAL, YEAR, AUGUST),
    "last_year": (Kind.ACTUAL, YEAR - 1, AUGUST),
    "forecast": (Kind.FORECAST, YEAR, WHOLE),
}
IN_SPRING = {"spring": (Kind.ACTUAL, YEAR, APRIL), "earlier": (Kind.FORECAST, YEAR, WHOLE)}
AT_CLOSING = {"closing": (Kind.CLOSING, YEAR - 1, WHOLE)}
IN_MAY = {"may": (Kind.ACTUAL, YEAR, MAY), "may_forecast": (Kind.FORECAST, YEAR, WHOLE)}
IN_BUDGET = {"budget": (Kind.BUDGET, YEAR, WHOLE)}
# What the year before was compared with, and what it was expected to come to.
YEAR_BEFORE = {
    "earlier_closing": {"closing_2021": (Kind.CLOSING, YEAR - 2, WHOLE)},
    "last_spring": {"d1_2022": (Kind.FORECAST, YEAR - 1, WHOLE)},
    "last_autumn": {"d2_2022": (Kind.FORECAST, YEAR - 1, WHOLE)},
}
BUDGET_BEFORE = {"budget_2022": (Kind.BUDGET, YEAR - 1, WHOLE)}


@cache
def data() -> dict[str, Any]:
    """Return the numbers of the demo; amounts are kronor."""
    return tomllib.loads((HERE / "finance.toml").read_text("utf-8"))


def add(body: Body, cast: Cast, periods: Periods) -> None:
    """Give a committee its areas, its money and its numbers of 2022 and 2023."""
    by = cast.people["controller"]
    services.lay_out(body, by=by)
    places = list(_places(body))
    reports = {name: periods[key] for name, key in REPORTS.items()}
    services.record_amounts(reports["closing"], _amounts(places, AT_CLOSING), by=by)
    for name, wanted in YEAR_BEFORE.items():
        services.record_amounts(reports[name], _amounts(places, wanted), by=by)
    _adopt(body, YEAR - 1, _amounts(places, BUDGET_BEFORE), by)
    _adopt(body, YEAR, _amounts(places, IN_BUDGET), by)
    services.record_amounts(reports["may"], _amounts(places, IN_MAY), by=by)
    services.record_amounts(reports["spring"], _amounts(places, IN_SPRING), by=by)
    services.record_amounts(reports["autumn"], _amounts(places, REPORTED), by=by)
    _add_key_figures(body, reports, by)
    _add_lists(reports["autumn"], by)
    _add_free_table(reports["autumn"], by)


# What the demo's reports are called here → the period that they are on.
REPORTS = {
    "closing": (Period.Kind.YEAR, YEAR - 1, 1),
    "spring": (Period.Kind.INTERIM, YEAR, 1),
    "autumn": (Period.Kind.INTERIM, YEAR, 2),
    "may": (Period.Kind.MONTH, YEAR, MAY),
    "earlier_closing": (Period.Kind.YEAR, YEAR - 2, 1),
    "last_spring": (Period.Kind.INTERIM, YEAR - 1, 1),
    "last_autumn": (Period.Kind.INTERIM, YEAR - 1, 2),
}

Place = tuple[dict[str, Any], dict[str, int]]


def _places(body: Body) -> Iterator[Place]:
    """Yield every place of the cube that the demo has money at, with its numbers."""
    lines = {line.code: line for line in Line.objects.filter(body=body)}
    for position, row in enumerate(data()["area"]):
        area = OperatingArea.objects.create(
            body=body, code=row["code"], name=row["name"], note=row.get("note", ""), position=position
        )
        yield {"line": lines["income"], "area": area}, row["income"]
        yield {"line": lines["costs"], "area": area}, row["costs"]
    for position, row in enumerate(data()["account"], 10):
        line = Line.objects.create(
            body=body,
            cut=Line.Cut.ACCOUNT,
            code=row["code"],
            name=row["name"],
            side=row["side"],
            position=position,
        )
        yield {"line": line}, row
    for position, row in enumerate(data()["project_group"]):
        group = ProjectGroup.objects.create(body=body, name=row["name"], position=position)
        for one in row["projects"]:
            project = Project.objects.create(group=group, code=one["code"], name=one["name"])
            yield {"line": lines["investments"], "project": project}, one


def _amounts(places: Iterable[Place], wanted: dict[str, tuple[str, int, int]]) -> Iterator[NewAmount]:
    for place, numbers in places:
        for name, (kind, year, months) in wanted.items():
            if name in numbers:
                yield NewAmount(kind=kind, year=year, months=months, kronor=Decimal(numbers[name]), **place)


def _adopt(body: Body, year: int, amounts: Iterable[NewAmount], by: Person) -> None:
    """Begin a year's budget, fill it and adopt it."""
    budget = services.begin_budget(body, year=year, by=by)
    if frame := data().get(f"frame_{year}"):
        services.set_frame(budget, frame=Decimal(frame["frame"]), decision=frame["decision"], by=by)
    services.record_amounts(budget, amounts, by=by)
    take_step(budget, "adopt", by=by, data=data()[f"budget_{year}"])


def _add_key_figures(body: Body, reports: dict[str, Period], by: Person) -> None:
    """Add volumes, key figures and staff; those of last year's closing are the closing's own."""
    values: dict[str, list[NewValue]] = {"closing": [], "autumn": []}
    parent = None
    for position, row in enumerate(data()["figure"], 1):
        figure = _key_figure(body, position, row, parent)
        parent = parent if row.get("part") else figure
        for name, number in row.get("values", {}).items():
            report = "closing" if name in AT_CLOSING else "autumn"
            kind, year, months = {**REPORTED, **AT_CLOSING, **IN_BUDGET}[name]
            given = {"absent": number} if isinstance(number, str) else {"value": Decimal(str(number))}
            values[report].append(NewValue(figure, kind, year, months=months, **given))
    for report, rows in values.items():
        services.record_values(reports[report], rows, by=by)


def _key_figure(body: Body, position: int, row: dict[str, Any], parent: KeyFigure | None) -> KeyFigure:
    return KeyFigure.objects.create(
        body=body,
        table=row["table"],
        row=row.get("row", KeyFigure.Row.NUMBER),
        code=free_code(body, row["label"]),
        label=row["label"],
        unit=row.get("unit", ""),
        decimals=row.get("decimals", 0),
        part_of=parent if row.get("part") else None,
        adds_up=row.get("adds_up", False),
        total=row.get("total", ""),
        position=position,
    )


def _add_lists(period: Period, by: Person) -> None:
    """Add the bridge, what is out of the committee's hands, and grants."""
    for name in Explanation.List.values:
        for position, row in enumerate(data()[name]):
            services.keep(Explanation(period=period, list=name, position=position, **row), by=by)
    for kind in Grant.Kind.values:
        for position, row in enumerate(data()[kind]):
            services.keep(Grant(period=period, kind=kind, position=position, **row), by=by)


def _add_free_table(period: Period, by: Person) -> None:
    """Add a table that nothing else models, as it would be pasted from Excel."""
    table = data()["free_table"]
    services.keep_free_table(period, by=by, **table)
