from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.register.models.documents import Document
from committee.models import Body, Period, Person
from core.forms import ReasonForm
from core.history import recorded
from core.workflow import Step, Workflow

SOON = timedelta(days=14)


class ActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who sees the plan in which an action was promised sees it, and who has promised it."""
        seen = Exists(Document.objects.visible_to(user).filter(pk=OuterRef("document")))
        of_no_plan = Q(document__isnull=True, body__in=user.rights.drafts)
        return self.filter(seen | of_no_plan | Q(responsible=user))

    def open(self):
        return self.filter(status__in=Action.OPEN)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)

    def of(self, document):
        """What a plan promises, as it is listed in it."""
        return self.filter(document=document).order_by("position", "pk")

    def in_period(self, period):
        """What the plans of a period of a body promise, and what was promised in it outside every plan."""
        return self.filter(body=period.body_id, period=period)

    def for_list(self):
        """Everything a list row shows; what is due first stands first, what runs on last."""
        return self.select_related("responsible", "body__municipality", "document__case", "period").order_by(
            models.F("due_on").asc(nulls_last=True), "position", "pk"
        )


class Action(models.Model):
    """Something promised (åtgärd): in a plan, and later in an answer to an audit or after a control.

    What a plan promises belongs to its newest edition; what an approved edition printed is frozen with it.
    What has another origin has no document: it is tied to that.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("action", "Not begun")
        ONGOING = "ongoing", pgettext_lazy("action", "Ongoing")
        DONE = "done", pgettext_lazy("action", "Done")
        NOT_DONE = "not_done", pgettext_lazy("action", "Not done")

    OPEN = frozenset({Status.PLANNED, Status.ONGOING})
    SETTLED = frozenset({Status.DONE, Status.NOT_DONE})
    SHAPES = {Status.PLANNED: "wait", Status.ONGOING: "wait", Status.DONE: "ok", Status.NOT_DONE: "missing"}

    WORKFLOW = Workflow(
        Step(
            "start",
            pgettext_lazy("action", "Begin"),
            sources=frozenset({Status.PLANNED}),
            target=Status.ONGOING,
            permission="register.advance_action",
        ),
        Step(
            "refuse",
            pgettext_lazy("action", "No, not done"),
            sources=OPEN,
            target=Status.NOT_DONE,
            permission="register.advance_action",
            form=ReasonForm,
        ),
        Step(
            "reopen",
            pgettext_lazy("action", "Open again"),
            sources=SETTLED,
            target=Status.ONGOING,
            permission="register.advance_action",
            form=ReasonForm,
        ),
        Step(
            "finish",
            pgettext_lazy("action", "Yes, done"),
            sources=OPEN,
            target=Status.DONE,
            permission="register.advance_action",
        ),
    )

    body = models.ForeignKey(Body, models.PROTECT, related_name="actions")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="actions", verbose_name=_("plan")
    )
    # The plan's edition in which it was promised first: from then on it is answered, not taken out.
    since_edition = models.PositiveSmallIntegerField(default=1)
    period = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="actions", verbose_name=_("period")
    )
    position = models.PositiveSmallIntegerField(default=0)
    theme = models.CharField(pgettext_lazy("of an action", "theme"), max_length=120, blank=True)
    title = models.CharField(pgettext_lazy("of an action", "activity"), max_length=400)
    responsible = models.ForeignKey(
        Person, models.PROTECT, related_name="actions", verbose_name=_("responsible")
    )
    # None for what goes on all the time.
    due_on = models.DateField(_("due"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    reason = models.CharField(_("reason"), max_length=2000, blank=True)  # why it was not done
    follow_up = models.TextField(pgettext_lazy("of an action", "how it goes"), max_length=2000, blank=True)
    settled_on = models.DateField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    # What was not done in last year's plan and is taken up again.
    continues = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="continued_by"
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("glossary", "action")
        constraints = [
            models.CheckConstraint(
                name="action_status_known",
                condition=Q(status__in=["planned", "ongoing", "done", "not_done"]),
            ),
        ]
        triggers = [recorded()]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("register:action-detail", args=[self.pk])

    @property
    def is_open(self):
        return self.status in self.OPEN

    def standing(self, today):
        """Return (shape, words): where it is with it, and whether it is late or soon due."""
        label = self.get_status_display()
        if self.is_open and self.due_on and self.due_on < today:
            return "bad", pgettext_lazy("action", "Late")
        if self.is_open and self.due_on and self.due_on <= today + SOON:
            return "risk", pgettext_lazy("action", "Due soon")
        return self.SHAPES[self.status], label
