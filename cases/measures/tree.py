"""The goal tree of a period, read at once: what pages, blocks, figures and tables show of it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cases.measures.judging import SHAPES, Standing, Standings
from cases.measures.models import CouncilGoal, Goal, MeasureEdition, Outcome, Rating, Threshold
from cases.measures.states import State, cell_of, state_of
from committee.models import Period, TargetArea
from core import together

YEARS_BEFORE = 3
BESIDE = ("previous", "same_last_year")


@dataclass
class Rated:
    """What a node of the tree has in common: its rating, what is computed, and what holds."""

    rating: Rating | None
    computed: Standing | None
    holds: Standing | None

    @property
    def shape(self) -> str:
        return SHAPES[self.holds]

    @property
    def computed_shape(self) -> str:
        return SHAPES[self.computed]

    @property
    def given(self):
        return self.rating.given if self.rating else None

    @property
    def differs(self) -> bool:
        return bool(self.given and self.computed and self.given.standing != self.computed)

    @property
    def needs_reason(self) -> bool:
        return bool(self.rating and self.differs and not self.rating.reason)

    @property
    def is_ready(self) -> bool:
        return bool(self.rating and self.rating.is_ready)


@dataclass
class MeasureNode(Rated):
    edition: MeasureEdition
    state: State
    outcome: Outcome | None
    cells: dict[int, dict]  # by period
    history: list[dict]  # the cells of the full years before
    parts: list[tuple[str, Outcome]]  # women, men, or own parts, with their outcomes in the period

    @property
    def cell(self) -> dict:
        return cell_of(self.outcome, self.state)

    @property
    def is_late(self) -> bool:
        return self.state in (State.MISSING, State.LATE)


@dataclass
class GoalNode(Rated):
    goal: Goal
    measures: list[MeasureNode] = field(default_factory=list)


@dataclass
class AreaNode(Rated):
    area: TargetArea
    council_goals: list[tuple[CouncilGoal, list[GoalNode]]] = field(default_factory=list)

    @property
    def goals(self) -> list[GoalNode]:
        return [goal for _council_goal, goals in self.council_goals for goal in goals]

    @property
    def met(self) -> int:
        return sum(goal.holds == Standing.MET for goal in self.goals)


class Tree:
    """Areas, council goals, goals and measures of a period's year, with outcomes and ratings. One query."""

    def __init__(self, period: Period, today: date):
        self.period, self.today = period, today
        near = Period.objects.filter(body=period.body_id, year__gte=period.year - YEARS_BEFORE)
        near = near.filter(year__lte=period.year + 1)
        alike = near.filter(kind__in={period.kind, Period.Kind.YEAR})
        ratings = Rating.objects.filter(period=period).select_related("given", "owner", "goal", "area")
        self.all_periods, self.year_goals, editions, thresholds, broken, rated, outcomes = together.read(
            near.order_by("-ends_on", "kind"),
            Goal.objects.filter(body=period.body_id, year=period.year).for_list(),
            MeasureEdition.objects.of_period(period).select_related("measure", "responsible").in_order(),
            Threshold.objects.filter(edition__in=MeasureEdition.objects.of_period(period)),
            MeasureEdition.objects.breaks_until(period),
            ratings.order_by("pk"),
            Outcome.objects.filter(period__in=alike).select_related("edition__measure", "by"),
        )
        together.join(editions, "thresholds", thresholds, by="edition_id")
        self.editions: list[MeasureEdition] = editions
        self.periods = {one.pk: one for one in _beside(period, self.all_periods)}
        self._outcomes = self._by_place(outcomes)
        # By measure, the last edition before which nothing can be compared.
        self._breaks = {edition.measure_id: edition for edition in broken}
        self._ratings = {rating.key: self._joined(rating) for rating in rated}
        here = {
            edition.pk: outcome for edition in editions
            if (outcome := self._outcomes.get((edition.measure_id, period.pk, "")))
        }  # fmt: skip
        for edition in editions:
            if edition.pk in here:
                here[edition.pk].edition = edition  # with its thresholds
        self.standings = Standings(self.year_goals, editions, here, self._ratings.values())

    @classmethod
    def of(cls, period: Period, today: date) -> "Tree":
        """Return the tree of this very row: the blocks and figures of a document read it once together."""
        held = period.__dict__.setdefault("_measures_tree", {})
        if today not in held:
            held[today] = cls(period, today)
        return held[today]

    @cached_property
    def areas(self) -> list[AreaNode]:
        by_goal = defaultdict(list)
        for edition in self.editions:
            by_goal[edition.goal_id].append(self._measure(edition))
        found: dict[int, AreaNode] = {}
        for goal in self.year_goals:
            council_goal, area = goal.council_goal, goal.council_goal.area
            node = found.setdefault(area.pk, AreaNode(**self._rated("area", area.pk), area=area))
            if not node.council_goals or node.council_goals[-1][0].pk != council_goal.pk:
                node.council_goals.append((council_goal, []))
            rated = self._rated("goal", goal.pk)
            node.council_goals[-1][1].append(GoalNode(**rated, goal=goal, measures=by_goal[goal.pk]))
        return list(found.values())

    @property
    def goals(self) -> list[GoalNode]:
        return [goal for area in self.areas for goal in area.goals]

    @cached_property
    def measures(self) -> list[MeasureNode]:
        return [measure for goal in self.goals for measure in goal.measures]

    @property
    def whole(self) -> Rated:
        return Rated(**self._rated("whole", None))

    @property
    def years(self) -> list[Period]:
        """The full years before, oldest first: the columns of history."""
        years = [one for one in self.periods.values() if one.kind == Period.Kind.YEAR]
        return sorted((one for one in years if one.year < self.period.year), key=lambda one: one.year)

    def beside(self, which: str) -> Period | None:
        """Return the `previous` period or the one of `same_last_year`, if there is one."""
        wanted = (self.period.kind, *(self.period.key_of(which) or ()))
        return next(
            (one for one in self.periods.values() if (one.kind, one.year, one.number) == wanted), None
        )

    @property
    def ratings(self) -> list[Rating]:
        return list(self._ratings.values())

    @cached_property
    def outcomes(self) -> dict[tuple[str, str, str], Outcome]:
        """Outcomes by the measure's number, the period as seen from this one (this, previous …), and the part."""
        beside = {which: self.beside(which) for which in BESIDE} | {"this": self.period}
        names = {one.pk: which for which, one in beside.items() if one}
        return {
            (str(one.edition.measure.number), names[key], part): one
            for (_measure, key, part), one in self._outcomes.items()
            if key in names
        }

    def _joined(self, rating: Rating) -> Rating:
        """Return a rating with the period and the measure that are at hand already."""
        rating.period = self.period
        rating.edition = next((one for one in self.editions if one.pk == rating.edition_id), None)
        return rating

    def _measure(self, edition: MeasureEdition) -> MeasureNode:
        outcome = self._outcomes.get((edition.measure_id, self.period.pk, ""))
        state = state_of(edition, outcome, self.period, self.today)
        parts = [
            (part, found) for part in edition.part_keys
            if (found := self._outcomes.get((edition.measure_id, self.period.pk, part)))
        ]  # fmt: skip
        cells = {one.pk: self._cell(edition, one) for one in self.periods.values()}
        return MeasureNode(
            **self._rated("measure", edition.pk),
            edition=edition,
            state=state,
            outcome=outcome,
            cells=cells,
            history=[cells[year.pk] for year in self.years],
            parts=parts,
        )

    def _cell(self, edition: MeasureEdition, period: Period) -> dict:
        broken = self._breaks.get(edition.measure_id)
        if broken and period.year < broken.year:
            return cell_of(None, State.BROKEN, note=broken.change_reason)
        outcome = self._outcomes.get((edition.measure_id, period.pk, ""))
        if outcome is None:
            return cell_of(None, State.NONE)
        return cell_of(outcome, State(outcome.absent) if outcome.absent else State.VALUE)

    def _rated(self, level: str, key: int | None) -> dict:
        return {
            "rating": self._ratings.get((level, key)),
            "computed": self.standings.computed.get((level, key)),
            "holds": self.standings.holds(level, key),
        }

    def _by_place(self, outcomes: list[Outcome]) -> dict[tuple[int, int, str], Outcome]:
        """Return the outcomes that are shown, by measure, period and part."""
        shown = {**self.periods, self.period.pk: self.period}
        found = {}
        for outcome in outcomes:
            if outcome.period_id in shown:
                outcome.period = shown[outcome.period_id]
                found[outcome.edition.measure_id, outcome.period_id, outcome.split] = outcome
        return found


def _beside(period: Period, periods: list[Period]) -> Iterator[Period]:
    """Yield the periods whose outcomes stand beside this one's: full years before, previous, same last year."""
    keys = {period.key_of(which) for which in BESIDE}
    for one in periods:
        is_year = one.kind == Period.Kind.YEAR and one.year < period.year
        if is_year or (one.kind == period.kind and (one.year, one.number) in keys):
            yield one
