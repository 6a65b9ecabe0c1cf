"""What the agenda puts on somebody's desk."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.agenda.models import AgendaItem
from cases.register.models import Document
from committee.models import Meeting, MeetingDeadline, Role
from core import formats
from core.desk import DeskCard, DeskItem, card, desk, first_page, urgency

NEAR = timedelta(days=21)


@desk("agenda.stop_dates")
def stop_dates(user, today):
    """The secretary's stop dates on the way to the next meetings."""
    bodies = user.rights.bodies_as(Role.Key.SECRETARY)
    near = MeetingDeadline.objects.near(today, NEAR).filter(meeting__body__in=bodies).exclude(_finished())
    return [_stop_date(deadline, today) for deadline in near.select_related("meeting__body")]


def _finished():
    """Return what tells stop dates for papers when every document is approved: nobody has to note it."""
    documents = AgendaItem.objects.filter(meeting=OuterRef("meeting"), document__isnull=False)
    unapproved = documents.exclude(document__status=Document.Status.APPROVED)
    return Q(Exists(documents), ~Exists(unapproved), kind=MeetingDeadline.Kind.MANUSCRIPT)


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
    near = planned.coming(today).for_list().prefetch_related("deadlines")
    return [_drafted(meeting, today) for meeting in near[:3]]


def _drafted(meeting, today):
    stop, day = _stop_of_chair(meeting, today), formats.short_date(meeting.starts_at)
    due_on = stop.due_on if stop else meeting.held_on
    status, label = urgency(due_on, today) or ("wait", meeting.get_status_display())
    return DeskItem(
        due_on=due_on,
        title=_("Read the draft agenda and word the chair's proposals"),
        rule=_("%(stop)s for the meeting %(day)s") % {"stop": stop.get_kind_display(), "day": day}
        if stop
        else _("meeting %s") % day,
        url=meeting.get_absolute_url(),
        status=status,
        label=label,
    )


def _stop_of_chair(meeting, today):
    """Return the stop date by which the chair's words are wanted, None where the body has none.

    They are gone through by the presidium and go out with the summons: what is passed or done gives way
    to the next, but nothing is due later than the summons.
    """
    wanted = {MeetingDeadline.Kind.PRESIDIUM, MeetingDeadline.Kind.SUMMONS}
    stops = [stop for stop in meeting.deadlines.all() if stop.kind in wanted]
    ahead = [stop for stop in stops if stop.done_on is None and stop.due_on >= today]
    return next(iter(ahead or stops[-1:]), None)


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
