"""Assignments: numbered in their year, moved by their steps."""

from datetime import timedelta

import pytest

from cases.measures import services
from cases.measures.models import Assignment
from core import desk
from core.services import take_step
from core.workflow import StepNotAllowed
from tests.factories import TODAY, in_status

ALLOWED = {
    ("planned", "start"): "ongoing",
    ("planned", "finish"): "done",
    ("planned", "drop"): "dropped",
    ("ongoing", "finish"): "done",
    ("ongoing", "drop"): "dropped",
}


@pytest.fixture
def give(body, area, case_officer, controller):
    def given(**fields):
        usual = {"year": 2023, "title": "Plan", "giver": "council", "area": area, "responsible": case_officer}
        return services.give_assignment(body, by=controller, **usual | fields)

    return given


@pytest.mark.parametrize("status", Assignment.Status.values)
@pytest.mark.parametrize("step", ["start", "finish", "drop"])
def test_only_the_allowed_steps_move_an_assignment(give, controller, status, step):
    assignment = in_status(give(), status)

    target = ALLOWED.get((status, step))

    if target:
        assert take_step(assignment, step, by=controller, data={"reason": "Ny lag"}).status == target
    else:
        with pytest.raises(StepNotAllowed):
            take_step(assignment, step, by=controller)
        assert Assignment.objects.get().status == status


def test_they_are_numbered_within_their_year(give):
    given = [give(), give(), give(year=2024)]

    assert [(one.year, one.number) for one in given] == [(2023, 1), (2023, 2), (2024, 1)]


def test_the_responsible_says_how_far_it_has_come(give, case_officer, client_for):
    assignment = give()
    page = client_for(case_officer)
    fields = {
        "title": "Plan", "giver": "council", "area": assignment.area_id, "responsible": case_officer.pk,
        "due_on": "2023-11-30", "comment": "Halvvägs",
    }  # fmt: skip

    answer = page.post(f"/measures/assignments/{assignment.pk}/edit/", fields)

    assert (answer.status_code, Assignment.objects.get().comment) == (302, "Halvvägs")
    assert "Halvvägs" in page.get(assignment.get_absolute_url()).content.decode()


def test_the_way_to_an_assignment_ends_with_what_it_is_called(give, controller, client_for):
    assignment = give(title="Utveckla samarbetet med regionen")

    page = client_for(controller).get(assignment.get_absolute_url()).content.decode()

    way = page[page.index('class="crumbs"') : page.index("<h1")]
    assert "Utveckla samarbetet med regionen" in way


def test_a_colleague_may_read_and_not_change_it(give, colleague, client_for):
    assignment = give()
    page = client_for(colleague)

    assert page.get(assignment.get_absolute_url()).status_code == 200
    assert page.get(f"{assignment.get_absolute_url()}edit/").status_code == 403
    assert page.post(f"{assignment.get_absolute_url()}step/start/").status_code == 403


def test_an_open_assignment_is_on_the_responsibles_desk_when_its_day_comes_near(
    give, case_officer, controller
):
    near, done = give(due_on=TODAY + timedelta(days=30)), give(due_on=TODAY)
    give(due_on=TODAY + timedelta(days=90))
    take_step(done, "finish", by=controller)

    items = desk.items_for(case_officer, TODAY)

    assert [(item.url, item.due_on) for item in items] == [(near.get_absolute_url(), near.due_on)]
    assert desk.items_for(controller, TODAY) == []
