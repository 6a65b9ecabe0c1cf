from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committee.models.bodies import Body
from core.history import recorded


class Period(models.Model):
    """A stretch of the year that is followed up. What is relative to it is found by kind, year and number."""

    class Kind(models.TextChoices):
        MONTH = "month", _("month")
        QUARTER = "quarter", _("quarter")
        INTERIM = "interim", _("interim report")
        YEAR = "year", _("full year")

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("period", "Open")
        CLOSED = "closed", pgettext_lazy("period", "Closed")

    # How many periods of a kind a year has; what comes before the first is last year's last.
    IN_A_YEAR = {Kind.MONTH: 12, Kind.QUARTER: 4, Kind.INTERIM: 2, Kind.YEAR: 1}

    body = models.ForeignKey(Body, models.PROTECT, related_name="periods")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until and including"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)

    class Meta:
        verbose_name = _("period")
        ordering = ["-starts_on", "kind"]
        constraints = [
            models.UniqueConstraint("body", "kind", "year", "number", name="period_once"),
            models.CheckConstraint(
                name="period_ends_after_it_begins", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]
        triggers = [recorded()]

    def __str__(self):
        if self.kind == self.Kind.YEAR:
            return f"{self.get_kind_display()} {self.year}"
        return f"{self.get_kind_display()} {self.number} {self.year}"

    def key_of(self, which):
        """Return (year, number) of `this`, `previous` or `same_last_year`, seen from here; else None."""
        if which == "same_last_year":
            return self.year - 1, self.number
        if which == "previous":
            first = self.number == 1
            return (self.year - 1, self.IN_A_YEAR[self.kind]) if first else (self.year, self.number - 1)
        return (self.year, self.number) if which == "this" else None
