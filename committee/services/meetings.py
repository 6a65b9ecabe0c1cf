from datetime import date, datetime, timedelta

from committee.models import Body, Meeting, MeetingDeadline, Person
from core.calling import call
from core.services import service


@service
def plan_meeting(
    body: Body, *, starts_at: datetime, place: str, chair: Person, secretary: Person, by: Person
) -> Meeting:
    """Plan a meeting, with stop dates from the body's offsets, moved off weekends and holidays."""
    meeting = Meeting.objects.create(
        body=body, starts_at=starts_at, place=place or body.usual_place, chair=chair, secretary=secretary
    )
    MeetingDeadline.objects.bulk_create(
        MeetingDeadline(meeting=meeting, kind=kind, due_on=stop_date(meeting.held_on, days))
        for kind, days in body.deadline_offsets.items()
    )
    return meeting


@service
def move_deadline(deadline: MeetingDeadline, *, due_on: date, by: Person) -> None:
    """Set a stop date by hand."""
    deadline.due_on = due_on
    deadline.save(update_fields=["due_on"])


def stop_date(meeting_on: date, days_before: int) -> date:
    """Return the working day at least so many days before the meeting.

    A negative number means days after it; then the day is moved forward, not back.
    """
    day = meeting_on - timedelta(days=days_before)
    return working_day(day, forward=days_before < 0)


def working_day(day: date, *, forward: bool) -> date:
    """Return the day itself when people work on it, else the next one that they do, or the one before."""
    step = timedelta(days=1 if forward else -1)
    free = call(
        "holidays.country_holidays",
        "SE",
        years=[day.year - 1, day.year, day.year + 1],
        include_sundays=False,
        categories=("public", "de_facto"),  # the eves of Midsummer, Christmas and New Year count too
    )
    while day.weekday() >= 5 or day in free:
        day += step
    return day
