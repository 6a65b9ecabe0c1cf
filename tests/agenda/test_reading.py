"""The reading view: item after item, forwards and back, and never an item that is not there."""

import pytest

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


def test_a_meeting_without_items_says_so(meeting, read):
    call(meeting)

    page = read(meeting)

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
