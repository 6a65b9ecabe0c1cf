"""Two at the same moment: each lock holds."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from cases.finance import services
from cases.finance.models import Amount, BudgetVersion, Layout, Line
from cases.finance.models.kinds import Kind
from cases.finance.services import Locked, NewAmount
from core.services import take_step
from core.workflow import StepNotAllowed

pytestmark = pytest.mark.django_db(transaction=True)
DECISION = {"decided_on": "2022-12-13", "decision": "SN § 1"}


def together(*verbs):
    """Run the verbs at the same moment, each on a connection of its own; return what became of each."""
    ready = Barrier(len(verbs))

    def one(verb):
        ready.wait()
        try:
            verb()
        except (StepNotAllowed, Locked) as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(verbs)) as pool:
        return sorted(pool.map(one, verbs))


def rows(small, kind, count=40):
    """Return amounts enough for a writing that takes a while."""
    months = 12 if kind == Kind.BUDGET else 8
    lines = [
        Line.objects.create(body=small.period.body, code=f"l{n}", name=f"{n}", cut="account", side="cost")
        for n in range(count)
    ]
    return [NewAmount(line, kind, 2023, Decimal(-1), months=months) for line in lines]


def test_of_closing_and_writing_at_once_no_half_of_the_money_is_written(small, controller):
    amounts = rows(small, Kind.ACTUAL)

    ended = together(
        lambda: take_step(small.period, "close", by=controller),
        lambda: services.record_amounts(small.period, amounts, by=controller),
    )

    assert (ended, Amount.objects.count()) in [(["Locked", "done"], 0), (["done", "done"], 40)]


def test_of_adopting_and_writing_at_once_an_adopted_budget_gets_no_more_money(small, body, controller):
    budget = services.begin_budget(body, year=2023, by=controller)
    amounts = rows(small, Kind.BUDGET)

    ended = together(
        lambda: take_step(budget, "adopt", by=controller, data=DECISION),
        lambda: services.record_amounts(budget, amounts, by=controller),
    )

    assert (ended, Amount.objects.count()) in [(["Locked", "done"], 0), (["done", "done"], 40)]


def test_two_who_begin_a_budget_get_versions_of_their_own(body, controller):
    ended = together(*[lambda: services.begin_budget(body, year=2024, by=controller)] * 2)

    assert ended == ["done", "done"]
    assert sorted(BudgetVersion.objects.values_list("number", flat=True)) == [1, 2]


def test_two_who_write_the_same_amount_leave_one(small, controller):
    [new] = rows(small, Kind.ACTUAL, count=1)

    ended = together(*[lambda: services.record_amounts(small.period, [new], by=controller)] * 2)

    assert ended == ["done", "done"]
    assert Amount.objects.count() == 1


def test_two_who_lay_out_the_tables_lay_them_out_once(body, controller):
    ended = together(*[lambda: services.lay_out(body, by=controller)] * 2)

    assert ended == ["done", "done"]
    assert (Layout.objects.count(), Line.objects.count()) == (8, 3)
