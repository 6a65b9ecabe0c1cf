"""Bars stand on their zero line, to the side of their sign, as long as their value."""

from decimal import Decimal

import pytest

from reports import charts
from tests.reports.drawings import PERCENT, d, seen, some_bars, some_groups, texts, word

pytestmark = pytest.mark.usefixtures("english")


def bars(*values, **how):
    rows = [charts.Bar(f"Område {place}", d(value)) for place, value in enumerate(values)]
    return charts.bars("Avvikelse", rows, **{"prefix": "b", "head": "Område", "unit": PERCENT} | how)


def drawn(chart, width=1000):
    return [one for one in seen(chart.svg, "rect", width=width) if one.right > one.left]


def zero_lines(chart, width=1000):
    return [one for one in seen(chart.svg, "line", width=width) if one.paints == "stroke-ink"]


def test_bars_below_and_above_zero_meet_at_one_zero_line():
    chart = bars(-10, 30)

    below, above = drawn(chart)

    assert (below.left, below.right) == (0, 250)
    assert (above.left, above.right) == (250, 1000)
    assert {line.left for line in zero_lines(chart)} == {250}


def test_bars_that_are_all_above_zero_begin_at_the_left_edge():
    half, whole = drawn(bars(20, 40))

    assert (half.left, half.right) == (0, 500)
    assert (whole.left, whole.right) == (0, 1000)


def test_bars_that_are_all_below_zero_end_at_the_right_edge():
    chart = bars(-20, -40)

    half, whole = drawn(chart)

    assert (half.left, half.right) == (500, 1000)
    assert (whole.left, whole.right) == (0, 1000)
    assert {line.left for line in zero_lines(chart)} == {1000}


def test_a_missing_value_is_dashes_and_a_dash_and_zero_is_neither():
    chart = bars(None, 0, 10)

    dashes = [one for one in seen(chart.svg, "line") if one.attributes.get("stroke-dasharray")]

    assert texts(chart.svg)[1::2] == ["–", "0,0", "10,0"]
    assert len(dashes) == 1
    assert len(drawn(chart)) == 1


def test_dashes_stay_inside_when_all_other_bars_are_below_zero():
    chart = bars(None, -5)

    [dashes] = [one for one in seen(chart.svg, "line", width=300) if one.attributes.get("stroke-dasharray")]

    assert dashes.right == 300


@pytest.mark.parametrize("values", [(None, None), (0, 0), (0, None)])
def test_without_any_length_to_show_there_are_zero_lines_but_no_bars(values):
    chart = bars(*values)

    assert drawn(chart) == []
    assert len(zero_lines(chart)) == 2


def test_a_single_value_takes_the_whole_width_and_equal_values_are_equal():
    [single] = drawn(bars(7))
    one, other = drawn(bars(7, 7))

    assert (single.left, single.right) == (0, 1000)
    assert (one.left, one.right) == (other.left, other.right)


def test_huge_and_tiny_values_keep_their_proportions():
    huge = Decimal(999999999999999)

    whole, half = drawn(bars(huge, huge / 2))
    tiny, third = drawn(bars(Decimal("0.0003"), Decimal("0.0001")))

    assert (whole.right, half.right) == (1000, 500)
    assert (tiny.right, third.right) == (1000, pytest.approx(333.3, abs=0.1))


def test_the_last_label_is_apart_from_the_number_however_long_both_are():
    chart = charts.bars(
        "A", [charts.Bar("M" * 40, d(-1234567890))], prefix="b", head="Namn", unit=charts.Unit("kr")
    )
    number = word(chart.svg, "-1\u00a0234\u00a0567\u00a0890")

    labels = [one for one in seen(chart.svg, "text") if "M" in one.text]

    assert len(labels) > 1
    assert max(label.right for label in labels) < number.left


def test_amounts_come_in_kronor_and_are_rounded_last():
    chart = bars(-3_050_000, 49_999, unit=charts.Unit("mkr", 1, signed=True))

    assert texts(chart.svg)[1::2] == ["-3,1", "0,0"]
    assert chart.table.rows == (("Område 0", "-3,1"), ("Område 1", "0,0"))
    assert chart.unit == "mkr"


def test_the_sides_of_zero_are_named_only_where_there_are_bars():
    sides = ("underskott", "överskott")

    assert texts(bars(-1, 2, sides=sides).svg)[:2] == ["underskott", "överskott"]
    assert "överskott" not in texts(bars(-1, -2, sides=sides).svg)
    assert "underskott" not in texts(bars(1, None, sides=sides).svg)


def test_the_description_names_the_highest_and_the_lowest():
    assert some_bars().description.startswith(
        "Highest: Ekonomiskt bistånd, +31,7\u00a0mkr. Lowest: Barn och familj, -12,4\u00a0mkr."
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((None, None), "All values are missing. "),
        ((5, 5), "All are 5,0\u00a0%. "),
        ((5,), "Område 0: 5,0\u00a0%."),
        ((5, None), "Område 0: 5,0\u00a0%; Område 1: missing."),
    ],
)
def test_the_description_of_few_values_says_nothing_twice(values, said):
    description = bars(*values).description

    assert description.startswith(said)
    assert "Highest" not in description


def test_grouped_bars_of_a_group_share_one_scale_with_all_groups():
    groups = [charts.Group("A", [d(100), d(50)]), charts.Group("B", [d(25), d(-100)])]
    series = [charts.Series("Budget", "plan"), charts.Series("Utfall")]
    chart = charts.grouped_bars("Kostnad", groups, series, prefix="g", head="Område")

    widths = [one.right - one.left for one in drawn(chart)]

    assert widths == pytest.approx([widths[0], widths[0] / 2, widths[0] / 4, widths[0]], rel=0.001)
    assert len({line.left for line in zero_lines(chart)}) == 1
    assert drawn(chart)[3].right == pytest.approx(zero_lines(chart)[0].left, abs=0.2)


def test_planned_expected_and_actual_differ_without_hue():
    planned, expected, actual = drawn(some_groups())[-5:-2]

    assert "stroke-chart" in planned.paints
    assert expected.attributes["fill"].startswith("url(#g-hatch")
    assert (actual.paints, "stroke" in actual.attributes) == ("fill-chart", False)


def test_a_group_with_too_few_values_is_refused():
    series = [charts.Series("Budget"), charts.Series("Utfall")]

    with pytest.raises(ValueError, match="shorter|longer"):
        charts.grouped_bars("A", [charts.Group("A", [d(1)])], series, prefix="g", head="Område")


def test_the_description_of_groups_begins_where_the_first_two_series_differ_most():
    assert some_groups().description.startswith(
        "Largest difference between budget and prognos: Barn och familj, 19,5\u00a0mkr."
    )


def test_the_table_of_groups_has_a_column_for_each_series():
    assert some_groups().table.heads == ("Område", "Budget", "Prognos", "Utfall jan–aug")
    assert some_groups().table.rows[1][1:] == ("64,1", "67,0", "–")
