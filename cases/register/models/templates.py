from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from committee.models import Municipality
from core.history import recorded


class DocumentTemplateQuerySet(models.QuerySet):
    def most_useful_first(self):
        """What a decision is proposed in first, then what is written most often."""
        proposes = TemplateSection.objects.filter(template=OuterRef("pk"), block="register.proposal")
        ranked = self.annotate(proposes=Exists(proposes), written=Count("documents"))
        return ranked.order_by("-proposes", "-written", "name")


class DocumentTemplate(models.Model):
    """Which sections a kind of document has in a municipality. Data, not code."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="document_templates")
    kind = models.SlugField(_("kind"), max_length=40)
    name = models.CharField(_("name"), max_length=100)
    label = models.CharField(_("label on paper"), max_length=60)
    has_cover = models.BooleanField(_("has a cover"), default=False)
    # Its sections are numbered, and written by many: each has its writer, its day, and is marked as done.
    is_report = models.BooleanField(_("report"), default=False)

    objects = DocumentTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("document template")
        ordering = ["name"]
        constraints = [models.UniqueConstraint("municipality", "kind", name="template_once")]
        triggers = [recorded()]

    def __str__(self):
        return self.name


class SectionPlan(models.Model):
    """What a template says of a section, and the section keeps."""

    position = models.PositiveSmallIntegerField()
    key = models.SlugField(_("key"), max_length=40)
    heading = models.CharField(_("heading"), max_length=120)
    level = models.PositiveSmallIntegerField(_("level of the heading"), default=1)
    guidance = models.TextField(_("guidance"), blank=True)
    block = models.CharField(_("block"), max_length=60, blank=True)
    options = models.JSONField(_("what the block is told"), default=dict, blank=True)
    takes_text = models.BooleanField(_("text beside the block"), default=False)
    is_numbered = models.BooleanField(_("numbered in a report"), default=True)
    begins_part = models.BooleanField(_("begins on a new page"), default=False)
    is_required = models.BooleanField(_("required"), default=False)

    class Meta:
        abstract = True
        ordering = ["position"]

    @classmethod
    def planned_fields(cls):
        """The names of what a section takes from its template."""
        return [field.name for field in SectionPlan._meta.local_fields]

    def planned(self):
        return {name: getattr(self, name) for name in self.planned_fields()}


class TemplateSection(SectionPlan):
    """One section of a template: its key, which other documents take its text by, and its guidance."""

    template = models.ForeignKey(DocumentTemplate, models.CASCADE, related_name="sections")

    class Meta(SectionPlan.Meta):
        verbose_name = _("section of a template")
        constraints = [models.UniqueConstraint("template", "key", name="template_section_key_once")]
        triggers = [recorded()]

    def __str__(self):
        return f"{self.template}: {self.heading}"
