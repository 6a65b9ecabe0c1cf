"""Pages ask the database as often for thirty items as for one."""

from urllib.parse import urlencode

import pytest

from tests.counting import MOST, queries
from tests.factories import DocumentFactory, ItemFactory, MeetingFactory, call

HTMX = {"headers": {"HX-Request": "true"}}


def fill(meeting, number):
    """Put items with a case, a report, an annex and a presenter each on the agenda."""
    for place in range(number):
        report = DocumentFactory(case__body=meeting.body, clauses=["att anta"], status="approved")
        ItemFactory(
            meeting=meeting,
            title=f"Punkt {place}",
            case=report.case,
            document=report,
            papers=[report],
            presenters=[report.author],
        )


def meetings_with(numbers, body, secretary, chair):
    for number in numbers:
        meeting = MeetingFactory(body=body, secretary=secretary, chair=chair)
        fill(meeting, number)
        yield meeting


#                     who          address                       called
PAGES = {
    "planned meeting": ("secretary", "/meetings/{}/", False),
    "planned meeting, officer": ("case_officer", "/meetings/{}/", False),
    "planned meeting, member": ("member", "/meetings/{}/", False),
    "called meeting": ("secretary", "/meetings/{}/", True),
    "reading, member": ("member", "/meetings/{}/read/", True),
    "reading, chair": ("chair", "/meetings/{}/read/", False),
}


def test_a_page_of_thirty_items_takes_as_few_queries_as_one_of_one(people, body, client_for):
    few, many = meetings_with((1, 30), body, people.secretary, people.chair)

    for is_called in (False, True):
        for name in [name for name, page in PAGES.items() if page[2] == is_called]:
            who, address, _called = PAGES[name]
            browser = client_for(getattr(people, who))
            one = queries(browser, address.format(few.pk))
            thirty = queries(browser, address.format(many.pk))
            assert len(one) == len(thirty) <= MOST, (name, thirty)
        if not is_called:
            call(few), call(many)


@pytest.mark.parametrize("who", ["secretary", "member"])
def test_a_list_of_thirty_meetings_takes_as_few_queries_as_one_of_one(who, people, body, client_for):
    browser = client_for(getattr(people, who))
    MeetingFactory(body=body, secretary=people.secretary)
    one = queries(browser, "/meetings/")
    MeetingFactory.create_batch(29, body=body, secretary=people.secretary)

    thirty = queries(browser, "/meetings/")

    assert len(one) == len(thirty) <= MOST, thirty


@pytest.mark.parametrize("sought", [{}, {"find_case": "ärende", "find_document": "handling", "document": ""}])
def test_the_form_of_an_item_takes_as_few_queries_for_thirty_cases_as_for_one(
    people, body, client_for, sought
):
    browser = client_for(people.secretary)
    meeting = MeetingFactory(body=body, secretary=people.secretary, chair=people.chair)
    address = f"/meetings/{meeting.pk}/items/new/?{urlencode(sought)}"
    DocumentFactory(case__body=body, case__title="Ärende", title="Handling")
    one = queries(browser, address, **HTMX)
    DocumentFactory.create_batch(29, case__body=body, case__title="Ärende", title="Handling")

    thirty = queries(browser, address, **HTMX)

    assert len(one) == len(thirty) <= MOST, thirty
