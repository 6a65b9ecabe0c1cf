"""What the importer remembers: where files come from, what their columns and codes mean, and what was brought in."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.history import recorded
from core.models.jobs import Job


class ImportSource(models.Model):
    """A system that files come from, as the people of one place call it, for one kind of import."""

    place = models.CharField(max_length=80)  # whose it is, see `core.naming`
    target = models.CharField(max_length=80)
    name = models.CharField(_("where the file comes from"), max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint("place", "target", "name", name="import_source_once")]
        triggers = [recorded()]

    def __str__(self):
        return self.name


class ColumnMapping(models.Model):
    """In this source's files of a year, a heading is a column of ours."""

    source = models.ForeignKey(ImportSource, models.CASCADE, related_name="columns")
    year = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    heading = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint("source", "year", "key", name="column_mapping_once")]
        triggers = [recorded()]

    def __str__(self):
        return f"{self.heading} → {self.key}"


class CodeMapping(models.Model):
    """In this source's files of a year, a code is a row of ours, or is left out."""

    source = models.ForeignKey(ImportSource, models.CASCADE, related_name="codes")
    year = models.PositiveSmallIntegerField()
    list = models.CharField(max_length=60)
    code = models.CharField(max_length=300)  # empty for rows that have none
    means = models.CharField(max_length=120, blank=True)  # the key of our row; empty: left out

    class Meta:
        constraints = [models.UniqueConstraint("source", "year", "list", "code", name="code_mapping_once")]
        triggers = [recorded()]

    def __str__(self):
        return f"{self.code} → {self.means}"


def stored_as(run, filename):
    """Return where a file is kept: under a name of ours, so that nobody's file name becomes a path."""
    return f"imports/{uuid.uuid4().hex}.{run.kind}"


class ImportRunQuerySet(models.QuerySet):
    def about(self, subjects):
        """Runs about one of these subjects, given as a query set."""
        kind = ContentType.objects.get_for_model(subjects.model)
        return self.filter(subject_type=kind, subject_id__in=subjects.values("pk"))

    def for_list(self):
        return self.select_related("source", "by", "applied_by").order_by("-created_at", "-pk")

    def with_life(self):
        """Add `is_alive`: whether a job works for the run. Asked for later, it would have ended meanwhile."""
        turn = [Cast(OuterRef(field), models.CharField()) for field in ("pk", "turn")]
        key = Concat(Value("import:"), turn[0], Value(":"), turn[1])
        return self.annotate(is_alive=Exists(Job.objects.active().filter(key=key)))


class ImportRun(models.Model):
    """One file on its way in: read, mapped, looked through, applied whole or not at all."""

    class State(models.TextChoices):
        FETCHING = "fetching", pgettext_lazy("import", "Being fetched")
        COLUMNS = "columns", pgettext_lazy("import", "Columns to choose")
        READING = "reading", pgettext_lazy("import", "Being read")
        CODES = "codes", pgettext_lazy("import", "Codes to explain")
        READY = "ready", pgettext_lazy("import", "To look through")
        APPLYING = "applying", pgettext_lazy("import", "Being saved")
        DONE = "done", pgettext_lazy("import", "Done")

    WORKING = frozenset({State.FETCHING, State.READING, State.APPLYING})

    source = models.ForeignKey(ImportSource, models.PROTECT, related_name="runs")
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    year = models.PositiveSmallIntegerField()

    file = models.FileField(_("file"), upload_to=stored_as, blank=True)
    address = models.CharField(_("address"), max_length=500, blank=True)
    filename = models.CharField(max_length=200)
    kind = models.CharField(max_length=4, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    sheets = models.JSONField(default=list)
    sheet = models.CharField(_("sheet"), max_length=120, blank=True)
    head_row = models.PositiveIntegerField(_("row of the headings"), default=1)
    turns_signs = models.BooleanField(default=False)
    control_key = models.CharField(max_length=60, blank=True)
    control_total = models.DecimalField(
        _("control total"), max_digits=20, decimal_places=4, null=True, blank=True
    )

    state = models.CharField(max_length=10, choices=State, default=State.COLUMNS)
    turn = models.PositiveIntegerField(default=0)  # of the workers: what an earlier one finds is of no use
    problem = models.TextField(blank=True)  # why it came back to where it is
    rows = models.PositiveIntegerField(default=0)
    # What reading found: see `core.importing.services.found`. Texts: sentences that read otherwise now.
    found = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    fingerprint = models.CharField(max_length=64, blank=True)
    texts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        constraints = [
            models.CheckConstraint(
                name="import_done_by_somebody",
                condition=~Q(state="done") | Q(applied_by__isnull=False, applied_at__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id", "-created_at"])]

    def __str__(self):
        return self.filename

    def get_absolute_url(self):
        return reverse("importing:run", args=[self.pk])

    @property
    def job_key(self):
        """Return the key of the job of this turn; `with_life` says the same to the database."""
        return f"import:{self.pk}:{self.turn}"

    @property
    def is_working(self):
        return self.state in self.WORKING and not self.problem

    @property
    def is_done(self):
        return self.state == self.State.DONE

    @property
    def changes(self):
        return self.found.get("changes", [])

    @property
    def faults(self):
        return self.found.get("errors", [])

    @property
    def left_out(self):
        return self.found.get("left_out", [])

    @property
    def control(self):
        """The control total beside the file's own, as texts; empty when none was given."""
        return self.found.get("control", {})

    @property
    def may_be_applied(self):
        stopped = self.faults or self.control.get("differs")
        return self.state == self.State.READY and bool(self.changes) and not stopped
