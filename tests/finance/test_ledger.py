"""Which report speaks for a number, what is added up, and when it is rounded."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from cases.finance import services, statements
from cases.finance.formulas import NotAFormula, parse
from cases.finance.ledger import Ledger
from cases.finance.models import GroupedArea, Grouping, Layout, LayoutColumn
from cases.finance.models.kinds import Kind
from cases.finance.services import NewAmount
from cases.finance.statements.shape import shown
from core.services import take_step
from tests.factories import PeriodFactory


def amount(world, kronor, *, kind=Kind.ACTUAL, year=2023, months=8, area="north", line="costs"):
    return NewAmount(
        line=getattr(world, line),
        area=getattr(world, area),
        kind=kind,
        year=year,
        months=months,
        kronor=Decimal(kronor),
    )


def column(data, key):
    """Return a column's cells of every row, as they are stored."""
    place = [one["key"] for one in data["columns"]].index(key)
    return [row["cells"][place] for section in data["sections"] for row in section["rows"]]


def words(data, key):
    """Return a column's cells of every row, as they are shown."""
    place = [one["key"] for one in data["columns"]].index(key)
    return [
        shown(row["cells"][place], data["columns"][place], row)
        for section in data["sections"]
        for row in section["rows"]
    ]


def test_a_total_is_computed_from_kronor_and_rounded_last(small, controller):
    services.record_amounts(
        small.period, [amount(small, -1400), amount(small, -1400, area="south")], by=controller
    )

    data = statements.operating(Ledger(small.period))

    assert words(data, "actual") == ["", "-1", "-1", "", "-1", "-1", "", "-3", "-3"]


def test_a_deviation_is_of_unrounded_numbers(money):
    with translation.override("sv"):
        data = statements.summary(Ledger(money.autumn))

    income = data["sections"][0]["rows"][0]
    texts = [
        shown(cell, column, income) for cell, column in zip(income["cells"], data["columns"], strict=True)
    ]
    assert texts[2:] == ["42,0", "61,4", "19,5"]


def test_nothing_entered_is_blank_and_nought_is_nought(small, controller):
    services.record_amounts(small.period, [amount(small, 0)], by=controller)

    data = statements.operating(Ledger(small.period))

    assert column(data, "actual")[:3] == ["", "0", "0"]
    assert set(column(data, "forecast")) == {""}


def test_each_period_keeps_its_own_forecast(small, years, controller):
    spring = years["interim", 2023, 1]
    forecast = {"kind": Kind.FORECAST, "months": 12}
    services.record_amounts(spring, [amount(small, -900, **forecast)], by=controller)
    services.record_amounts(small.period, [amount(small, -700, **forecast)], by=controller)

    assert column(statements.operating(Ledger(spring)), "forecast")[-1] == "-900"
    assert column(statements.operating(Ledger(small.period)), "forecast")[-1] == "-700"


def test_a_forecast_that_this_period_has_not_made_is_not_taken_from_the_one_before(small, years, controller):
    spring = years["interim", 2023, 1]
    services.record_amounts(spring, [amount(small, -900, kind=Kind.FORECAST, months=12)], by=controller)

    assert column(statements.operating(Ledger(small.period)), "forecast")[-1] == ""


def test_last_year_is_as_last_restated_and_reports_of_then_stay(small, years, controller):
    then = years["interim", 2022, 2]
    services.record_amounts(then, [amount(small, -500, year=2022)], by=controller)
    services.record_amounts(small.period, [amount(small, -450, year=2022)], by=controller)

    assert column(statements.operating(Ledger(small.period)), "last_year")[-1] == "-450"
    assert column(statements.operating(Ledger(then)), "actual")[-1] == "-500"


def test_last_year_is_what_it_said_itself_when_nobody_restated_it(small, years, controller):
    services.record_amounts(years["interim", 2022, 2], [amount(small, -500, year=2022)], by=controller)

    assert column(statements.operating(Ledger(small.period)), "last_year")[-1] == "-500"


def test_what_a_later_period_says_does_not_reach_an_earlier_report(small, years, controller):
    services.record_amounts(
        small.period, [amount(small, -450, kind=Kind.CLOSING, year=2022, months=12)], by=controller
    )

    assert column(statements.operating(Ledger(years["interim", 2023, 1])), "closing")[-1] == ""


def test_the_budget_is_the_one_adopted_by_the_periods_end(small, years, body, controller):
    for kronor, decided_on in ((-1000, "2022-12-13"), (-1100, "2023-06-13")):
        budget = services.begin_budget(body, year=2023, by=controller)
        row = amount(small, kronor, kind=Kind.BUDGET, months=12)
        services.record_amounts(budget, [row], by=controller)
        take_step(budget, "adopt", by=controller, data={"decided_on": decided_on, "decision": "SN § 1"})

    assert column(statements.operating(Ledger(years["interim", 2023, 1])), "budget")[-1] == "-1000"
    assert column(statements.operating(Ledger(small.period)), "budget")[-1] == "-1100"


def test_a_budget_that_is_not_adopted_is_shown_when_there_is_no_other(small, body, controller):
    budget = services.begin_budget(body, year=2023, by=controller)
    services.record_amounts(budget, [amount(small, -10, kind=Kind.BUDGET, months=12)], by=controller)

    assert column(statements.operating(Ledger(small.period)), "budget")[-1] == "-10"


def test_areas_laid_together_are_one_row_and_no_area_is_lost(small, body, controller):
    grouping = Grouping.objects.create(body=body, name="Ledda ihop")
    GroupedArea.objects.create(grouping=grouping, area=small.north, group="Norr")
    Layout.objects.filter(body=body, table="operating").update(grouping=grouping)
    services.record_amounts(
        small.period, [amount(small, -1000), amount(small, -2000, area="south")], by=controller
    )

    data = statements.operating(Ledger(small.period))

    assert [section["label"] for section in data["sections"]][:2] == ["Norr", "Södra"]
    assert column(data, "actual")[-1] == "-3000"


def test_a_head_is_made_from_what_the_column_shows(small):
    with translation.override("sv"):
        heads = [one["head"] for one in statements.operating(Ledger(small.period))["columns"]]

    assert heads == [
        "Utfall jan–aug 2023",
        "Utfall jan–aug 2022",
        "Bokslut 2022",
        "Budget 2023",
        "Prognos 2023",
        "Avvikelse prognos mot budget",
    ]


def test_the_same_layout_heads_another_period_by_its_own_months(small, years):
    with translation.override("sv"):
        heads = [one["head"] for one in statements.operating(Ledger(years["interim", 2023, 1]))["columns"]]

    assert heads[:2] == ["Utfall jan–april 2023", "Utfall jan–april 2022"]


def test_a_column_may_be_the_forecast_of_the_period_before(small, years, body, controller):
    layout = Layout.objects.get(body=body, table="operating")
    LayoutColumn.objects.create(
        layout=layout, key="earlier", kind=Kind.FORECAST, reported="previous", unit="tkr", position=9
    )
    services.record_amounts(
        years["interim", 2023, 1], [amount(small, -900, kind=Kind.FORECAST, months=12)], by=controller
    )

    with translation.override("sv"):
        data = statements.operating(Ledger(small.period))

    assert data["columns"][-1]["head"] == "Prognos delår 1 2023"
    assert column(data, "earlier")[-1] == "-900"


@pytest.mark.parametrize(
    ("text", "cells", "value"),
    [
        ("forecast - budget", {"forecast": Decimal(-6), "budget": Decimal(-10)}, Decimal(4)),
        ("a + b - c", {"a": Decimal(1), "b": Decimal(2), "c": Decimal(4)}, Decimal(-1)),
        ("forecast - budget % budget", {"forecast": Decimal(-9), "budget": Decimal(-10)}, Decimal(10)),
        ("forecast - budget", {"forecast": None, "budget": Decimal(-10)}, None),
        ("a % b", {"a": Decimal(1), "b": Decimal(0)}, None),
    ],
)
def test_a_formula_is_worked_out_over_columns(text, cells, value):
    assert parse(text).value(cells) == value


@pytest.mark.parametrize(
    "text", ["", "forecast -", "forecast * budget", "1 + 2", "a - b % c % d", "__import__('os')"]
)
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(NotAFormula):
        parse(text)


def test_a_month_of_its_own_has_its_own_layer(small, body, controller):
    march = PeriodFactory(
        body=body, kind="month", number=3, starts_on=dt.date(2023, 1, 1), ends_on=dt.date(2023, 3, 31)
    )
    services.record_amounts(march, [amount(small, -30, months=3)], by=controller)

    with translation.override("sv"):
        data = statements.operating(Ledger(march))

    assert data["columns"][0]["head"] == "Utfall jan–mars 2023"
    assert column(data, "actual")[-1] == "-30"
