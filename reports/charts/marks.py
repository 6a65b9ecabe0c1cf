"""The statuses' shapes, as on the page (static/icons.svg, `status-*`): hue only helps."""

from reports.charts.paints import painted
from reports.charts.surfaces import STATUS_SURFACES
from reports.charts.svg import Attribute, Markup, element

RINGS: dict[str, dict[str, Attribute]] = {
    "wait": {"r": 3.9, "stroke_width": 1.6},
    "missing": {"r": 3.9, "stroke_width": 1.6, "stroke_dasharray": "2.04 2.04"},
}
OUTLINES = {
    "risk": "M0 -5L5.2 4H-5.2Z",
    "bad": "M-4.2 -4.2H4.2V4.2H-4.2Z",
    "decision": "M0 -5.2L5.2 0L0 5.2L-5.2 0Z",
}


def mark(kind: str, x: float = 0, y: float = 0, scale: float = 1) -> Markup:
    """Return the shape of a status, 10 pixels wide unless scaled, its middle at (x, y) in pixels."""
    smaller = f" scale({scale})" if scale != 1 else ""
    return element("g", _shape(kind), transform=f"translate({x:.1f} {y:.1f}){smaller}")


def _shape(kind: str) -> Markup:
    hue = STATUS_SURFACES[kind].hue
    if kind in RINGS:
        return element("circle", **RINGS[kind], **painted(stroke=hue))
    if kind in OUTLINES:
        return element("path", d=OUTLINES[kind], **painted(fill=hue))
    return element("circle", r=4.6, **painted(fill=hue))
