"""What a writer may choose of goals and measures; read once for all figures of a period."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from cases.measures.models import Goal, MeasureEdition
from committee.models import Period
from core.figures import Offer


def offers_of_measures(period: Period) -> list[Offer]:
    return _once(period, "measures", _measures_of)


def offers_of_ratings(period: Period) -> list[Offer]:
    goals = _once(period, "goals", goals_of)
    offered = [Offer(goal.name, {"goal": str(goal.position)}) for goal in goals]
    return [Offer(_("The whole")), *offered] if goals else []


def offers_of_areas(period: Period) -> list[Offer]:
    areas = {goal.council_goal.area: None for goal in _once(period, "goals", goals_of)}
    return [Offer(area.name, {"area": str(area.number)}) for area in areas]


def no_offers(period: Period) -> list[Offer]:
    """Return nothing: the figure is written by who knows its name, and costs the list of values no query."""
    return []


def _once(period: Period, name: str, read: Callable[[Period], list]) -> list:
    """Read what several figures offer once for a period in hand: it lives as long as a request."""
    kept = period.__dict__.setdefault("_offered", {})
    if name not in kept:
        kept[name] = read(period)
    return kept[name]


def _measures_of(period: Period) -> list[Offer]:
    editions = MeasureEdition.objects.of_period(period).select_related("measure").order_by("position")
    return [Offer(edition.name, {"measure": str(edition.measure.number)}) for edition in editions]


def goals_of(period: Period) -> list[Goal]:
    return list(Goal.objects.filter(body=period.body_id, year=period.year).for_list())
