"""Periods: a year's planned in one go, stop dates moved in place, closed and opened again."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.register.models import Document
from committee import services
from committee.models import Period
from committee.services import Pattern, plan_year
from core.models import Change
from core.services import take_step
from tests.factories import BodyFactory, DocumentFactory, FactFactory, PeriodFactory, person_as

WHO = ("administrator", "secretary", "controller", "head", "case_officer", "member", "stranger")
YEARLY = {
    "year": "2024",
    "interim": "on",
    "first_ends": "4",
    "second_ends": "8",
    "has_year": "on",
    "interim_days": "10",
    "year_days": "31",
    "month_days": "10",
    "quarter_days": "14",
}


@pytest.fixture
def controller(body):
    return person_as("controller", body)


@pytest.fixture
def page(client_for, controller):
    return client_for(controller)


@pytest.fixture
def year(body, controller):
    """The periods of 2023 by the usual pattern: two interim reports and the full year."""
    plan_year(body, year=2023, pattern=Pattern(), by=controller)
    return {(one.kind, one.number): one for one in body.periods.all()}


def sent(*periods, **changes):
    """Return the stop dates of periods as the page sends them."""
    wanted = {one: changes.get(f"{one.kind}_{one.number}", one.due_on) for one in periods}
    return {f"due_{period.pk}": due_on or "" for period, due_on in wanted.items()}


@pytest.mark.parametrize("url", ["/periods/", "/periods/new/"])
def test_periods_are_planned_by_administrator_secretary_and_controller(url, body, client_for, request):
    codes = [client_for(request.getfixturevalue(who)).get(url).status_code for who in WHO]

    assert codes == [200, 200, 200, 403, 403, 403, 403]


def test_a_year_is_planned_in_one_go_with_stop_dates_on_working_days(body, page):
    page.post("/periods/new/", YEARLY)

    told = body.periods.order_by("ends_on").values_list("kind", "number", "starts_on", "ends_on", "due_on")
    assert list(told) == [
        ("interim", 1, date(2024, 1, 1), date(2024, 4, 30), date(2024, 5, 10)),
        ("interim", 2, date(2024, 1, 1), date(2024, 8, 31), date(2024, 9, 10)),
        ("year", 1, date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 31)),
    ]


def test_months_and_quarters_are_stretches_of_their_own(body, controller):
    plan_year(body, year=2024, pattern=Pattern(kinds=frozenset({"month", "quarter"})), by=controller)

    assert body.periods.filter(kind="month").count() == 12
    february, second = body.periods.get(kind="month", number=2), body.periods.get(kind="quarter", number=2)
    assert (february.starts_on, february.ends_on) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (second.starts_on, second.ends_on) == (date(2024, 4, 1), date(2024, 6, 30))


def test_the_next_year_is_offered_by_the_pattern_of_the_last(year, page):
    changes = {"interim_1": date(2023, 5, 12), "year_1": None}
    page.post("/periods/?year=2023", sent(*year.values(), **changes))

    form = page.get("/periods/new/").context["form"]

    said = {name: form[name].value() for name in ("year", "interim", "has_year", "month", "interim_days")}
    assert said == {"year": 2024, "interim": True, "has_year": True, "month": False, "interim_days": 11}


def test_what_is_there_already_stays_as_it_is(year, body, page):
    page.post("/periods/new/", YEARLY | {"year": "2023", "interim_days": "30", "month": "on"})

    year["interim", 1].refresh_from_db()
    assert year["interim", 1].due_on == date(2023, 5, 10)
    assert body.periods.count() == 3 + 12


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"interim": "", "has_year": ""}, "interim"),
        ({"second_ends": "4"}, "second_ends"),
        ({"year": "24"}, "year"),
        ({"interim_days": "-1"}, "interim_days"),
    ],
)
def test_a_pattern_that_cannot_be_is_refused_at_its_field(changes, field, body, page):
    answer = page.post("/periods/new/", YEARLY | changes)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not body.periods.exists()


def test_a_stop_date_is_moved_in_place_and_the_history_says_by_whom(year, controller, page):
    page.post("/periods/?year=2023", sent(*year.values(), interim_2=date(2023, 9, 8)))

    period = year["interim", 2]
    period.refresh_from_db()
    assert period.due_on == date(2023, 9, 8)
    assert Change.objects.about((Period, [period.pk])).latest("pk").by == controller


def test_a_stop_date_before_the_period_is_refused_in_its_row(year, page):
    answer = page.post("/periods/?year=2023", sent(*year.values(), interim_2=date(2022, 9, 8)))

    assert answer.status_code == 422
    assert list(answer.context["dates"].errors) == [f"due_{year['interim', 2].pk}"]
    year["interim", 2].refresh_from_db()
    assert year["interim", 2].due_on == date(2023, 9, 11)


def test_a_closed_periods_stop_date_stays(year, controller, page):
    take_step(year["interim", 1], "close", by=controller)

    page.post("/periods/?year=2023", sent(*year.values(), interim_1=date(2023, 5, 30)))

    year["interim", 1].refresh_from_db()
    assert year["interim", 1].due_on == date(2023, 5, 10)


def test_the_controller_closes_and_opens_from_the_list(year, page, client_for, secretary):
    period = year["interim", 1]
    url = f"/periods/{period.pk}/step/"

    closed = page.post(f"{url}close/")
    period.refresh_from_db()
    assert (closed.url, period.status) == ("/periods/?year=2023", "closed")

    assert client_for(secretary).post(f"{url}reopen/", {"reason": "Fel"}).status_code == 403
    page.post(f"{url}reopen/", {"reason": "En rättelse"})
    period.refresh_from_db()
    assert period.status == "open"


def test_a_period_that_nothing_is_entered_for_is_removed(year, body, page):
    url = f"/periods/{year['year', 1].pk}/remove/"
    assert page.get(url).status_code == 200

    page.post(url)

    assert not body.periods.filter(kind="year").exists()


def test_a_period_that_a_fact_or_a_document_is_about_stays(body, controller, page):
    with_fact, with_document = (PeriodFactory(body=body, number=number) for number in (1, 2))
    FactFactory(period=with_fact)
    document = DocumentFactory(case__body=body)
    Document.objects.filter(pk=document.pk).update(
        subject_id=with_document.pk, subject_type=kind_of(with_document)
    )

    codes = [page.post(f"/periods/{one.pk}/remove/").status_code for one in (with_fact, with_document)]

    assert codes == [422, 422]
    assert body.periods.count() == 2


def kind_of(row):
    return Document._meta.get_field("subject_type").related_model.objects.get_for_model(row)


def test_a_neighbours_periods_are_not_there(year, client_for):
    neighbour = person_as("administrator", other := BodyFactory())
    theirs = client_for(neighbour)

    assert theirs.get("/periods/").context["rows"] == []
    assert theirs.post(f"/periods/{year['year', 1].pk}/remove/").status_code == 404
    services.plan_year(other, year=2023, pattern=Pattern(), by=neighbour)
    theirs.post("/periods/?year=2023", sent(*year.values(), year_1=date(2024, 3, 1)))
    year["year", 1].refresh_from_db()
    assert year["year", 1].due_on == date(2024, 1, 31)


def test_a_year_costs_the_same_with_three_periods_and_with_nineteen(year, body, controller, page):
    def cost():
        page.get("/periods/?year=2023")
        with CaptureQueriesContext(connection) as captured:
            page.get("/periods/?year=2023")
        return len(captured)

    few = cost()
    everything = Pattern(kinds=frozenset(Period.Kind.values))
    plan_year(body, year=2023, pattern=everything, by=controller)

    assert cost() == few <= 10


def test_without_any_the_page_leads_to_planning(body, page):
    assert 'href="/periods/new/"' in page.get("/periods/").content.decode()
