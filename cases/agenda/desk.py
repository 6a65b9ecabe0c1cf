"""What the agenda puts on somebody's desk."""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.agenda.models import AgendaItem
from cases.register.models import Document
from committee.models import Meeting, MeetingDeadline, Role
from core import formats
from core.desk import DeskCard, DeskItem, card, desk, first_page

NEAR = timedelta(days=21)


@desk("agenda.stop_dates")
def stop_dates(user, today):
    """The secretary's stop dates on the way to the next meetings."""
    bodies = user.rights.bodies_as(Role.Key.SECRETARY)
    near = MeetingDeadline.objects.near(today, NEAR).filter(meeting__body__in=bodies)
    return [_stop_date(deadline, today) for deadline in near.select_related("meeting__body")]


def _stop_date(deadline, today):
    meeting = deadline.meeting
    is_summons = deadline.kind == MeetingDeadline.Kind.SUMMONS
    day = formats.short_date(meeting.starts_at)
    late = deadline.due_on < today
    return DeskItem(
        due_on=deadline.due_on,
        title=_("Send the summons to the meeting %s") % day
        if is_summons
        else _("%(stop)s for the meeting %(day)s") % {"stop": deadline.get_kind_display(), "day": day},
        rule=_rule_of(deadline),
        url=meeting.get_absolute_url(),
        status="bad" if late else "risk" if deadline.due_on <= today + timedelta(days=1) else "wait",
        label=_("late")
        if late
        else _("soon")
        if deadline.due_on <= today + timedelta(days=1)
        else _("ahead"),
    )


def _rule_of(deadline):
    """Say when a stop is, seen from the meeting, and which rule says so."""
    days = (deadline.meeting.held_on - deadline.due_on).days
    before = ngettext("%d day before the meeting", "%d days before the meeting", days) % days
    after = ngettext("%d day after the meeting", "%d days after the meeting", -days) % -days
    when = before if days >= 0 else after
    rules = {
        MeetingDeadline.Kind.SUMMONS: deadline.meeting.body.rules_reference,
        MeetingDeadline.Kind.ADJUSTMENT: _("chapter 5, section 69 of the Local Government Act"),
    }.get(deadline.kind)
    return _("%(when)s according to %(rules)s") % {"when": when, "rules": rules} if rules else when


@desk("agenda.chair")
def draft_agendas(user, today):
    """The presidium's coming meetings whose agenda is being prepared."""
    bodies = user.rights.bodies_as(Role.Key.CHAIR, Role.Key.VICE_CHAIR)
    planned = Meeting.objects.filter(body__in=bodies, status=Meeting.Status.PLANNED)
    return [
        DeskItem(
            due_on=meeting.held_on,
            title=_("Read the draft agenda and word the chair's proposals"),
            rule=_("meeting %s") % formats.short_date(meeting.starts_at),
            url=meeting.get_absolute_url(),
            label=meeting.get_status_display(),
        )
        for meeting in planned.coming(today).for_list()[:3]
    ]


@first_page("agenda.readers")
def next_meeting_first(user, today):
    """Members and substitutes begin at the next meeting."""
    return reverse("agenda:meeting-next") if user.rights.only_reads else None


@card("agenda.next_meeting")
def next_meeting(user, today):
    """The next meeting and how far its papers have come."""
    coming = Meeting.objects.visible_to(user).filter(body__in=user.rights.drafts).coming(today).for_list()
    # Who may not know of a secret item or document is not told by a count.
    items = AgendaItem.objects.visible_to(user)
    documents = Document.objects.visible_to(user)
    known = Q(items__in=items)
    written = known & Q(items__document__in=documents)
    approved = written & Q(items__document__status=Document.Status.APPROVED)
    meeting = coming.annotate(
        number_of_items=Count("items", filter=known, distinct=True),
        written=Count("items__document", filter=written, distinct=True),
        approved=Count("items__document", filter=approved, distinct=True),
    ).first()
    if meeting is None:
        return None
    return DeskCard(
        heading=_("Next meeting"),
        when=_("%(day)s at %(time)s")
        % {"day": formats.weekday_date(meeting.starts_at), "time": formats.clock_time(meeting.starts_at)},
        title=str(meeting.body),
        url=meeting.get_absolute_url(),
        action=_("Open the meeting"),
        facts=[
            (_("Items"), str(meeting.number_of_items)),
            (
                _("Approved documents"),
                _("%(approved)s of %(all)s") % {"approved": meeting.approved, "all": meeting.written},
            ),
            (_("Status"), meeting.get_status_display()),
        ],
    )
