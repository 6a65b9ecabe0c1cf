"""Values over time, with the target they are held against."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from reports.charts.chart import PLAIN, Chart, Table, Unit, named
from reports.charts.line_plot import plot
from reports.charts.svg import document
from reports.charts.telling import against, extremes, listed, said, tell
from reports.charts.timeline import Point, Timeline


def line(
    title: str,
    points: Sequence[Point],
    *,
    prefix: str,
    unit: Unit = PLAIN,
    target_word: str = "",
    head: str,
) -> Chart:
    """Draw values over periods, oldest first, such as a measure's history or a forecast from month to month.

    Targets are dashed lines named `target_word` (Mål, Budget), in steps where they change. Every number stands
    beside its point when there is room for all on a telephone; else an axis is drawn, and the last number. The base
    line is zero; where that would level all values out, the axis is drawn broken and says where it begins.
    """
    target_word = target_word or _("Target")
    description = _description(points, unit, target_word)
    drawn = plot(Timeline(points, unit, target_word))
    return Chart(
        svg=document(drawn, prefix=prefix, title=named(title, unit), description=description),
        title=title,
        unit=unit.name,
        description=description,
        table=_table(points, unit, target_word, head),
    )


def _table(points: Sequence[Point], unit: Unit, target_word: str, head: str) -> Table:
    has_targets = any(point.target is not None for point in points)
    heads = (head, unit.name or _("Value"), *([target_word] if has_targets else []))
    rows = (
        (_period(point), unit.text(point.value), *([unit.text(point.target)] if has_targets else []))
        for point in points
    )
    return Table(heads, tuple(rows))


def _period(point: Point) -> str:
    """Return the period with what is particular about its value."""
    marks = [_("forecast")] if point.is_forecast else []
    marks += [point.break_before] if point.break_before else []
    return f"{point.label} ({', '.join(marks)})" if marks else point.label


def _description(points: Sequence[Point], unit: Unit, target_word: str) -> str:
    values = [(point.label, point.value) for point in points]
    changes = len({point.target for point in points}) > 1
    every = listed(
        (_period(point), _with_target(point, unit, target_word) if changes else said(point.value, unit))
        for point in points
    )
    return tell(_last(points, unit, target_word), extremes(values, unit), *_breaks(points), every)


def _last(points: Sequence[Point], unit: Unit, target_word: str) -> str:
    """Return the last value there is, and how it stands to its target."""
    point = next((point for point in reversed(points) if point.value is not None), None)
    if point is None or point.value is None:
        return ""
    value = unit.full(point.value)
    if point.target is not None:
        value = f"{value}, {against(point.value, point.target, target_word, unit)}"
    return _("Last: %(name)s, %(value)s.") % {"name": _period(point), "value": value}


def _breaks(points: Sequence[Point]) -> Iterator[str]:
    for point in points:
        if point.break_before:
            yield _("The series is broken before %(name)s.") % {"name": point.label}


def _with_target(point: Point, unit: Unit, target_word: str) -> str:
    value = said(point.value, unit)
    return value if point.target is None else f"{value} ({target_word} {unit.text(point.target)})"
