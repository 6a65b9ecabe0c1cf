"""What charts of the economy are drawn from, as canonical data, and the drawing."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.finance.ledger import Ledger
from cases.finance.models import Amount, Line
from cases.finance.models.kinds import Kind
from cases.finance.statements.shape import added
from committee.models import Period
from core.reading import canonical
from reports.charts import Bar, Chart, Point, Unit, bars, line

Data = dict[str, Any]
MILLIONS = Unit("mkr", 1)
SIGNED = Unit("mkr", 1, signed=True)


def deviations(ledger: Ledger) -> Data:
    """Return forecast less budget of each area that has both."""
    lines = ledger.lines_of(Line.Cut.AREA)
    layers = [ledger.year_layer(Kind.FORECAST), ledger.year_layer(Kind.BUDGET)]
    rows = []
    for area in ledger.areas:
        forecast, budget = (ledger.total(layer, lines, [area]) for layer in layers)
        if forecast is not None and budget is not None and (forecast or budget):
            rows.append({"label": area.name, "value": canonical(forecast - budget)})
    return {"rows": rows, "is_full_year": ledger.period.kind == Period.Kind.YEAR}


def forecasts(ledger: Ledger) -> Data:
    """Return the net of every forecast of the year until the period, oldest first, and the budget's.

    Of a full year its closing accounts come last.
    """
    period = ledger.period
    rows = Amount.objects.filter(
        # A forecast that a full year still carries is no forecast of it any more.
        (Q(kind=Kind.FORECAST) & ~Q(reported_in__kind=Period.Kind.YEAR))
        | Q(kind=Kind.CLOSING, reported_in=period),
        line__body=period.body_id,
        line__cut=Line.Cut.AREA,
        year=period.year,
        reported_in__ends_on__lte=period.ends_on,
    ).select_related("reported_in")
    nets: dict[Period, Decimal] = defaultdict(Decimal)
    for row in rows:
        nets[row.reported_in] += row.kronor
    reports = sorted(nets, key=lambda report: (report.ends_on, report.pk))
    budget = ledger.total(ledger.year_layer(Kind.BUDGET), ledger.lines_of(Line.Cut.AREA))
    return {
        "rows": [
            {
                "label": str(report),
                "value": canonical(nets[report]),
                "is_closing": report == period and period.kind == Period.Kind.YEAR,
            }
            for report in reports
        ],
        "target": canonical(added([budget])),
    }


def deviation_chart(data: Mapping[str, Any]) -> Chart:
    """Draw deviations by area."""
    return bars(
        _("Closing accounts against budget by area")
        if data.get("is_full_year")
        else _("Forecast against budget by area"),
        [Bar(row["label"], Decimal(row["value"])) for row in data["rows"]],
        prefix="finance-deviation",
        unit=SIGNED,
        sides=(_("Deficit"), _("Surplus")),
        head=_("Area"),
    )


def forecast_chart(data: Mapping[str, Any]) -> Chart:
    """Draw the year's forecasts of net cost against the budget."""
    target = -Decimal(data["target"]) if data["target"] else None
    points = [
        Point(row["label"], -Decimal(row["value"]), target, not row.get("is_closing")) for row in data["rows"]
    ]
    return line(
        _("Forecast of the net cost"),
        points,
        prefix="finance-forecast",
        unit=MILLIONS,
        target_word=_("Budget"),
        head=_("Period"),
    )
