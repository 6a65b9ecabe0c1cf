"""What the controller sets up before a year: areas, goals of the council and the committee, and the scale."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from cases.measures.models import Goal
from cases.measures.setup.listings import CouncilGoals, Goals, Measures, Scale, TargetAreas
from committee.permissions import kept_by
from core import clock
from core.setup import Setup
from core.setup.forms import FIRST_YEAR, LAST_YEAR


def of_year(listing):
    """Return what makes a listing from the year in an address, or None for what is no year."""
    return lambda text: (
        listing(int(text)) if text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR else None
    )


def years(owner):
    """Yield the goals and the measures of each year that has some, of this and of the next, the latest first."""
    now = clock.today().year
    held = set(Goal.objects.filter(body=owner).values_list("year", flat=True)) | {now, now + 1}
    for year in sorted(held, reverse=True):
        yield Goals(year)
        yield Measures(year)


SETUP = Setup(
    namespace="measures",
    label=_("Set up goals"),
    help=_("What the year's goals and measures stand on. Numbers are lasting: what is gone leaves a gap."),
    owner=lambda user: kept_by(user, "measures.change_goals"),
    crumb=(_("Goals and measures"), reverse_lazy("measures:current")),
    listings=[TargetAreas(), CouncilGoals(), Scale()],
    families={"goals": of_year(Goals), "measures": of_year(Measures)},
    years=years,
)
