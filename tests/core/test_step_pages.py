"""The one door for steps, as a page: asked, refused, taken, or somebody was faster."""

import pytest
from django.contrib.messages import get_messages
from django.utils.translation import gettext as _

from core.models import StepTaken
from core.services import take_step
from tests.factories import CaseFactory, DocumentFactory, ItemFactory, MeetingFactory, in_status


@pytest.fixture
def document(body, case_officer):
    return DocumentFactory(case=CaseFactory(body=body, owner=case_officer), status="ready")


def step(document, name):
    return f"/documents/{document.pk}/step/{name}/"


def said(response):
    return [message.level_tag for message in get_messages(response.wsgi_request)]


def test_a_step_is_taken_by_its_button(document, head, client_for):
    response = client_for(head).post(step(document, "approve"))

    document.refresh_from_db()
    assert (document.status, response["Location"]) == ("approved", document.get_absolute_url())
    assert said(response) == ["success"]


def test_looking_at_a_step_does_not_take_it(document, head, client_for):
    assert client_for(head).get(step(document, "approve")).status_code == 200
    assert not StepTaken.objects.filter(step="approve").exists()


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001, "NUL \x00", "Se 900101-2385"])
def test_a_reason_that_is_none_is_asked_for_again(document, head, client_for, reason):
    response = client_for(head).post(step(document, "send_back"), {"reason": reason})

    document.refresh_from_db()
    assert (response.status_code, document.status) == (422, "ready")
    assert list(response.context["form"].errors) == ["reason"]


def test_the_sender_is_told_to_whom_it_was_sent_back(document, head, client_for):
    response = client_for(head).post(step(document, "send_back"), {"reason": "Siffrorna är gamla"})

    words = [str(message) for message in get_messages(response.wsgi_request)]
    assert words == [_("Sent back to {subject.author}.").format(subject=document)]
    assert str(document.author) in words[0]


def test_the_button_for_held_waits_in_the_menu_and_its_page_says_until_when(
    body, secretary, client_for, settings
):
    meeting = in_status(MeetingFactory(body=body, secretary=secretary), "called")
    client, address = client_for(secretary), f"/meetings/{meeting.pk}/step/hold/"

    before = client.get(meeting.get_absolute_url()).context
    early, refused = client.get(address), client.post(address)
    settings.TODAY = meeting.held_on
    after = client.get(meeting.get_absolute_url()).context

    assert [one.name for one in before["steps"]] == []
    assert [one.name for one in before["steps_aside"]] == ["hold", "cancel"]
    assert "13 juni 2023" in early.context["hindrance"].replace("\u00a0", " ")
    assert (said(refused), [one.name for one in after["steps"]]) == (["error"], ["hold"])


def test_the_reason_is_kept_with_the_step(document, head, client_for):
    client_for(head).post(step(document, "send_back"), {"reason": "Siffrorna är gamla"})

    assert StepTaken.objects.of(document).latest("at").reason == "Siffrorna är gamla"


def test_whoever_is_second_is_told_that_somebody_was_first(document, head, client_for):
    client = client_for(head)
    take_step(document, "approve", by=head)

    response = client.post(step(document, "approve"))

    assert said(response) == ["warning"]
    assert StepTaken.objects.filter(step="approve").count() == 1


def test_a_stale_button_answers_like_that_too(document, case_officer, client_for):
    response = client_for(case_officer).post(step(document, "finish"))

    assert said(response) == ["warning"]


def test_a_summons_that_nobody_has_reviewed_is_not_sent(body, secretary, client_for):
    meeting = MeetingFactory(body=body, secretary=secretary)
    ItemFactory(meeting=meeting)

    response = client_for(secretary).post(f"/meetings/{meeting.pk}/step/call/")

    meeting.refresh_from_db()
    assert (meeting.status, said(response)) == ("planned", ["error"])


def test_a_step_that_there_is_not_is_not_found(document, head, client_for):
    assert client_for(head).post(step(document, "burn")).status_code == 404
