"""The sections of a document, what somebody is still writing in them, and the document as it was frozen."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.register.models.templates import SectionPlan
from committee.models import Person
from core.history import ANY_CHANGE, locked, recorded
from core.richtext.fields import RichTextField

# The documents that a row belongs to, before and after.
ITS_DOCUMENTS = "SELECT 1 FROM register_document d WHERE d.id IN (OLD.document_id, NEW.document_id)"


def stays_when_approved(its_documents=ITS_DOCUMENTS):
    """Return a trigger by which no part of an approved document is changed, removed or added."""
    return locked(
        "approved_stays",
        f"EXISTS ({its_documents} AND d.status = 'approved')",
        "a part of an approved document is not changed",
        on=ANY_CHANGE,
    )


class SectionQuerySet(models.QuerySet):
    def to_finish(self):
        """Sections of reports being written that somebody has to write and has not marked as done."""
        return self.filter(
            document__template__is_report=True, document__status="draft", done_at__isnull=True
        ).filter(models.Q(block="") | models.Q(takes_text=True))


class Section(SectionPlan):
    """A section of a document: text, or a block, or both. Others take its text by its key."""

    document = models.ForeignKey("register.Document", models.CASCADE, related_name="sections")
    # Of a report: who writes it, by when, and when they said that it is done.
    responsible = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sections",
        verbose_name=_("responsible"),
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, editable=False)
    text = RichTextField(_("text"), blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    continues = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    objects = SectionQuerySet.as_manager()

    class Meta(SectionPlan.Meta):
        verbose_name = _("section")
        constraints = [models.UniqueConstraint("document", "key", name="section_key_once")]
        triggers = [
            recorded(),
            stays_when_approved(),
        ]

    def __str__(self):
        return self.heading

    @property
    def is_written(self):
        """Whether there is prose in it; the rest is generated from what was entered elsewhere."""
        return self.takes_text or not self.block

    @property
    def is_done(self):
        return self.done_at is not None


class SectionDraft(models.Model):
    """What somebody is writing and has not saved: theirs alone, and not in the history."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="drafts")
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    text = RichTextField(blank=True)
    base_version = models.PositiveIntegerField()
    # Of the section that holds the proposal: its clauses, and those that stood when the writer began.
    clauses = models.JSONField(default=list)
    clauses_seen = models.JSONField(default=list)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("section", "by", name="draft_one_each")]

    def __str__(self):
        return f"{self.section} ({self.by})"


class Frozen(models.Model):
    """An approved document as it was: sections, block data, figures with value and origin."""

    document = models.OneToOneField("register.Document", models.PROTECT, related_name="frozen")
    content = models.JSONField(encoder=DjangoJSONEncoder)
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        triggers = [locked("frozen_stays", "true", "what was frozen is not changed")]

    def __str__(self):
        return f"{self.document} {self.at:%Y-%m-%d}"
