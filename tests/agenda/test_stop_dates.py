"""Stop dates as the secretary sees them: papers are finished when they are, not when a date has passed."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from committee.models import MeetingDeadline
from core import desk
from tests.factories import TODAY, DocumentFactory, ItemFactory

Kind = MeetingDeadline.Kind
MANUSCRIPT = Kind.MANUSCRIPT


@pytest.fixture
def papers(meeting, prepare):
    """Return a function that tells how the stop date for papers is shown: (done, late, missing)."""

    def shown():
        label = MANUSCRIPT.label
        page = prepare.get(meeting.get_absolute_url())
        [stop] = [stop for stop in page.context["stop_dates"] if stop.label == label]
        return stop.is_done, stop.is_late, stop.missing

    return shown


def put(meeting, status):
    document = DocumentFactory(case__body=meeting.body, status=status)
    ItemFactory(meeting=meeting, case=document.case, document=document)


def test_papers_that_are_still_written_are_late_even_if_somebody_noted_them_done(meeting, papers):
    meeting.deadlines.filter(kind=MANUSCRIPT).update(done_on=TODAY)
    put(meeting, "approved")
    put(meeting, "draft")

    assert papers() == (False, True, 1)


def test_papers_are_finished_when_every_document_is_approved(meeting, papers):
    put(meeting, "approved")

    assert papers() == (True, False, 0)


def test_an_agenda_without_documents_has_no_finished_papers(meeting, papers):
    ItemFactory(meeting=meeting)

    assert papers() == (False, True, 0)


@pytest.mark.parametrize(("status", "number"), [("draft", 1), ("approved", 0)])
def test_the_desk_asks_for_papers_as_long_as_one_is_not_approved(status, number, meeting, secretary):
    put(meeting, status)

    items = desk.rules["agenda.stop_dates"](secretary, TODAY)

    assert sum(str(MANUSCRIPT.label) in str(item.title) for item in items) == number


def test_a_meeting_planned_so_near_that_stops_have_passed_is_planned_with_a_warning(
    prepare, body, chair, secretary
):
    begins = timezone.now().replace(year=2023, month=6, day=8, hour=16)
    typed = {
        "starts_at": f"{begins:%Y-%m-%dT%H:%M}",
        "place": "A",
        "chair": chair.pk,
        "secretary": secretary.pk,
    }

    response = prepare.post("/meetings/new/", typed)

    meeting = body.meetings.get()
    [_planned, warning] = get_messages(response.wsgi_request)
    passed = [str(deadline) for deadline in meeting.deadlines.filter(due_on__lt=TODAY)]
    assert warning.level_tag == "warning"
    assert passed
    assert all(words in str(warning) for words in passed)


@pytest.mark.parametrize(
    ("passed", "wanted", "shape"),
    [
        ([], Kind.PRESIDIUM, "wait"),
        ([Kind.PRESIDIUM], Kind.SUMMONS, "wait"),
        ([Kind.PRESIDIUM, Kind.SUMMONS], Kind.SUMMONS, "bad"),
    ],
)
def test_the_chair_words_proposals_by_the_presidium_then_by_the_summons(
    passed, wanted, shape, meeting, chair
):
    meeting.deadlines.filter(kind=Kind.PRESIDIUM).update(due_on=TODAY + timedelta(days=4))
    meeting.deadlines.filter(kind=Kind.SUMMONS).update(due_on=TODAY + timedelta(days=6))
    meeting.deadlines.filter(kind__in=passed).update(due_on=TODAY - timedelta(days=1))

    [item] = desk.rules["agenda.chair"](chair, TODAY)

    stop = meeting.deadlines.get(kind=wanted)
    assert (item.due_on, item.status) == (stop.due_on, shape)
    assert item.rule.startswith(str(wanted.label))


def test_what_the_presidium_has_gone_through_is_wanted_with_the_summons(meeting, chair):
    meeting.deadlines.filter(kind=Kind.PRESIDIUM).update(due_on=TODAY, done_on=TODAY)
    meeting.deadlines.filter(kind=Kind.SUMMONS).update(due_on=TODAY + timedelta(days=6))

    [item] = desk.rules["agenda.chair"](chair, TODAY)

    assert item.due_on == TODAY + timedelta(days=6)


def test_without_stop_dates_the_chair_has_until_the_meeting(meeting, chair):
    meeting.deadlines.all().delete()

    [item] = desk.rules["agenda.chair"](chair, TODAY)

    assert item.due_on == meeting.held_on
