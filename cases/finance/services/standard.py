"""The lines and columns that a committee begins with. From then on they are its own, to change."""

from typing import Any

from django.utils.translation import gettext as _

from cases.finance.models import Layout, LayoutColumn, Line
from cases.finance.models.kinds import Kind, Table
from committee.models import Body, Person
from core.services import service

Column = dict[str, Any]
LATEST = LayoutColumn.Reported.LATEST
PERIOD = LayoutColumn.Span.PERIOD

ACTUAL: Column = {"key": "actual", "kind": Kind.ACTUAL, "span": PERIOD}
LAST_YEAR: Column = {
    "key": "last_year",
    "kind": Kind.ACTUAL,
    "span": PERIOD,
    "year_offset": -1,
    "reported": LATEST,
}
CLOSING: Column = {"key": "closing", "kind": Kind.CLOSING, "year_offset": -1, "reported": LATEST}
BUDGET: Column = {"key": "budget", "kind": Kind.BUDGET, "reported": LATEST}
FORECAST: Column = {"key": "forecast", "kind": Kind.FORECAST}
DEVIATION: Column = {"key": "deviation", "formula": "forecast - budget"}
LEFT: Column = {"key": "left", "formula": "actual - budget"}
COUNTED = (LAST_YEAR, ACTUAL, CLOSING, BUDGET, FORECAST)

# Table, unit, decimals, columns.
LAYOUTS: list[tuple[str, str, int, tuple[Column, ...]]] = [
    (Table.SUMMARY, "mkr", 1, (CLOSING, ACTUAL, BUDGET, FORECAST, DEVIATION)),
    (Table.OPERATING, "tkr", 0, (ACTUAL, LAST_YEAR, CLOSING, BUDGET, FORECAST, DEVIATION)),
    (Table.ACCOUNTS, "tkr", 0, (ACTUAL, LAST_YEAR, CLOSING)),
    (Table.INVESTMENTS, "mkr", 1, (ACTUAL, BUDGET, FORECAST)),
    (Table.PROJECTS, "tkr", 0, (BUDGET, FORECAST, ACTUAL, DEVIATION, LEFT)),
    (Table.VOLUMES, "", 0, COUNTED),
    (Table.KEY_FIGURES, "", 0, COUNTED),
    (Table.STAFF, "", 0, COUNTED),
]


@service
def lay_out(body: Body, *, by: Person) -> None:
    """Give a committee its first lines and the columns of every table; what it has already stays."""
    Body.objects.select_for_update().get(pk=body.pk)
    for position, (code, name, cut, side) in enumerate(_lines()):
        Line.objects.get_or_create(
            body=body, code=code, defaults={"name": name, "cut": cut, "side": side, "position": position}
        )
    for table, unit, decimals, columns in LAYOUTS:
        layout, is_new = Layout.objects.get_or_create(body=body, table=table)
        if is_new:
            LayoutColumn.objects.bulk_create(
                LayoutColumn(layout=layout, position=place, unit=unit, decimals=decimals, **column)
                for place, column in enumerate(columns)
            )


def _lines() -> list[tuple[str, str, str, str]]:
    """Return code, name, cut and side of the lines that every committee has."""
    return [
        ("income", _("Income"), Line.Cut.AREA, Line.Side.INCOME),
        ("costs", _("Costs"), Line.Cut.AREA, Line.Side.COST),
        ("investments", _("Net investments"), Line.Cut.PROJECT, Line.Side.INVESTMENT),
    ]
