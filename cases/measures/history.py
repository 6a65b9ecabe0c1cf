"""A measure through its periods: the line of a chart, and the rows under it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases.measures.judging import computed_of
from cases.measures.models import Measure, MeasureEdition, Outcome, Rating
from cases.measures.states import SHAPES, State, Unit, state_of
from cases.measures.tree import Rated
from committee.models import Period
from reports.charts import Chart, Point, line
from reports.charts import Unit as ChartUnit


@dataclass
class Moment(Rated):
    """A period of a measure: its outcome and state, what is computed and what was given."""

    period: Period
    edition: MeasureEdition
    outcome: Outcome | None
    state: State
    parts: list[Outcome]

    @property
    def state_shape(self) -> str:
        return SHAPES.get(self.state, "none")

    @property
    def is_full_year(self) -> bool:
        return self.outcome is not None and self.period.kind == Period.Kind.YEAR

    @property
    def is_part_of_year(self) -> bool:
        return self.outcome is not None and self.period.kind != Period.Kind.YEAR

    @property
    def may_be_entered(self) -> bool:
        return self.period.is_open and (self.state != State.YEAR_ONLY or not self.is_ready)

    @property
    def is_forecast(self) -> bool:
        """Whether the year is expected to come to something else than the outcome."""
        return bool(self.outcome and self.outcome.expected != self.outcome.exact)


@dataclass
class History:
    """Everything known of a measure, newest first."""

    measure: Measure
    editions: list[MeasureEdition]
    moments: list[Moment]

    @classmethod
    def of(cls, measure: Measure, today: date) -> "History":
        """Read a measure's editions, outcomes, ratings and periods: six queries."""
        editions = list(
            measure.editions.select_related("goal__council_goal__area", "responsible", "measure")
            .prefetch_related("thresholds")
            .order_by("-year")
        )
        by_year = {edition.year: edition for edition in editions}
        outcomes = _outcomes(by_year.values())
        ratings = {
            rating.period_id: rating
            for rating in Rating.objects.filter(edition__measure=measure).select_related(
                "given", "owner", "period__body"
            )
        }
        periods = Period.objects.filter(body=measure.body_id, year__in=by_year).order_by("-ends_on", "kind")
        moments = []
        for period in periods.exclude(kind__in=[Period.Kind.MONTH, Period.Kind.QUARTER]):
            whole, parts = _split(outcomes.get(period.pk, []), period, by_year[period.year])
            edition = by_year[period.year]
            state = state_of(edition, whole, period, today)
            rating = ratings.get(period.pk)
            if whole or rating or period.is_open:
                computed = computed_of(edition, whole)
                given = rating.given.standing if rating and rating.given else None
                moments.append(
                    Moment(rating, computed, given or computed, period, edition, whole, state, parts)
                )
        return cls(measure, editions, moments)

    @property
    def edition(self) -> MeasureEdition:
        """The latest edition: what the measure is now."""
        return self.editions[0]

    @property
    def analysed(self) -> Moment | None:
        """The latest period with an analysis."""
        return next((one for one in self.moments if one.rating and one.rating.analysis), None)

    @property
    def changes(self) -> list[MeasureEdition]:
        """The years in which it was changed, with why."""
        return [edition for edition in self.editions if edition.change_reason]

    @property
    def chart(self) -> Chart | None:
        """The outcomes with their target over periods; None where a line says nothing."""
        points = self._points()
        if self.edition.is_yes_no or sum(point.value is not None for point in points) < 2:
            return None
        unit = "%" if self.edition.unit == Unit.PERCENT else self.edition.get_unit_display()
        return line(
            _("Outcome by year"),
            points,
            prefix=f"measure-{self.measure.pk}",
            unit=ChartUnit(unit, self.edition.decimals),
            target_word=_("Target"),
            head=_("Year"),
        )

    def _points(self) -> list[Point]:
        """Return the full years, oldest first, and what a year is expected to come to that is not over."""
        years = {one.period.year: one for one in self.moments if one.is_full_year}
        latest = {one.period.year: one for one in reversed(self.moments) if one.is_part_of_year}
        return [
            _point(years[year]) if year in years else _point(latest[year], is_forecast=True)
            for year in sorted(years.keys() | latest.keys())
            if year in years or year == self.edition.year
        ]


def _point(moment: Moment, *, is_forecast: bool = False) -> Point:
    outcome, edition = moment.outcome, moment.edition
    value = outcome and (outcome.expected if is_forecast else outcome.exact)
    return Point(
        str(moment.period.year),
        value,
        target=edition.target,
        is_forecast=is_forecast,
        break_before=edition.change_reason if edition.is_break else "",
    )


def _outcomes(editions) -> dict[int, list[Outcome]]:
    """Return the outcomes of the editions by period, each with its edition and thresholds."""
    known = {edition.pk: edition for edition in editions}
    found: dict[int, list[Outcome]] = {}
    for outcome in Outcome.objects.filter(edition__in=known).select_related("by").order_by("split"):
        outcome.edition = known[outcome.edition_id]
        found.setdefault(outcome.period_id, []).append(outcome)
    return found


def _split(
    outcomes: list[Outcome], period: Period, edition: MeasureEdition
) -> tuple[Outcome | None, list[Outcome]]:
    for outcome in outcomes:
        outcome.period = period
    whole = next((one for one in outcomes if not one.split), None)
    return whole, [one for one in outcomes if one.split]
