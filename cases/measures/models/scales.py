from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.measures.judging import SHAPES, Standing
from committee.models import Municipality, Period
from core.history import recorded


class Level(models.TextChoices):
    """What is rated."""

    MEASURE = "measure", _("Measure")
    GOAL = "goal", _("Goal")
    AREA = "area", _("Target area")
    WHOLE = "whole", _("The whole")


class RatingStep(models.Model):
    """A step of a municipality's scale: its own words, for what is rated and for the kind of period."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="rating_steps")
    level = models.CharField(_("what is rated"), max_length=10, choices=Level)
    kind = models.CharField(_("kind of period"), max_length=10, choices=Period.Kind)
    key = models.SlugField(_("key"), max_length=30)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    standing = models.CharField(_("stands for"), max_length=10, choices=Standing)
    label = models.CharField(_("word"), max_length=80)
    # Printed last in the analysis; {year} is the period's.
    sentence = models.CharField(_("sentence"), max_length=200)

    class Meta:
        verbose_name = _("step of the scale")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("municipality", "level", "kind", "key", name="rating_step_once"),
            models.CheckConstraint(
                name="rating_step_standing_known", condition=models.Q(standing__in=["met", "near", "missed"])
            ),
        ]
        triggers = [recorded()]

    def __str__(self):
        return self.label

    @property
    def shape(self):
        return SHAPES[self.standing]

    def say(self, year):
        """Return the sentence about a year."""
        return self.sentence.format(year=year)
