"""The chair's proposal: one text with the department's until somebody words it otherwise; then both print."""

import pytest
from django.contrib.messages import get_messages

from cases.agenda.composers import kallelse
from cases.agenda.services import word_chairs_proposal
from cases.register.models import Clause, Proposal
from reports.audiences import Audience
from reports.composing import composers
from tests.factories import DocumentFactory, ItemFactory, call

OURS = ["att anta planen", "att överlämna den till revisorerna"]


@pytest.fixture
def item(meeting):
    document = DocumentFactory(case__body=meeting.body, clauses=OURS, status="approved")
    return ItemFactory(meeting=meeting, case=document.case, document=document)


def printed(item):
    """Return the headings and clauses of the proposals on the item's sheet."""
    parts = composers["handlingar"].compose(item.meeting, Audience.MEMBERS).parts
    sheet = next(part for part in parts if part.key == f"item-{item.pk}")
    return [(proposal["made_by"], proposal["clauses"]) for proposal in sheet.data["proposals"]]


def test_without_a_word_from_the_chair_the_departments_proposal_prints(item):
    assert printed(item) == [("department", OURS)]


def test_a_chair_who_says_the_same_shares_the_words_and_one_proposal_prints(item, chair):
    proposal = word_chairs_proposal(item, texts=OURS, by=chair)

    assert (proposal.shares_clauses, proposal.made_by) == (True, Proposal.By.CHAIR)
    assert printed(item) == [("department", OURS)]
    assert Clause.objects.count() == len(OURS)


def test_other_words_make_it_the_chairs_own_and_both_print_the_chairs_first(item, chair):
    word_chairs_proposal(item, texts=["att avslå"], by=chair)

    item.refresh_from_db()
    assert printed(item) == [("chair", ["att avslå"]), ("department", OURS)]


def test_words_taken_back_to_the_departments_are_shared_again(item, chair):
    word_chairs_proposal(item, texts=["att avslå"], by=chair)
    item.refresh_from_db()

    word_chairs_proposal(item, texts=OURS, by=chair)

    assert printed(item) == [("department", OURS)]


def test_whose_a_proposal_is_prints_only_when_there_are_two(item, chair):
    alone = composers["handlingar"].compose(item.meeting, Audience.MEMBERS).parts[2].data["proposals"]
    word_chairs_proposal(item, texts=["att avslå"], by=chair)
    both = composers["handlingar"].compose(item.meeting, Audience.MEMBERS).parts[2].data["proposals"]

    headings = [proposal["heading"] for proposal in alone + both]
    assert len(set(headings)) == 3


def test_an_item_without_a_document_prints_the_chairs_words(meeting, chair):
    item = ItemFactory(meeting=meeting, case=DocumentFactory(case__body=meeting.body).case)

    word_chairs_proposal(item, texts=["att notera informationen"], by=chair)

    item.refresh_from_db()
    assert printed(item) == [("chair", ["att notera informationen"])]


def test_empty_clauses_are_left_out(item, chair):
    proposal = word_chairs_proposal(item, texts=["", " att avslå ", "  "], by=chair)

    assert [clause.text for clause in proposal.own_clauses] == ["att avslå"]


def test_the_page_offers_the_departments_words_and_then_the_chairs_own(item, chair, client_for):
    browser, address = client_for(chair), f"/items/{item.pk}/proposal/"

    before = browser.get(address).context["clauses"]
    browser.post(address, {"clause": ["att avslå"], "clause_seen": before})
    after = browser.get(address).context

    assert (before, after["clauses"], after["shares"]) == (OURS, ["att avslå"], False)


def test_a_personal_number_in_a_clause_is_refused_and_nothing_is_changed(item, chair, client_for):
    typed = ["att ge 191212121212 stöd"]

    response = client_for(chair).post(f"/items/{item.pk}/proposal/", {"clause": typed, "clause_seen": OURS})

    (message,) = get_messages(response.wsgi_request)
    assert "19121212XXXX" in str(message)
    assert response.context["clauses"] == typed
    assert printed(item) == [("department", OURS)]


def test_words_that_collide_with_the_secretarys_are_still_in_the_form(item, chair, secretary, client_for):
    browser, address = client_for(chair), f"/items/{item.pk}/proposal/"
    word_chairs_proposal(item, texts=["att återremittera"], by=secretary)

    collided = browser.post(address, {"clause": ["att avslå"], "clause_seen": OURS})
    again = {"clause": collided.context["clauses"], "clause_seen": collided.context["seen"]}
    browser.post(address, again)

    item.refresh_from_db()
    assert (collided.status_code, again) == (
        422,
        {"clause": ["att avslå"], "clause_seen": ["att återremittera"]},
    )
    assert printed(item)[0] == ("chair", ["att avslå"])


def test_the_chairs_words_do_not_change_the_summons(item, chair):
    before = kallelse(item.meeting, Audience.MEMBERS).fingerprint

    word_chairs_proposal(item, texts=["att avslå"], by=chair)

    assert kallelse(item.meeting, Audience.MEMBERS).fingerprint == before


def test_what_members_have_been_sent_is_not_worded_anew(item, chair, client_for):
    call(item.meeting)

    response = client_for(chair).post(f"/items/{item.pk}/proposal/", {"clause": ["att avslå planen"]})

    item.refresh_from_db()
    assert (response.status_code, item.proposal) == (409, None)
    assert "att avslå planen" in response.content.decode()
