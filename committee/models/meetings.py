from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committee.models.bodies import Body
from committee.models.people import Person
from core import clock, formats
from core.forms import ReasonForm
from core.history import recorded
from core.workflow import Step, Workflow


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(body__in=user.rights.reads)

    def coming(self, today):
        return self.filter(starts_at__date__gte=today).exclude(status__in=Meeting.CALLED_OFF)

    def to_read(self, today):
        """Return the next meeting that has been called, else the latest whose papers there are, or None."""
        called = self.coming(today).filter(status=Meeting.Status.CALLED).order_by("starts_at")
        past = self.filter(status__in=Meeting.OPEN_TO_MEMBERS).order_by("-starts_at")
        return called.first() or past.first()

    def for_list(self):
        return self.select_related("body__municipality", "chair", "secretary").order_by("starts_at")


def not_before_its_day(meeting):
    """Say from when the meeting can be marked as held, as long as its day has not come."""
    if clock.today() >= meeting.held_on:
        return ""
    day = formats.weekday_date(meeting.starts_at)
    return gettext("The meeting can be marked as held from %s on, when it takes place.") % day


class Meeting(models.Model):
    """A meeting of a body: where, when, who leads it, and how far it has come."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CALLED = "called", _("Called")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")
        MOVED = "moved", _("Moved")

    CALLED_OFF = frozenset({Status.CANCELLED, Status.MOVED})
    OPEN_TO_MEMBERS = frozenset({Status.CALLED, Status.HELD})
    SHAPES = {Status.PLANNED: "wait", Status.CALLED: "ok", Status.HELD: "decision"}
    AHEAD = frozenset({Status.PLANNED, Status.CALLED})

    WORKFLOW = Workflow(
        Step(
            "call",
            _("Send the summons"),
            sources=frozenset({Status.PLANNED}),
            target=Status.CALLED,
            permission="committee.call_meeting",
            checked=True,
            help=_(
                "The items get their numbers, members and substitutes get a mail, and the papers are made."
            ),
            said=_("The meeting is called. Mail is on its way, and the papers are being made."),
        ),
        Step(
            "hold",
            _("Mark as held"),
            sources=frozenset({Status.CALLED}),
            target=Status.HELD,
            permission="committee.call_meeting",
            help=_("The agenda is closed: no item can be withdrawn any more. Members still read the papers."),
            hindrance=not_before_its_day,
            said=_("The meeting is marked as held."),
        ),
        Step(
            "reopen",
            _("Undo held"),
            sources=frozenset({Status.HELD}),
            target=Status.CALLED,
            permission="committee.call_meeting",
            form=ReasonForm,
            help=_("The meeting is called again, as it was before it was marked as held."),
            said=_("The meeting is no longer marked as held."),
        ),
        Step(
            "cancel",
            _("Cancel the meeting"),
            sources=AHEAD,
            target=Status.CANCELLED,
            permission="committee.call_meeting",
            form=ReasonForm,
            help=_("The meeting stays in the list, marked as cancelled."),
        ),
    )

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(_("begins"))
    place = models.CharField(_("place"), max_length=200)
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("chair"))
    secretary = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("secretary"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        constraints = [
            models.UniqueConstraint("body", "starts_at", name="meeting_once"),
            models.CheckConstraint(
                name="meeting_status_known",
                condition=models.Q(status__in=["planned", "called", "held", "cancelled", "moved"]),
            ),
        ]
        triggers = [recorded()]

    def __str__(self):
        return f"{self.body} {formats.long_date(self.starts_at)}"

    def get_absolute_url(self):
        return reverse("agenda:meeting-detail", args=[self.pk])

    @property
    def held_on(self):
        """The day it is held on, here where it is held."""
        return clock.day_of(self.starts_at)

    @property
    def is_open_to_members(self):
        return self.status in self.OPEN_TO_MEMBERS

    @property
    def shape(self):
        """The shape by which its status is known in lists."""
        return self.SHAPES.get(self.status, "missing")

    @property
    def is_planned(self):
        return self.status == self.Status.PLANNED

    @property
    def is_called(self):
        return self.status == self.Status.CALLED


class MeetingDeadlineQuerySet(models.QuerySet):
    def near(self, today, days):
        """Deadlines of planned meetings that are due within so many days, or overdue."""
        return self.filter(
            done_on__isnull=True, due_on__lte=today + days, meeting__status=Meeting.Status.PLANNED
        )


class MeetingDeadline(models.Model):
    """A stop date on the way to a meeting. Made from the body's offsets, moved off holidays, editable."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("Cases are announced")
        MANUSCRIPT = "manuscript", _("Papers are finished")
        PRESIDIUM = "presidium", _("Presidium")
        SUMMONS = "summons", _("Summons is sent")
        GROUP = "group", _("Group meetings")
        ADJUSTMENT = "adjustment", _("Minutes are adjusted")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="deadlines")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    due_on = models.DateField(_("due"))
    done_on = models.DateField(_("done"), null=True, blank=True)

    objects = MeetingDeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("stop date")
        ordering = ["due_on"]
        constraints = [models.UniqueConstraint("meeting", "kind", name="deadline_once")]
        triggers = [recorded()]

    def __str__(self):
        return f"{self.get_kind_display()} {formats.short_date(self.due_on)}"
