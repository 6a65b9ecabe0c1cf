import re

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committee.models.bodies import Body
from core.forms import ReasonForm
from core.history import recorded
from core.workflow import Step, Workflow


class PeriodQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(body__in=user.rights.reads)

    def for_list(self):
        return self.select_related("body__municipality").order_by("-ends_on", "kind")

    def beside(self, period, which):
        """The period that is `this`, `previous` or `same_last_year`, seen from another."""
        year, number = period.key_of(which) or (0, 0)
        return self.filter(body=period.body_id, kind=period.kind, year=year, number=number)

    def named(self, prefix, year, name):
        """The period that a command line names: SN 2023 delar2. Raises ValueError for what names none."""
        called = re.fullmatch(r"(delar|helar|kvartal|manad)(\d*)", name.lower().replace("å", "a"))
        if called is None:
            raise ValueError(name)
        kind, number = self.model.CALLED[called[1]], int(called[2] or 1)
        return self.get(body__prefix__iexact=prefix, year=int(year), kind=kind, number=number)


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

    WORKFLOW = Workflow(
        Step(
            "close",
            pgettext_lazy("period", "Close"),
            sources=frozenset({Status.OPEN}),
            target=Status.CLOSED,
            permission="committee.close_period",
            help=_("Nobody can enter outcomes or money for it until it is opened again."),
            told=pgettext_lazy("history", "Closed the period"),
        ),
        Step(
            "reopen",
            pgettext_lazy("period", "Open again"),
            sources=frozenset({Status.CLOSED}),
            target=Status.OPEN,
            permission="committee.close_period",
            form=ReasonForm,
            told=pgettext_lazy("history", "Opened the period again"),
        ),
    )

    # How many periods of a kind a year has; what comes before the first is last year's last.
    IN_A_YEAR = {Kind.MONTH: 12, Kind.QUARTER: 4, Kind.INTERIM: 2, Kind.YEAR: 1}

    # What a command line calls the kinds.
    CALLED = {"delar": Kind.INTERIM, "helar": Kind.YEAR, "kvartal": Kind.QUARTER, "manad": Kind.MONTH}

    body = models.ForeignKey(Body, models.PROTECT, related_name="periods")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until and including"))
    due_on = models.DateField(
        _("stop date"), null=True, blank=True, help_text=_("The last day to enter outcomes and texts.")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)

    objects = PeriodQuerySet.as_manager()

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

    def get_absolute_url(self):
        return reverse("measures:tree", args=[self.pk])

    @property
    def is_open(self):
        return self.status == self.Status.OPEN

    @property
    def months(self):
        """How many months of the year have passed at its end: what an outcome is annualised by."""
        return self.ends_on.month

    def key_of(self, which):
        """Return (year, number) of `this`, `previous` or `same_last_year`, seen from here; else None."""
        if which == "same_last_year":
            return self.year - 1, self.number
        if which == "previous":
            first = self.number == 1
            return (self.year - 1, self.IN_A_YEAR[self.kind]) if first else (self.year, self.number - 1)
        return (self.year, self.number) if which == "this" else None
