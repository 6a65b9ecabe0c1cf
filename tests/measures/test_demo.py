"""The demo's goal tree holds the figures of the reference's table, written here by hand from the inventory (A4.3)."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction
from django.utils.translation import override

from cases.measures.states import written
from cases.measures.templatetags.measures import cell_text
from cases.measures.tree import Tree
from committee.models import Period
from config.demo import measures, periods
from config.demo.people import add_everybody
from tests.factories import TODAY

# Number: outcomes of 2020, 2021 and 2022, target, outcome of the second interim period of 2023, as printed.
# Where the source prints what cannot be right, ours: measure 14 is 13/17 = 76 % (it says 77 %), and the parts of
# measure 30 have its one decimal (it prints 97,64 and 92,34 beside 93,4).
PRINTED = """
1 | | | Ja | | Ja
2 | | | Ja | | Ja
3 | | 13 % | 9 % | 15 % | 9 %
4 | | 25 % | 33 % | 35 % | 24 %
5 | | 2 | 2 | 2 |
6 | | | | 4 |
7 | | 76 % | 82 % | 90 % |
8 | | | | 25 % | 12 %
9 | | 83 % | 88 % | 100 % | 91,5 %
10 | | 99 % | 98 % | 100 % | 98 %
11 | | | 42 % | 100 % | 50 %
12 | 20 % | | 84 % | 100 % |
13 | 7 | 31 | 4 | 4 | 9
14 | 100 % | 77 % | 73 % | 100 % | 76 %
15 | | | 111 | 250 | 78
16 | | | | 12 000 | 14 036
17 | | | 26 | 65 | 31
18 | 1 | 3 | 1 | 16 |
19 | | | | 100 % | 100 %
20 | | | 18 | 31 | 21
21 | | | 5 | 8 | 16
22 | | | | 100 % |
23 | | 87 % | 97 % | 100 % | 99 %
24 | 42 % | 75 % | 75 % | 100 % |
25 | 44 | 33 | 60 | 80 | 39
26 | | | Ja | | Ja
27 | | | 91 % | 94 % | 92 %
28 | | | 97 % | 97 % | 97 %
29 | 73 | 76 | 81 | 82 |
30 | 92,8 % | 92,4 % | 92,9 % | 94 % | 93,4 %
31 | 12 % | 11,8 % | 22,4 % | 11 % | 15,01 %
32 | 17 % | 16,6 % | 18,7 % | 11 % | 10,99 %
33 | 67 | 72 | 78 | 74 |
34 | 49 % | 51 % | 55 % | 63 % | 55 %
35 | | | 45 % | 55 % | 36 %
36 | | Ja | Ja | | Ja
"""
MEASURES_OF_GOALS = [4, 2, 2, 6, 2, 1, 2, 2, 1, 2, 1, 1, 2, 4, 1, 2, 1]
NOT_MET = [4, 14]


@pytest.fixture(scope="module")
def tree(django_db_setup, django_db_blocker):
    """The tree that the demo is loaded with: once for all, since nothing here changes it."""
    with django_db_blocker.unblock(), transaction.atomic(), override("sv"):
        cast = add_everybody()
        body = cast.bodies["lindvassa"]
        known = periods.add(body)
        measures.add(body, cast, known)
        periods.close_past(known, by=cast.people["controller"])
        yield Tree(Period.objects.get(kind="interim", year=2023, number=2), TODAY)
        transaction.set_rollback(True)


def printed_row(node):
    """Return a measure's row as it is printed in Swedish: history, target, outcome."""
    edition, outcome = node.edition, node.outcome
    target = edition.target
    decimals = 0 if target is None else max(0, -target.normalize().as_tuple().exponent)
    now = written(outcome.exact, edition.unit, edition.decimals) if outcome else ""
    cells = [*map(cell_text, node.history), written(target, edition.unit, decimals), now]
    return [cell.replace("\u00a0", " ") for cell in cells]


def test_every_measure_prints_what_the_reference_prints(tree):
    expected = [[cell.strip() for cell in line.split("|")] for line in PRINTED.strip().splitlines()]

    with override("sv"):
        found = [[str(node.edition.measure.number), *printed_row(node)] for node in tree.measures]

    assert found == expected


def test_areas_goals_and_measures_are_as_many_and_lie_as_in_the_reference(tree):
    assert [area.area.number for area in tree.areas] == [1, 2, 3, 4]
    assert [council.code for area in tree.areas for council, _goals in area.council_goals] == (
        "1:5 1:6 1:7 2:2 2:4 3:2 4:1 4:2 4:3 4:4".split()
    )
    assert [len(goal.measures) for goal in tree.goals] == MEASURES_OF_GOALS
    assert [(area.met, len(area.goals)) for area in tree.areas] == [(4, 5), (5, 5), (1, 1), (5, 6)]
    assert [goal.goal.position for goal in tree.goals if goal.holds != "met"] == NOT_MET


def test_everything_is_rated_and_what_differs_says_why(tree):
    rated = [*tree.measures, *tree.goals, *tree.areas, tree.whole]

    assert all(one.is_ready for one in rated)
    assert [str(one.rating) for one in rated if one.needs_reason] == []
    assert sum(one.differs for one in rated) > 10


def test_the_forecast_of_turnover_is_16_5_percent(tree):
    node = next(one for one in tree.measures if one.edition.measure.number == 32)

    assert node.outcome.expected == Decimal("16.485")
    assert node.computed == "missed"
    assert node.outcome.exact < node.edition.target  # the outcome alone would look met


def test_no_place_or_person_of_the_reference_is_in_it():
    told = Path(measures.__file__).with_name("measures.toml").read_text(encoding="utf-8").lower()

    assert not [word for word in ("botkyrka", "alytus", "munkhätte") if word in told]
