"""The pages: what they cost, who may see and change them, and what bad input is answered with."""

import pytest

from cases.finance import services
from cases.finance.models import BudgetVersion, Explanation, Grant
from core.services import take_step
from tests.counting import MOST, queries
from tests.factories import BodyFactory, person_as

SECTIONS = ("operating", "analysis", "investments", "counted", "free")


@pytest.fixture
def cost(client_for, controller):
    """Return a function that counts the queries of a page."""
    client = client_for(controller)
    return lambda url: len(queries(client, url))


def address(period, rest=""):
    return f"/finance/periods/{period.pk}/{rest}"


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_costs_the_same_at_one_row_and_at_thirty(section, small, money_in, cost):
    money_in(small, range(1))
    few = cost(address(small.period, f"{section}/"))

    money_in(small, range(1, 30))

    assert cost(address(small.period, f"{section}/")) == few <= MOST


@pytest.mark.parametrize(
    "page", ["amounts/area/", "amounts/account/", "amounts/project/", "numbers/volumes/"]
)
def test_a_grid_costs_the_same_at_one_row_and_at_thirty(page, small, money_in, cost):
    money_in(small, range(1))
    few = cost(address(small.period, page))

    money_in(small, range(1, 30))

    assert cost(address(small.period, page)) == few <= MOST


def test_the_list_costs_the_same_with_one_budget_and_with_thirty(small, body, controller, cost):
    services.begin_budget(body, year=2023, by=controller)
    few = cost("/finance/")

    for _number in range(29):
        services.begin_budget(body, year=2023, by=controller)

    assert cost("/finance/") == few <= MOST


def test_the_page_shows_the_tables_with_heads_that_say_what_they_head(money, client_for, controller):
    page = client_for(controller).get(address(money.autumn)).content.decode()

    assert page.count('<th scope="col"') == 6 + 7 + 2 + 3  # two tables, and those beside two charts
    assert page.count('<th scope="rowgroup"') == 11
    assert "<caption>Driftuppföljning per verksamhetsområde, tkr</caption>" in page


def test_what_disagrees_is_shown_with_links_to_both_places(money, client_for, controller):
    page = client_for(controller).get(address(money.autumn, "analysis/")).content.decode()

    assert f'href="{address(money.autumn)}operating/#operating"' in page
    assert f'href="{address(money.autumn)}analysis/#accounts"' in page
    assert "2 saker stämmer inte" in page


def test_who_has_no_tables_yet_is_offered_the_standard_ones(body, controller, client_for):
    client = client_for(controller)
    assert "Börja med standardtabellerna" in client.get("/finance/").content.decode()

    client.post("/finance/standard/")

    assert body.layouts.count() == 8
    assert "Börja med standardtabellerna" not in client.get("/finance/").content.decode()


#                 controller head secretary officer member stranger
MAY = {
    "/finance/": (200, 200, 200, 200, 403, 403),
    "{period}": (200, 200, 200, 200, 404, 404),
    "{period}amounts/area/": (200, 200, 200, 200, 404, 404),
    "{period}numbers/staff/": (200, 200, 200, 200, 404, 404),
    "{period}explanations/bridge/new/": (200, 403, 403, 403, 404, 404),
    "{period}grants/grant/new/": (200, 403, 403, 403, 404, 404),
    "{period}tables/new/": (200, 403, 403, 403, 404, 404),
    "{budget}": (200, 200, 200, 200, 404, 404),
    "{budget}step/adopt/": (200, 200, 403, 403, 404, 404),
    "/finance/budgets/new/": (200, 403, 403, 403, 403, 403),
}
WHO = ("controller", "head", "secretary", "case_officer", "member", "stranger")


@pytest.mark.parametrize("page", MAY)
def test_only_those_who_may_come_in(page, money, body, client_for, request):
    budget = services.begin_budget(body, year=2024, by=request.getfixturevalue("controller"))
    url = page.format(period=address(money.autumn), budget=budget.get_absolute_url())

    codes = tuple(client_for(request.getfixturevalue(who)).get(url).status_code for who in WHO)

    assert codes == MAY[page]


def test_a_neighbours_money_is_not_there(money, client_for):
    neighbour = person_as("controller", BodyFactory())

    assert client_for(neighbour).get(address(money.autumn)).status_code == 404


@pytest.mark.parametrize("rest", ["nothing/", "amounts/nothing/", "numbers/summary/", "explanations/x/new/"])
def test_a_part_that_does_not_exist_is_not_found(rest, money, client_for, controller):
    assert client_for(controller).get(address(money.autumn, rest)).status_code == 404


def patch(client, url, *cells):
    body = {"cells": [dict(zip(("row", "column", "value", "version"), cell, strict=True)) for cell in cells]}
    return client.patch(url, body, content_type="application/json").json()


def test_amounts_are_saved_cell_by_cell_and_bad_ones_say_why(small, client_for, controller):
    client, row = client_for(controller), f"a{small.north.pk}-l{small.costs.pk}"
    other = f"a{small.south.pk}-l{small.costs.pk}"

    answer = patch(
        client,
        address(small.period, "amounts/area/"),
        (row, "actual", "-720512", 0),
        (row, "forecast", "1,2,3", 0),
        (other, "actual", "abc", 0),
        (other, "forecast", "8 %", 0),
        ("a0-l0", "actual", "1", 0),
        (other, "budget", "1", 0),
    )

    assert [(one["row"], one["column"]) for one in answer["saved"]] == [(row, "actual")]
    assert len(answer["errors"]) == 5
    assert all(one["message"] for one in answer["errors"])
    assert list(small.period.amounts.values_list("kronor", flat=True)) == [-720512]


def test_of_two_who_write_one_cell_the_second_sees_what_the_first_wrote(small, client_for, controller, body):
    row = f"a{small.north.pk}-l{small.costs.pk}"
    url = address(small.period, "amounts/area/")
    patch(client_for(controller), url, (row, "actual", "-5", 0))

    answer = patch(client_for(person_as("controller", body)), url, (row, "actual", "-6", 0))

    assert [(one["value"], one["version"]) for one in answer["conflicts"]] == [("-5", 1)]
    assert small.period.amounts.get().kronor == -5


def test_a_closed_period_refuses_at_the_cell(small, client_for, controller):
    take_step(small.period, "close", by=controller)
    row = f"a{small.north.pk}-l{small.costs.pk}"

    answer = patch(client_for(controller), address(small.period, "amounts/area/"), (row, "actual", "-5", 0))

    assert [one["message"] for one in answer["errors"]] == ["delår 2 2023 är låst."]


def test_who_may_only_read_refuses_at_the_cell(small, client_for, head):
    row = f"a{small.north.pk}-l{small.costs.pk}"

    answer = patch(client_for(head), address(small.period, "amounts/area/"), (row, "actual", "-5", 0))

    assert [one["message"] for one in answer["errors"]] == ["Bara controllern lägger in belopp."]


def test_an_adopted_budget_refuses_at_the_cell(money, client_for, controller, body):
    budget = BudgetVersion.objects.get(body=body, year=2023)
    amount = budget.amounts.filter(area__isnull=False).first()
    row = f"a{amount.area_id}-l{amount.line_id}"

    answer = patch(client_for(controller), budget.get_absolute_url(), (row, "budget", "-5", 1))

    assert [one["message"] for one in answer["errors"]] == ["Budget 2023 är låst."]


def test_a_counted_cell_takes_a_number_or_a_reason(money, client_for, controller, body):
    first, second = body.key_figures.filter(table="volumes", row="number")[:2]
    url = address(money.autumn, "numbers/volumes/")

    answer = patch(
        client_for(controller),
        url,
        (str(first.pk), "forecast", "Anges vid årsbokslut", 1),
        (str(second.pk), "forecast", "12,5", 1),
        (str(first.pk), "actual", "ungefär fem", 1),
    )

    assert len(answer["saved"]) == 2
    assert [one["column"] for one in answer["errors"]] == ["actual"]
    stored = [
        (one.value, one.absent)
        for one in money.autumn.key_figures.filter(kind="forecast", figure__in=[first, second]).order_by(
            "figure"
        )
    ]
    assert stored == [(None, "year_end"), (12.5, "")]


def test_one_row_can_be_filled_in_without_a_grid(small, client_for, controller):
    url = address(small.period, f"amounts/area/a{small.north.pk}-l{small.costs.pk}/")
    client = client_for(controller)
    seen = client.get(url).context["form"].what_is_seen()

    wrong = client.post(url, {"actual": "1.234", "seen": seen})
    right = client.post(url, {"actual": "-1 234", "forecast": "", "seen": seen})

    assert wrong.status_code == 422
    assert right.status_code == 302
    assert small.period.amounts.get().kronor == -1234


def test_a_cause_is_added_changed_and_removed(small, client_for, controller):
    client = client_for(controller)

    client.post(
        address(small.period, "explanations/bridge/new/"), {"label": "Personal", "kronor": "8 637 000"}
    )
    cause = Explanation.objects.get()
    client.post(f"/finance/explanations/{cause.pk}/", {"label": "Personal", "kronor": "-1,5"})
    cause.refresh_from_db()
    client.post(f"/finance/explanations/{cause.pk}/remove/")

    assert float(cause.kronor) == -1.5
    assert not Explanation.objects.exists()


@pytest.mark.parametrize("kronor", ["1.234", "mycket", "1,2,3", "5 %", ""])
def test_an_amount_that_cannot_be_read_is_refused_at_its_field(kronor, small, client_for, controller):
    page = client_for(controller).post(
        address(small.period, "grants/grant/new/"), {"name": "Bostad först", "kronor": kronor}
    )

    assert "kronor" in page.context["form"].errors
    assert not Grant.objects.exists()


def test_the_same_cause_twice_is_refused_and_nothing_is_lost(small, client_for, controller):
    client, url = client_for(controller), address(small.period, "explanations/outside/new/")
    client.post(url, {"label": "Polisen", "kronor": "1"})

    page = client.post(url, {"label": "Polisen", "kronor": "2", "comment": "Avhoppare"})

    assert "Det finns redan en rad med det namnet." in page.content.decode()
    assert "Avhoppare" in page.content.decode()
    assert Explanation.objects.get().kronor == 1


def test_a_cause_of_a_period_that_was_closed_meanwhile_is_refused(small, client_for, controller):
    take_step(small.period, "close", by=controller)

    page = client_for(controller).post(
        address(small.period, "explanations/outside/new/"), {"label": "Polisen", "kronor": "1"}
    )

    assert "är stängd" in page.content.decode()
    assert not Explanation.objects.exists()


def test_adopting_asks_for_the_decision(money, body, client_for, controller):
    budget = services.begin_budget(body, year=2023, by=controller)
    client, url = client_for(controller), f"{budget.get_absolute_url()}step/adopt/"

    assert client.post(url, {}).status_code == 422
    client.post(url, {"decided_on": "2023-06-13", "decision": "Socialnämnden § 57"})

    budget.refresh_from_db()
    assert (budget.status, budget.decision) == ("adopted", "Socialnämnden § 57")
