import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from committee.colours import contrast
from core import formats
from core.history import recorded

COLOUR = RegexValidator(r"^#[0-9a-f]{6}$")
WHITE_CONTRAST = 4.5  # WCAG 2.2 AA for text: white on the accent, the accent on paper


def readable_accent(value):
    """Refuse an accent on which white text cannot be read, and what is no colour."""
    COLOUR(value)
    if contrast(value, "#ffffff") < WHITE_CONTRAST:
        raise ValidationError(_("White text cannot be read on this colour. Choose a darker one."))


def number_format(value):
    """Refuse a format that cannot write a registry number."""
    try:
        written = value.format(prefix="SN", year=2023, number=183)
    except (KeyError, IndexError, ValueError):
        written = ""
    if not re.search(r"SN.*2023.*183", written):
        raise ValidationError(_("Write the format with {prefix}, {year} and {number}."))


class Municipality(models.Model):
    """A municipality and how its papers look: letterhead, labels, number format, accent."""

    class HouseStyle(models.TextChoices):
        RULED = "ruled", _("Label at the top right, ruled letterhead")
        COLUMN = "column", _("Reference and recipient in columns")

    class Numbers(models.TextChoices):
        COUNTER = "counter", _("Given here")
        TYPED = "typed", _("Typed from the municipality's own diary")

    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(unique=True)
    accent = models.CharField(
        _("accent"),
        max_length=7,
        default="#0b5c6b",
        validators=[COLOUR, readable_accent],
    )
    house_style = models.CharField(_("house style"), max_length=10, choices=HouseStyle)
    number_format = models.CharField(
        _("number format"), max_length=60, default="{prefix}/{year}:{number:05d}", validators=[number_format]
    )
    numbers = models.CharField(_("registry numbers"), max_length=10, choices=Numbers, default=Numbers.COUNTER)
    department = models.CharField(_("department"), max_length=100)
    address = models.CharField(_("address"), max_length=200)
    visiting_address = models.CharField(_("visiting address"), max_length=200)
    phone = models.CharField(_("telephone"), max_length=40)
    web = models.CharField(_("web address"), max_length=100)
    organisation_number = models.CharField(_("organisation number"), max_length=20)
    logo = models.TextField(_("logo (SVG)"), blank=True)

    class Meta:
        verbose_name = _("municipality")
        triggers = [recorded()]

    def __str__(self):
        return self.name

    def format_number(self, prefix: str, year: int, number: int) -> str:
        """Return a registry number as this municipality writes it, such as SN/2023:00183."""
        return self.number_format.format(prefix=prefix, year=year, number=number)


class BodyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(pk__in=user.rights.bodies)


class Body(models.Model):
    """A committee, a subcommittee or a presidium: whoever meets and decides."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("Municipal council")
        BOARD = "board", _("Municipal executive board")
        COMMITTEE = "committee", _("Committee")
        SUBCOMMITTEE = "subcommittee", _("Subcommittee")
        PRESIDIUM = "presidium", _("Presidium")

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="bodies")
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.COMMITTEE)
    prefix = models.CharField(_("prefix of registry numbers"), max_length=8)
    summons_days = models.PositiveSmallIntegerField(
        _("days from summons to meeting"), default=7, help_text=_("According to the committee's own rules.")
    )
    rules_reference = models.CharField(_("where the rules say so"), max_length=100, blank=True)
    # Days before the meeting for each kind of stop date; see MeetingDeadline.Kind.
    deadline_offsets = models.JSONField(_("stop dates, days before the meeting"), default=dict)
    usual_place = models.CharField(_("usual place"), max_length=200, blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("body")
        constraints = [models.UniqueConstraint("municipality", "prefix", name="body_prefix_once")]
        triggers = [recorded()]

    def __str__(self):
        return self.name

    def example_of_number(self, year: int) -> str:
        """Return a registry number for whoever has to type one, such as SN2023/183."""
        return self.municipality.format_number(self.prefix, year, 183)

    @property
    def in_a_sentence(self):
        """The name as it stands inside a sentence: `socialnämnden`."""
        return formats.in_a_sentence(self.name)
