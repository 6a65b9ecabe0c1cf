"""Rows that are in use from a year to another, such as an area that was laid together with its neighbour."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class InYearsQuerySet(models.QuerySet):
    def in_use(self, first, last=None):
        """Return the rows that are in use in any year from `first` to `last`, or in the one year."""
        begun = Q(from_year__isnull=True) | Q(from_year__lte=first if last is None else last)
        return self.filter(begun, Q(to_year__isnull=True) | Q(to_year__gte=first))


class InYears(models.Model):
    """In use from a year to another, both included; open where nothing is said."""

    from_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(_("until and including year"), null=True, blank=True)

    class Meta:
        abstract = True

    def is_in_use(self, first: int, last: int) -> bool:
        """Whether it is in use in any year from `first` to `last`, as `in_use` asks the database."""
        return (self.from_year or first) <= last and (self.to_year or last) >= first


def years_in_order(name: str) -> models.CheckConstraint:
    """Return the constraint that a row does not end before it begins; each model lists one of its own name."""
    unbounded = Q(from_year__isnull=True) | Q(to_year__isnull=True)
    return models.CheckConstraint(name=name, condition=unbounded | Q(to_year__gte=F("from_year")))
