from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ForSubjectQuerySet(models.QuerySet):
    def of(self, subject):
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(subject_type=kind, subject_id=subject.pk)


class ForSubject(models.Model):
    """Something said of a subject of any kind."""

    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")

    class Meta:
        abstract = True


class PreflightRun(ForSubject):
    """One reading of a subject's whole content by every rule."""

    content_hash = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ForSubjectQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "-at"])]
        get_latest_by = "at"

    def __str__(self):
        return f"{self.subject_type} {self.subject_id} {self.at:%Y-%m-%d %H.%M}"


class Finding(models.Model):
    """Something a rule found: what, where, and how to mend it."""

    class Severity(models.TextChoices):
        STOP = "stop", _("to mend")
        WARNING = "warning", _("warning")

    run = models.ForeignKey(PreflightRun, models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=60)
    severity = models.CharField(max_length=8, choices=Severity)
    key = models.CharField(max_length=64)  # the same finding in the next run has the same key
    title = models.CharField(max_length=200)
    message = models.TextField()
    place = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    excerpt = models.TextField(blank=True)
    marked = models.CharField(max_length=200, blank=True)
    expected = models.CharField(max_length=300, blank=True)
    expected_place = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=80, blank=True)  # such as "register.document:12"

    class Meta:
        ordering = ["severity", "pk"]

    def __str__(self):
        return f"{self.title}: {self.place}"

    @property
    def stops(self):
        """Whether it keeps the subject back; no waiver helps then."""
        return self.severity == self.Severity.STOP

    @property
    def waived_because(self):
        """The reason for which it may stand, where the finding was read with its waiver."""
        return Waiver.Reason(self.waiver).label

    @property
    def before(self):
        return self.excerpt.partition(self.marked)[0] if self.marked else self.excerpt

    @property
    def after(self):
        return self.excerpt.partition(self.marked)[2] if self.marked else ""


class Waiver(ForSubject):
    """Somebody looked at a finding and said why it may stand."""

    class Reason(models.TextChoices):
        INTENDED = "intended", _("It is meant to be so")
        LATER = "later", _("Will be mended after the summons")
        ELSEWHERE = "elsewhere", _("Handled in another way")

    key = models.CharField(max_length=64)
    reason = models.CharField(max_length=20, choices=Reason)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ForSubjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("subject_type", "subject_id", "key", name="waiver_once_per_finding")
        ]

    def __str__(self):
        return f"{self.key[:8]} {self.reason}"
