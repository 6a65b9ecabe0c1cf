"""The secretary's forms for the agenda: what they take, what they refuse, and pages that are out of date."""

import pytest
from django.contrib.messages import get_messages
from django.utils.translation import gettext as _

from cases.agenda.models import AgendaItem
from tests.factories import CaseFactory, DocumentFactory, ItemFactory, call, in_status

CALLED = "The meeting has been called: the agenda can no longer be changed."


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def titles(meeting):
    return [item.title for item in meeting.items.in_order()]


@pytest.fixture
def abc(meeting):
    return [ItemFactory(meeting=meeting, title=title) for title in "ABC"]


def test_an_item_gets_all_that_was_typed(prepare, meeting, case_officer):
    document, annex = [DocumentFactory(case__body=meeting.body, status="approved") for _time in range(2)]
    typed = {
        "kind": "information",
        "title": "Internkontrollplan",
        "case": document.case.pk,
        "document": document.pk,
        "annexes": [annex.pk],
        "presenters": [case_officer.pk],
        "minutes": "15",
        "text": "<p>Muntligt.</p>",
        "papers_later": "on",
    }

    response = prepare.post(f"/meetings/{meeting.pk}/items/new/", typed)

    item = meeting.items.get()
    assert response.url == meeting.get_absolute_url()
    assert (item.kind, item.title, item.case, item.document) == (
        "information", "Internkontrollplan", document.case, document,
    )  # fmt: skip
    assert (item.minutes, item.text, item.papers_later) == (15, "<p>Muntligt.</p>", True)
    assert [paper.document for paper in item.papers.all()] == [annex]
    assert list(item.presenters.all()) == [case_officer]


def test_an_item_without_a_title_takes_its_cases(prepare, meeting):
    case = CaseFactory(body=meeting.body, title="Ej verkställda beslut")

    prepare.post(f"/meetings/{meeting.pk}/items/new/", {"kind": "decision", "case": case.pk})

    assert titles(meeting) == ["Ej verkställda beslut"]


def test_an_item_takes_the_case_of_its_document(prepare, meeting):
    document = DocumentFactory(case__body=meeting.body)

    prepare.post(
        f"/meetings/{meeting.pk}/items/new/", {"kind": "decision", "title": "A", "document": document.pk}
    )

    assert meeting.items.get().case == document.case


def test_an_item_with_neither_title_nor_case_is_asked_for_one(prepare, meeting):
    response = prepare.post(f"/meetings/{meeting.pk}/items/new/", {"kind": "decision"})

    assert list(response.context["form"].errors) == ["title"]
    assert titles(meeting) == []


def test_a_case_of_another_committee_cannot_be_put_on_the_agenda(prepare, meeting):
    response = prepare.post(
        f"/meetings/{meeting.pk}/items/new/", {"kind": "decision", "case": CaseFactory().pk}
    )

    assert "case" in response.context["form"].errors
    assert titles(meeting) == []


def test_a_nul_in_a_text_is_refused_and_the_rest_stays_in_the_form(prepare, meeting):
    response = prepare.post(
        f"/meetings/{meeting.pk}/items/new/", {"kind": "decision", "title": "A", "text": "<p>a\x00b</p>"}
    )

    assert list(response.context["form"].errors) == ["text"]
    assert response.context["form"]["title"].value() == "A"


def test_changing_an_item_shows_what_it_is_and_saves_what_was_typed(prepare, meeting):
    item = ItemFactory(meeting=meeting, title="A", minutes=10)

    shown = prepare.get(f"/items/{item.pk}/edit/").context["form"]["title"].value()
    prepare.post(f"/items/{item.pk}/edit/", {"kind": "reported", "title": "B"})

    item.refresh_from_db()
    assert (shown, item.title, item.kind, item.minutes) == ("A", "B", "reported", None)


def test_an_item_is_taken_off_and_the_secretary_is_told(prepare, meeting, abc):
    response = prepare.post(f"/items/{abc[1].pk}/remove/")

    assert titles(meeting) == ["A", "C"]
    assert said(response) == [_("“%s” is off the agenda.") % "B"]


def test_dropped_items_are_put_in_the_order_that_was_sent(prepare, meeting, abc):
    keys = [item.pk for item in reversed(abc)]

    response = prepare.post(f"/meetings/{meeting.pk}/order/", {"item": keys})

    assert response.status_code == 204
    assert titles(meeting) == ["C", "B", "A"]


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "²", "1.0", "9" * 40])
def test_nonsense_among_the_keys_is_passed_over(nonsense, prepare, meeting, abc):
    response = prepare.post(f"/meetings/{meeting.pk}/order/", {"item": [nonsense, abc[1].pk]})

    assert response.status_code == 204
    assert titles(meeting) == ["B", "A", "C"]


# What a page that was opened before the call still offers.
STALE = {
    "add": ("/meetings/{meeting}/items/new/", {"kind": "decision", "title": "D"}),
    "change": ("/items/{item}/edit/", {"kind": "decision", "title": "X"}),
    "remove": ("/items/{item}/remove/", {}),
}


@pytest.mark.parametrize("change", STALE)
def test_a_page_from_before_the_call_changes_nothing_and_says_why(change, prepare, meeting, abc):
    address, typed = STALE[change]
    call(meeting)

    response = prepare.post(address.format(meeting=meeting.pk, item=abc[1].pk), typed)

    assert response.url == meeting.get_absolute_url()
    assert said(response) == [_(CALLED)]
    assert titles(meeting) == ["A", "B", "C"]


def test_an_order_from_before_the_call_is_refused(prepare, meeting, abc):
    call(meeting)

    response = prepare.post(f"/meetings/{meeting.pk}/order/", {"item": [abc[2].pk]})

    assert response.status_code == 409
    assert titles(meeting) == ["A", "B", "C"]


@pytest.mark.parametrize("status", ["held", "cancelled"])
def test_no_item_is_added_to_a_meeting_that_is_over(status, prepare, meeting):
    in_status(meeting, status)

    prepare.post(f"/meetings/{meeting.pk}/items/new/", {"kind": "decision", "title": "D"})

    assert not AgendaItem.objects.filter(meeting=meeting).exists()


def test_an_item_whose_meeting_does_not_exist_is_not_found(prepare):
    assert prepare.get("/meetings/0/items/new/").status_code == 404
    assert prepare.get("/items/0/edit/").status_code == 404


def test_an_item_is_withdrawn_from_its_menu_with_a_reason(prepare, meeting, abc):
    call(meeting)
    address = f"/items/{abc[1].pk}/withdraw/"
    assert address in prepare.get(f"/meetings/{meeting.pk}/").content.decode()

    without, response = prepare.post(address), prepare.post(address, {"reason": "Bereds vidare"})

    assert list(without.context["form"].errors) == ["reason"]
    assert response.url == meeting.get_absolute_url()
    assert [item.is_withdrawn for item in meeting.items.in_order()] == [False, True, False]
    assert address not in prepare.get(f"/meetings/{meeting.pk}/").content.decode()


def test_an_item_that_another_has_withdrawn_says_so(prepare, meeting, abc):
    call(meeting)
    for _time in range(2):
        response = prepare.post(f"/items/{abc[0].pk}/withdraw/", {"reason": "Bereds vidare"})

    assert said(response)[-1] == _("Someone else got there first. This is how it stands now.")
