"""What charts are painted with: the same string on paper and on the page, in light and in dark.

Paper cannot read CSS variables inside an SVG, so every attribute says paper's colour. On the page a class gives
the same role its token (static/css/charts.css), and a class is stronger than an attribute.
"""

from typing import NamedTuple

FONT = "'Source Sans 3',sans-serif"  # SVG inherits no font on paper; a name with a digit must be quoted


class Paint(NamedTuple):
    """A role and its colour on paper."""

    role: str
    paper: str


INK = Paint("ink", "#1c2126")
INK_2 = Paint("ink-2", "#525960")
GRID = Paint("line", "#c8c3b8")
PANEL = Paint("panel", "#ffffff")
SERIES = Paint("chart", "#2b5672")
SERIES_SOFT = Paint("chart-soft", "#e4ecf1")
PAST = Paint("chart-past", "#7b848d")

OK = Paint("ok", "#2a6636")
RISK = Paint("risk", "#7f5200")
RISK_SOFT = Paint("risk-soft", "#fbf0d9")
BAD = Paint("bad", "#a3261f")
WAIT = Paint("wait", "#565f6a")
WAIT_SOFT = Paint("wait-soft", "#eceef0")
OK_SOFT = Paint("ok-soft", "#e6f0e6")
BAD_SOFT = Paint("bad-soft", "#fbe7e4")

PAINTS = (
    INK,
    INK_2,
    GRID,
    PANEL,
    SERIES,
    SERIES_SOFT,
    PAST,
    OK,
    OK_SOFT,
    RISK,
    RISK_SOFT,
    BAD,
    BAD_SOFT,
    WAIT,
    WAIT_SOFT,
)


def painted(*, fill: Paint | None = None, stroke: Paint | None = None, pattern: str = "") -> dict[str, str]:
    """Return the attributes of a painted shape: classes for the page, colours for paper.

    `pattern` is the id of a pattern that fills the shape instead of a paint.
    """
    classes = []
    attributes = {"fill": f"url(#{pattern})" if pattern else "none"}
    if fill:
        classes.append(f"fill-{fill.role}")
        attributes["fill"] = fill.paper
    if stroke:
        classes.append(f"stroke-{stroke.role}")
        attributes["stroke"] = stroke.paper
    return ({"class_": " ".join(classes)} if classes else {}) | attributes
