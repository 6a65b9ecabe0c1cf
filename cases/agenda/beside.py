"""On which agendas a case is."""

from itertools import groupby

from django.utils.translation import gettext as _

from cases.agenda.models import AgendaItem
from cases.register.beside import Line, beside
from committee.models import Meeting
from core import formats


@beside("agenda.meetings")
def meetings_of_case(user, case):
    """The meetings that deal with the case, latest first, and its item there as the agenda numbers it."""
    with_case = Meeting.objects.filter(items__case=case)
    items = (
        AgendaItem.objects.visible_to(user).filter(meeting__in=with_case).in_order().select_related("meeting")
    )
    agendas = groupby(
        sorted(items, key=lambda item: item.meeting.starts_at, reverse=True), lambda item: item.meeting
    )
    return [
        _line(meeting, item.number or place)
        for meeting, agenda in agendas
        for place, item in enumerate(agenda, 1)
        if item.case_id == case.pk
    ]


def _line(meeting, number):
    day = formats.long_date(meeting.starts_at)
    text = _("%(day)s, item %(number)s") % {"day": day, "number": number}
    return Line(_("Meeting"), text, meeting.get_absolute_url())
