from functools import cached_property

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.measures.judging import Standings, computed_of
from cases.measures.models.goals import Goal
from cases.measures.models.measures import MeasureEdition
from cases.measures.models.outcomes import Outcome, stays_when_closed
from cases.measures.models.scales import Level, RatingStep
from committee.models import Period, Person, TargetArea
from core.forms import ReasonForm
from core.history import recorded
from core.richtext.fields import RichTextField
from core.workflow import Step, Workflow


class RatingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(period__body__in=user.rights.drafts)

    def with_subject(self):
        return self.select_related(
            "given", "owner", "period__body__municipality", "edition__measure", "edition__responsible",
            "goal__council_goal__area", "area",
        )  # fmt: skip

    def standings(self, period):
        """Return what is computed and what holds in a period. Five queries."""
        outcomes = Outcome.objects.filter(period=period, split="").select_related("edition", "period")
        return Standings(
            list(Goal.objects.filter(body=period.body_id, year=period.year).select_related("council_goal")),
            list(MeasureEdition.objects.of_period(period).prefetch_related("thresholds")),
            {outcome.edition_id: outcome for outcome in outcomes},
            list(self.filter(period=period).select_related("given")),
        )


def not_without_rating(rating):
    """Say what is left to fill in before a rating can be marked as ready; empty when nothing is."""
    if not rating.period.is_open:
        return gettext("The period is closed. A controller can open it again.")
    if rating.given is None:
        return gettext("Choose a rating first.")
    if rating.needs_reason:
        return gettext("The rating differs from what is computed. Write why in “Reason”.")
    return ""


class Rating(models.Model):
    """What is said in a period of a measure, a goal, an area or the whole: given rating, reason, analysis."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("rating", "Being written")
        READY = "ready", pgettext_lazy("rating", "Ready")

    WORKFLOW = Workflow(
        Step(
            "finish",
            pgettext_lazy("rating", "Mark as ready"),
            sources=frozenset({Status.DRAFT}),
            target=Status.READY,
            permission="measures.write_rating",
            hindrance=not_without_rating,
            told=pgettext_lazy("history", "Marked the rating as ready"),
            said=_("Marked as ready."),
        ),
        Step(
            "reopen",
            pgettext_lazy("rating", "Open again"),
            sources=frozenset({Status.READY}),
            target=Status.DRAFT,
            permission="measures.reopen_rating",
            form=ReasonForm,
            told=pgettext_lazy("history", "Opened the rating again"),
        ),
    )

    period = models.ForeignKey(Period, models.PROTECT, related_name="ratings")
    # One of these; none of them: the whole.
    edition = models.ForeignKey(MeasureEdition, models.PROTECT, null=True, related_name="ratings")
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, related_name="ratings")
    area = models.ForeignKey(TargetArea, models.PROTECT, null=True, related_name="ratings")
    given = models.ForeignKey(
        RatingStep, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rating")
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    analysis = RichTextField(_("analysis"), blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="ratings", verbose_name=_("responsible"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        constraints = [
            models.UniqueConstraint("period", "edition", name="rating_once_per_measure"),
            models.UniqueConstraint("period", "goal", name="rating_once_per_goal"),
            models.UniqueConstraint("period", "area", name="rating_once_per_area"),
            models.UniqueConstraint(
                fields=["period"],
                condition=Q(edition=None, goal=None, area=None),
                name="rating_once_for_the_whole",
            ),
            models.CheckConstraint(
                name="rating_of_one_thing",
                condition=Q(edition=None, goal=None) | Q(edition=None, area=None) | Q(goal=None, area=None),
            ),
            models.CheckConstraint(name="rating_status_known", condition=Q(status__in=["draft", "ready"])),
            models.CheckConstraint(
                name="rating_ready_is_given", condition=Q(status="draft") | Q(given__isnull=False)
            ),
        ]
        triggers = [recorded(), stays_when_closed()]

    def __str__(self):
        return gettext("Rating of %s") % self.of

    def get_absolute_url(self):
        return reverse("measures:rating-detail", args=[self.pk])

    @property
    def of(self):
        """What is rated: a measure's edition, a goal, an area, or the period as a whole."""
        return self.edition or self.goal or self.area or self.period

    @property
    def level(self):
        if self.edition_id:
            return Level.MEASURE
        if self.goal_id:
            return Level.GOAL
        return Level.AREA if self.area_id else Level.WHOLE

    @property
    def key(self):
        """What it rates, as (level, primary key); the whole has none."""
        return self.level.value, self.edition_id or self.goal_id or self.area_id

    @cached_property
    def computed(self):
        """What the outcomes come to; None where there are none. Two queries for a measure, five for others."""
        if self.edition_id:
            whole = Outcome.objects.filter(edition=self.edition_id, period=self.period_id, split="")
            return computed_of(self.edition, whole.select_related("edition", "period").first())
        return Rating.objects.standings(self.period).computed.get(self.key)

    @property
    def differs(self):
        """Whether what was given is not what is computed."""
        return bool(self.given and self.computed and self.given.standing != self.computed)

    @property
    def needs_reason(self):
        return not self.reason.strip() and self.differs

    @property
    def is_ready(self):
        return self.status == self.Status.READY
