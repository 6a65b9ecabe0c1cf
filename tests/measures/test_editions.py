"""A measure through the years: what changes has a reason, what cannot be compared is not shown as if it could."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cases.measures import services
from cases.measures.models import Goal, Measure, MeasureEdition
from cases.measures.services import Refused
from cases.measures.states import State
from cases.measures.tree import Tree
from tests.factories import TODAY
from tests.measures.conftest import full_year, interim

TRIPLET = {"met": "≥ 80", "near": "≥ 70 och < 80", "missed": "< 70"}


@pytest.fixture
def next_goal(body, council_goal, goal, controller):
    return services.add_goal(
        body, year=2024, council_goal=council_goal, name="Samarbete", by=controller, continues=goal
    )


def test_next_year_continues_with_all_that_was_said(add_measure, next_goal, controller):
    edition = add_measure(thresholds=TRIPLET)

    new = services.continue_edition(edition, goal=next_goal, by=controller, target=Decimal(90))

    assert (new.continues, new.measure, new.year, new.target) == (edition, edition.measure, 2024, 90)
    assert [one.standing for one in new.thresholds.all()] == ["met", "near", "missed"]
    assert edition.thresholds.count() == 3


@pytest.mark.parametrize("changes", [{"unit": "count"}, {"direction": "down"}, {"is_break": True}])
def test_a_new_unit_or_direction_needs_a_reason(edition, next_goal, controller, changes):
    with pytest.raises(Refused, match="why"):
        services.continue_edition(edition, goal=next_goal, by=controller, **changes)

    new = services.continue_edition(
        edition, goal=next_goal, by=controller, change_reason="Nytt system", **changes
    )
    assert new.change_reason == "Nytt system"


def test_outcomes_before_a_break_are_a_dash_with_a_note(edition, next_goal, enter, body, controller):
    enter(edition, full_year(body, 2023), "85")
    services.continue_edition(
        edition, goal=next_goal, by=controller, is_break=True, change_reason="Räknas på nytt sätt"
    )

    tree = Tree(full_year(body, 2024), TODAY)

    assert [node.history for node in tree.measures] == [
        [{"state": State.BROKEN, "value": "", "note": "Räknas på nytt sätt"}]
    ]


def test_without_a_break_last_years_outcome_stands_beside(edition, next_goal, enter, body, controller):
    enter(edition, full_year(body, 2023), "85")
    services.continue_edition(edition, goal=next_goal, by=controller)

    tree = Tree(full_year(body, 2024), TODAY)

    assert [[cell["value"] for cell in node.history] for node in tree.measures] == [["85"]]


def test_a_whole_year_is_copied_once(body, goal, add_measure, controller):
    add_measure(), add_measure()

    services.continue_year(body, from_year=2023, by=controller)

    assert MeasureEdition.objects.filter(year=2024).count() == 2
    assert Measure.objects.count() == 2
    assert Goal.objects.get(year=2024).continues == goal
    with pytest.raises(Refused, match="has goals already"):
        services.continue_year(body, from_year=2023, by=controller)


def test_the_database_holds_a_measure_to_the_year_of_its_goal(edition, next_goal):
    with pytest.raises(IntegrityError, match="goal of that year"), transaction.atomic():
        MeasureEdition.objects.filter(pk=edition.pk).update(goal=next_goal)


REFUSED = {
    "half a fraction": ({"numerator": "Besvarade"}, "denominator"),
    "parts without a split": ({"parts": ["a"]}, "parts"),
    "a split without parts": ({"split": "free"}, "parts"),
    "a break without a reason": ({"is_break": True}, "change_reason"),
    "a gap": ({"thresholds": {"met": "≥ 80", "near": "", "missed": "< 70"}}, "thresholds"),
    "an overlap": ({"thresholds": {"met": "≥ 70", "near": "", "missed": "< 80"}}, "thresholds"),
    "a personal number": ({"definition": "19121212-1212"}, "definition"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_a_measure_cannot_be_is_refused_and_nothing_is_saved(add_measure, case):
    fields, field = REFUSED[case]

    with pytest.raises(Refused) as refused:
        add_measure(**fields)

    assert refused.value.field == field
    assert Measure.objects.count() == 0


def test_thresholds_are_replaced_as_a_whole(add_measure, controller):
    edition = add_measure(thresholds=TRIPLET)

    services.change_edition(edition, by=controller, thresholds={"met": "≥ 5", "near": "", "missed": "< 5"})

    assert [(one.standing, one.low) for one in edition.thresholds.all()] == [("met", 5), ("missed", None)]


def test_states_tell_missing_from_not_due_from_full_year_only(add_measure, enter, body):
    ended, running = interim(body), interim(body, 2)
    plain, yearly = add_measure(), add_measure(cadence="year")
    absent, stale = add_measure(), add_measure()
    enter(absent, ended, absent="not_measured", absent_reason="Enkäten ställdes in")
    enter(stale, ended, "5", as_of="2022-11-30")

    def states(period):
        return {node.edition.pk: str(node.state) for node in Tree(period, TODAY).measures}

    assert states(ended) == {
        plain.pk: "missing",
        yearly.pk: "year_only",
        absent.pk: "not_measured",
        stale.pk: "stale",
    }
    assert states(running)[plain.pk] == "not_due"
