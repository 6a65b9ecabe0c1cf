"""Meetings by date: 13 juni, 2023-06-13, 2023-06."""

from django.db.models import CharField
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext as _

from committee.models import Meeting
from core import formats
from core.search import Hit, search


@search("committee.meetings")
def meetings(user, text, limit):
    """Meetings whose date, written out or as numbers, holds the text."""
    mine = Meeting.objects.visible_to(user).for_list().order_by("-starts_at")
    dated = mine.annotate(day=Cast(TruncDate("starts_at"), CharField()))
    found = dated.filter(day__contains=text)[:limit] if text[:4].isdigit() else _by_words(mine, text, limit)
    return [
        Hit(
            formats.weekday_date(meeting.starts_at),
            meeting.get_absolute_url(),
            _("Meetings"),
            str(meeting.body),
        )
        for meeting in found
    ]


def _by_words(meetings, text, limit):
    """Meetings of the last years whose date in words, or whose body, holds every word."""
    words = text.lower().replace("\u00a0", " ").split()
    named = (
        (f"{formats.weekday_date(m.starts_at)} {m.body}".lower().replace("\u00a0", " "), m)
        for m in meetings[:200]
    )
    return [meeting for name, meeting in named if all(word in name for word in words)][:limit]
