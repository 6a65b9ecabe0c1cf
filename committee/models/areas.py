from django.db import models
from django.utils.translation import gettext_lazy as _

from committee.models.bodies import Body, Municipality
from committee.models.years import InYears, InYearsQuerySet, years_in_order
from core.history import recorded


class TargetArea(models.Model):
    """An area of the council's goals (målområde). Its number is stable: one that is gone leaves a gap."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="target_areas")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("target area")
        ordering = ["number"]
        constraints = [models.UniqueConstraint("municipality", "number", name="target_area_once")]
        triggers = [recorded()]

    def __str__(self):
        return self.name


class OperatingAreaQuerySet(InYearsQuerySet):
    def visible_to(self, user):
        return self.filter(body__in=user.rights.reads)


class OperatingArea(InYears):
    """A part of a committee's work that has money of its own (verksamhetsområde)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="operating_areas")
    code = models.SlugField(_("code"), max_length=20, help_text=_("Short and lasting, such as EB."))
    name = models.CharField(_("name"), max_length=120)
    note = models.CharField(_("note under tables"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = OperatingAreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("operating area")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("body", "code", name="operating_area_once"),
            years_in_order("operating_area_years_in_order"),
        ]
        triggers = [recorded()]

    def __str__(self):
        return self.name
