"""What a measure came to: a value, a fraction or a reason; who comes too late; what was corrected."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cases.measures.models import Outcome
from cases.measures.services import Entry, Refused, Stale, clear_outcome, fetch_outcome
from cases.measures.states import written
from core.models import Change
from core.services import take_step
from tests.factories import FactFactory
from tests.measures.conftest import full_year, interim


def test_13_of_17_is_76_percent(add_measure, enter, period):
    edition = add_measure(numerator="Besvarade", denominator="Inkomna")

    outcome = enter(edition, period, numerator=Decimal(13), denominator=Decimal(17))

    assert written(outcome.exact, edition.unit, edition.decimals) == "76\u00a0%"
    assert outcome.exact == Decimal(13) / Decimal(17) * 100


@pytest.mark.parametrize(
    ("numerator", "denominator", "decimals", "shown"),
    [
        (68, 775, 0, "9\u00a0%"),
        (68, 775, 2, "8,77\u00a0%"),
        (1, 8, 0, "13\u00a0%"),
        (0, 17, 1, "0,0\u00a0%"),
        (17, 17, 0, "100\u00a0%"),
    ],
)
def test_percentages_are_rounded_last_and_half_away_from_zero(
    add_measure, enter, period, numerator, denominator, decimals, shown
):
    edition = add_measure(numerator="A", denominator="B", decimals=decimals)

    outcome = enter(edition, period, numerator=Decimal(numerator), denominator=Decimal(denominator))

    assert written(outcome.exact, edition.unit, edition.decimals) == shown


def test_an_outcome_is_annualised_by_the_months_that_have_passed(add_measure, enter, body):
    edition = add_measure(forecast_rule="annualised", direction="down", target=Decimal(11), decimals=2)

    outcome = enter(edition, interim(body, 2), "10.99")

    assert outcome.expected == Decimal("10.99") * 12 / 8
    assert outcome.expected == Decimal("16.485")


def test_a_typed_forecast_comes_before_the_rule(add_measure, enter, period):
    edition = add_measure(forecast_rule="annualised")

    outcome = enter(edition, period, "30", forecast=Decimal(70))

    assert outcome.expected == 70


D = Decimal
# What is sent, the field that is wrong, words of the message.
REFUSED = {
    "nothing": ({}, "value", "Write a value"),
    "half a fraction": ({"numerator": D(13)}, "denominator", "both"),
    "the other half": ({"denominator": D(17)}, "numerator", "both"),
    "zero below": ({"numerator": D(1), "denominator": D(0)}, "denominator", "above zero"),
    "below zero": ({"value": D(-1)}, "value", "below zero"),
    "value and fraction": ({"value": D(1), "numerator": D(1), "denominator": D(2)}, "value", "not both"),
    "absent without reason": ({"absent": "not_measured"}, "absent_reason", "why"),
    "absent with a value": (
        {"absent": "late", "absent_reason": "Sen", "value": D(1)},
        "absent",
        "There is a value",
    ),
    "personal number": ({"value": D(1), "comment": "Avser 19121212-1212"}, "comment", "personal number"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_saved(edition, enter, period, case):
    fields, field, words = REFUSED[case]

    with pytest.raises(Refused, match=words) as refused:
        enter(edition, period, **fields)

    assert refused.value.field == field
    assert Outcome.objects.count() == 0


@pytest.mark.parametrize(("unit", "value"), [("count", "3.5"), ("yes_no", "2"), ("weeks", "-1")])
def test_a_value_that_the_unit_cannot_have_is_refused(add_measure, enter, period, unit, value):
    with pytest.raises(Refused):
        enter(add_measure(unit=unit), period, value)


def test_a_part_that_the_measure_has_not_is_refused(edition, enter, period):
    with pytest.raises(Refused, match="no part"):
        enter(edition, period, "5", split="women")


def test_parts_stand_beside_the_whole(add_measure, enter, period):
    edition = add_measure(split="sex")

    enter(edition, period, "93.4")
    enter(edition, period, "92.34", split="women")
    enter(edition, period, "97.64", split="men")

    assert dict(Outcome.objects.values_list("split", "value")) == {
        "": Decimal("93.4"),
        "women": Decimal("92.34"),
        "men": Decimal("97.64"),
    }


def test_what_is_followed_up_for_the_full_year_is_not_entered_before(add_measure, enter, body, period):
    edition = add_measure(cadence="year")

    with pytest.raises(Refused, match="full year"):
        enter(edition, period, "5")

    assert enter(edition, full_year(body), "5").exact == 5


def test_a_period_of_another_year_is_refused(edition, enter, body):
    with pytest.raises(Refused, match="does not belong"):
        enter(edition, interim(body, year=2022), "5")


def test_a_closed_period_is_refused_until_it_is_opened_again(edition, enter, period, controller):
    take_step(period, "close", by=controller)
    with pytest.raises(Refused, match="closed"):
        enter(edition, period, "5")

    take_step(period, "reopen", by=controller, data={"reason": "Sen siffra"})

    assert enter(edition, period, "5").value == 5


def test_the_database_refuses_a_closed_period_too(edition, enter, period, controller):
    outcome = enter(edition, period, "5")
    take_step(period, "close", by=controller)

    for verb in (outcome.delete, outcome.save):
        with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
            verb()
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        Outcome.objects.create(
            edition=edition, period=period, split="x", value=1, as_of=period.ends_on, by=controller
        )


def test_the_database_holds_an_outcome_to_the_year_of_its_measure(edition, body, controller):
    with pytest.raises(IntegrityError, match="of the year"), transaction.atomic():
        Outcome.objects.create(
            edition=edition, period=interim(body, year=2022), value=1, as_of="2022-04-30", by=controller
        )


def test_a_second_outcome_of_the_same_part_cannot_be(edition, enter, period, controller):
    enter(edition, period, "5")

    with pytest.raises(IntegrityError, match="outcome_once"), transaction.atomic():
        Outcome.objects.create(edition=edition, period=period, value=1, as_of=period.ends_on, by=controller)


def test_a_draft_is_changed_without_a_trace_on_the_page(edition, enter, period):
    enter(edition, period, "5")

    outcome = enter(edition, period, "6")

    assert (outcome.value, outcome.is_corrected, outcome.version) == (6, False, 2)


def test_what_was_ready_is_corrected_with_a_reason_and_stays_marked(
    edition, enter, rate, period, case_officer
):
    enter(edition, period, "85")
    take_step(rate(period, edition, by=case_officer), "finish", by=case_officer)

    with pytest.raises(Refused, match="why it is corrected") as refused:
        enter(edition, period, "86")
    outcome = enter(edition, period, "86", correction="Två svar hade räknats dubbelt")

    assert refused.value.field == "correction"
    assert (outcome.value, outcome.is_corrected) == (86, True)
    assert outcome.correction_reason == "Två svar hade räknats dubbelt"
    last = Change.objects.filter(table="measures_outcome").order_by("pk").last()
    assert last.by_id == case_officer.pk


def test_saving_the_same_again_changes_nothing(edition, enter, period):
    first = enter(edition, period, "5")

    again = enter(edition, period, "5")

    assert again.version == first.version


def test_who_saw_an_older_version_is_told(edition, enter, period):
    enter(edition, period, "5")
    enter(edition, period, "6")

    with pytest.raises(Stale):
        enter(edition, period, "7", version=1)

    assert Outcome.objects.get().value == 6


def test_clearing_leaves_the_history(edition, enter, period, case_officer):
    clear_outcome(enter(edition, period, "5"), by=case_officer, reason="Fel mått")

    assert Outcome.objects.count() == 0
    assert Change.objects.filter(table="measures_outcome").order_by("pk").last().reason == "Fel mått"


def test_an_outcome_is_of_the_day_it_is_entered_or_of_the_periods_end(
    edition, add_measure, enter, period, body
):
    ended, running = enter(edition, period, "5"), enter(add_measure(), interim(body, 2), "5")

    assert (ended.as_of, running.as_of) == (dt.date(2023, 4, 30), dt.date(2023, 6, 6))


@pytest.mark.parametrize(("value", "answer"), [(1, 1), (0, 1), (-1, 0)])
def test_a_yes_is_fetched_from_a_figure_that_is_not_below_zero(
    add_measure, period, controller, value, answer
):
    FactFactory(period=period, key="result", value=value)
    edition = add_measure(unit="yes_no", source_figure="fact.value", source_args={"key": "result"})

    outcome = fetch_outcome(edition, period, by=controller)

    assert outcome.value == answer


def test_a_figure_without_value_is_said(add_measure, period, controller):
    edition = add_measure(source_figure="fact.value", source_args={"key": "unknown"})

    with pytest.raises(Refused, match="no value to fetch"):
        fetch_outcome(edition, period, by=controller)


def test_an_entry_tells_when_it_is_empty():
    assert Entry(forecast=Decimal(3), comment="x").is_empty
    assert not Entry(value=Decimal(0)).is_empty
