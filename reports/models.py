from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.audiences import READS_SECRET, Audience


class IsTold(Func):
    """Whether a key is among those of an array."""

    arg_joiner = " = ANY("
    template = "(%(expressions)s))"
    output_field = models.BooleanField()


class PartFile(models.Model):
    """A rendered part, kept by the hash of its whole HTML and all that shapes it."""

    hash = models.CharField(max_length=64, primary_key=True)
    file = models.FileField(upload_to="parts/")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return self.hash[:12]


class RenditionQuerySet(models.QuerySet):
    def of(self, subject, kind, audience):
        subject_type = ContentType.objects.get_for_model(subject)
        return self.filter(subject_type=subject_type, subject_id=subject.pk, kind=kind, audience=audience)

    def open(self):
        """What may be handed out: nothing that tells of what has become secret since, but to who reads secrets."""
        since = Withheld.objects.filter(IsTold(F("key"), OuterRef("about")), at__gte=OuterRef("current_at"))
        return self.filter(Q(audience__in=READS_SECRET) | ~Exists(since))

    def newest(self):
        """The file that was last found to be what the subject is."""
        return self.open().order_by("-current_at", "-pk").first()


class Rendition(models.Model):
    """A subject made into a file for an audience. Never changed: another content is another rendition."""

    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    kind = models.CharField(_("kind"), max_length=40)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience)
    fingerprint = models.CharField(max_length=64)
    title = models.CharField(_("title"), max_length=300)
    filename = models.CharField(max_length=120)
    file = models.FileField(upload_to="renditions/")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("size, bytes"))
    pages = models.PositiveIntegerField(_("pages"))
    faults = models.JSONField(default=list)
    is_pinned = models.BooleanField(default=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    # When the subject was last read and found to be just this; the same content again is the same file.
    current_at = models.DateTimeField(default=timezone.now)
    # The rows that it tells of, by `core.naming.key_of`.
    about = ArrayField(models.CharField(max_length=80), default=list)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "subject_type", "subject_id", "kind", "audience", "fingerprint", name="rendition_once"
            )
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "kind", "audience", "-current_at"]),
            GinIndex(fields=["about"], name="rendition_about"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("reports:rendition-file", args=[self.pk])


class RenditionPart(models.Model):
    """Which part stands where in a rendition."""

    rendition = models.ForeignKey(Rendition, models.CASCADE, related_name="parts")
    part_file = models.ForeignKey(PartFile, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    first_page = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint("rendition", "position", name="part_position_once")]

    def __str__(self):
        return f"{self.position} {self.title}"


class Withheld(models.Model):
    """A row became secret: what was made of it before that moment is handed out no more."""

    key = models.CharField(max_length=80, db_index=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self):
        return self.key
