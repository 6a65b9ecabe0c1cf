"""Ratings: computed beside given, a reason where they differ, and a door that asks for it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cases.measures import services
from cases.measures.models import Rating
from cases.measures.services import Refused, Stale, report
from cases.measures.services.outcomes import Entry
from core.services import take_step
from core.workflow import StepNotAllowed, StepNotYet
from tests.factories import in_status
from tests.measures.conftest import full_year

ALLOWED = {("draft", "finish"): "ready", ("ready", "reopen"): "draft"}


@pytest.mark.parametrize("status", ["draft", "ready"])
@pytest.mark.parametrize("step", ["finish", "reopen"])
def test_only_the_allowed_steps_move_a_rating(edition, enter, rate, period, controller, status, step):
    enter(edition, period, "85")
    rating = in_status(rate(period, edition, by=controller), status)

    target = ALLOWED.get((status, step))

    if target:
        assert take_step(rating, step, by=controller, data={"reason": "Nytt"}).status == target
    else:
        with pytest.raises(StepNotAllowed):
            take_step(rating, step, by=controller)
        assert Rating.objects.get().status == status


def test_a_rating_that_differs_asks_for_a_reason_when_it_is_marked_as_ready(
    edition, enter, rate, period, controller
):
    enter(edition, period, "9")
    rating = rate(period, edition, "reached", by=controller)

    with pytest.raises(StepNotYet, match="differs"):
        take_step(rating, "finish", by=controller)
    rate(period, edition, "reached", by=controller, reason="Arbetsgruppen ger effekt i höst")

    assert take_step(rating, "finish", by=controller).is_ready


def test_a_rating_that_agrees_needs_no_reason(edition, enter, rate, period, controller):
    enter(edition, period, "9")

    rating = rate(period, edition, "not", by=controller)

    assert (rating.computed, rating.differs) == ("missed", False)
    assert take_step(rating, "finish", by=controller).is_ready


def test_nothing_is_ready_before_it_is_rated(edition, rate, period, controller):
    rating = rate(period, edition, None, by=controller)

    with pytest.raises(StepNotYet, match="Choose a rating"):
        take_step(rating, "finish", by=controller)


def test_nothing_is_marked_as_ready_in_a_closed_period(edition, rate, period, controller):
    rating = rate(period, edition, by=controller)
    take_step(period, "close", by=controller)

    with pytest.raises(StepNotYet, match="closed"):
        take_step(Rating.objects.get(pk=rating.pk), "finish", by=controller)


def test_the_scale_follows_the_kind_of_period(edition, scale, body, period, controller):
    rating = services.begin_rating(period, edition, owner=controller, by=controller)

    for wrong in (("measure", "year", "reached"), ("goal", "interim", "reached")):
        with pytest.raises(Refused, match="not a step of this scale"):
            services.write_rating(rating, by=controller, given=scale[wrong])

    at_year_end = services.begin_rating(full_year(body), edition, owner=controller, by=controller)
    written = services.write_rating(at_year_end, by=controller, given=scale["measure", "year", "reached"])
    assert written.given.say(2023) == "measure reached year 2023"


def test_a_goal_is_computed_from_what_holds_for_its_measures(
    goal, add_measure, enter, rate, period, controller
):
    met, missed, unknown = add_measure(), add_measure(), add_measure()
    enter(met, period, "85")
    enter(missed, period, "9")
    rating = rate(period, goal, by=controller)
    assert rating.computed == "missed"

    rate(period, missed, "reached", by=controller, reason="Vänder i höst")
    rate(period, unknown, "reached", by=controller)

    assert Rating.objects.get(pk=rating.pk).computed == "met"


def test_area_and_whole_are_computed_from_their_goals(goal, area, edition, enter, rate, period, controller):
    enter(edition, period, "9")

    of_area, of_whole = (rate(period, of, "not", by=controller) for of in (area, None))

    assert (of_area.computed, of_whole.computed) == ("missed", "missed")
    assert (of_area.level, of_whole.level) == ("area", "whole")


def test_a_ready_rating_is_not_written(edition, enter, rate, period, controller):
    enter(edition, period, "85")
    take_step(rate(period, edition, by=controller), "finish", by=controller)

    with pytest.raises(Refused, match="Open it again"):
        rate(period, edition, "risk", by=controller)


def test_who_saw_an_older_version_is_told(edition, rate, period, controller):
    rating = rate(period, edition, by=controller, analysis="<p>Ett</p>")

    with pytest.raises(Stale):
        services.write_rating(rating, by=controller, analysis="<p>Två</p>", version=1)

    assert Rating.objects.get().analysis == "<p>Ett</p>"


def test_a_personal_number_in_an_analysis_is_refused(edition, rate, period, controller):
    with pytest.raises(Refused, match="personal number"):
        rate(period, edition, by=controller, analysis="<p>19121212-1212</p>")


def test_the_database_takes_one_rating_of_one_thing(period, goal, area, edition, controller):
    fields = {"period": period, "owner": controller}
    Rating.objects.create(**fields)

    with pytest.raises(IntegrityError, match="whole"), transaction.atomic():
        Rating.objects.create(**fields)
    with pytest.raises(IntegrityError, match="one_thing"), transaction.atomic():
        Rating.objects.create(goal=goal, area=area, **fields)
    with pytest.raises(IntegrityError, match="ready_is_given"), transaction.atomic():
        Rating.objects.create(edition=edition, status="ready", **fields)


def test_done_takes_the_computed_rating_when_nobody_gave_one(edition, scale, period, case_officer):
    rating = report(
        edition, period, by=case_officer, entry=Entry(value=Decimal(85)), lines="Ett\nTvå & tre", finish=True
    )

    assert (rating.given.key, rating.status) == ("reached", "ready")
    assert rating.analysis == "<p>Ett</p><p>Två &amp; tre</p>"


def test_done_saves_nothing_when_something_hinders_it(edition, scale, period, case_officer):
    with pytest.raises(StepNotYet):
        report(
            edition, period, by=case_officer, entry=Entry(value=Decimal(9)), finish=True,
            given=scale["measure", "interim", "reached"],
        )  # fmt: skip

    assert edition.outcomes.count() == 0


def test_lines_leave_a_text_with_values_alone_when_they_say_the_same(
    edition, rate, scale, period, case_officer
):
    text = '<p>Av <span data-figure="measures.outcome" data-args=\'{"measure":"1"}\'>17</span></p>'
    rate(period, edition, by=case_officer, analysis=text)
    stored = Rating.objects.get().analysis

    report(edition, period, by=case_officer, entry=Entry(value=Decimal(85)), lines="Av 17")

    assert Rating.objects.get().analysis == stored


def test_all_that_can_be_is_marked_as_ready_and_the_rest_is_said(
    add_measure, enter, rate, period, controller
):
    fine, differing = add_measure(name="Rätt"), add_measure(name="Avviker")
    for edition, value in ((fine, "85"), (differing, "9")):
        enter(edition, period, value)
        rate(period, edition, "reached", by=controller)

    done, hindered = services.finish_all(period, by=controller)

    assert done == 1
    assert list(hindered) == ["Avviker"]
