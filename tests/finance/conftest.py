"""A committee with the demo's money, and a small one of its own."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.test import override_settings

from cases.finance import services
from cases.finance.models import Explanation, Grant, Line
from cases.finance.services import NewAmount, NewValue
from committee.models import Body, Person
from config.demo import finance as demo
from config.demo import periods
from config.demo.people import Cast
from tests import databases
from tests.factories import TODAY, BodyFactory, person_as

RICH = "penningby"


def pytest_collection_modifyitems(items):
    """Let the tests of a module that want no money come first: from the first that does, it is there."""
    places = {}
    for place, item in enumerate(items):
        places.setdefault(item.path, place)
    items.sort(key=lambda item: (places[item.path], "money" in item.fixturenames))


@pytest.fixture(scope="session")
def money_original(tmp_path_factory, django_db_setup, django_db_blocker):
    """The name of a database with a committee that has the demo's money, made once in a run."""
    with django_db_blocker.unblock():
        return databases.prepared(databases.shared_folder(tmp_path_factory), "money", _earn)


def _earn():
    with override_settings(TODAY=TODAY):
        body = BodyFactory(municipality__slug=RICH)
        cast = Cast(bodies={}, people={"controller": person_as("controller", body, email=RICH)})
        demo.add(body, cast, periods.add(body))


@pytest.fixture(scope="module")
def money_copy(money_original, django_db_blocker):
    """Let the tests of a module begin with the money; what each does is undone."""
    with django_db_blocker.unblock(), databases.copied(money_original):
        yield


@pytest.fixture
def body(request, db):
    """The committee with the money where a test wants that, else a new one."""
    if "money" in request.fixturenames:
        return Body.objects.get(municipality__slug=RICH)
    return BodyFactory()


@pytest.fixture
def controller(body):
    return Person.objects.filter(email=RICH, memberships__body=body).first() or person_as("controller", body)


@pytest.fixture
def years(body):
    """The periods of the demo, by kind, year and number."""
    made = {(period.kind, period.year, period.number): period for period in body.periods.all()}
    return made or periods.add(body)


@pytest.fixture
def money(money_copy, years):
    """The demo's money in a committee of its own; its interim report 2 of 2023 is open."""
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
