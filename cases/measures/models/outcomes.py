from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.measures.models.measures import MeasureEdition
from committee.models import Period, Person
from core.history import ANY_CHANGE, locked, recorded

HUNDRED = Decimal(100)
MONTHS_OF_A_YEAR = 12


def stays_when_closed():
    """Return the trigger that refuses any change in a closed period."""
    closed = "(SELECT status FROM committee_period WHERE id = {}.period_id) = 'closed'"
    return locked(
        "closed_period_stays",
        f"{closed.format('OLD')} OR {closed.format('NEW')}",
        "the period is closed",
        on=ANY_CHANGE,
    )


class OutcomeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(period__body__in=user.rights.drafts)


class Outcome(models.Model):
    """What a measure came to in a period: a value, a fraction, or why there is none."""

    class Absent(models.TextChoices):
        NOT_MEASURED = "not_measured", _("Not measured")
        LATE = "late", _("Not ready yet")
        NOT_SEPARATED = "not_separated", _("Not kept apart")
        NOT_APPLICABLE = "not_applicable", _("Not applicable")

    edition = models.ForeignKey(MeasureEdition, models.PROTECT, related_name="outcomes")
    period = models.ForeignKey(Period, models.PROTECT, related_name="outcomes")
    split = models.CharField(_("part"), max_length=60, blank=True)  # empty: the whole
    value = models.DecimalField(_("outcome"), max_digits=16, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(_("numerator"), max_digits=16, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(
        _("denominator"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    forecast = models.DecimalField(
        _("forecast for the year"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    absent = models.CharField(_("no value because"), max_length=20, choices=Absent, blank=True)
    absent_reason = models.CharField(_("why there is no value"), max_length=300, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    as_of = models.DateField(_("as of"))
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # Set when it was changed after it had been marked as ready.
    corrected_at = models.DateTimeField(_("corrected"), null=True, blank=True)
    correction_reason = models.CharField(_("why it was corrected"), max_length=300, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a measure", "outcome")
        constraints = [
            models.UniqueConstraint("edition", "period", "split", name="outcome_once"),
            models.CheckConstraint(
                name="outcome_is_one_thing",
                condition=Q(absent="", value__isnull=False, numerator=None, denominator=None)
                | Q(absent="", value=None, numerator__isnull=False, denominator__isnull=False)
                | (~Q(absent="") & Q(value=None, numerator=None, denominator=None)),
            ),
            models.CheckConstraint(
                name="outcome_denominator_above_zero",
                condition=Q(denominator=None) | Q(denominator__gt=0),
            ),
            models.CheckConstraint(
                name="outcome_absent_has_reason", condition=Q(absent="") | ~Q(absent_reason="")
            ),
            models.CheckConstraint(
                name="outcome_correction_has_reason",
                condition=Q(corrected_at=None) | ~Q(correction_reason=""),
            ),
        ]
        triggers = [
            recorded(),
            stays_when_closed(),
            locked(
                "outcome_is_of_its_periods_year",
                "TG_OP <> 'DELETE' AND (SELECT year FROM measures_measureedition WHERE id = NEW.edition_id) "
                "IS DISTINCT FROM (SELECT year FROM committee_period WHERE id = NEW.period_id)",
                "an outcome belongs to a period of the year of its measure",
                on=ANY_CHANGE,
            ),
        ]

    def __str__(self):
        return f"{self.edition} {self.period}"

    @property
    def exact(self):
        """The value, unrounded: percent units for a fraction in percent; None where there is none."""
        if self.numerator is None:
            return self.value
        quotient = self.numerator / self.denominator
        return quotient * HUNDRED if self.edition.unit == MeasureEdition.Unit.PERCENT else quotient

    @property
    def expected(self):
        """What the full year is expected to be: the typed forecast, else by the measure's own rule."""
        if self.forecast is not None:
            return self.forecast
        if self.exact is None or self.edition.forecast_rule == MeasureEdition.Forecast.OUTCOME:
            return self.exact
        return self.exact * MONTHS_OF_A_YEAR / self.period.months

    @property
    def is_corrected(self):
        return self.corrected_at is not None
