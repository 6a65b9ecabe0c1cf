"""A committee with the demo's money, and a small one of its own."""

from types import SimpleNamespace

import pytest

from cases.finance import services
from cases.finance.models import Line
from config.demo import finance as demo
from config.demo import periods
from config.demo.people import Cast
from tests.factories import person_as


@pytest.fixture
def controller(body):
    return person_as("controller", body)


@pytest.fixture
def years(body):
    """The periods of the demo, by kind, year and number."""
    return periods.add(body)


@pytest.fixture
def money(body, controller, years):
    """The demo's money in a committee of the test's own; its interim report 2 of 2023 is open."""
    cast = Cast(bodies={}, people={"controller": controller})
    demo.add(body, cast, years)
    return SimpleNamespace(
        autumn=years["interim", 2023, 2], spring=years["interim", 2023, 1], closing=years["year", 2022, 1]
    )


@pytest.fixture
def small(body, controller, years):
    """Two areas and no money yet, with the standard tables."""
    services.lay_out(body, by=controller)
    north, south = (
        body.operating_areas.create(code=code, name=name, position=place)
        for place, (code, name) in enumerate([("NO", "Norra"), ("SO", "Södra")])
    )
    lines = {line.code: line for line in Line.objects.filter(body=body)}
    return SimpleNamespace(
        north=north,
        south=south,
        income=lines["income"],
        costs=lines["costs"],
        period=years["interim", 2023, 2],
    )
