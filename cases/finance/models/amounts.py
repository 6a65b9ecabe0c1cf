from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.finance.models.budgets import BudgetVersion
from cases.finance.models.kinds import Kind
from committee.models import Body, InYears, InYearsQuerySet, OperatingArea, Period, years_in_order
from core.history import ANY_CHANGE, locked, recorded


class Line(InYears):
    """What money is: an area's income or costs, an account group, an investment."""

    class Side(models.TextChoices):
        INCOME = "income", pgettext_lazy("money", "Income")
        COST = "cost", pgettext_lazy("money", "Costs")
        FINANCIAL = "financial", _("Financial items")
        INVESTMENT = "investment", _("Net investments")

    class Cut(models.TextChoices):
        """The same money cut in one way or the other: cuts are held against each other, never added."""

        AREA = "area", _("by area")
        ACCOUNT = "account", _("by account")
        PROJECT = "project", _("by project")

    body = models.ForeignKey(Body, models.PROTECT, related_name="lines")
    cut = models.CharField(_("cut"), max_length=10, choices=Cut)
    code = models.SlugField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=120)
    side = models.CharField(_("side"), max_length=10, choices=Side)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = InYearsQuerySet.as_manager()

    class Meta:
        verbose_name = _("line")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("body", "code", name="finance_line_once"),
            years_in_order("finance_line_years_in_order"),
            models.CheckConstraint(
                name="finance_line_side_known",
                condition=Q(side__in=["income", "cost", "financial", "investment"]),
            ),
        ]
        triggers = [recorded()]

    def __str__(self):
        return self.name


class ProjectGroup(models.Model):
    """Investment projects that are shown as one row, such as those of one year."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="project_groups")
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("group of projects")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint("body", "name", name="project_group_once")]
        triggers = [recorded()]

    def __str__(self):
        return self.name


class Project(InYears):
    """An investment project with its number in the ledger."""

    group = models.ForeignKey(ProjectGroup, models.PROTECT, related_name="projects")
    code = models.CharField(_("number"), max_length=20)
    name = models.CharField(_("name"), max_length=120)

    objects = InYearsQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint("group", "code", name="project_once"),
            years_in_order("project_years_in_order"),
        ]
        triggers = [recorded()]

    def __str__(self):
        return f"{self.code} – {self.name}"


class Amount(models.Model):
    """So many kronor, unrounded. Income is above zero, costs below; net and deviations are never stored.

    `reported_in` is the period that said so: forecasts of two periods, and last year as it was restated,
    stand side by side. A budget is of a version instead.
    """

    line = models.ForeignKey(Line, models.PROTECT, related_name="amounts")
    area = models.ForeignKey(OperatingArea, models.PROTECT, null=True, blank=True, related_name="amounts")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="amounts")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    year = models.PositiveSmallIntegerField(_("year"))
    months = models.PositiveSmallIntegerField(_("months"), default=12)
    reported_in = models.ForeignKey(Period, models.PROTECT, null=True, blank=True, related_name="amounts")
    budget = models.ForeignKey(BudgetVersion, models.PROTECT, null=True, blank=True, related_name="amounts")
    kronor = models.DecimalField(_("kronor"), max_digits=15, decimal_places=2)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("amount")
        constraints = [
            models.UniqueConstraint(
                fields=["line", "area", "project", "kind", "year", "months", "reported_in", "budget"],
                name="amount_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="amount_kind_known",
                condition=Q(kind__in=["actual", "closing", "budget", "forecast"]),
            ),
            models.CheckConstraint(name="amount_months_of_a_year", condition=Q(months__range=(1, 12))),
            models.CheckConstraint(
                name="amount_of_area_or_project",
                condition=Q(area__isnull=True) | Q(project__isnull=True),
            ),
            models.CheckConstraint(
                name="amount_of_budget_or_period",
                condition=(
                    Q(kind="budget", budget__isnull=False, reported_in__isnull=True)
                    | (~Q(kind="budget") & Q(budget__isnull=True, reported_in__isnull=False))
                ),
            ),
        ]
        indexes = [models.Index(fields=["year", "kind", "months"], name="amount_slice")]
        triggers = [
            recorded(),
            locked(
                "adopted_budget_stays",
                "EXISTS (SELECT 1 FROM finance_budgetversion AS held"
                " WHERE held.id IN (OLD.budget_id, NEW.budget_id) AND held.status = 'adopted')",
                "the amounts of an adopted budget are not changed",
                on=ANY_CHANGE,
            ),
            locked(
                "closed_period_stays",
                "EXISTS (SELECT 1 FROM committee_period AS held"
                " WHERE held.id IN (OLD.reported_in_id, NEW.reported_in_id) AND held.status = 'closed')",
                "the amounts of a closed period are not changed",
                on=ANY_CHANGE,
            ),
        ]

    def __str__(self):
        return f"{self.line} {self.get_kind_display()} {self.year}"
