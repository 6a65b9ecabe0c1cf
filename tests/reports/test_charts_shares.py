"""Goal fulfilment as parts of a whole, and risks on their grid: every count at its place, told by shape and word."""

import pytest

from reports import charts
from tests.reports.drawings import (
    CONSEQUENCE,
    LEVELS,
    LIKELIHOOD,
    RATINGS,
    collisions,
    seen,
    some_risks,
    some_shares,
    texts,
    tree,
    word,
)

pytestmark = pytest.mark.usefixtures("english")


def shares(*counts, ratings=RATINGS):
    rows = [charts.Share(f"Område {place}", row) for place, row in enumerate(counts)]
    return charts.shares("Måluppfyllelse", rows, ratings, prefix="s", head="Område")


def segments(chart):
    return [one for one in seen(chart.svg, "rect", width=1000) if one.bottom - one.top == 14]


def risk_matrix(*risks, **how):
    scale = {"likelihood": LIKELIHOOD, "consequence": CONSEQUENCE, "prefix": "r"}
    return charts.risk_matrix("Risker", risks, **scale | how)


def cells(chart):
    return [one for one in seen(chart.svg, "rect", width=1000) if one.bottom - one.top == 56]


def test_segments_are_as_wide_as_their_counts_and_fill_the_width():
    ok, risk, bad = segments(shares([5, 3, 2, 0, 0]))

    assert (ok.left, ok.right) == (0, 495)
    assert (risk.left, risk.right) == (500, 795)
    assert (bad.left, bad.right) == (800, 1000)


def test_segments_differ_without_hue_and_bear_their_shapes():
    chart = shares([3, 3, 3, 3, 3])

    _ok, risk, _bad, wait, missing = segments(chart)

    assert risk.attributes["fill"] == "url(#s-hatch-risk)"
    assert "stroke" in wait.attributes
    assert missing.attributes["stroke-dasharray"] == "3 3"
    assert texts(chart.svg)[:5] == ["3"] * 5
    assert len(seen(chart.svg, "path", "circle")) == 5 + 5  # under the segments, and in the key


def test_a_count_without_room_on_a_telephone_leaves_its_shape_or_nothing_and_stands_in_the_key():
    counted = texts(shares([30, 2, 1, 0, 0]).svg)

    assert counted[0] == "30"
    assert counted[1:6:2] == ["30", "2", "1"]


def test_the_key_has_every_rating_with_its_total_and_share_of_all():
    chart = shares([4, 1, 0, 1, 0], [2, 1, 2, 0, 0])

    said = texts(chart.svg)

    assert said[-10:] == [
        "6",
        "Uppnås, 55\u00a0%",
        "2",
        "Risk för avvikelse, 18\u00a0%",
        "2",
        "Uppnås inte, 18\u00a0%",
        "1",
        "Följs upp vid årets slut, 9\u00a0%",
        "0",
        "Bedömning saknas, 0\u00a0%",
    ]


def test_a_single_row_stands_without_its_label():
    assert "Område 0" not in texts(shares([1, 1, 1, 1, 1]).svg)
    assert "Område 0" in texts(shares([1] * 5, [2] * 5).svg)


def test_a_row_that_nobody_has_counted_is_a_dashed_outline_and_a_dash_and_not_zero():
    chart = shares([None] * 5, [1, 0, 0, 0, 0])

    outline = segments(chart)[0]

    assert (outline.left, outline.right) == (0, 1000)
    assert outline.attributes["stroke-dasharray"] == "3 3"
    assert word(chart.svg, "–").middle > 200
    assert chart.table.rows[0] == ("Område 0", "–", "–", "–", "–", "–", "–")
    assert "Område 0: missing; Område 1: 1 Uppnås" in chart.description


def test_a_row_counted_to_nothing_is_zero():
    assert shares([0] * 5, [1, 0, 0, 0, 0]).table.rows[0][-1] == "0"


def test_when_nobody_has_counted_anything_the_key_has_dashes():
    assert texts(shares([None] * 5).svg)[::2] == ["–"] * 5


def test_a_row_with_too_few_counts_is_refused():
    with pytest.raises(ValueError, match="shorter"):
        shares([1, 2])


def test_the_description_says_the_totals_and_every_row():
    assert some_shares().description.startswith(
        "12 in all. 6 Uppnås, 50\u00a0%; 2 Risk för avvikelse, 17\u00a0%;"
    )
    assert "En trygg uppväxt: 4 Uppnås, 1 Risk för avvikelse, 0 Uppnås inte" in some_shares().description


def test_a_risk_stands_in_the_cell_of_its_likelihood_and_consequence():
    chart = risk_matrix(charts.Risk("R1", 4, 1), charts.Risk("R2", 1, 4))

    likely, grave = word(chart.svg, "R1", 1000), word(chart.svg, "R2", 1000)

    assert likely.top < grave.top
    assert likely.right < grave.left
    [cell] = [one for one in cells(chart) if one.overlaps(likely)]
    assert cell.middle == pytest.approx(likely.middle, abs=1)


def test_the_grid_has_a_cell_for_every_pair_of_steps_and_names_every_step():
    chart = risk_matrix()
    said = " ".join(texts(chart.svg))

    assert len(cells(chart)) == 16
    for step in (*LIKELIHOOD.steps, *CONSEQUENCE.steps, "Sannolikhet", "Konsekvens"):
        assert step in said


def test_a_cell_is_painted_and_shaped_by_its_level_and_the_key_gives_the_values():
    chart = some_risks()

    classes = [one.paints.split()[0] for one in cells(chart)]

    assert classes[0:4] == ["fill-risk-soft", "fill-risk-soft", "fill-bad-soft", "fill-bad-soft"]
    assert classes[12:16] == ["fill-ok-soft", "fill-ok-soft", "fill-ok-soft", "fill-risk-soft"]
    assert {"9–16 Åtgärdas", "4–8 Bevakas", "1–3 Accepteras"} <= set(texts(chart.svg))
    assert len(seen(chart.svg, "path", "circle")) == 16 + 4  # in the cells, and in the key


def test_without_levels_cells_have_neither_hue_nor_shape():
    chart = some_risks(levels=())

    assert {one.paints for one in cells(chart)} == {"fill-panel stroke-line"}
    assert len(seen(chart.svg, "circle")) == 1  # of what is not assessed


def test_names_that_have_no_room_in_one_cell_become_counts_in_all():
    crowd = [charts.Risk(f"R{place}", 2, 2) for place in range(30)]
    chart = risk_matrix(charts.Risk("A1", 4, 4), *crowd)

    said = texts(chart.svg)

    assert "A1" not in said
    assert (said.count("risk"), said.count("risks")) == (1, 1)
    assert "30" in said
    assert collisions(chart.svg, 260) == []


def test_a_risk_not_assessed_is_named_under_the_grid():
    chart = some_risks()

    assert "Not assessed: 4" in texts(chart.svg)
    assert chart.table.rows[3] == ("4 Nytt system", "–", "3 Kännbar", "–")
    assert chart.description.endswith("Not assessed: 4.")


@pytest.mark.parametrize("step", [0, 5, -1])
def test_a_step_that_the_scale_has_not_is_refused(step):
    with pytest.raises(ValueError, match=f"Sannolikhet has no step {step}, only 1 to 4"):
        risk_matrix(charts.Risk("R1", step, 1))


def test_the_description_begins_with_the_highest_risk_value():
    assert some_risks().description.startswith(
        "4 risks. Sannolikhet 4 Sannolik, konsekvens 4 Allvarlig, risk value 16 (Åtgärdas): 1;"
    )


def test_steps_with_words_too_long_for_their_columns_are_explained_under_the_grid():
    five = charts.Axis("Konsekvens", ["Försumbar", "Lindrig", "Kännbar", "Allvarlig", "Katastrofal"])

    under = texts(risk_matrix(consequence=five).svg)[-7:]

    assert under[:5] == ["1", "2", "3", "4", "5"]
    assert " ".join(under[5:]).replace("\u00a0", " ") == (
        "Konsekvens: 1 Försumbar, 2 Lindrig, 3 Kännbar, 4 Allvarlig, 5 Katastrofal"
    )


def test_a_level_of_one_value_is_written_as_one():
    levels = [*LEVELS, charts.Level("decision", "Till nämnden", 16)]

    assert "16 Till nämnden" in texts(risk_matrix(levels=levels).svg)


def test_a_chart_of_nothing_is_still_a_drawing():
    assert float(tree(shares(ratings=[]).svg).get("height")) == 0
    assert len(cells(risk_matrix())) == 16
