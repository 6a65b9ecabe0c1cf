"""A committee's goal tree, small: one area, one goal of the council, one of the committee, one measure."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from cases.measures import services
from cases.measures.models import CouncilGoal, RatingStep
from cases.measures.services import Entry
from committee.models import Period, TargetArea
from tests.factories import BodyFactory, person_as

ROLES = (
    "secretary registrar case_officer colleague head controller chair vice_chair "
    "member substitute administrator stranger elsewhere"
).split()
STEPS = [("reached", "met"), ("risk", "near"), ("not", "missed")]


@pytest.fixture(autouse=True)
def _in_english():
    """The words of these tests are those of the source, whatever is compiled."""
    with translation.override("en"):
        yield


@pytest.fixture
def controller(body):
    return person_as("controller", body)


@pytest.fixture
def colleague(body):
    """Another case officer, who reports nothing."""
    return person_as("case_officer", body)


@pytest.fixture
def elsewhere(db):
    """The controller of another municipality's committee."""
    return person_as("controller", BodyFactory())


@pytest.fixture
def everybody(people, body, controller, colleague, elsewhere):
    more = {key: person_as(key, body) for key in ("registrar", "vice_chair")}
    return vars(people) | more | {"controller": controller, "colleague": colleague, "elsewhere": elsewhere}


def interim(body, number=1, year=2023):
    """An interim period: the first has ended in May 2023, the second has not."""
    ends = {1: dt.date(year, 4, 30), 2: dt.date(year, 8, 31)}[number]
    return Period.objects.create(
        body=body, kind="interim", year=year, number=number, starts_on=dt.date(year, 1, 1), ends_on=ends,
        due_on=ends + dt.timedelta(days=12),
    )  # fmt: skip


def full_year(body, year=2023):
    return Period.objects.create(
        body=body, kind="year", year=year, starts_on=dt.date(year, 1, 1), ends_on=dt.date(year, 12, 31)
    )


@pytest.fixture
def period(body):
    """The first interim period of 2023, which has ended."""
    return interim(body)


@pytest.fixture
def area(body):
    return TargetArea.objects.create(municipality=body.municipality, number=1, name="Egenmakt")


@pytest.fixture
def council_goal(area):
    return CouncilGoal.objects.create(area=area, number=5, name="Fler i arbete", from_year=2020)


@pytest.fixture
def goal(body, council_goal, controller):
    return services.add_goal(body, year=2023, council_goal=council_goal, name="Samarbete", by=controller)


@pytest.fixture
def add_measure(goal, controller, case_officer):
    """Return a function that adds a measure of percent upwards, reported by the case officer."""

    def added(under=None, **fields):
        usual = {
            "name": "Besvarade synpunkter",
            "unit": "percent",
            "direction": "up",
            "target": Decimal(80),
            "responsible": case_officer,
        }
        return services.add_measure(under or goal, by=controller, **usual | fields)

    return added


@pytest.fixture
def edition(add_measure):
    return add_measure()


@pytest.fixture
def scale(body):
    """Steps by (level, kind of period, key); words say which."""
    return {
        (level, kind, key): RatingStep.objects.create(
            municipality=body.municipality,
            level=level,
            kind=kind,
            key=key,
            position=position,
            standing=standing,
            label=f"{key} {kind}",
            sentence=f"{level} {key} {kind} {{year}}",
        )
        for level in ("measure", "goal", "area", "whole")
        for kind in ("interim", "year")
        for position, (key, standing) in enumerate(STEPS)
    }


@pytest.fixture
def enter(case_officer):
    """Return a function that enters a value, or other fields of an entry."""

    def entered(edition, period, value=None, *, by=None, split="", correction="", version=None, **fields):
        entry = Entry(value=None if value is None else Decimal(value), **fields)
        return services.enter_outcome(
            edition, period, entry, by=by or case_officer, split=split, correction=correction, version=version
        )

    return entered


@pytest.fixture
def rate(scale):
    """Return a function that writes a rating, begun where there is none."""

    def rated(period, of, key="reached", *, by, reason="", analysis=""):
        rating = services.begin_rating(period, of, owner=by, by=by)
        step = scale[rating.level.value, period.kind, key] if key else None
        return services.write_rating(rating, by=by, given=step, reason=reason, analysis=analysis)

    return rated
