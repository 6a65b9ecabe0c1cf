from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.finance.models.kinds import Kind, Table
from committee.models import Body, InYears, InYearsQuerySet, Period, years_in_order
from core.history import ANY_CHANGE, locked, recorded


class KeyFigure(InYears):
    """A row of volumes, key figures or staff: a number, or the heading or note between numbers."""

    class Row(models.TextChoices):
        GROUP = "group", _("group")
        SUBGROUP = "subgroup", _("group inside the group")
        NUMBER = "number", pgettext_lazy("row", "number")
        NOTE = "note", _("note")

    body = models.ForeignKey(Body, models.PROTECT, related_name="key_figures")
    table = models.CharField(_("table"), max_length=20, choices=Table)
    row = models.CharField(_("kind of row"), max_length=10, choices=Row, default=Row.NUMBER)
    code = models.SlugField(_("code"), max_length=40)
    label = models.CharField(_("label"), max_length=300)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("of which")
    )
    adds_up = models.BooleanField(
        _("its parts add up to it"), default=False, help_text=_("Then they are held against it.")
    )
    total = models.CharField(
        _("total"), max_length=60, blank=True, help_text=_("The row at the bottom in which it is summed.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = InYearsQuerySet.as_manager()

    class Meta:
        verbose_name = _("key figure")
        ordering = ["table", "position", "pk"]
        constraints = [
            models.UniqueConstraint("body", "code", name="key_figure_once"),
            years_in_order("key_figure_years_in_order"),
            models.CheckConstraint(
                name="key_figure_row_known",
                condition=Q(row__in=["group", "subgroup", "number", "note"]),
            ),
            models.CheckConstraint(
                name="key_figure_table_known",
                condition=Q(table__in=["volumes", "key_figures", "staff"]),
            ),
        ]
        triggers = [recorded()]

    def __str__(self):
        return self.label


class KeyFigureValue(models.Model):
    """A number of a row, or why there is none."""

    class Absent(models.TextChoices):
        AT_YEAR_END = "year_end", _("Given at the closing of the year")
        NOT_SEPARATED = "not_separated", _("Not separated")
        NOT_MEASURED = "not_measured", _("Not measured")
        NOT_DUE = "not_due", _("Not due yet")

    figure = models.ForeignKey(KeyFigure, models.PROTECT, related_name="values")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    year = models.PositiveSmallIntegerField(_("year"))
    months = models.PositiveSmallIntegerField(_("months"), default=12)
    reported_in = models.ForeignKey(Period, models.PROTECT, related_name="key_figures")
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4, null=True, blank=True)
    absent = models.CharField(_("why there is none"), max_length=15, choices=Absent, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("value")
        constraints = [
            models.UniqueConstraint(
                "figure", "kind", "year", "months", "reported_in", name="key_figure_value_once"
            ),
            models.CheckConstraint(
                name="key_figure_value_or_reason",
                condition=Q(value__isnull=False, absent="") | (Q(value__isnull=True) & ~Q(absent="")),
            ),
            models.CheckConstraint(name="key_figure_months_of_a_year", condition=Q(months__range=(1, 12))),
        ]
        triggers = [
            recorded(),
            locked(
                "closed_period_stays",
                "EXISTS (SELECT 1 FROM committee_period AS held"
                " WHERE held.id IN (OLD.reported_in_id, NEW.reported_in_id) AND held.status = 'closed')",
                "the numbers of a closed period are not changed",
                on=ANY_CHANGE,
            ),
        ]

    def __str__(self):
        return f"{self.figure} {self.get_kind_display()} {self.year}"
