"""Values over time: at their height, with gaps where there are none, held against their target."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import charts
from tests.reports.drawings import (
    MKR,
    PERCENT,
    collisions,
    d,
    points,
    seen,
    some_line,
    some_months,
    texts,
    tree,
    word,
)

pytestmark = pytest.mark.usefixtures("english")


def line(history, **how):
    return charts.line(
        "Mått", history, **{"prefix": "l", "unit": PERCENT, "target_word": "Mål", "head": "År"} | how
    )


def dots(chart):
    return seen(chart.svg, "circle", width=1000)


def joints(chart):
    """The lines between points."""
    return [one for one in seen(chart.svg, "line", width=1000) if one.paints == "stroke-chart"]


def targets(chart):
    return [
        one for one in seen(chart.svg, "line", width=1000) if one.attributes.get("stroke-dasharray") == "6 4"
    ]


def height(one):
    return (one.top + one.bottom) / 2


def test_points_stand_in_the_middle_of_equal_columns_at_heights_in_proportion():
    low, middle, high = dots(line(points(60, 70, 80)))

    assert (low.middle, middle.middle, high.middle) == pytest.approx((166.7, 500, 833.3), abs=0.1)
    assert height(middle) == pytest.approx((height(low) + height(high)) / 2)
    assert height(low) > height(high)


def test_a_missing_value_is_a_gap_with_a_dash_and_never_zero():
    chart = line(points(60, None, 80, 70))

    assert len(dots(chart)) == 3
    assert len(joints(chart)) == 1
    assert word(chart.svg, "–", 1000).middle == pytest.approx(375, abs=0.1)
    assert "0,0" not in texts(chart.svg)


def test_values_of_a_broken_series_are_not_joined_and_the_reason_stands_over_the_break():
    history = points(60, 70, 80)
    history[2] = charts.Point("2021", d(80), break_before="Ny mätmetod")
    chart = line(history)

    [broken] = [
        one for one in seen(chart.svg, "line", width=1000) if one.attributes.get("stroke-dasharray") == "2 3"
    ]

    assert len(joints(chart)) == 1
    assert broken.left == pytest.approx(666.7, abs=0.1)
    assert word(chart.svg, "Ny mätmetod", 1000).right == pytest.approx(broken.left, abs=0.1)
    assert "The series is broken before 2021." in chart.description
    assert chart.table.rows[2][0] == "2021 (Ny mätmetod)"


def test_the_target_is_a_dashed_line_across_its_periods_with_its_word_and_value():
    chart = line(points(60, 70, target=90))

    [target] = targets(chart)
    label = word(chart.svg, "Mål 90,0", 1000)

    assert target.left == 0
    assert label.left == pytest.approx(target.right + 8, abs=0.1)
    assert label.top < target.top < label.bottom


def test_a_target_that_changes_is_drawn_in_steps_and_named_by_its_last_value():
    history = [
        charts.Point("2020", d(60), d(80)),
        charts.Point("2021", d(70), d(80)),
        charts.Point("2022", d(75), d(90)),
    ]
    chart = line(history)

    before, after = targets(chart)

    assert before.right == pytest.approx(after.left)
    assert before.top > after.top
    assert "Mål 90,0" in texts(chart.svg)
    assert "2021: 70,0\u00a0% (Mål 80,0)" in chart.description


def test_a_forecast_is_hollow_and_reached_by_dashes():
    history = [charts.Point("2022", d(60)), charts.Point("2023", d(70), is_forecast=True)]
    chart = line(history)

    assert "fill-panel" in dots(chart)[1].paints
    assert "stroke-dasharray" in joints(chart)[0].attributes
    assert chart.table.rows[1][0] == "2023 (forecast)"


def test_the_last_value_is_marked_and_held_against_its_target_in_words():
    chart = line(points(83, 88, None, target=100))

    bold = [one.text for one in seen(chart.svg, "text") if one.attributes.get("font-weight") == "600"]

    assert bold == ["88,0", "–"]
    assert dots(chart)[1].right - dots(chart)[1].left > dots(chart)[0].right - dots(chart)[0].left
    assert chart.description.startswith("Last: 2020, 88,0\u00a0%, 12,0 lower than mål 100,0.")


def test_a_value_that_is_written_like_its_target_is_said_to_be_the_same():
    assert line(points(99.96, target=100)).description.startswith(
        "Last: 2019, 100,0\u00a0%, the same as mål 100,0."
    )


@pytest.mark.parametrize("values", [(5,), (5, 5, 5), (0,), (None, None), (None, 3, None)])
def test_one_value_equal_values_or_none_are_drawn_inside_the_plot(values):
    chart = line(points(*values))

    heights = {height(dot) for dot in dots(chart)}

    assert len(dots(chart)) == len([value for value in values if value is not None])
    assert all(0 < one < 150 for one in heights)
    assert len(heights) <= 1


def has_zero(chart):
    return any(
        one.paints == "stroke-ink" and "stroke-dasharray" not in one.attributes
        for one in seen(chart.svg, "line")
    )


@pytest.mark.parametrize("values", [(31, 4), (-3, 5), (13, 9), (83, 93), (88, 88), (-88, -60)])
def test_values_stand_on_a_zero_line_where_they_can_be_told_apart_on_it(values):
    chart = line(points(*values))

    assert has_zero(chart)
    assert not any(text.startswith("The axis") for text in texts(chart.svg))


def test_heights_above_a_zero_line_are_in_proportion():
    high, low = dots(line(points(13, 9)))

    assert (150 - height(low)) / (150 - height(high)) == pytest.approx(9 / 13, abs=0.01)


def test_an_axis_without_zero_is_drawn_broken_and_says_where_it_begins():
    chart = line(points(640.9e6, 636.4e6, 634.7e6, target=645.9e6), unit=MKR)

    assert not has_zero(chart)
    assert len(seen(chart.svg, "path")) == 1
    assert "The axis begins at 630\u00a0mkr." in texts(chart.svg)


@pytest.mark.parametrize("values", [(640, 630), (-640, -630)])
def test_no_value_lies_on_the_base_line_of_a_broken_axis(values):
    assert all(dot.bottom < 150 for dot in dots(line(points(*values))))


def test_an_axis_with_named_values_is_broken_too():
    chart = some_months()

    assert not has_zero(chart)
    assert "The axis begins at 650\u00a0mkr." in texts(chart.svg)


def test_values_on_both_sides_of_zero_are_on_both_sides_of_its_line():
    chart = line(points(-3, 5))
    below, above = dots(chart)

    [zero] = [one for one in seen(chart.svg, "line", width=1000) if one.paints == "stroke-ink"]

    assert above.bottom < zero.top < below.top


def test_every_number_is_written_where_there_is_room_and_else_an_axis_is_named():
    few, many = texts(some_line().svg), texts(some_months().svg)

    assert {"71,2", "83,0", "79,4", "88,0", "91,5"} <= set(few)
    assert {"650", "675", "700", "725", "750", "671,9"} <= set(many)
    assert "725,3" not in many


def test_of_many_periods_some_are_named_and_always_the_last():
    months = [text for text in texts(some_months().svg) if text.isalpha()]

    assert months == ["feb", "apr", "jun", "aug", "okt", "dec"]


def test_the_table_has_the_target_only_when_there_is_one():
    assert line(points(1)).table.heads == ("År", "%")
    assert line(points(1, target=2)).table.heads == ("År", "%", "Mål")


def test_a_target_without_a_word_of_its_own_is_called_a_target():
    chart = line(points(1, target=2), target_word="")

    assert chart.table.heads[2] == "Target"
    assert "Target 2,0" in texts(chart.svg)


numbers = st.none() | st.decimals(min_value=-(10**12), max_value=10**12, places=2)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(numbers, numbers), max_size=14))
def test_whatever_the_values_every_point_is_inside_the_plot(pairs):
    history = [charts.Point(str(2000 + place), value, target) for place, (value, target) in enumerate(pairs)]

    chart = line(history)

    assert float(tree(chart.svg).get("height")) < 400
    assert all(dot.left > -1 and dot.right < 1001 and -1 < height(dot) < 151 for dot in dots(chart))
    assert len(dots(chart)) == len([value for value, _target in pairs if value is not None])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.none() | st.integers(0, 100).map(Decimal), min_size=1, max_size=6),
    st.sampled_from([260, 484]),
)
def test_numbers_of_a_short_history_never_lie_over_each_other(values, width):
    chart = line(points(*values), unit=charts.Unit("%"))

    assert collisions(chart.svg, width) == []


@pytest.mark.parametrize("values", [(60, 70, 80), (80, 70, 60), (60, 80, 60), (80, 60, 80), (60, 60, 90)])
@pytest.mark.parametrize("width", [260, 576])
def test_a_number_stands_close_to_its_point_where_no_line_runs(values, width):
    svg = line(points(*values)).svg
    written = [one for one in seen(svg, "text", width=width) if one.text.endswith(",0")]
    lines = [one for one in seen(svg, "line", width=width) if one.paints == "stroke-chart"]

    for number, dot in zip(written, seen(svg, "circle", width=width), strict=True):
        assert abs(height(number) - height(dot)) < 18
        assert not any(runs_through(one, number) for one in lines), number.text


def runs_through(one, box):
    """Tell whether a line, which goes from its left and top to its right and bottom, crosses a box."""
    steps = [step / 100 for step in range(101)]
    way = [(one.left + (one.right - one.left) * s, one.top + (one.bottom - one.top) * s) for s in steps]
    return any(box.left < x < box.right and box.top < y < box.bottom for x, y in way)


def test_a_sparkline_marks_its_last_value_and_leaves_gaps():
    values = [("2019", d(10)), ("2020", None), ("2021", d(5)), ("2022", d(8))]
    chart = charts.sparkline("Mått", values, prefix="k", head="År")

    root = tree(chart.svg)
    *_lone, last = seen(chart.svg, "circle")

    assert (root.get("width"), root.get("height")) == ("88", "20")
    assert len(seen(chart.svg, "path")) == 1
    assert last.middle == 84
    assert last.bottom - last.top == 6


def test_a_sparkline_without_values_says_so():
    chart = charts.sparkline("Mått", [("2019", None)], prefix="k", head="År")

    assert seen(chart.svg, "circle", "path") == []
    assert chart.description == "All values are missing. 2019: missing."
