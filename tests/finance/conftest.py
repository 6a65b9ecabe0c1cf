"""A committee with the demo's money, and a small one of its own."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from cases.finance import services
from cases.finance.models import Explanation, Grant, Line
from cases.finance.services import NewAmount, NewValue
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
        investments=lines["investments"],
        period=years["interim", 2023, 2],
    )


@pytest.fixture
def money_in(body, controller):
    """Return a function that fills a small committee's period with rows of everything, one for each number."""

    def fill(small, numbers):
        lines = [
            Line.objects.create(body=body, code=f"k{n}", name=f"Konto {n}", cut="account", side="cost")
            for n in numbers
        ]
        group, _created = body.project_groups.get_or_create(name="Årliga projekt")
        projects = [group.projects.create(code=f"4{n:04}", name=f"Projekt {n}") for n in numbers]
        areas = [body.operating_areas.create(code=f"A{n}", name=f"Område {n}") for n in numbers]
        figures = [
            body.key_figures.create(table=table, code=f"{table}-{n}", label=f"Rad {n}")
            for table in ("volumes", "staff")
            for n in numbers
        ]
        places = [{"line": line} for line in lines]
        places += [{"line": small.investments, "project": project} for project in projects]
        places += [{"line": small.costs, "area": area} for area in areas]
        actual = {"kind": "actual", "year": 2023, "months": 8}
        services.record_amounts(
            small.period,
            [NewAmount(kronor=Decimal(-7), **actual, **place) for place in places],
            by=controller,
        )
        services.record_values(
            small.period, [NewValue(figure, value=Decimal(3), **actual) for figure in figures], by=controller
        )
        for n in numbers:
            for name in ("bridge", "outside"):
                cause = Explanation(period=small.period, list=name, label=f"Orsak {n}", kronor=1)
                services.keep(cause, by=controller)
            services.keep(Grant(period=small.period, name=f"Bidrag {n}", kronor=1), by=controller)

    return fill
