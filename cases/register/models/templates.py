from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committee.models import Municipality, Period, Role
from core.history import recorded


class DocumentTemplateQuerySet(models.QuerySet):
    def most_useful_first(self):
        """What a decision is proposed in first, then what is written most often."""
        proposes = TemplateSection.objects.filter(template=OuterRef("pk"), block=SectionPlan.PROPOSAL)
        ranked = self.annotate(proposes=Exists(proposes), written=Count("documents"))
        return ranked.order_by("-proposes", "-written", "name")

    def in_use(self):
        """Those that documents are begun by."""
        return self.filter(is_retired=False)

    def of_administrator(self, user):
        """The templates of the municipalities in which somebody administers a body."""
        administered = user.rights.bodies_as(Role.Key.ADMINISTRATOR)
        return self.filter(municipality__bodies__in=administered).distinct()

    def for_list(self):
        """What a row of the list says, with how many documents are written by it."""
        return self.annotate(
            written=Count("documents", distinct=True), parts=Count("sections", distinct=True)
        ).order_by("is_retired", "name")


class DocumentTemplate(models.Model):
    """Which sections a kind of document has in a municipality. Data, not code."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="document_templates")
    kind = models.SlugField(_("kind"), max_length=40)
    name = models.CharField(_("name"), max_length=100)
    label = models.CharField(_("label on paper"), max_length=60)
    has_cover = models.BooleanField(_("has a cover"), default=False)
    # Its sections are numbered, and written by many: each has its writer, its day, and is marked as done.
    is_report = models.BooleanField(_("report"), default=False)
    period_kind = models.CharField(
        _("kind of period that it is about"), max_length=10, choices=Period.Kind, blank=True
    )
    # No longer offered to who begins a document; those that were begun stay as they are.
    is_retired = models.BooleanField(_("out of use"), default=False)

    # What the law wants to see in it: rows of cases.register.requirements.Requirement.
    requirements = models.JSONField(_("what the law requires"), default=list, blank=True)

    objects = DocumentTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("document template")
        ordering = ["name"]
        constraints = [models.UniqueConstraint("municipality", "kind", name="template_once")]
        triggers = [recorded()]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("register:template-detail", args=[self.pk])


class SectionPlan(models.Model):
    """What a template says of a section, and the section keeps."""

    PROPOSAL = "register.proposal"  # the block of the section in which the proposal's clauses are written

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
    # Printed after the heading, and what a legal requirement is answered by.
    law = models.CharField(_("law paragraph"), max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ["position"]

    @property
    def is_proposal(self):
        return self.block == self.PROPOSAL

    @classmethod
    def planned_fields(cls):
        """The names of what a section takes from its template."""
        return [field.name for field in SectionPlan._meta.local_fields]

    def planned(self):
        return {name: getattr(self, name) for name in self.planned_fields()}

    @property
    def paragraphs(self):
        """The paragraphs that it answers to; several are written with semicolons between them."""
        return [paragraph for part in self.law.split(";") if (paragraph := part.strip())]


class TemplateSection(SectionPlan):
    """One section of a template: its key, which other documents take its text by, and its guidance."""

    template = models.ForeignKey(DocumentTemplate, models.CASCADE, related_name="sections")
    # Who has it from the beginning: whoever holds the role then, if it is one person.
    responsible_role = models.CharField(
        _("responsible from the beginning"), max_length=20, choices=Role.Key, blank=True
    )

    class Meta(SectionPlan.Meta):
        verbose_name = _("section of a template")
        constraints = [models.UniqueConstraint("template", "key", name="template_section_key_once")]
        triggers = [recorded()]

    def __str__(self):
        return f"{self.template}: {self.heading}"
