import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.naming import address_of


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Only the one who started a job sees it: its title may name what is secret."""
        return self.filter(by=user)

    def active(self):
        return self.filter(state__in=Job.ACTIVE)

    def latest_of(self, key):
        """How the latest job of a key stands, as `standing`: for a query of its own, or within another."""
        words = {name: F(name) for name in ("pk", "state", "done", "total", "note", "reason", "by_id")}
        active = Case(When(state__in=Job.ACTIVE, then=True), default=False)
        return self.filter(key=key).order_by("-pk").values(standing=JSONObject(is_active=active, **words))[:1]

    def for_tray(self):
        """The few latest jobs that somebody waits for; of one asked for once more since, `is_past`."""
        later = Job.objects.filter(key=OuterRef("key"), pk__gt=OuterRef("pk")).exclude(key="")
        return self.filter(is_shown=True).annotate(is_past=Exists(later)).order_by("-created_at")[:8]

    def abandoned(self, now):
        """Running jobs whose worker has stopped sending its heartbeat."""
        return self.filter(state=Job.State.RUNNING, lease_until__lt=now)

    def due(self, now):
        """Jobs that any worker may take."""
        return self.filter(state=Job.State.QUEUED, due_at__lte=now)

    def unheard(self, now, since):
        """Jobs that any worker may take and whose message to the workers may have been lost."""
        return self.due(now).filter(hinted_at__lt=since)


class Job(models.Model):
    """Work that a worker does. The row decides who has it; the broker's message is only a hint."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", pgettext_lazy("job", "Cancelled")

    ACTIVE = frozenset({State.QUEUED, State.RUNNING})

    name = models.CharField(max_length=80)
    args = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    title = models.CharField(_("title"), max_length=200)
    url = models.CharField(max_length=300, blank=True)  # where it was asked for
    result = models.CharField(max_length=100, blank=True)  # what came of it, such as reports.rendition:5
    # Of two active jobs with the same key the second is the first.
    key = models.CharField(max_length=200, blank=True)
    is_shown = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    token = models.UUIDField(default=uuid.uuid4)
    worker = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    cancel_asked = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    reason = models.TextField(blank=True)  # why it failed, for who asked for it

    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    hinted_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "key",
                name="job_one_active_per_key",
                condition=Q(state__in=["queued", "running"]) & ~Q(key=""),
            ),
            models.CheckConstraint(
                name="job_running_has_lease", condition=~Q(state="running") | Q(lease_until__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["state", "lease_until"]),
            models.Index(fields=["by", "-created_at"]),
            models.Index(fields=["key", "-id"], name="job_latest_of_key"),
        ]

    def __str__(self):
        return self.title or self.name

    @property
    def address(self):
        """Where what came of it is seen, or until then the place where it was asked for."""
        return address_of(self.result) if self.result else self.url

    @property
    def is_active(self):
        return self.state in self.ACTIVE

    @property
    def is_under_way(self):
        """Whether a worker has it, or others work for it while it is parked."""
        return self.state == self.State.RUNNING or (self.state == self.State.QUEUED and self.total > 0)

    @property
    def percent(self):
        """How much is done, 0–100 percent; None until the job has said how much there is."""
        return min(100, 100 * self.done // self.total) if self.total else None
