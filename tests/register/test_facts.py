"""Numbers that live in prose only: entered once, from the document that speaks of them."""

import pytest
from django.db import IntegrityError, transaction

from cases.register.models import Fact
from cases.register.services import add_fact
from core.models import Change
from tests.factories import DocumentFactory, FactFactory, PeriodFactory


def filled(**changes):
    return {
        "label": "Verkställda beslut",
        "value": "7",
        "unit": "count",
        "as_of": "2023-06-01",
        "source": "IVO",
    } | changes


def test_a_number_entered_from_a_document_is_of_its_period(document, period, case_officer, client_for):
    client_for(case_officer).post(f"/documents/{document.pk}/facts/", filled())

    fact = Fact.objects.get()
    assert (fact.period, fact.body, fact.key, fact.value) == (period, period.body, "verkstallda-beslut", 7)
    assert Change.objects.about((Fact, [fact.pk])).get().by == case_officer


def test_two_numbers_that_are_called_the_same_get_keys_of_their_own(period, case_officer):
    fields = {"label": "Beslut", "value": 1, "as_of": "2023-06-01", "source": "IVO", "by": case_officer}

    assert [add_fact(period, **fields).key for _fact in range(3)] == ["beslut", "beslut-2", "beslut-3"]


def test_a_number_is_corrected_under_the_same_key(document, period, case_officer, client_for):
    fact = FactFactory(period=period, value=7)

    client_for(case_officer).post(f"/documents/{document.pk}/facts/{fact.pk}/", filled(value="8"))

    fact.refresh_from_db()
    assert (fact.value, fact.key, fact.by) == (8, "unexecuted.executed", case_officer)


@pytest.mark.parametrize("value", ["", "sju", "NaN", "1e400", "99999999999999999"])
def test_what_is_no_number_is_refused_at_its_field(document, case_officer, client_for, value):
    response = client_for(case_officer).post(f"/documents/{document.pk}/facts/", filled(value=value))

    assert list(response.context["form"].errors) == ["value"]
    assert not Fact.objects.exists()


def test_a_number_of_things_is_whole(document, period, case_officer, client_for):
    response = client_for(case_officer).post(f"/documents/{document.pk}/facts/", filled(value="7,5"))

    assert list(response.context["form"].errors) == ["value"]
    with pytest.raises(IntegrityError, match="fact_count_is_whole"), transaction.atomic():
        FactFactory(period=period, value="7.5", unit="count")


def test_a_percentage_may_have_decimals(document, case_officer, client_for):
    client_for(case_officer).post(f"/documents/{document.pk}/facts/", filled(value="7,5", unit="percent"))

    assert Fact.objects.get().shown == "7,5"


def test_another_periods_number_is_not_reached_through_this_document(
    document, body, case_officer, client_for
):
    other = FactFactory(period=PeriodFactory(body=body, number=1), value=7)

    response = client_for(case_officer).post(f"/documents/{document.pk}/facts/{other.pk}/", filled(value="8"))

    other.refresh_from_db()
    assert (response.status_code, other.value) == (404, 7)


def test_a_document_about_no_period_has_no_numbers(case, case_officer, client_for):
    document = DocumentFactory(case=case)

    assert client_for(case_officer).get(f"/documents/{document.pk}/facts/").status_code == 404
