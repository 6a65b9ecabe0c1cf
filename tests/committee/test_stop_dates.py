"""Stop dates: so many days before the meeting, on a day when somebody is at work."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from committee.models import MeetingDeadline
from committee.services import move_deadline
from committee.services.meetings import stop_date
from core.models import Change
from tests.factories import BodyFactory, MeetingFactory, PersonFactory


@pytest.mark.parametrize(
    ("meeting", "days", "due", "why"),
    [
        ("2023-06-13", 14, "2023-05-30", "an ordinary Tuesday"),
        ("2023-06-13", 7, "2023-06-05", "the National Day falls on the day itself"),
        ("2023-06-13", 3, "2023-06-09", "a Saturday"),
        ("2023-06-13", 2, "2023-06-09", "a Sunday"),
        ("2023-06-08", 21, "2023-05-17", "Ascension Day"),
        ("2023-04-14", 7, "2023-04-06", "Good Friday"),
        ("2023-04-17", 7, "2023-04-06", "Easter Monday, and the whole of Easter before it"),
        ("2023-05-08", 7, "2023-04-28", "the first of May"),
        ("2023-01-13", 7, "2023-01-05", "Epiphany"),
        ("2024-01-08", 7, "2023-12-29", "New Year's Day, into the year before"),
        ("2024-01-02", 7, "2023-12-22", "Boxing Day, Christmas Day and Christmas Eve"),
        ("2023-06-26", 3, "2023-06-22", "Midsummer Eve"),
        ("2023-11-07", 3, "2023-11-03", "All Saints' Day"),
        ("2024-06-13", 7, "2024-06-05", "the National Day on a Thursday"),
    ],
)
def test_a_stop_date_before_the_meeting_is_moved_back_to_a_working_day(meeting, days, due, why):
    assert stop_date(date.fromisoformat(meeting), days) == date.fromisoformat(due), why


@pytest.mark.parametrize(
    ("meeting", "days", "due", "why"),
    [
        ("2023-06-13", -14, "2023-06-27", "an ordinary Tuesday"),
        ("2023-06-09", -14, "2023-06-26", "Midsummer Eve, and the weekend after it"),
        ("2023-12-12", -14, "2023-12-27", "Boxing Day"),
        ("2023-12-18", -14, "2024-01-02", "New Year's Day, into the next year"),
        ("2023-05-27", -14, "2023-06-12", "a Saturday"),
    ],
)
def test_a_stop_date_after_the_meeting_is_moved_forward(meeting, days, due, why):
    assert stop_date(date.fromisoformat(meeting), days) == date.fromisoformat(due), why


@settings(max_examples=40)  # each asks for three years of holidays
@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(-30, 60))
def test_a_stop_date_is_never_on_a_weekend_nor_too_late(meeting, days):
    due = stop_date(meeting, days)

    assert due.weekday() < 5
    asked = meeting - timedelta(days=days)
    moved = (due - asked).days
    assert (0 <= moved <= 6) if days < 0 else (-6 <= moved <= 0)


def test_a_planned_meeting_has_the_bodys_stop_dates(db):
    meeting = MeetingFactory()

    assert dict(meeting.deadlines.values_list("kind", "due_on")) == {
        "notice": date(2023, 5, 9),
        "manuscript": date(2023, 5, 24),
        "presidium": date(2023, 5, 30),
        "summons": date(2023, 6, 5),
        "group": date(2023, 6, 12),
        "adjustment": date(2023, 6, 27),
    }


def test_a_body_without_offsets_has_meetings_without_stop_dates(db):
    assert not MeetingFactory(body=BodyFactory(deadline_offsets={})).deadlines.exists()


def test_a_meeting_without_a_place_is_held_where_the_body_usually_meets(db):
    meeting = MeetingFactory(body__usual_place="Kommunhuset", place="")

    assert meeting.place == "Kommunhuset"


def test_a_stop_date_set_by_hand_stays_where_it_is_put_and_the_history_says_by_whom(db):
    meeting, secretary = MeetingFactory(), PersonFactory()
    deadline = meeting.deadlines.get(kind=MeetingDeadline.Kind.SUMMONS)

    move_deadline(deadline, due_on=date(2023, 6, 10), by=secretary)

    assert meeting.deadlines.get(kind="summons").due_on == date(2023, 6, 10)
    change = Change.objects.about((MeetingDeadline, [deadline.pk])).latest("pk")
    assert (change.by, change.new) == (secretary, {"due_on": "2023-06-10"})


@pytest.mark.parametrize(
    ("today", "kinds"),
    [
        (date(2023, 5, 1), []),
        (date(2023, 5, 8), ["notice"]),
        (date(2023, 5, 25), ["manuscript", "notice", "presidium"]),
    ],
)
def test_near_are_stop_dates_that_are_soon_or_late_and_not_done(db, today, kinds):
    meeting = MeetingFactory()
    near = MeetingDeadline.objects.near(today, timedelta(days=7))

    assert sorted(near.values_list("kind", flat=True)) == kinds
    near.update(done_on=today)
    assert not MeetingDeadline.objects.near(today, timedelta(days=7)).exists()
    assert meeting.is_planned
