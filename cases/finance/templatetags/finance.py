"""Statements in templates: {% load finance %}."""

from django import template

from cases.finance import trends
from cases.finance.statements import shape

register = template.Library()


@register.filter
def cells_of(row, data):
    """Return for each cell its column, what it says, and whether that is why there is no number."""
    return [
        (column, cell if column["kind"] == "bar" else shape.shown(cell, column, row), isinstance(cell, dict))
        for column, cell in zip(data["columns"], row["cells"], strict=False)
    ]


@register.inclusion_tag("finance/blocks/_bar.html")
def deviation_bar(cell, column):
    """Draw a number to either side of nought, beside the column that says it."""
    side, length = shape.bar_of(cell, column["most"])
    return {"side": side, "length": length}


@register.filter
def told(check, value):
    """Write a number of a comparison."""
    return check.told(value)


@register.inclusion_tag("reports/_chart.html")
def deviation_chart(data):
    """Draw deviations by area."""
    return {"chart": trends.deviation_chart(data)}


@register.inclusion_tag("reports/_chart.html")
def forecast_chart(data):
    """Draw the year's forecasts."""
    return {"chart": trends.forecast_chart(data)}
