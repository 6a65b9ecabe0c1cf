"""The reading view: item after item, forwards and back, and never an item that is not there."""

import pytest
from django.utils.translation import gettext as _

from cases.agenda.services import withdraw_item
from tests.factories import DocumentFactory, ItemFactory, MeetingFactory, call


@pytest.fixture
def called(meeting):
    """A called meeting: A, B with a report, and C."""
    report = DocumentFactory(
        case__body=meeting.body,
        title="Plan",
        clauses=["att anta planen"],
        texts={"summary": "<p>Kort sagt.</p>", "matter": "<p>Långt om planen.</p>"},
        status="approved",
    )
    ItemFactory(meeting=meeting, title="A")
    ItemFactory(meeting=meeting, title="B", case=report.case, document=report)
    ItemFactory(meeting=meeting, title="C")
    return call(meeting)


@pytest.fixture
def read(client_for, member):
    """Return a function that opens an item, or the first one, as a member."""
    browser = client_for(member)

    def opened(meeting, item=None):
        return browser.get(f"/meetings/{meeting.pk}/read/" + (f"{item.pk}/" if item else ""))

    return opened


def test_reading_begins_with_the_first_item(called, read):
    page = read(called).context

    assert (page["item"].title, page["place"], page["previous"], page["next"].title) == ("A", 1, None, "B")


def test_every_item_leads_to_the_next_and_back(called, read):
    places = [read(called, item).context for item in called.items.in_order()]

    turns = [
        (page["previous"] and page["previous"].title, page["next"] and page["next"].title) for page in places
    ]
    assert turns == [(None, "B"), ("A", "C"), ("B", None)]


def test_all_items_are_listed_and_the_open_one_is_marked(called, read):
    second = called.items.get(title="B")
    page = read(called, second)

    assert [item.title for item in page.context["items"]] == ["A", "B", "C"]
    assert f'/read/{second.pk}/" aria-current="page"' in page.content.decode()


def test_an_item_is_read_as_it_is_printed_sheet_first(called, read):
    page = read(called, called.items.get(title="B"))

    assert [part.data["title"] for part in page.context["parts"]] == ["B", "Plan"]
    for words in ("Kort sagt.", "Långt om planen.", "att anta planen"):
        assert words in page.content.decode()


def test_an_item_of_another_meeting_is_not_found(called, read):
    elsewhere = ItemFactory(meeting=MeetingFactory(body=called.body, secretary=called.secretary))

    assert read(called, elsewhere).status_code == 404


def test_a_secret_item_is_not_found_by_its_address(meeting, read):
    secret = ItemFactory(meeting=meeting, secret=True)
    ItemFactory(meeting=meeting, title="A")
    call(meeting)

    page = read(meeting)

    assert read(meeting, secret).status_code == 404
    assert (len(page.context["items"]), page.context["next"]) == (1, None)


def test_who_may_read_what_is_secret_reads_the_secret_item_last(meeting, client_for, head):
    secret = ItemFactory(meeting=meeting, secret=True)
    ItemFactory(meeting=meeting, title="A")
    call(meeting)

    page = client_for(head).get(f"/meetings/{meeting.pk}/read/{secret.pk}/")

    assert (page.context["place"], page.context["item"].shown_number) == (2, 2)


def test_a_meeting_without_items_says_so_to_who_prepares_it(meeting, chair, client_for):
    page = client_for(chair).get(f"/meetings/{meeting.pk}/read/")

    assert (page.status_code, page.context["item"]) == (200, None)


def test_reading_time_follows_the_length_of_the_text(meeting, read):
    text = "<p>" + "ord " * 1000 + "</p>"
    ItemFactory(meeting=meeting, text=text)
    call(meeting)

    assert read(meeting).context["reading_minutes"] == 5


def test_who_prepares_reads_the_draft_agenda_before_the_call(meeting, client_for, chair):
    ItemFactory(meeting=meeting, title="A")

    page = client_for(chair).get(f"/meetings/{meeting.pk}/read/")

    assert [(item.shown_number, item.title) for item in page.context["items"]] == [(1, "A")]


def test_a_members_way_in_is_the_next_meeting(meeting, member, client_for):
    past = MeetingFactory(body=meeting.body, secretary=meeting.secretary)
    type(past).objects.filter(pk=past.pk).update(starts_at="2023-05-16T16:00Z")

    response = client_for(member).get("/", follow=True)

    assert [address for address, _status in response.redirect_chain] == [
        "/meetings/next/",
        meeting.get_absolute_url(),
    ]


@pytest.fixture
def may(meeting):
    """The meeting before, called and held."""
    past = MeetingFactory(body=meeting.body, secretary=meeting.secretary)
    call(past)
    type(past).objects.filter(pk=past.pk).update(starts_at="2023-05-16T16:00Z", status="held")
    past.refresh_from_db()
    return past


def first_page(browser):
    return browser.get("/meetings/next/").url


def test_while_the_next_meeting_is_not_called_a_member_begins_at_the_latest_papers(
    may, meeting, member, client_for
):
    page = client_for(member).get("/", follow=True)

    assert page.redirect_chain[-1][0] == f"/meetings/{may.pk}/read/"
    assert page.context["coming"] == meeting
    assert meeting.get_absolute_url() in page.content.decode()


def test_a_called_meeting_comes_before_a_nearer_one_that_is_planned(may, meeting, member, client_for):
    later = MeetingFactory(body=meeting.body, secretary=meeting.secretary)
    call(later)

    assert first_page(client_for(member)) == later.get_absolute_url()


def test_who_prepares_goes_to_the_next_meeting_whether_called_or_not(may, meeting, secretary, client_for):
    assert first_page(client_for(secretary)) == meeting.get_absolute_url()


def test_the_list_beside_the_text_says_which_item_is_withdrawn(called, read):
    withdraw_item(called.items.get(title="C"), reason="Bereds vidare", by=called.secretary)

    page = read(called)

    assert [item.is_withdrawn for item in page.context["items"]] == [False, False, True]
    assert page.content.decode().count(f"<strong>{_('withdrawn')}</strong>") == 1
