"""Beside which side of a point its number stands: where no line runs."""

from reports.charts.svg import Markup, words
from reports.charts.timeline import HEIGHT, Timeline

ABOVE, BELOW = -9, 18  # px from a point to the baseline of its number
TALL = 12  # px from that baseline to the number's top
STEEP = 8  # px; what rises less is level
UNDER = 2  # px below that baseline
SHIFT = 4  # px that a number reaches over its point when it stands to one side


def number(time: Timeline, place: int) -> Markup:
    """Return the number of a point, the last one in bold."""
    value = time.unit.text(time.points[place].value)
    baseline, anchor = _position(time, place)
    dx = {"start": -SHIFT, "end": SHIFT}.get(anchor)
    return words(value, x=time.x(place), y=baseline, dx=dx, anchor=anchor, bold=place == time.last)


def _position(time: Timeline, place: int) -> tuple[float, str]:
    """Return the baseline, and the anchor that leaves room for a line that rises or falls through the point."""
    before, after = (_rise(time, place, place + step) for step in (-1, 1))
    rises = [rise for rise in (before, after) if rise]
    is_low = bool(rises) and min(rises) > 0
    height = time.heights[place]
    both = (height + BELOW, height + ABOVE) if is_low else (height + ABOVE, height + BELOW)
    sides = [side for side in both if side <= HEIGHT - UNDER]
    baseline = next((side for side in sides if _is_clear(time, place, side)), sides[0])
    if not before * after < 0:
        return baseline, "middle"
    return baseline, "end" if (after > 0) == (baseline < height) else "start"


def _rise(time: Timeline, place: int, other: int) -> float:
    """Return how many pixels the line climbs from a point to its neighbour; 0 without one, or nearly level."""
    if not 0 <= other < len(time.points) or not time.are_joined(*sorted((place, other))):
        return 0
    climb = time.heights[place] - time.heights[other]
    return climb if abs(climb) >= STEEP else 0


def _is_clear(time: Timeline, place: int, baseline: float) -> bool:
    """Tell whether a number would stand clear of the target."""
    target = time.target_heights.get(place)
    return target is None or not baseline - TALL < target < baseline + UNDER
