from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.measures.judging import Standing
from cases.measures.models import held
from cases.measures.models.goals import Goal
from committee.models import Body, Person
from core.history import ANY_CHANGE, locked, recorded


class MeasureQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(body__in=user.rights.drafts)


class Measure(models.Model):
    """A measure (mått) through the years. What it is called and aims at is in its editions."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="measures")
    number = models.PositiveSmallIntegerField(
        _("number"), help_text=_("Stable; one that is gone leaves a gap.")
    )

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("in a goal tree", "measure")
        ordering = ["number"]
        constraints = [models.UniqueConstraint("body", "number", name="measure_number_once")]
        triggers = [recorded()]

    def __str__(self):
        return str(self.number)

    def get_absolute_url(self):
        return reverse("measures:measure-detail", args=[self.pk])


class EditionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(measure__body__in=user.rights.drafts)

    def of_period(self, period):
        return self.filter(measure__body=period.body_id, year=period.year)

    def for_tree(self):
        """With all that a tree of a year shows of its measures."""
        return self.select_related("measure", "responsible").prefetch_related("thresholds").in_order()

    def in_order(self):
        return self.order_by("position", "pk")

    def breaks_until(self, period):
        """Editions with which a series was broken, in the order of the years."""
        broken = self.filter(measure__body=period.body_id, is_break=True, year__lte=period.year)
        return broken.order_by("year", "pk")


class MeasureEdition(models.Model):
    """A measure in one year: its name, definition, unit, direction, target, and who answers for it."""

    class Unit(models.TextChoices):
        PERCENT = "percent", _("percent")
        COUNT = "count", pgettext_lazy("unit", "number")
        WEEKS = "weeks", _("weeks")
        MONTHS = "months", _("months")
        INDEX = "index", _("index")
        KRONOR = "kr", _("kronor")
        YES_NO = "yes_no", _("yes or no")

    class Direction(models.TextChoices):
        UP = "up", pgettext_lazy("direction", "up")
        DOWN = "down", pgettext_lazy("direction", "down")
        KEEP = "keep", pgettext_lazy("direction", "keep")
        NONE = "none", pgettext_lazy("direction", "none")

    class Cadence(models.TextChoices):
        EVERY = "every", _("Every period")
        YEAR = "year", _("The full year only")

    class Forecast(models.TextChoices):
        OUTCOME = "outcome", _("The outcome as it is")
        ANNUALISED = "annualised", _("The outcome by months, for the full year")

    class Split(models.TextChoices):
        NONE = "none", pgettext_lazy("split", "None")
        SEX = "sex", _("Total, women, men")
        FREE = "free", _("Own parts")

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="editions")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="editions", verbose_name=_("goal"))
    year = models.PositiveSmallIntegerField(_("year"))
    position = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=300)
    definition = models.TextField(_("definition"), blank=True)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction, default=Direction.NONE)
    cadence = models.CharField(_("followed up"), max_length=10, choices=Cadence, default=Cadence.EVERY)
    forecast_rule = models.CharField(
        _("forecast from"), max_length=10, choices=Forecast, default=Forecast.OUTCOME,
        help_text=_("What the full year is expected to be, when nobody has written a forecast."),
    )  # fmt: skip
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=4, null=True, blank=True)
    numerator = models.CharField(_("numerator"), max_length=200, blank=True)
    denominator = models.CharField(_("denominator"), max_length=200, blank=True)
    split = models.CharField(_("split"), max_length=10, choices=Split, default=Split.NONE)
    parts = models.JSONField(_("own parts"), default=list, blank=True)
    # A figure that the value is taken from, such as finance.net, with its arguments.
    source_figure = models.CharField(_("value from"), max_length=80, blank=True)
    source_args = models.JSONField(default=dict, blank=True)
    responsible = models.ForeignKey(
        Person, models.PROTECT, related_name="measures", verbose_name=_("responsible")
    )
    change_reason = models.CharField(_("why it was changed"), max_length=300, blank=True)
    is_break = models.BooleanField(
        _("the series is broken here"),
        default=False,
        help_text=_("Outcomes of earlier years cannot be compared with this year's."),
    )
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure of a year")
        ordering = ["year", "position"]
        constraints = [
            models.UniqueConstraint("measure", "year", name="measure_edition_once"),
            models.CheckConstraint(name="measure_decimals_few", condition=Q(decimals__lte=4)),
            models.CheckConstraint(
                name="measure_break_has_reason", condition=Q(is_break=False) | ~Q(change_reason="")
            ),
            models.CheckConstraint(
                name="measure_fraction_is_whole",
                condition=Q(numerator="", denominator="") | ~(Q(numerator="") | Q(denominator="")),
            ),
            models.CheckConstraint(name="measure_split_has_parts", condition=Q(split="free") ^ Q(parts=[])),
        ]
        triggers = [
            recorded(),
            locked(
                "edition_is_of_its_goals_year",
                "TG_OP <> 'DELETE' AND NEW.year IS DISTINCT FROM "
                "(SELECT year FROM measures_goal WHERE id = NEW.goal_id)",
                "a measure of a year belongs to a goal of that year",
                on=ANY_CHANGE,
            ),
            locked("adopted_year_stays", held.OF_EDITION, held.MESSAGE, on=ANY_CHANGE),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return self.measure.get_absolute_url()

    @property
    def is_yes_no(self):
        return self.unit == self.Unit.YES_NO

    @property
    def is_fraction(self):
        """Whether its value is computed from a numerator and a denominator."""
        return bool(self.numerator)

    @property
    def part_keys(self):
        """The parts that it has beside the whole: `women`, `men`, or own words."""
        return {"none": [], "sex": ["women", "men"], "free": list(self.parts)}[self.split]


class Threshold(models.Model):
    """An interval of values and what they stand for. Together an edition's cover every number once."""

    edition = models.ForeignKey(MeasureEdition, models.CASCADE, related_name="thresholds")
    standing = models.CharField(_("stands for"), max_length=10, choices=Standing)
    low = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    low_is_in = models.BooleanField(default=False)
    high = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    high_is_in = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("threshold")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="threshold_is_not_empty",
                condition=Q(low=None) | Q(high=None) | Q(high__gt=models.F("low"))
                | Q(high=models.F("low"), low_is_in=True, high_is_in=True),
            ),
            models.CheckConstraint(
                name="threshold_standing_known", condition=Q(standing__in=["met", "near", "missed"])
            ),
        ]  # fmt: skip
        triggers = [
            recorded(),
            locked("adopted_year_stays", held.OF_THRESHOLD, held.MESSAGE, on=ANY_CHANGE),
        ]

    def __str__(self):
        return self.standing

    def holds(self, value):
        """Say whether the value lies within it."""
        above = self.low is None or value > self.low or (self.low_is_in and value == self.low)
        below = self.high is None or value < self.high or (self.high_is_in and value == self.high)
        return above and below
