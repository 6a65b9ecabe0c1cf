from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Change, Job
from reports.audiences import READS_SECRET, Audience
from reports.faults import worded


class IsTold(Func):
    """Whether a key is among those of an array."""

    arg_joiner = " = ANY("
    template = "(%(expressions)s))"
    output_field = models.BooleanField()


class PartFileQuerySet(models.QuerySet):
    def waiting(self):
        """Parts that are neither made nor have failed."""
        return self.filter(file="", error="")

    def without_html(self):
        """The rows without what is most of them, but with `has_html`, for who does not render them."""
        return self.defer("html").annotate(
            has_html=models.ExpressionWrapper(~Q(html=""), models.BooleanField())
        )


class PartFile(models.Model):
    """A rendered part, kept by the hash of its whole HTML and all that shapes it.

    Who inserts the row has claimed the part: it is rendered once, whoever else needs it.
    """

    hash = models.CharField(max_length=64, primary_key=True)
    title = models.CharField(max_length=300, blank=True)
    html = models.TextField(blank=True)  # what it is made from, until it is made
    has_html: bool  # of rows that were read `without_html`
    # Or of which annex it is a piece: {annex, suffix, level}.
    recipe = models.JSONField(default=dict, blank=True)
    file = models.FileField(upload_to="parts/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    pages = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, blank=True)  # what our inspection found in it
    error = models.TextField(blank=True)  # why it could not be made
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)

    objects = PartFileQuerySet.as_manager()

    def __str__(self):
        return self.hash[:12]

    @property
    def is_made(self):
        return bool(self.file)


class PartName(models.Model):
    """Which hash came of a part's data, so that what has not changed need not become HTML to be known."""

    name = models.CharField(max_length=64, primary_key=True)
    hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return self.name[:12]


class Waiting(models.Model):
    """A job that is parked until a part is made."""

    part_file = models.ForeignKey(PartFile, models.CASCADE, related_name="waiting")
    job = models.ForeignKey(Job, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("part_file", "job", name="waits_once")]

    def __str__(self):
        return f"{self.job} – {self.part_file}"


class RenditionQuerySet(models.QuerySet):
    def of(self, subject, kind, audience):
        subject_type = ContentType.objects.get_for_model(subject)
        return self.filter(subject_type=subject_type, subject_id=subject.pk, kind=kind, audience=audience)

    def open(self):
        """What may be handed out: nothing that tells of what has become secret since, but to who reads secrets."""
        since = Withheld.objects.filter(IsTold(F("key"), OuterRef("about")), at__gte=OuterRef("current_at"))
        return self.filter(Q(audience__in=READS_SECRET) | ~Exists(since))

    def about(self, keys):
        """Files that tell of any of these rows."""
        return self.filter(about__overlap=list(keys))

    def due(self, quiet_since):
        """Files of which something was changed since they were compared, and then left alone."""
        return self.filter(touched_at__gt=F("checked_at"), touched_at__lte=quiet_since)

    def newest(self):
        """The file that was last found to be what the subject is."""
        unread = Watch.unread().filter(~IsTold(F("pk"), OuterRef("seen")))
        return self.open().annotate(has_unread=Exists(unread)).order_by("-current_at", "-pk").first()


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
    # Whether the subject has become something else since; noted by a task, so that no page composes.
    is_outdated = models.BooleanField(default=False)
    checked_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(null=True)  # when one of the rows it tells of was last changed
    # The changes that it holds although they had not been read, when it was last found to be what the subject is.
    seen = ArrayField(models.BigIntegerField(), default=list)
    # The rows that it tells of, by `core.naming.key_of`.
    about = ArrayField(models.CharField(max_length=80), default=list)

    has_unread = False  # of the newest: whether there are changes that have not been read yet, of whatever

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

    @property
    def findings(self):
        """Return what is amiss with it, as its reader may see it: the page, if it is on one, and words."""
        return [(fault["page"], worded(fault)) for fault in self.faults]

    @property
    def is_in_doubt(self):
        """Whether something that it tells of was changed after it was last compared with what the subject is.

        Or may have been: while changes have not been read, nobody knows whose they are.
        """
        was_touched = self.touched_at is not None and self.touched_at > self.checked_at
        return was_touched or self.has_unread

    @property
    def is_current(self):
        """Whether it is, for all we know, what the subject is now."""
        return not (self.is_outdated or self.is_in_doubt)


class Watch(models.Model):
    """How far the history has been read for what makes files outdated. One row."""

    floor = models.BigIntegerField(default=0)  # the last change of which all before are read
    recent = ArrayField(models.BigIntegerField(), default=list)  # those above it that are read

    def __str__(self):
        return str(self.floor)

    @classmethod
    def unread(cls):
        """Changes that nobody has looked at yet: for some seconds each, or as long as no worker looks."""
        read = cls.objects.filter(IsTold(OuterRef("pk"), F("recent")))
        return Change.objects.filter(~Exists(read), pk__gt=Subquery(cls.objects.values("floor")[:1]))


class RenditionPart(models.Model):
    """Which part stands where in a rendition."""

    rendition = models.ForeignKey(Rendition, models.CASCADE, related_name="parts")
    # The file holds the part; what it was bound from may be thrown away.
    part_file = models.ForeignKey(PartFile, models.SET_NULL, null=True, related_name="stands_in")
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
