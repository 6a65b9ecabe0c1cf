from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committee.models import Body, Person, TargetArea
from core.forms import ReasonForm
from core.history import recorded
from core.workflow import Step, Workflow


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(body__in=user.rights.drafts)

    def open(self):
        return self.filter(status__in=Assignment.OPEN)

    def for_list(self):
        return self.select_related("area", "responsible", "body__municipality").order_by(
            "area__number", "number"
        )


class Assignment(models.Model):
    """Something that the council or the committee has told the department to do in a year (uppdrag)."""

    class Giver(models.TextChoices):
        COUNCIL = "council", _("The council")
        COMMITTEE = "committee", _("The committee")

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("assignment", "Not begun")
        ONGOING = "ongoing", pgettext_lazy("assignment", "Ongoing")
        DONE = "done", pgettext_lazy("assignment", "Carried out")
        DROPPED = "dropped", pgettext_lazy("assignment", "Dropped")

    SHAPES = {Status.PLANNED: "wait", Status.ONGOING: "wait", Status.DONE: "ok", Status.DROPPED: "missing"}
    OPEN = frozenset({Status.PLANNED, Status.ONGOING})

    WORKFLOW = Workflow(
        Step(
            "start",
            pgettext_lazy("assignment", "Begin"),
            sources=frozenset({Status.PLANNED}),
            target=Status.ONGOING,
            permission="measures.change_assignment",
        ),
        Step(
            "drop",
            pgettext_lazy("assignment", "Drop"),
            sources=OPEN,
            target=Status.DROPPED,
            permission="measures.drop_assignment",
            form=ReasonForm,
        ),
        Step(
            "finish",
            pgettext_lazy("assignment", "Mark as carried out"),
            sources=OPEN,
            target=Status.DONE,
            permission="measures.change_assignment",
        ),
    )

    body = models.ForeignKey(Body, models.PROTECT, related_name="assignments")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    giver = models.CharField(_("given by"), max_length=10, choices=Giver)
    area = models.ForeignKey(
        TargetArea, models.PROTECT, related_name="assignments", verbose_name=_("target area")
    )
    responsible = models.ForeignKey(
        Person, models.PROTECT, related_name="assignments", verbose_name=_("responsible")
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    comment = models.TextField(_("comment"), blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint("body", "year", "number", name="assignment_once"),
            models.CheckConstraint(
                name="assignment_status_known",
                condition=models.Q(status__in=["planned", "ongoing", "done", "dropped"]),
            ),
        ]
        triggers = [recorded()]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("measures:assignment-detail", args=[self.pk])

    @property
    def shape(self):
        return self.SHAPES[self.status]
