from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.measures.models import held
from committee.models import Body, TargetArea
from core.history import ANY_CHANGE, locked, recorded


class CouncilGoal(models.Model):
    """A goal of the municipal council in a target area (KF-mål), such as 1:5. Its number is stable."""

    area = models.ForeignKey(TargetArea, models.PROTECT, related_name="council_goals")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=300)
    from_year = models.PositiveSmallIntegerField(_("from year"))
    to_year = models.PositiveSmallIntegerField(_("until and including year"), null=True, blank=True)

    class Meta:
        verbose_name = _("goal of the council")
        ordering = ["area__number", "number"]
        constraints = [
            models.UniqueConstraint("area", "number", name="council_goal_once"),
            models.CheckConstraint(
                name="council_goal_ends_after_it_begins",
                condition=models.Q(to_year__isnull=True) | models.Q(to_year__gte=models.F("from_year")),
            ),
        ]
        triggers = [recorded()]

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def code(self):
        """Its number as it is printed, such as `1:5`."""
        return f"{self.area.number}:{self.number}"


class GoalQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(body__in=user.rights.drafts)

    def for_list(self):
        return self.select_related("council_goal__area").order_by(
            "council_goal__area__number", "council_goal__number", "position", "pk"
        )


class Goal(models.Model):
    """A committee's goal in one year (nämndmål). Next year's is a new edition that continues it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="goals")
    year = models.PositiveSmallIntegerField(_("year"))
    council_goal = models.ForeignKey(
        CouncilGoal, models.PROTECT, related_name="goals", verbose_name=_("goal of the council")
    )
    position = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=300)
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        ordering = ["year", "position"]
        constraints = [models.UniqueConstraint("body", "year", "position", name="goal_position_once")]
        triggers = [
            recorded(),
            locked("adopted_year_stays", held.OF_GOAL, held.MESSAGE, on=ANY_CHANGE),
        ]

    def __str__(self):
        return self.name
