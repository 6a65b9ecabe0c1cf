"""How an outcome stands to its target: pure, from the value, the direction and the thresholds.

Values are compared unrounded, as they are computed: 75,6 is not 76 though it prints so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Standing(TextChoices):
    """How a value stands to its target: what is computed, and what every step of a scale stands for."""

    MET = "met", pgettext_lazy("target", "met")
    NEAR = "near", pgettext_lazy("target", "near")
    MISSED = "missed", pgettext_lazy("target", "missed")


SHAPES = {Standing.MET: "ok", Standing.NEAR: "risk", Standing.MISSED: "bad", None: "missing"}
YES = Decimal(1)


class Interval(Protocol):
    standing: str

    def holds(self, value: Decimal) -> bool: ...


def standing_of(
    value: Decimal | None, *, target: Decimal | None, direction: str, thresholds: Iterable[Interval] = ()
) -> Standing | None:
    """Return how the value stands: by the thresholds when there are any, else by target and direction.

    None when nothing can be said: no value, no target, or no direction.
    """
    if value is None:
        return None
    marked = list(thresholds)
    if marked:
        return next((Standing(one.standing) for one in marked if one.holds(value)), None)
    if target is None or direction == "none":
        return None
    reached = {"up": value >= target, "down": value <= target, "keep": value == target}[direction]
    return Standing.MET if reached else Standing.MISSED


def computed_of(edition, outcome) -> Standing | None:
    """Return how a measure's expected value for the year stands; None where there is no outcome.

    Of yes and no, yes is met unless the target says otherwise.
    """
    if outcome is None:
        return None
    if edition.is_yes_no:
        target = YES if edition.target is None else edition.target
        return standing_of(outcome.expected, target=target, direction="keep")
    return standing_of(
        outcome.expected,
        target=edition.target,
        direction=edition.direction,
        thresholds=edition.thresholds.all(),
    )


def combined(standings: Iterable[Standing | None]) -> Standing | None:
    """Return what the standings of the measures propose for their goal.

    Missed when at least half are; met when none is missed and more than half are met; else near.
    """
    known = [one for one in standings if one is not None]
    if not known:
        return None
    met, missed = known.count(Standing.MET), known.count(Standing.MISSED)
    if 2 * missed >= len(known):
        return Standing.MISSED
    return Standing.MET if not missed and 2 * met > len(known) else Standing.NEAR


class Standings:
    """What is computed and what holds for everything that is rated in one period, by (level, key).

    What holds is what was given, else what is computed; a goal's is computed from what holds for its measures,
    an area's from its goals, the whole's from its areas.
    """

    def __init__(self, goals: Iterable, editions: Iterable, outcomes: Mapping[int, Any], ratings: Iterable):
        self.computed: dict[tuple[str, int | None], Standing | None] = {}
        self.given = {rating.key: Standing(rating.given.standing) for rating in ratings if rating.given}
        below: dict[tuple[str, int | None], list[Standing | None]] = defaultdict(list)
        for edition in editions:
            self.computed["measure", edition.pk] = computed_of(edition, outcomes.get(edition.pk))
            below["goal", edition.goal_id].append(self.holds("measure", edition.pk))
        areas: dict[int, None] = {}  # in order
        for goal in goals:
            self._combine("goal", goal.pk, below)
            areas[goal.council_goal.area_id] = None
            below["area", goal.council_goal.area_id].append(self.holds("goal", goal.pk))
        for area in areas:
            self._combine("area", area, below)
            below["whole", None].append(self.holds("area", area))
        self._combine("whole", None, below)

    def holds(self, level: str, key: int | None) -> Standing | None:
        """Return what was given, else what is computed."""
        return self.given.get((level, key)) or self.computed.get((level, key))

    def _combine(self, level: str, key: int | None, below: Mapping) -> None:
        self.computed[level, key] = combined(below[level, key])
