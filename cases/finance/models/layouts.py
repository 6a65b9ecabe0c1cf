from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.finance.models.kinds import Kind, Table
from committee.models import Body, OperatingArea
from core.history import recorded


class Grouping(models.Model):
    """A way to lay areas together, such as two that are led as one."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="groupings")
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("grouping of areas")
        constraints = [models.UniqueConstraint("body", "name", name="grouping_once")]
        triggers = [recorded()]

    def __str__(self):
        return self.name


class GroupedArea(models.Model):
    """An area's group in a grouping; an area without one stands by itself, so that no total loses it."""

    grouping = models.ForeignKey(Grouping, models.CASCADE, related_name="members")
    area = models.ForeignKey(OperatingArea, models.PROTECT, related_name="+")
    group = models.CharField(_("group"), max_length=120)

    class Meta:
        verbose_name = _("area in a group")
        constraints = [models.UniqueConstraint("grouping", "area", name="grouped_area_once")]
        triggers = [recorded()]

    def __str__(self):
        return self.group


class Layout(models.Model):
    """Which columns one of the committee's tables has, and how its areas are laid together."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="layouts")
    table = models.CharField(_("table"), max_length=20, choices=Table)
    grouping = models.ForeignKey(Grouping, models.PROTECT, null=True, blank=True, related_name="layouts")

    class Meta:
        verbose_name = _("table layout")
        constraints = [models.UniqueConstraint("body", "table", name="layout_once")]
        triggers = [recorded()]

    def __str__(self):
        return self.get_table_display()


class LayoutColumn(models.Model):
    """A column: amounts of a kind, a year and a stretch of it, or a formula over the columns before it.

    A formula adds and subtracts columns by key; after a % stands what it is a percentage of:
    `forecast - budget % budget`. The head is made from all this unless one is typed.
    """

    class Span(models.TextChoices):
        PERIOD = "period", _("until the period's end")
        YEAR = "year", _("the whole year")

    class Reported(models.TextChoices):
        THIS = "this", _("as this period says")
        PREVIOUS = "previous", _("as the period before said")
        LATEST = "latest", _("as last said")

    class Unit(models.TextChoices):
        KRONOR = "kr", _("kronor")
        THOUSANDS = "tkr", pgettext_lazy("unit", "tkr")
        MILLIONS = "mkr", pgettext_lazy("unit", "mkr")
        PERCENT = "%", "%"
        OWN = "", _("each row's own")

    layout = models.ForeignKey(Layout, models.CASCADE, related_name="columns")
    key = models.SlugField(_("key"), max_length=30)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, blank=True)
    year_offset = models.SmallIntegerField(_("years from the period's"), default=0)
    span = models.CharField(_("stretch"), max_length=10, choices=Span, default=Span.YEAR)
    reported = models.CharField(_("reported"), max_length=10, choices=Reported, default=Reported.THIS)
    formula = models.CharField(_("formula"), max_length=100, blank=True)
    head = models.CharField(_("head"), max_length=60, blank=True)
    unit = models.CharField(_("unit"), max_length=3, choices=Unit, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)

    class Meta:
        verbose_name = _("column")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("layout", "key", name="layout_column_once"),
            models.CheckConstraint(
                name="layout_column_of_kind_or_formula",
                condition=(Q(kind="") & ~Q(formula="")) | (~Q(kind="") & Q(formula="")),
            ),
        ]
        triggers = [recorded()]

    def __str__(self):
        return self.key
