"""What holds for every chart: it is well-formed, says in words what it shows, and lies in nobody's way."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from reports import charts
from reports.charts.lettering import NARROW
from tests.reports.drawings import (
    EVERY,
    LONG,
    NAMESPACE,
    collisions,
    d,
    seen,
    some_bars,
    some_groups,
    some_shares,
    texts,
    tree,
)

NASTY = '<script>alert("1 & 2")</script>\x0b\ud800'


def letters(text: str) -> str:
    """Return the text without what a line break adds or takes."""
    return re.sub(r"[\s-]", "", text)


every = pytest.mark.parametrize("draw", EVERY, ids=lambda draw: draw.__name__)


pytestmark = pytest.mark.usefixtures("english")


@every
def test_a_chart_is_well_formed_and_named_by_its_title_and_description(draw):
    chart = draw("c1")

    root = tree(chart.svg)

    title, description = root[0], root[1]
    assert (title.tag, description.tag) == (f"{NAMESPACE}title", f"{NAMESPACE}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    assert title.text.startswith(chart.title)
    assert description.text == chart.description


@every
def test_two_charts_on_a_page_share_no_id_and_use_only_their_own(draw):
    one, other = draw("one").svg, draw("other").svg

    assert set(re.findall(r'\bid="([^"]+)"', one)).isdisjoint(re.findall(r'\bid="([^"]+)"', other))
    assert set(re.findall(r"url\(#([^)]+)\)", one)) <= set(re.findall(r'\bid="([^"]+)"', one))


@every
def test_a_chart_has_neither_style_nor_script_nor_address(draw):
    svg = draw().svg.replace('xmlns="http://www.w3.org/2000/svg"', "")

    assert not re.search(r"<style|style=|<script|\bon\w+=|href|https?:", svg)


@every
def test_a_chart_names_its_own_typeface(draw):
    assert tree(draw().svg).get("font-family") == "'Source Sans 3',sans-serif"


@every
def test_markup_and_control_characters_in_a_label_stay_words(draw):
    chart = draw(label=NASTY)

    page = render_to_string("reports/_chart.html", {"chart": chart})

    assert tree(chart.svg) is not None
    assert "<script" not in page
    assert '<script>alert("1 & 2")</script>' in tree(chart.svg)[1].text


@every
def test_a_label_that_django_holds_for_safe_is_words_too(draw):
    chart = draw(label=mark_safe("<b>R & D</b>"))

    assert "<b>R & D</b>" in tree(chart.svg)[1].text


def test_words_translated_when_they_are_read_are_taken_as_they_are():
    ratings = [charts.Rating("ok", gettext_lazy("Done"))]
    chart = charts.shares(
        gettext_lazy("Papers"), [charts.Share("A", [1])], ratings, prefix="s", head="Område"
    )

    assert "Done, 100\u00a0%" in texts(chart.svg)
    assert tree(chart.svg)[0].text == "Papers"


@every
def test_the_same_values_give_the_same_bytes(draw):
    assert draw().svg == draw().svg


@every
@pytest.mark.parametrize("prefix", ["", "1a", "a b", 'a"b', "å"])
def test_a_prefix_that_cannot_begin_an_id_is_refused(draw, prefix):
    with pytest.raises(ValueError, match="cannot begin an id"):
        draw(prefix)


@every
@pytest.mark.parametrize("width", [NARROW, 278, 484, 576])
def test_no_words_lie_over_each_other_on_telephone_paper_or_page(draw, width):
    assert collisions(draw().svg, width) == []


@every
def test_no_words_reach_outside_of_a_telephone(draw):
    for line in seen(draw().svg, "text", width=NARROW):
        assert line.left >= -1, line.text
        assert line.right <= NARROW + 1, line.text


@every
def test_every_height_lies_inside_the_drawing(draw):
    svg = draw().svg
    height = float(tree(svg).get("height"))

    for shape in seen(svg):
        assert -1 <= shape.top <= height, shape
        assert shape.bottom <= height + 1, shape


@pytest.mark.parametrize("draw", [some_bars, some_groups, some_shares], ids=lambda draw: draw.__name__)
def test_a_long_label_is_wrapped_and_not_cut(draw):
    lines = texts(draw(label=LONG).svg)

    assert LONG not in lines
    assert letters(LONG) in letters("".join(lines))


@every
def test_every_row_of_the_table_has_a_cell_under_each_head_and_the_description_has_its_name(draw):
    chart = draw()

    assert {len(row) for row in chart.table.rows} == {len(chart.table.heads)}
    assert all(chart.table.heads)
    for name, *_rest in chart.table.rows:
        assert name.split()[0] in chart.description


@every
def test_a_missing_value_is_a_dash_in_the_table_and_told_in_words(draw):
    chart = draw()

    assert any("–" in row for row in chart.table.rows)
    assert re.search("missing|Not assessed", chart.description)


def test_the_page_has_the_drawing_and_its_table_one_click_away():
    chart = charts.bars(
        "Avvikelse", [charts.Bar("Barn", d(2))], prefix="a", unit=charts.Unit("tkr", 3), head="Område"
    )

    page = render_to_string("reports/_chart.html", {"chart": chart})

    assert chart.svg in page
    assert re.search(r"<figcaption><b>Avvikelse</b> <span>tkr</span></figcaption>", page)
    assert re.search(r"<details[^>]*>\s*<summary>Show as table</summary>\s*<table>", page)
    assert re.search(r'<th scope="row">Barn</th><td class="num">0,002</td>', page)


def test_words_in_a_table_are_not_set_as_numbers():
    scale = charts.Axis("Nivå", ["Låg"])
    chart = charts.risk_matrix(
        "Risker", [charts.Risk("A", 1, 1)], likelihood=scale, consequence=scale, prefix="r"
    )

    assert 'class="num"' not in render_to_string("reports/_chart.html", {"chart": chart})
