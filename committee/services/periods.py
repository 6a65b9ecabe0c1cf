"""A year's periods: planned in one go from a pattern, their stop dates moved by hand."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from committee.models import Body, Period, Person
from committee.services.meetings import working_day
from core.services import service

Kind = Period.Kind
JANUARY, DECEMBER = 1, 12


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which periods a year has. `days` is how many days after its end a period of a kind is due."""

    kinds: frozenset[str] = frozenset({Kind.INTERIM, Kind.YEAR})
    interim_ends: tuple[int, ...] = (4, 8)  # months
    days: Mapping[str, int] = field(
        default_factory=lambda: {Kind.MONTH: 10, Kind.QUARTER: 14, Kind.INTERIM: 10, Kind.YEAR: 31}
    )

    def periods(self, year: int) -> Iterator[Period]:
        """Yield the year's periods, not saved, with their stop dates on working days."""
        for kind in Kind.values:
            for number, (first, last) in enumerate(self._stretches(kind), 1):
                ends_on = date(year, last, monthrange(year, last)[1])
                due_on = working_day(ends_on + timedelta(days=self.days[kind]), forward=True)
                starts_on = date(year, first, 1)
                yield Period(
                    kind=kind, year=year, number=number, starts_on=starts_on, ends_on=ends_on, due_on=due_on
                )

    def _stretches(self, kind: str) -> list[tuple[int, int]]:
        """Return the first and the last month of each period of a kind; interim reports tell from January on."""
        if kind not in self.kinds:
            return []
        return {
            Kind.MONTH: [(month, month) for month in range(JANUARY, DECEMBER + 1)],
            Kind.QUARTER: [(month, month + 2) for month in range(JANUARY, DECEMBER, 3)],
            Kind.INTERIM: [(JANUARY, month) for month in self.interim_ends],
            Kind.YEAR: [(JANUARY, DECEMBER)],
        }[Kind(kind)]


def pattern_of(body: Body) -> Pattern:
    """Return the pattern of the latest year that has any periods; the usual one when there is none."""
    usual = Pattern()
    last = Period.objects.filter(body=body).order_by("-year").first()
    if last is None:
        return usual
    held = list(Period.objects.filter(body=body, year=last.year).order_by("number"))
    days = {one.kind: (one.due_on - one.ends_on).days for one in held if one.due_on}
    interims = tuple(one.ends_on.month for one in held if one.kind == Kind.INTERIM)
    return Pattern(
        kinds=frozenset(one.kind for one in held),
        interim_ends=interims if len(interims) == len(usual.interim_ends) else usual.interim_ends,
        days={**usual.days, **{kind: max(0, number) for kind, number in days.items()}},
    )


@service
def plan_year(body: Body, *, year: int, pattern: Pattern, by: Person) -> list[Period]:
    """Add the periods of a year that are not there yet, and return those. What is there stays as it is."""
    Body.objects.select_for_update(of=("self",), no_key=True).get(pk=body.pk)
    there = set(Period.objects.filter(body=body, year=year).values_list("kind", "number"))
    added = [period for period in pattern.periods(year) if (period.kind, period.number) not in there]
    for period in added:
        period.body = body
    return Period.objects.bulk_create(added)


@service
def move_stop_dates(body: Body, *, due_on: Mapping[int, date | None], by: Person) -> int:
    """Set the stop dates of open periods, by key; return how many became others."""
    periods = Period.objects.select_for_update(of=("self",)).filter(body=body, pk__in=due_on)
    moved = [one for one in periods if one.is_open and one.due_on != due_on[one.pk]]
    for period in moved:
        period.due_on = due_on[period.pk]
        period.save(update_fields=["due_on"])
    return len(moved)
