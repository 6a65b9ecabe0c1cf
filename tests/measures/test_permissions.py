"""Who may do what, written out by hand: nothing here reads permissions.py. The case officer reports the measure."""

import pytest
import rules

from cases.measures import services
from tests.measures.conftest import ROLES

PREPARES = "secretary registrar case_officer colleague head controller chair vice_chair"

WHO_MAY = {
    "measures.view_measures": PREPARES,
    "measures.change_goals": "controller",
    "measures.change_edition": "controller",
    "measures.enter_outcome": "case_officer controller",
    "measures.view_rating": PREPARES,
    "measures.write_rating": "case_officer controller",
    "measures.reopen_rating": "controller",
    "measures.view_assignment": PREPARES,
    "measures.change_assignment": "case_officer controller",
    "measures.drop_assignment": "controller head",
    "measures.import_outcomes": "controller",
}


@pytest.fixture
def subjects(body, area, goal, edition, period, case_officer, controller):
    assignment = services.give_assignment(
        body, year=2023, title="Plan", giver="council", area=area, responsible=case_officer, by=controller
    )
    return {
        "measures": period,
        "goals": goal,
        "edition": edition,
        "outcome": edition,
        "outcomes": period,
        "rating": services.begin_rating(period, edition, owner=case_officer, by=controller),
        "assignment": assignment,
    }


@pytest.mark.parametrize("permission", WHO_MAY)
def test_a_permission_is_of_those_who_are_named_and_nobody_else(permission, everybody, subjects):
    subject = subjects[permission.rpartition("_")[2]]

    may = [role for role in ROLES if everybody[role].has_perm(permission, subject)]

    assert sorted(may) == sorted(WHO_MAY[permission].split())


def test_every_permission_is_in_the_table():
    assert {name for name in rules.permissions.permissions if name.startswith("measures.")} == set(WHO_MAY)


def test_who_is_responsible_and_has_left_the_house_reports_no_more(add_measure, stranger):
    assert not stranger.has_perm("measures.enter_outcome", add_measure(responsible=stranger))
