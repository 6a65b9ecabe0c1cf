"""A plan's actions from a file: changed by their activity, new ones last, and nothing that the page would refuse."""

import datetime as dt

import pytest
from django.utils import translation

from cases.register.models import Action
from core.importing.targets import Context, Row, imports
from tests.register.plans import begin, promise, row, template_of, year_of

TARGET = imports["register.actions"]
NUMBER = "900101-2385"  # of the series that the Tax Agency keeps for tests


@pytest.fixture
def plan(body, case_officer):
    made = begin(template_of(body.municipality), body, case_officer, year_of(body, 2023))
    promise(made, row("Rekrytera", responsible=case_officer), row("Handleda", responsible=case_officer))
    return made


def looked_through(plan, *said):
    rows = [
        Row(number, values, {key: f"Blad1!{key}{number}" for key in values})
        for number, values in enumerate(said, 2)
    ]
    return TARGET.plan(rows, Context(plan, "Excel", plan.author))


def test_what_a_file_says_is_changed_and_a_new_activity_is_promised_last(plan, head):
    later = dt.date(2024, 3, 1)
    found = looked_through(
        plan,
        {"title": "Handleda", "due_on": later},
        {"title": "Utbilda", "responsible": str(head.pk), "theme": "Lärande"},
    )

    TARGET.apply(found, Context(plan, "Excel", plan.author))

    assert found.errors == []
    assert [(one.title, one.responsible, one.due_on) for one in Action.objects.of(plan)] == [
        ("Rekrytera", plan.author, dt.date(2023, 12, 15)),
        ("Handleda", plan.author, later),
        ("Utbilda", head, None),
    ]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"title": "Utbilda"}, "Say who is responsible"),
        ({"title": "Rekrytera", "theme": f"För {NUMBER}"}, "A personal number"),
    ],
)
def test_what_cannot_be_promised_is_told_at_its_cell(plan, said, why):
    with translation.override("en"):
        found = looked_through(plan, said)

    assert [(one.cell, one.message[: len(why)]) for one in found.errors] == [("Blad1!title2", why)]
    assert found.changes == []


def test_a_plan_that_is_decided_takes_no_file(plan):
    plan.status = "approved"

    assert "ny utgåva" in TARGET.closed(plan)
