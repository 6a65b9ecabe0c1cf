"""What a writer may choose of goals and measures: all from the tree that the figures read too."""

from django.utils.translation import gettext as _

from cases.measures.tree import Tree
from committee.models import Period
from core import clock
from core.figures import Offer


def tree_of(period: Period) -> Tree:
    return Tree.of(period, clock.today())


def offers_of_measures(period: Period) -> list[Offer]:
    return [
        Offer(edition.name, {"measure": str(edition.measure.number)}) for edition in tree_of(period).editions
    ]


def offers_of_ratings(period: Period) -> list[Offer]:
    goals = tree_of(period).year_goals
    offered = [Offer(goal.name, {"goal": str(goal.position)}) for goal in goals]
    return [Offer(_("The whole")), *offered] if goals else []


def offers_of_areas(period: Period) -> list[Offer]:
    areas = {goal.council_goal.area: None for goal in tree_of(period).year_goals}
    offered = [Offer(area.name, {"area": str(area.number)}) for area in areas]
    return [Offer(_("The whole")), *offered] if areas else []


def no_offers(period: Period) -> list[Offer]:
    """Return nothing: the figure is written by who knows its name, and would only lengthen the list."""
    return []
