"""What the controller sets up before a year: areas, goals, the scale, and what is taken over from last year."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.measures import services
from cases.measures.models import CouncilGoal, Goal, MeasureEdition, RatingStep
from committee.models import TargetArea
from core.models import Change
from tests.factories import BodyFactory, person_as

MOST = 14
WHO = ("controller", "head", "secretary", "administrator", "member", "stranger")


def address(key, rest=""):
    return f"/measures/setup/{key}/{rest}"


@pytest.fixture
def page(client_for, controller):
    return client_for(controller)


@pytest.mark.parametrize("url", ["/measures/setup/", address("goals-2024"), address("scale")])
def test_only_the_controller_sets_up_goals(url, goal, client_for, request):
    people = {who: request.getfixturevalue(who) for who in WHO}

    codes = [client_for(person).get(url).status_code for person in people.values()]

    assert codes == [200, 403, 403, 403, 403, 403]


def test_a_new_municipality_comes_from_nothing_to_its_first_measure(body, controller, page):
    page.post(address("target-areas"), {"number": "1", "name": "Egenmakt"})
    page.post(
        address("council-goals"),
        {"area": TargetArea.objects.get().pk, "number": "5", "name": "Fler i arbete", "from_year": "2023"},
    )
    page.post(
        address("goals-2023"),
        {"council_goal": CouncilGoal.objects.get().pk, "name": "Fler i egen försörjning"},
    )

    goal = Goal.objects.get()
    assert (goal.body, goal.year, str(goal.council_goal)) == (body, 2023, "1:5 Fler i arbete")
    assert Change.objects.about((Goal, [goal.pk])).get().by == controller
    assert page.get(f"/measures/new/{goal.pk}/").status_code == 200


def test_each_list_says_what_has_to_come_first(body, page):
    for key in ("council-goals", "goals-2023", "scale"):
        assert page.get(address(key)).context["missing"], key
        assert page.post(address(key), {}).status_code == 422


@pytest.mark.parametrize("key", ["goals-24", "goals-x", "goals", "nothing", "measures-99999"])
def test_a_list_that_there_is_not_is_not_found(key, body, page):
    assert page.get(address(key)).status_code == 404


def test_the_standard_scale_is_begun_once_and_is_the_municipalitys_own(body, page):
    page.post("/measures/setup/scale/begin/")
    step = RatingStep.objects.get(level="goal", kind="interim", key="risk")
    page.post(
        address("scale", f"{step.pk}/"),
        {"label": "Osäkert", "standing": "near", "sentence": "målet för {year} är osäkert"},
    )

    page.post("/measures/setup/scale/begin/")

    step.refresh_from_db()
    assert (step.label, step.key) == ("Osäkert", "risk")
    assert RatingStep.objects.filter(level="goal", kind="interim").count() == 3


@pytest.mark.parametrize("sentence", ["målet {namn}", "målet {", "målet {0}"])
def test_a_sentence_that_cannot_be_filled_in_is_refused(sentence, body, page):
    services.begin_scale(body.municipality, by=person_as("controller", body))
    step = RatingStep.objects.first()

    answer = page.post(
        address("scale", f"{step.pk}/"), {"label": "x", "standing": "met", "sentence": sentence}
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["sentence"])


def test_a_step_that_a_rating_says_is_not_removed(edition, period, rate, controller, page):
    rating = rate(period, edition, "reached", by=controller)

    assert page.post(address("scale", f"{rating.given_id}/remove/")).status_code == 422
    assert RatingStep.objects.filter(pk=rating.given_id).exists()


def test_an_area_number_that_is_taken_is_refused_and_others_keep_theirs(area, page):
    twin = page.post(address("target-areas"), {"number": "1", "name": "Trygghet"})
    page.post(address("target-areas", f"{area.pk}/"), {"number": "7", "name": "Makt"})

    area.refresh_from_db()
    assert (twin.status_code, list(twin.context["form"].errors)) == (422, ["number"])
    assert (area.number, area.name) == (1, "Makt")


def test_a_council_goal_with_goals_ends_after_their_last_year(goal, council_goal, page):
    url = address("council-goals", f"{council_goal.pk}/remove/")

    codes = [page.post(url, {"to_year": year}).status_code for year in ("", "2022", "2023")]

    council_goal.refresh_from_db()
    assert (codes, council_goal.to_year) == ([422, 422, 302], 2023)
    offered = page.get(address("goals-2024")).context["form"].fields["council_goal"].queryset
    assert council_goal not in offered


def test_goals_are_put_in_order_below_their_council_goal(body, goal, area, controller, page):
    second = CouncilGoal.objects.create(area=area, number=6, name="Delaktighet", from_year=2020)
    services.add_goal(body, year=2023, council_goal=second, name="Trivsel", by=controller)
    page.post(address("goals-2023"), {"council_goal": goal.council_goal_id, "name": "Språk"})

    page.post(address("goals-2023", f"{Goal.objects.get(name='Språk').pk}/move/"), {"up": ""})

    assert [one.name for one in Goal.objects.for_list()] == ["Språk", "Samarbete", "Trivsel"]


def test_a_goal_with_measures_stays_and_a_measure_with_outcomes_too(edition, goal, enter, period, page):
    enter(edition, period, "85")

    assert page.post(address("goals-2023", f"{goal.pk}/remove/")).status_code == 422
    assert page.post(address("measures-2023", f"{edition.pk}/remove/")).status_code == 422
    assert MeasureEdition.objects.get().goal == goal


def test_a_measure_taken_in_by_mistake_is_removed_from_its_year(edition, page):
    shown = page.get(address("measures-2023")).content.decode()
    assert f'href="/measures/editions/{edition.pk}/"' in shown

    page.post(address("measures-2023", f"{edition.pk}/remove/"))

    assert not MeasureEdition.objects.exists()


def test_what_goes_on_is_shown_before_it_is_taken_over(edition, goal, body, page):
    shown = page.get(f"/measures/years/{body.pk}/2023/continue/").context["going_on"]

    assert [(one.goal, list(one.editions), one.has_ended) for one in shown] == [(goal, [edition], False)]
    assert Goal.objects.count() == 1


def test_an_empty_year_offers_to_take_over_the_last(goal, body, page):
    assert page.get(address("goals-2024")).context["offer"][1] == f"/measures/years/{body.pk}/2023/continue/"
    assert page.get(address("goals-2025")).context["offer"] is None


def test_what_is_unticked_does_not_go_on(add_measure, goal, body, council_goal, controller, page):
    going, ending = add_measure(name="Går vidare"), add_measure(name="Upphör")
    other = services.add_goal(body, year=2023, council_goal=council_goal, name="Upphör", by=controller)
    add_measure(under=other, name="Med målet")

    page.post(f"/measures/years/{body.pk}/2023/continue/", {"goal": goal.pk, "measure": going.pk})

    assert [one.continues for one in Goal.objects.filter(year=2024)] == [goal]
    assert [one.continues for one in MeasureEdition.objects.filter(year=2024)] == [going]
    assert MeasureEdition.objects.filter(pk=ending.pk, year=2023).exists()


def test_goals_under_an_ended_council_goal_are_unticked_to_begin_with(goal, council_goal, body, page):
    CouncilGoal.objects.filter(pk=council_goal.pk).update(to_year=2023)

    shown = page.get(f"/measures/years/{body.pk}/2023/continue/")

    assert [one.has_ended for one in shown.context["going_on"]] == [True]
    assert " checked" not in shown.content.decode()


def test_a_year_that_has_goals_is_not_taken_over_again(goal, body, page):
    url = f"/measures/years/{body.pk}/2023/continue/"
    page.post(url, {"goal": goal.pk})

    again = page.post(url, {"goal": goal.pk}, follow=True)

    assert Goal.objects.count() == 2
    assert again.context["has_goals"]


def test_others_take_nothing_over(goal, body, client_for, head):
    url = f"/measures/years/{body.pk}/2023/continue/"
    neighbour = person_as("controller", BodyFactory())

    codes = [client_for(who).post(url, {"goal": goal.pk}).status_code for who in (head, neighbour)]

    assert (codes, Goal.objects.count()) == ([403, 404], 1)


@pytest.mark.parametrize("key", ["target-areas", "council-goals", "goals-2023", "measures-2023"])
def test_a_list_costs_the_same_at_one_row_and_at_thirty(key, goal, area, body, add_measure, controller, page):
    def cost():
        url = address(key)
        page.get(url)
        with CaptureQueriesContext(connection) as captured:
            page.get(url)
        return len(captured)

    add_measure()
    few = cost()
    for n in range(2, 31):
        other = TargetArea.objects.create(municipality=body.municipality, number=n, name=f"Område {n}")
        council = CouncilGoal.objects.create(area=other, number=n, name=f"Mål {n}", from_year=2020)
        add_measure(
            under=services.add_goal(body, year=2023, council_goal=council, name=f"Mål {n}", by=controller)
        )

    assert cost() == few <= MOST
