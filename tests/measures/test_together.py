"""Two people at the same moment: one row, one number, nothing after the door is closed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from cases.measures import services
from cases.measures.models import Assignment, Goal, Measure, Outcome, Rating
from cases.measures.services import Refused, Stale
from core.models import StepTaken
from core.services import take_step
from core.workflow import StepNotAllowed

pytestmark = pytest.mark.django_db(transaction=True)


def together(*verbs):
    """Run the verbs at the same moment, each on a connection of its own; return what became of each."""
    ready = Barrier(len(verbs))

    def one(verb):
        ready.wait()
        try:
            verb()
        except (Refused, Stale, StepNotAllowed) as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(verbs)) as pool:
        return sorted(pool.map(one, verbs))


def test_two_who_enter_the_same_outcome_leave_one_row(edition, enter, period):
    ended = together(*(lambda value=value: enter(edition, period, value) for value in ("5", "6")))

    assert ended == ["done", "done"]
    assert Outcome.objects.get().version == 2


def test_of_two_who_saw_the_same_version_one_is_told(edition, enter, period):
    enter(edition, period, "5")

    ended = together(*(lambda value=value: enter(edition, period, value, version=1) for value in ("6", "7")))

    assert ended == ["Stale", "done"]
    assert Outcome.objects.get().version == 2


def test_an_outcome_that_comes_while_the_period_closes_is_in_or_refused(edition, enter, period, controller):
    for value in ("5", "6", "7"):
        ended = together(
            lambda value=value: enter(edition, period, value),
            lambda: take_step(period, "close", by=controller),
        )

        assert ended in (["Refused", "done"], ["done", "done"])
        assert Outcome.objects.filter(value=value).exists() == ("Refused" not in ended)
        take_step(period, "reopen", by=controller, data={"reason": "Igen"})


def test_two_who_begin_the_same_rating_get_one(edition, period, controller):
    def begin():
        services.begin_rating(period, edition, owner=controller, by=controller)

    assert together(begin, begin) == ["done", "done"]
    assert Rating.objects.count() == 1


def test_of_two_who_write_the_same_version_of_a_rating_one_is_told(edition, period, controller):
    rating = services.begin_rating(period, edition, owner=controller, by=controller)

    def write(text):
        services.write_rating(rating, by=controller, analysis=text, version=1)

    assert together(lambda: write("<p>A</p>"), lambda: write("<p>B</p>")) == ["Stale", "done"]
    assert Rating.objects.get().version == 2


def test_of_two_who_mark_a_rating_as_ready_one_succeeds(edition, enter, rate, period, controller):
    enter(edition, period, "85")
    rating = rate(period, edition, by=controller)

    ended = together(*[lambda: take_step(rating, "finish", by=controller)] * 2)

    assert ended == ["StepNotAllowed", "done"]
    assert StepTaken.objects.of(rating).count() == 1


def test_measures_added_at_once_get_numbers_of_their_own(add_measure):
    assert together(*[add_measure] * 3) == ["done"] * 3

    assert sorted(Measure.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_goals_and_assignments_given_at_once_get_places_of_their_own(
    body, area, council_goal, controller, case_officer
):
    def goal():
        services.add_goal(body, year=2023, council_goal=council_goal, name="M", by=controller)

    def assignment():
        services.give_assignment(
            body, year=2023, title="U", giver="council", area=area, responsible=case_officer, by=controller
        )

    assert together(goal, goal, assignment, assignment) == ["done"] * 4

    assert sorted(Goal.objects.values_list("position", flat=True)) == [1, 2]
    assert sorted(Assignment.objects.values_list("number", flat=True)) == [1, 2]


def test_a_year_is_copied_once_by_two(body, edition, controller):
    def go_on():
        services.continue_year(body, from_year=2023, by=controller)

    assert together(go_on, go_on) == ["Refused", "done"]
    assert Goal.objects.filter(year=2024).count() == 1
