"""The drawing of a chart over time."""

from collections.abc import Iterator
from itertools import groupby, pairwise

from reports.charts.chart import MISSING
from reports.charts.lettering import SMALL
from reports.charts.paints import GRID, INK, INK_2, PANEL, SERIES, painted
from reports.charts.placing import number
from reports.charts.scale import ZERO
from reports.charts.svg import Markup, Piece, element, group, joined, panel, paragraph, percent, rule, words
from reports.charts.timeline import ASIDE, HEIGHT, PITCH, Timeline


def plot(time: Timeline) -> Piece:
    """Return the whole drawing: axis to the left, plot, periods under it, the target's name to the right."""
    below = max((len(lines) for lines in time.labels.values()), default=0) * PITCH + 5
    if time.is_broken:
        below += PITCH + 4
    inside = (
        *_notes(time),
        *_lines_behind(time),
        *_targets(time),
        *_series(time),
        *_points(time),
        *_periods(time),
        *_break(time, HEIGHT + below - 5),
    )
    body = joined(
        (
            *_axis(time),
            panel(time.left, 1 - time.left - time.right, HEIGHT + below, *inside),
            *_target_name(time),
        )
    )
    return Piece(group(time.over, body), time.over + HEIGHT + below)


def _axis(time: Timeline) -> Iterator[Markup]:
    """Yield the lines of round values over the whole width, each with its value upon its left end."""
    if time.has_axis:
        for tick, label in zip(time.ticks, time.tick_labels, strict=True):
            yield rule(0, time.y(tick), 1 - time.right, time.y(tick), GRID)
            yield words(label, y=time.y(tick) - 3, size=SMALL, paint=INK_2)


def _notes(time: Timeline) -> Iterator[Markup]:
    """Yield why the series is broken, and from there a dashed line down between the periods."""
    for note in time.notes:
        anchor = "end" if note.x > 0.5 else None
        top = note.down * PITCH - time.over
        yield paragraph(note.lines, y=top + 11, pitch=PITCH, x=note.x, anchor=anchor, size=SMALL, paint=INK_2)
        start = top + len(note.lines) * PITCH + 2
        yield rule(note.x, start, note.x, HEIGHT, INK_2, stroke_dasharray="2 3")


def _lines_behind(time: Timeline) -> Iterator[Markup]:
    if not time.has_axis:
        yield rule(0, HEIGHT, 1, HEIGHT, GRID)
    if time.scale.has(ZERO):
        yield rule(0, time.y(ZERO), 1, time.y(ZERO), INK)


def _break(time: Timeline, baseline: float) -> Iterator[Markup]:
    """Yield the sign of a broken axis at the left end of the base line, and under the periods where the axis begins."""
    if time.is_broken:
        bend = f"M6 {HEIGHT - 28}V{HEIGHT - 19}l5 3l-10 5l5 3V{HEIGHT}"
        yield element("path", d=bend, stroke_linejoin="round", **painted(stroke=INK_2))
        yield words(time.beginning, y=baseline, size=SMALL, paint=INK_2)


def _targets(time: Timeline) -> Iterator[Markup]:
    """Yield the target as dashes, one line for each run of periods that share it."""
    count = len(time.points)
    for height, places in groupby(range(count), key=time.target_heights.get):
        if height is not None:
            run = list(places)
            yield rule(
                run[0] / count, height, (run[-1] + 1) / count, height, INK, 1.25, stroke_dasharray="6 4"
            )


def _target_name(time: Timeline) -> Iterator[Markup]:
    """Yield the target's name, the middle of its lines at the height of its own."""
    if time.last_target is not None:
        lines = time.target_label
        first = time.target_heights[time.last_target] + 4 - (len(lines) - 1) * PITCH / 2
        yield paragraph(lines, y=first, pitch=PITCH, x=1 - time.right, dx=ASIDE, size=SMALL)


def _series(time: Timeline) -> Iterator[Markup]:
    """Yield the lines between values that follow each other and may be compared."""
    for before, after in pairwise(range(len(time.points))):
        if time.are_joined(before, after):
            dashes = "4 4" if time.points[after].is_forecast else None
            ends = (time.x(before), time.heights[before], time.x(after), time.heights[after])
            yield rule(*ends, SERIES, 2, stroke_linecap=None if dashes else "round", stroke_dasharray=dashes)


def _points(time: Timeline) -> Iterator[Markup]:
    """Yield the points with their numbers, and a dash above the base line where a value is missing."""
    for place, point in enumerate(time.points):
        if place not in time.heights:
            yield words(MISSING, x=time.x(place), y=HEIGHT - 6, anchor="middle", bold=True, paint=INK_2)
            continue
        colours = painted(fill=PANEL if point.is_forecast else SERIES, stroke=SERIES)
        x, y, radius = percent(time.x(place)), time.heights[place], 4.5 if place == time.last else 3
        yield element("circle", cx=x, cy=y, r=radius, stroke_width=1.5, **colours)
        if place == time.last or not time.has_axis:
            yield number(time, place)


def _periods(time: Timeline) -> Iterator[Markup]:
    """Yield the periods' names under their columns; the last one ends at the plot's edge if it would reach too far."""
    for place, lines in time.labels.items():
        x, anchor = (1, "end") if time.reaches_out(place) else (time.x(place), "middle")
        yield paragraph(lines, y=HEIGHT + 16, pitch=PITCH, x=x, anchor=anchor, size=SMALL, paint=INK_2)
