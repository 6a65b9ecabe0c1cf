"""What money puts on the controller's desk, and what a mail reminds of."""

import datetime as dt
from decimal import Decimal

import pytest

from cases.finance import services
from cases.finance.services import NewAmount
from core.desk import items_to_remind_of
from core.missing import missing_in

DUE = dt.date(2023, 9, 8)


@pytest.fixture
def stopped(small):
    """One period is open and has a stop date; two areas wait for their forecasts."""
    small.period.body.periods.exclude(pk=small.period.pk).update(status="closed")
    small.period.due_on = DUE
    small.period.save()
    return small


def told(person, today=DUE):
    return [(item.title, item.due_on, item.details) for item in items_to_remind_of(person, today)]


def forecast(small, area, by):
    amount = NewAmount(line=small.costs, area=area, kind="forecast", year=2023, months=12, kronor=Decimal(-7))
    services.record_amounts(small.period, [amount], by=by)


def test_the_controller_is_reminded_of_areas_without_a_forecast_until_all_have_one(stopped, controller):
    both = told(controller)
    forecast(stopped, stopped.north, controller)
    one = told(controller)
    forecast(stopped, stopped.south, controller)

    assert both == [("Lägg in prognoserna för 2 verksamhetsområden", DUE, ("Norra", "Södra"))]
    assert one == [("Lägg in prognosen för 1 verksamhetsområde", DUE, ("Södra",))]
    assert told(controller) == []


def test_nobody_else_is_reminded_of_them(stopped, case_officer, head):
    assert (told(case_officer), told(head)) == ([], [])


def test_they_are_not_on_the_desk_long_before(stopped, controller):
    assert told(controller, DUE - dt.timedelta(days=61)) == []


def test_a_closed_period_reminds_of_nothing(stopped, controller):
    stopped.period.status = "closed"
    stopped.period.save()

    assert told(controller) == []


def test_who_is_late_tells_of_the_areas_without_a_forecast(stopped, controller, stranger):
    forecast(stopped, stopped.north, controller)

    assert [(one.who, one.title, one.due_on) for one in missing_in(stopped.period, controller)] == [
        ("Controllern", "Lägg in prognosen för ”Södra”", DUE)
    ]
    assert missing_in(stopped.period, stranger) == []
