"""The periods that measures and money of the demo are about: interim reports and full years."""

from datetime import date

from committee.models import Body, Period, Person
from core.services import take_step

Periods = dict[tuple[str, int, int], Period]

INTERIM_ENDS = {1: (4, 30), 2: (8, 31)}
INTERIM_DUE = {1: (5, 12), 2: (9, 8)}
OPEN = {("interim", 2023, 2), ("year", 2023, 1)}


def add(body: Body) -> Periods:
    """Save the full years 2020–2023, the interim periods of 2022 and 2023, and May 2023, all open; return them by key."""
    years = {("year", year, 1): _year(body, year) for year in range(2020, 2024)}
    interims = {
        ("interim", year, number): _interim(body, year, number)
        for year in (2022, 2023)
        for number in INTERIM_ENDS
    }
    return years | interims | {("month", 2023, 5): _may(body)}


def close_past(periods: Periods, *, by: Person) -> None:
    """Close what is reported already, when all of it is entered."""
    for key, period in periods.items():
        if key not in OPEN:
            take_step(period, "close", by=by)


def _year(body: Body, year: int) -> Period:
    return Period.objects.create(
        body=body,
        kind=Period.Kind.YEAR,
        year=year,
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        due_on=date(year + 1, 1, 31),
    )


def _interim(body: Body, year: int, number: int) -> Period:
    return Period.objects.create(
        body=body,
        kind=Period.Kind.INTERIM,
        year=year,
        number=number,
        starts_on=date(year, 1, 1),
        ends_on=date(year, *INTERIM_ENDS[number]),
        due_on=date(year, *INTERIM_DUE[number]),
    )


def _may(body: Body) -> Period:
    return Period.objects.create(
        body=body,
        kind=Period.Kind.MONTH,
        year=2023,
        number=5,
        starts_on=date(2023, 5, 1),
        ends_on=date(2023, 5, 31),
        due_on=date(2023, 6, 9),
    )
