"""What disagrees is found, with both places; what agrees, or is not entered, is not."""

import pytest
from django.utils import translation

from cases.finance.checks import broken, checks
from cases.finance.ledger import Ledger
from cases.finance.models import Amount, Explanation, Grant, KeyFigureValue
from core import preflight


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def names(period):
    return [check.name for check in broken(Ledger(period))]


def test_the_demos_two_disagreements_are_found_and_nothing_else(money):
    found = broken(Ledger(money.autumn))

    assert [(check.name, round(check.difference / 1000)) for check in found] == [
        ("finance.accounts", -21),
        ("finance.migration", -200),
    ]


def test_areas_and_accounts_that_differ_by_a_krona_disagree(money):
    row = Amount.objects.get(line__code="income", area__code="EB", kind="actual", year=2023, months=8)
    Amount.objects.filter(pk=row.pk).update(kronor=row.kronor + 1)

    assert names(money.autumn).count("finance.accounts") == 2


def test_causes_that_are_not_the_forecasts_change_disagree_with_it(money):
    Explanation.objects.filter(list="bridge", label="Personal").update(kronor=8_000_000)

    [check] = [one for one in broken(Ledger(money.autumn)) if one.name == "finance.bridge"]

    assert "#bridge" in check.here.url
    assert "#operating" in check.there.url
    assert check.sentence.startswith("Prognosavvikelse säger 18")


def test_parts_that_do_not_add_up_are_found_where_they_are_said_to(money):
    KeyFigureValue.objects.filter(
        figure__label="varav årsplatser SIS*", figure__table="volumes", kind="actual", year=2023
    ).update(value=4)

    assert "finance.parts" in names(money.autumn)


def test_parts_of_a_cost_are_not_added_up(money):
    KeyFigureValue.objects.filter(figure__label="varav årskostnad SIS*").exclude(value=None).update(value=1)

    assert "finance.parts" not in names(money.autumn)


def test_nothing_entered_is_held_against_nothing(small):
    assert checks(Ledger(small.period)) == []


def test_what_the_migration_agency_pays_agrees_when_it_does(money):
    total = sum(one.kronor for one in Grant.objects.filter(kind="migration"))
    Explanation.objects.filter(label="Migrationsverket").update(kronor=total)

    assert "finance.migration" not in names(money.autumn)


def test_a_review_of_the_period_tells_both_places(money):
    found = [one for one in preflight.glance(money.autumn) if one.rule == "finance.disagrees"]

    assert len(found) == 2
    assert found[0].marked == "-475\xa0476\xa0tkr"
    assert (found[0].expected, found[0].expected_place) == ("-475\xa0455\xa0tkr", "Kontoanalys")
