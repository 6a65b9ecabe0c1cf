from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.register.models import Case
from committee.models import OperatingArea, Period
from core.history import recorded


class OfPeriodQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(period__body__in=user.rights.drafts)


class Explanation(models.Model):
    """A part of what the forecast comes to, with a name: why it changed, or what is out of our hands."""

    class List(models.TextChoices):
        BRIDGE = "bridge", _("Change since the forecast before")
        OUTSIDE = "outside", _("Hard to influence")

    period = models.ForeignKey(Period, models.PROTECT, related_name="explanations")
    list = models.CharField(_("list"), max_length=10, choices=List)
    label = models.CharField(_("what"), max_length=120)
    kronor = models.DecimalField(_("kronor"), max_digits=15, decimal_places=2)
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    area = models.ForeignKey(
        OperatingArea, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = OfPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("explanation")
        ordering = ["list", "position", "pk"]
        constraints = [
            models.UniqueConstraint("period", "list", "label", name="explanation_once"),
            models.CheckConstraint(
                name="explanation_list_known", condition=Q(list__in=["bridge", "outside"])
            ),
        ]
        triggers = [recorded()]

    def __str__(self):
        return self.label


class Grant(models.Model):
    """Money that somebody else decides on: what we reckon with, have got and used, and what we owe for it."""

    class Kind(models.TextChoices):
        GRANT = "grant", _("Government grant or other contribution")
        MIGRATION = "migration", _("Income from the Migration Agency")

    period = models.ForeignKey(Period, models.PROTECT, related_name="grants")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.GRANT)
    name = models.CharField(_("name"), max_length=160)
    operation = models.CharField(_("used in"), max_length=120, blank=True)
    kronor = models.DecimalField(_("reckoned with, kronor"), max_digits=15, decimal_places=2)
    received = models.DecimalField(
        _("received, kronor"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    used = models.DecimalField(_("used, kronor"), max_digits=15, decimal_places=2, null=True, blank=True)
    decider = models.CharField(_("decided by"), max_length=120, blank=True)
    report_due_on = models.DateField(_("to be accounted for by"), null=True, blank=True)
    repayment = models.DecimalField(
        _("to be paid back, kronor"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("case")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = OfPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint("period", "kind", "name", "operation", name="grant_once"),
            models.CheckConstraint(name="grant_kind_known", condition=Q(kind__in=["grant", "migration"])),
        ]
        triggers = [recorded()]

    def __str__(self):
        return self.name
