"""Cells of outcomes on page and paper. Built in to the pages and blocks that load it."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from cases.measures import thresholds
from cases.measures.judging import SHAPES as STANDING_SHAPES
from cases.measures.judging import Standing
from cases.measures.models import Assignment
from cases.measures.states import BARE, SHAPES, State, Unit, part_name, written
from core import formats
from core.richtext.paper import for_paper
from reports.charts import Point, Rating, Share, line, shares
from reports.charts import Unit as ChartUnit

register = template.Library()

register.filter(part_name)


@register.simple_tag
def numbered_heading(level, words, *numbers):
    """Return a heading with its number, such as 2.1.3; at most an h6."""
    number = ".".join(str(one) for one in numbers if one)
    return format_html("<h{}>{}\u2002{}</h{}>", min(level, 6), number, words, min(level, 6))


@register.filter
def cell_text(cell):
    """Write a cell's value: `9 %`, `14 036`, `Ja`; empty where there is none."""
    return written(Decimal(cell["value"]), cell["unit"], cell["decimals"]) if cell and cell["value"] else ""


@register.filter
def state_label(cell):
    """Say in words why there is no value, or what is particular about it; empty for a plain value."""
    state = State(cell["state"]) if cell else State.NONE
    return "" if state == State.VALUE else state.label


@register.filter
def state_shape(cell):
    """Return the shape that stands beside the words."""
    return SHAPES.get(State(cell["state"]), "none") if cell else "none"


@register.filter
def standing_label(standing):
    return Standing(standing).label if standing else ""


@register.filter
def standing_shape(standing):
    return STANDING_SHAPES[Standing(standing)] if standing else "missing"


@register.simple_tag
def outcome_value(outcome):
    """Write an outcome as a table has it."""
    return written(outcome.exact, outcome.edition.unit, outcome.edition.decimals) if outcome else ""


@register.simple_tag
def edition_value(edition, value):
    """Write a value in a measure's unit and decimals."""
    return written(value, edition.unit, edition.decimals)


@register.simple_tag
def target_value(edition):
    """Write a measure's target with the decimals that it has."""
    return changed_target(edition, edition.target)


@register.simple_tag
def changed_target(edition, target):
    """Write another target of a measure, with the decimals that it has; empty for none."""
    return "" if target is None else written(target, edition.unit, formats.decimals_of(target))


@register.filter
def thresholds_of(edition, standing):
    return thresholds.written(edition.thresholds.all(), standing)


@register.simple_tag
def plain_value(value, unit, decimals):
    """Write a value that comes as canonical text; empty for none."""
    return written(Decimal(value), unit, decimals) if value else ""


@register.filter
def unit_beside(unit):
    """Return ` (veckor)` to stand after a measure's name, for a unit that its values do not show."""
    return f" ({Unit(unit).label})" if unit in BARE else ""


@register.filter
def assignment_status(status):
    return Assignment.Status(status).label


@register.filter
def assignment_giver(giver):
    return Assignment.Giver(giver).label


@register.simple_tag
def analysis(text):
    """Write an analysis as it is read. It was sanitised when it was saved, and its values are escaped."""
    return mark_safe(for_paper(text, heading_shift=3))  # noqa: S308  see core.richtext.fields


@register.simple_tag
def fulfilment_chart(data):
    """Draw how many goals of each area hold which standing, from the block's data."""
    words = [Standing(standing).label if standing else _("not rated") for standing in data["standings"]]
    kinds = [STANDING_SHAPES[Standing(standing) if standing else None] for standing in data["standings"]]
    return shares(
        _("Goals by rating"),
        [Share(row["name"], row["counts"]) for row in data["rows"]],
        [Rating(kind, word) for kind, word in zip(kinds, words, strict=True)],
        prefix="fulfilment",
        head=_("Target area"),
    )


@register.simple_tag
def history_chart(data):
    """Draw a measure's years with its target, from the block's data; a year that is not over is a forecast."""
    last = len(data["points"]) - 1
    points = [
        Point(
            one["label"],
            _decimal(one["value"]),
            target=_decimal(one.get("target", "")),
            is_forecast=place == last and data["is_forecast"],
        )
        for place, one in enumerate(data["points"])
    ]
    unit = "%" if data["unit"] == Unit.PERCENT else str(Unit(data["unit"]).label)
    return line(
        data["name"],
        points,
        prefix=f"history-{data['number']}",
        unit=ChartUnit(unit, data["decimals"]),
        target_word=_("Target"),
        head=_("Year"),
    )


def _decimal(text):
    return Decimal(text) if text else None
