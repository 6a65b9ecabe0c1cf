from django.db import models
from django.db.models.functions import Floor
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committee.models import Body, Period, Person
from core import formats
from core.history import recorded


class FactQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(body__in=user.rights.drafts)

    def of_period(self, period):
        """Facts of the period and of those that references speak of beside it."""
        keys = {period.key_of(which) for which in ("this", "previous", "same_last_year")}
        wanted = models.Q(pk__in=[])
        for year, number in keys:
            wanted |= models.Q(period__year=year, period__number=number)
        return self.filter(wanted, body=period.body_id, period__kind=period.kind)


class Fact(models.Model):
    """A number that lives in prose only, kept as a record: entered once, placed wherever it is said."""

    class Unit(models.TextChoices):
        COUNT = "count", pgettext_lazy("unit", "number")
        PERCENT = "percent", _("percent")
        KRONOR = "kr", _("kronor")

    body = models.ForeignKey(Body, models.PROTECT, related_name="facts")
    period = models.ForeignKey(Period, models.PROTECT, related_name="facts", verbose_name=_("period"))
    key = models.CharField(_("key"), max_length=60)
    label = models.CharField(_("what it is"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit, default=Unit.COUNT)
    as_of = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint("body", "period", "key", name="fact_once"),
            models.CheckConstraint(
                name="fact_count_is_whole",
                condition=~models.Q(unit="count") | models.Q(value=Floor("value")),
            ),
        ]
        triggers = [recorded()]

    def __str__(self):
        return self.label

    @property
    def shown(self):
        """The value with as many decimals as it has."""
        return formats.exact(self.value)
