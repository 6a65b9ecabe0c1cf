"""Bars that begin at a zero line, alone or several under each other."""

from decimal import Decimal

from reports.charts.paints import INK, INK_2, painted
from reports.charts.scale import ZERO, Scale
from reports.charts.surfaces import Surface, filled
from reports.charts.svg import Attribute, Markup, at, element, rule

THICK = 10  # px
OVERHANG = 2  # px of zero line above and below a bar
STUB = 22  # px of dashes where a value is missing


def bar(value: Decimal | None, scale: Scale, surface: Surface, prefix: str, y: float) -> Markup:
    """Return the bar of a value as the scale measures it; of one that is missing, dashes beside the zero line."""
    zero = scale.share(ZERO)
    if value is None:
        end = -STUB if zero == 1 else STUB
        line: dict[str, Attribute] = {
            "x1": 0,
            "x2": end,
            "y1": THICK / 2,
            "y2": THICK / 2,
            "stroke_dasharray": "3 3",
        }
        return at(zero, element("line", **line, **painted(stroke=INK_2)), y=y)
    return filled(surface, prefix, zero, scale.share(value), y, THICK)


def zero_line(scale: Scale, top: float, bottom: float) -> Markup:
    """Return the zero line beside bars that stand between two heights."""
    zero = scale.share(ZERO)
    return rule(zero, top - OVERHANG, zero, bottom + OVERHANG, INK)
