"""The decisions that a year's goals and targets rest on, and the targets that wait for the next one."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.measures.models.measures import MeasureEdition
from committee.models import Body, Person
from core.history import locked, recorded
from core.models import StepTaken


class Adoption(models.Model):
    """A year's goals and targets as one decision made them: the one that adopted the year's budget.

    The decision itself is kept once, with the budget's step. The first adoption locks the year; each later
    one lets the targets hold that were proposed until then.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="adoptions")
    year = models.PositiveSmallIntegerField(_("year"))
    taken = models.OneToOneField(StepTaken, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("adoption of goals")
        ordering = ["year", "pk"]
        triggers = [
            recorded(),
            locked("adoption_stays", "true", "what was decided is not changed"),
        ]

    def __str__(self):
        return self.decision

    @property
    def decided_on(self):
        return date.fromisoformat(str(self.taken.data["decided_on"]))

    @property
    def decision(self):
        return self.taken.data["decision"]


class TargetChange(models.Model):
    """Another target for a measure in an adopted year: proposed, and holding from the decision that adopts it."""

    edition = models.ForeignKey(MeasureEdition, models.PROTECT, related_name="target_changes")
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=4, null=True, blank=True)
    # As they are written, by what they stand for; empty where the target and the direction decide.
    thresholds = models.JSONField(_("thresholds"), default=dict, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    adoption = models.ForeignKey(
        Adoption, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name=_("adopted by")
    )
    before = models.DecimalField(_("target before"), max_digits=16, decimal_places=4, null=True, blank=True)
    applied_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("change of a target")
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(
                "edition", condition=Q(adoption__isnull=True), name="target_change_proposed_once"
            ),
            models.CheckConstraint(
                name="target_change_applied_when_adopted",
                condition=Q(applied_at__isnull=True) | Q(adoption__isnull=False),
            ),
        ]
        triggers = [
            recorded(),
            locked(
                "adopted_change_stays", "OLD.applied_at IS NOT NULL", "an adopted change of a target stays"
            ),
        ]

    def __str__(self):
        return f"{self.edition}: {self.reason}"

    @property
    def is_proposed(self):
        return self.adoption_id is None
