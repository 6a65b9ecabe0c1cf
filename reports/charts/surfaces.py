"""How bars and segments are filled, so that they are told apart without hue: solid, hatched, hollow, dashed."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.charts.paints import (
    BAD,
    BAD_SOFT,
    OK,
    OK_SOFT,
    PAST,
    RISK,
    RISK_SOFT,
    SERIES,
    SERIES_SOFT,
    WAIT,
    WAIT_SOFT,
    Paint,
    painted,
)
from reports.charts.svg import Markup, element, joined, percent


@dataclass(frozen=True, slots=True)
class Surface:
    """A hue, the softer one under it, and the way it is filled."""

    hue: Paint
    soft: Paint
    way: str = "solid"


# Series are painted by what their values are: what was planned is an outline, what is expected is hatched.
SERIES_SURFACES = {
    "actual": Surface(SERIES, SERIES_SOFT),
    "past": Surface(PAST, SERIES_SOFT),
    "plan": Surface(SERIES, SERIES_SOFT, "hollow"),
    "forecast": Surface(SERIES, SERIES_SOFT, "hatched"),
}
STATUS_SURFACES = {
    "ok": Surface(OK, OK_SOFT),
    "risk": Surface(RISK, RISK_SOFT, "hatched"),
    "bad": Surface(BAD, BAD_SOFT),
    "wait": Surface(WAIT, WAIT_SOFT, "hollow"),
    "missing": Surface(WAIT, WAIT_SOFT, "dashed"),
    "decision": Surface(SERIES, SERIES_SOFT),
}


def filled(surface: Surface, prefix: str, left: float, right: float, y: float, height: float) -> Markup:
    """Return a bar between two shares of the width; `prefix` is that of the chart, which has the hatches."""
    low, high = sorted((left, right))
    return element(
        "rect",
        x=percent(low),
        y=y,
        width=percent(high - low),
        height=height,
        stroke_dasharray="3 3" if surface.way == "dashed" else None,
        **_paint(surface, prefix),
    )


def _paint(surface: Surface, prefix: str) -> dict[str, str]:
    match surface.way:
        case "hatched":
            return painted(pattern=_hatch_id(surface, prefix), stroke=surface.hue)
        case "hollow":
            return painted(fill=surface.soft, stroke=surface.hue)
        case "dashed":
            return painted(stroke=surface.hue)
        case _:
            return painted(fill=surface.hue)


def hatches(surfaces: Iterable[Surface], prefix: str) -> Markup:
    """Return the patterns that these surfaces are filled with, each once, for the chart's defs."""
    hatched = dict.fromkeys(surface for surface in surfaces if surface.way == "hatched")
    return joined(_hatch(surface, prefix) for surface in hatched)


def _hatch(surface: Surface, prefix: str) -> Markup:
    return element(
        "pattern",
        element("rect", width=5, height=5, **painted(fill=surface.soft)),
        element("rect", width=1.8, height=5, **painted(fill=surface.hue)),
        id=_hatch_id(surface, prefix),
        width=5,
        height=5,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def _hatch_id(surface: Surface, prefix: str) -> str:
    return f"{prefix}-hatch-{surface.hue.role}"
