"""A page costs the same at 36 measures and at 360: never more than twelve queries."""

import pytest

from cases.measures import services
from cases.measures.models import Goal, Measure, MeasureEdition, Outcome, Rating
from tests.counting import MOST, queries
from tests.measures.conftest import full_year


@pytest.fixture
def cost(client_for):
    """Return a function that counts the queries of somebody's page."""
    return lambda person, url: len(queries(client_for(person), url))


def grow(goal, period, person, step, numbers):
    """Add measures with an outcome and a rating, nine to a goal."""
    goals = {}
    for number in numbers:
        place = 100 + number // 9
        if place not in goals:
            goals[place], _made = Goal.objects.get_or_create(
                body=goal.body, year=goal.year, position=place,
                defaults={"council_goal": goal.council_goal, "name": f"Mål {place}"},
            )  # fmt: skip
        edition = MeasureEdition.objects.create(
            measure=Measure.objects.create(body=goal.body, number=number),
            goal=goals[place], year=goal.year, position=number, name=f"Mått {number}", unit="percent",
            direction="up", target=80, responsible=person,
        )  # fmt: skip
        Outcome.objects.create(edition=edition, period=period, value=70, as_of=period.ends_on, by=person)
        Rating.objects.create(period=period, edition=edition, owner=person, given=step)


PAGES = [
    "/measures/periods/{period}/",
    "/measures/periods/{period}/?show=deviating",
    "/measures/periods/{period}/late/",
    "/measures/periods/{period}/outcomes/",
    "/measures/{measure}/",
]


def test_each_page_costs_the_same_at_36_measures_and_at_360(
    goal, edition, scale, body, period, controller, case_officer, cost
):
    full_year(body, 2022)
    step = scale["measure", "interim", "reached"]
    urls = [page.format(period=period.pk, measure=edition.measure_id) for page in PAGES]
    grow(goal, period, case_officer, step, range(2, 37))
    few = {url: cost(controller, url) for url in urls}

    grow(goal, period, case_officer, step, range(37, 361))

    assert {url: cost(controller, url) for url in urls} == few
    assert max(few.values()) <= MOST


def test_my_measures_cost_the_same_at_1_and_at_12(goal, edition, scale, body, period, case_officer, cost):
    full_year(body, 2022)
    url = f"/measures/mine/{period.pk}/"
    at_one = cost(case_officer, url)

    grow(goal, period, case_officer, scale["measure", "interim", "reached"], range(2, 13))

    assert cost(case_officer, url) == at_one
    assert at_one <= MOST


def test_the_list_of_assignments_costs_the_same_at_1_and_at_30(body, area, controller, cost):
    def give(number):
        for place in range(number):
            services.give_assignment(
                body, year=2023, title=f"Uppdrag {place}", giver="council", area=area,
                responsible=controller, by=controller,
            )  # fmt: skip

    give(1)
    at_one = cost(controller, "/measures/assignments/")

    give(29)

    assert cost(controller, "/measures/assignments/") == at_one
    assert at_one <= MOST
