"""What goals and measures give to reports: figures that follow their source, blocks as data, tables to take home."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.measures import services
from committee.models import Period
from core import blocks, figures, sheets
from core.richtext.references import FigureRef
from core.tables import called
from tests.measures.conftest import full_year, interim


@pytest.fixture
def says(period):
    """Return a function that gives what a figure says in a form; None when it has no value."""

    def said(name, of=period, **args):
        ref = FigureRef.of(name, args)
        found = figures.resolve([ref], {"committee.period": Period.objects.get(pk=of.pk)})[ref]
        return found and found.text.replace("\u00a0", " ")

    return said


def test_an_outcome_is_said_in_the_measures_own_unit_and_decimals(add_measure, enter, period, says):
    share = add_measure(numerator="A", denominator="B")
    weeks = add_measure(unit="weeks", direction="down")
    answer = add_measure(unit="yes_no", direction="none", target=None)
    enter(share, period, numerator=Decimal(13), denominator=Decimal(17))
    enter(weeks, period, "9")
    enter(answer, period, "1")

    assert says("measures.outcome", measure="1") == "76 percent"
    assert says("measures.outcome", measure="1", form="plain") == "76 %"
    assert says("measures.outcome", measure="1", form="one_decimal") == "76,5 percent"
    assert says("measures.outcome", measure="2") == "9 weeks"
    assert says("measures.outcome", measure="3") == "Yes"
    assert [says(f"measures.{name}", measure="1") for name in ("numerator", "denominator")] == ["13", "17"]


def test_periods_beside_are_found_from_this_one(
    edition, enter, body, period, goal, council_goal, controller, says
):
    second = interim(body, 2)
    enter(edition, period, "91.8")
    enter(edition, second, "91.5")

    assert says("measures.outcome", of=second, measure="1", period="previous") == "92 percent"
    assert says("measures.change", of=second, measure="1", period="previous") == "lower"
    assert (
        says("measures.change", of=second, measure="1", period="previous", form="points")
        == "0 percentage points"
    )
    assert says("measures.outcome", of=second, measure="1", period="same_last_year") is None


def test_a_forecast_for_the_year_is_said(add_measure, enter, body, says):
    second = interim(body, 2)
    enter(add_measure(forecast_rule="annualised", decimals=2), second, "10.99")

    assert says("measures.forecast", of=second, measure="1", form="one_decimal") == "16,5 percent"


@pytest.mark.parametrize("args", [{"measure": "7"}, {"measure": "x"}, {"measure": "1", "split": "women"}])
def test_what_is_not_there_has_no_value(edition, enter, period, says, args):
    enter(edition, period, "5")

    assert says("measures.outcome", **args) is None


def test_a_rating_is_said_as_the_scales_own_sentence(edition, goal, area, rate, period, controller, says):
    for of in (edition, goal, area, None):
        rate(period, of, "risk", by=controller)

    assert says("measures.rating", measure="1") == "measure risk interim 2023"
    assert says("measures.rating", goal="1") == "goal risk interim 2023"
    assert says("measures.rating", area="1") == "area risk interim 2023"
    assert says("measures.rating") == "whole risk interim 2023"


def test_goals_met_are_counted_in_words_and_follow_the_ratings(
    goal, council_goal, rate, body, period, controller, says
):
    goals = [goal] + [
        services.add_goal(body, year=2023, council_goal=council_goal, name=f"M{n}", by=controller)
        for n in range(4)
    ]
    for one in goals:
        rate(period, one, "reached", by=controller)
    assert says("measures.goals_met", area="1") == "all five goals"

    rate(period, goals[0], "not", by=controller)

    assert says("measures.goals_met", area="1") == "four of five goals"
    assert says("measures.goals_met") == "four of five goals"
    assert says("measures.goals_met", area="1", form="count") == "four"
    assert says("measures.goals_met", area="9") is None


def test_many_references_cost_as_much_as_one(add_measure, enter, period):
    for number in range(1, 11):
        enter(add_measure(), period, str(number))

    def cost(count):
        refs = [FigureRef.of("measures.outcome", {"measure": str(number)}) for number in range(1, count + 1)]
        fresh = Period.objects.get(pk=period.pk)  # as a request has it
        with CaptureQueriesContext(connection) as captured:
            found = figures.resolve(refs, {"committee.period": fresh})
        assert all(found.values())
        return len(captured)

    assert cost(10) == cost(1) <= 3


def goal_table(period, audience="staff", goal=1):
    return blocks.blocks["measures.goal_table"].data(period, {"goal": goal}, audience)


def test_the_table_of_a_goal_is_canonical_and_unrounded(add_measure, enter, rate, body, period, controller):
    full_year(body, 2022)
    edition = add_measure(numerator="A", denominator="B")
    enter(edition, period, numerator=Decimal(68), denominator=Decimal(775))
    rate(period, edition, "reached", by=controller, reason="Vänder")

    data = goal_table(period)

    assert json.loads(json.dumps(data)) == data
    (row,) = data["rows"]
    assert row["outcome"]["value"].startswith("8.77419")
    assert (row["target"], row["standing"], row["sentence"]) == ("80", "met", "measure reached interim 2023")
    assert (data["years"], data["year"]) == ([2022], 2023)


def test_the_table_prints_values_states_and_the_sentence(add_measure, enter, rate, period, controller):
    edition, yearly = add_measure(name="Svar"), add_measure(name="Årligt", cadence="year")
    enter(edition, period, "9", comment="intern")
    for one, key in ((edition, "not"), (yearly, "reached")):
        rate(period, one, key, by=controller, analysis=f"<p>Analys {key}</p>")

    html = blocks.html("measures.goal_table", goal_table(period))

    for words in (
        "Svar",
        "9\u00a0%",
        "80\u00a0%",
        "Analys not",
        "Full year only",
        "measure not interim 2023",
    ):
        assert words in html
    assert 'scope="row"' in html
    assert "<caption>" in html
    assert "intern<" not in html


def test_values_in_an_analysis_are_of_today_and_masks_are_for_those_who_may(
    edition, enter, rate, period, controller
):
    enter(edition, period, "85")
    chip = '<span data-figure="measures.outcome" data-args=\'{"measure":"1"}\'>1</span>'
    rate(period, edition, by=controller, analysis=f'<p>Nu {chip}, <span data-mask="">hemligt</span>.</p>')
    enter(edition, period, "86")

    staff, public = goal_table(period)["rows"][0]["text"], goal_table(period, "public")["rows"][0]["text"]

    assert "86\u00a0percent" in staff
    assert "hemligt" in staff
    assert "86\u00a0percent" in public
    assert "hemligt" not in public


def test_the_tree_and_the_chart_count_the_same_goals(goal, area, edition, enter, rate, period, controller):
    enter(edition, period, "9")
    rate(period, area, "not", by=controller, analysis="<p>Området</p>")

    tree = blocks.blocks["measures.tree"].data(period, {}, "staff")
    chart = blocks.blocks["measures.fulfilment"].data(period, {}, "staff")

    assert [(one["name"], one["met"], one["of"]) for one in tree["areas"]] == [("Egenmakt", 0, 1)]
    assert chart["rows"] == [{"name": "Egenmakt", "counts": [0, 0, 1, 0]}]
    assert "Området" in blocks.html("measures.tree", tree)
    assert "<svg" in blocks.html("measures.fulfilment", chart)


def test_a_measures_history_is_drawn_with_what_the_year_is_expected_to_be(
    body, council_goal, add_measure, enter, controller, case_officer
):
    before = services.add_goal(body, year=2022, council_goal=council_goal, name="M", by=controller)
    now = services.add_goal(body, year=2023, council_goal=council_goal, name="M", by=controller)
    last_year = add_measure(before, forecast_rule="annualised", target=None, decimals=1)
    edition = services.continue_edition(last_year, goal=now, by=controller, target=Decimal(11))
    enter(last_year, full_year(body, 2022), "18.7")
    second = interim(body, 2)
    enter(edition, second, "10.99")

    data = blocks.blocks["measures.history"].data(second, {"measure": 1}, "staff")
    html = blocks.html("measures.history", data)

    assert [(one["label"], one["value"]) for one in data["points"]] == [("2022", "18.7"), ("2023", "16.485")]
    for number in ("18,7", "16,5", "11,0", "forecast"):
        assert number in html


@pytest.mark.parametrize("name", ["goal_table", "tree", "fulfilment", "history", "assignments"])
def test_a_block_without_anything_says_so(period, name):
    html = blocks.html(f"measures.{name}", blocks.blocks[f"measures.{name}"].data(period, {}, "public"))

    assert "<table" not in html
    assert "no " in html


def test_the_table_to_take_home_has_a_row_for_each_measure_and_part(
    add_measure, enter, rate, period, controller
):
    edition, missing = add_measure(split="sex", name="Frisk"), add_measure(name="Saknas")
    enter(edition, period, "93.4")
    enter(edition, period, "92.34", split="women")
    rate(period, edition, "risk", by=controller, reason="Nära")

    maker = called("measures")
    table = maker.make(period, {})
    rows = [dict(zip([column.key for column in table.columns], row, strict=True)) for row in table.rows]

    assert [(row["name"], row["part"], row["value"]) for row in rows] == [
        ("Frisk", "", Decimal("93.4")),
        ("Frisk", "women", Decimal("92.34")),
        ("Saknas", "", None),
    ]
    assert (rows[0]["reason"], rows[2]["absent"], missing.name) == ("Nära", "Missing", "Saknas")
    assert "93,4" in sheets.written(maker, table, "csv").decode("utf-8-sig")


def test_definitions_and_assignments_are_tables_too(add_measure, body, area, period, controller):
    edition = add_measure(target=Decimal("82.5"))
    services.give_assignment(
        body, year=2023, title="Plan", giver="council", area=area, responsible=controller, by=controller
    )

    definitions = called("definitions").make(period, {})
    assignments = called("measures.assignments").make(period, {})

    assert [(row[2], row[8]) for row in definitions.rows] == [(edition.name, Decimal("82.5"))]
    assert [row[1] for row in assignments.rows] == ["Plan"]
