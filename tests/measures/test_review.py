"""A review of a report holds as long as outcomes, ratings, targets and assignments are what they were."""

from decimal import Decimal

import pytest

from cases.measures import services
from cases.measures.services import Entry
from core import preflight
from core.services import review
from tests.factories import DocumentFactory


def outcome(edition, period, by):
    services.enter_outcome(edition, period, Entry(value=Decimal(81)), by=by)


def rating(edition, period, by):
    services.begin_rating(period, edition, owner=by, by=by)


def target(edition, period, by):
    type(edition).objects.filter(pk=edition.pk).update(target=Decimal(90))


def assignment(edition, period, by):
    services.give_assignment(
        period.body,
        year=period.year,
        title="Plan",
        giver="council",
        area=edition.goal.council_goal.area,
        responsible=by,
        by=by,
    )


@pytest.mark.parametrize("change", [outcome, rating, target, assignment])
def test_what_is_entered_after_the_review_of_a_report_wants_another(
    change, edition, period, body, case_officer, controller
):
    report = DocumentFactory(case__body=body, subject=period)
    review(report, by=controller)
    assert preflight.verdict(report).is_fresh

    change(edition, period, case_officer)

    assert not preflight.verdict(report).is_fresh
