"""A review of a report holds as long as the money behind its values and tables is what it was."""

from decimal import Decimal

import pytest

from cases.finance import services
from cases.finance.models import Amount, Grant, Layout
from cases.finance.services import NewAmount
from cases.register.models import Document, Fact
from core import preflight
from core.services import review
from tests.factories import DocumentFactory, ItemFactory, MeetingFactory, PeriodFactory


@pytest.fixture
def enter(controller):
    """Return a function that enters what an area cost in a period."""

    def entered(small, kronor, period=None):
        new = NewAmount(
            line=small.costs, area=small.north, kind="actual", year=2023, months=8, kronor=Decimal(kronor)
        )
        services.record_amounts(period or small.period, [new], by=controller)

    return entered


@pytest.fixture
def report(body, small, enter):
    enter(small, -100)
    return DocumentFactory(case__body=body, subject=small.period)


def is_fresh(subject):
    return preflight.verdict(type(subject).objects.get(pk=subject.pk)).is_fresh


@pytest.fixture
def reviewed(report, controller):
    review(report, by=controller)
    assert is_fresh(report)
    return report


def test_an_amount_that_changes_after_the_review_wants_another(reviewed, small, enter, controller):
    enter(small, -101)
    assert not is_fresh(reviewed)

    review(reviewed, by=controller)
    assert is_fresh(reviewed)


CHANGES = {
    "an amount is taken away": lambda small: Amount.objects.all().delete(),
    "a column": lambda small: Layout.objects.get(table="operating").columns.filter(key="actual").update(unit="mkr"),
    "a grant": lambda small: Grant.objects.create(period=small.period, name="Bostad", kronor=1),
    "a fact": lambda small: Fact.objects.filter(period=small.period).update(value=8),
    "a budget": lambda small: services.begin_budget(small.period.body, year=2023, by=small.by),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_is_behind_the_report_wants_another_review(what, report, small, controller, body):
    Fact.objects.create(
        body=body, period=small.period, key="a", label="A", value=7, as_of="2023-08-31", by=controller
    )
    small.by = controller
    review(report, by=controller)
    assert is_fresh(report)

    CHANGES[what](small)

    assert not is_fresh(report)


def test_an_amount_that_becomes_another_areas_wants_another_review(reviewed, small):
    Amount.objects.update(area=small.south)

    assert not is_fresh(reviewed)


def test_another_committees_money_leaves_the_review_as_it_is(reviewed, small):
    Grant.objects.create(period=PeriodFactory(), name="Bostad", kronor=1)

    assert is_fresh(reviewed)


def test_money_leaves_the_review_of_an_approved_report_as_it_is(report, small, enter, controller):
    Document.objects.filter(pk=report.pk).update(status="approved")
    review(report, by=controller)

    enter(small, -101)

    assert is_fresh(report)


def test_a_meeting_whose_report_tells_of_other_money_wants_another_review(
    report, small, enter, body, controller
):
    meeting = MeetingFactory(body=body)
    ItemFactory(meeting=meeting, case=report.case, document=report)
    review(meeting, by=controller)
    assert is_fresh(meeting)

    enter(small, -101)

    assert not is_fresh(meeting)
