"""Writing money: all or nothing, once, and only where it is open."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cases.finance import services
from cases.finance.models import Amount, BudgetVersion, Explanation, FreeTable, Grant, KeyFigureValue
from cases.finance.models.kinds import Kind
from cases.finance.services import Locked, NewAmount, NewValue, Recorded
from cases.finance.services.around import BadCell
from core.services import take_step
from core.workflow import StepNotAllowed

DECISION = {"decided_on": "2022-12-13", "decision": "Socialnämnden § 142"}


def costs(world, kronor, **more):
    return NewAmount(
        **{
            "line": world.costs,
            "area": world.north,
            "kind": Kind.ACTUAL,
            "year": 2023,
            "months": 8,
            "kronor": None if kronor is None else Decimal(kronor),
            **more,
        }
    )


def budget_of(small, body, controller, kronor=-1000):
    budget = services.begin_budget(body, year=2023, by=controller)
    services.record_amounts(budget, [costs(small, kronor, kind=Kind.BUDGET, months=12)], by=controller)
    return budget


def stored():
    return sorted(Amount.objects.values_list("kronor", flat=True))


def test_the_same_amounts_once_more_change_nothing(small, controller):
    services.record_amounts(
        small.period, [costs(small, -5), costs(small, -6, area=small.south)], by=controller
    )

    again = services.record_amounts(
        small.period, [costs(small, -5), costs(small, -7, area=small.south)], by=controller
    )

    assert again == Recorded(changed=1, same=1)
    assert stored() == [Decimal(-7), Decimal(-5)]


def test_an_amount_that_is_taken_away_is_gone(small, controller):
    services.record_amounts(small.period, [costs(small, -5)], by=controller)

    assert services.record_amounts(small.period, [costs(small, None)], by=controller) == Recorded(removed=1)
    assert stored() == []


def test_nothing_to_write_writes_nothing(small, controller):
    assert services.record_amounts(small.period, [], by=controller) == Recorded()


def test_a_closed_period_takes_no_money_and_says_so(small, controller):
    period = take_step(small.period, "close", by=controller)

    with pytest.raises(Locked, match="2023"):
        services.record_amounts(period, [costs(small, -5)], by=controller)

    assert stored() == []


def test_the_database_refuses_money_of_a_closed_period_past_the_service(small, controller):
    services.record_amounts(small.period, [costs(small, -5)], by=controller)
    take_step(small.period, "close", by=controller)

    with pytest.raises(IntegrityError), transaction.atomic():
        Amount.objects.update(kronor=-6)
    with pytest.raises(IntegrityError), transaction.atomic():
        Amount.objects.all().delete()

    assert stored() == [Decimal(-5)]


def test_a_period_that_is_opened_again_takes_money(small, controller):
    take_step(small.period, "close", by=controller)
    period = take_step(small.period, "reopen", by=controller, data={"reason": "Rättelse"})

    assert services.record_amounts(period, [costs(small, -5)], by=controller) == Recorded(added=1)


def test_adopting_a_budget_keeps_its_decision_and_locks_it(small, body, controller):
    budget = take_step(budget_of(small, body, controller), "adopt", by=controller, data=DECISION)

    with pytest.raises(Locked):
        services.record_amounts(budget, [costs(small, -9, kind=Kind.BUDGET, months=12)], by=controller)
    with pytest.raises(IntegrityError), transaction.atomic():
        Amount.objects.update(kronor=-6)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetVersion.objects.update(decision="Något annat")

    kept = BudgetVersion.objects.get()
    assert (kept.decision, kept.decided_on.isoformat()) == (DECISION["decision"], DECISION["decided_on"])
    assert stored() == [Decimal(-1000)]


def test_a_budget_is_adopted_once(small, body, controller):
    budget = take_step(budget_of(small, body, controller), "adopt", by=controller, data=DECISION)

    with pytest.raises(StepNotAllowed):
        take_step(budget, "adopt", by=controller, data=DECISION)


def test_a_revised_budget_begins_as_a_copy_and_leaves_the_old_one(small, body, controller):
    old = take_step(budget_of(small, body, controller), "adopt", by=controller, data=DECISION)

    new = services.begin_budget(body, year=2023, by=controller)
    services.record_amounts(new, [costs(small, -1200, kind=Kind.BUDGET, months=12)], by=controller)

    assert (new.number, new.continues) == (2, old)
    assert [row.kronor for row in (old.amounts.get(), new.amounts.get())] == [Decimal(-1000), Decimal(-1200)]


def test_money_of_a_budget_is_not_of_a_period(small, controller):
    with pytest.raises(ValueError, match="budget"):
        services.record_amounts(small.period, [costs(small, -5, kind=Kind.BUDGET)], by=controller)


@pytest.mark.parametrize(
    "wrong",
    [
        {"months": 13},
        {"kind": "guess"},
        {"kind": "budget"},
    ],
)
def test_the_database_refuses_an_amount_that_cannot_be(small, wrong):
    fields = {"kind": "actual", "year": 2023, "months": 8, "kronor": 1, "reported_in": small.period}

    with pytest.raises(IntegrityError), transaction.atomic():
        Amount.objects.create(line=small.costs, area=small.north, **{**fields, **wrong})


def test_the_database_refuses_the_same_place_twice_also_without_an_area(small):
    fields = {"kind": "actual", "year": 2023, "months": 8, "kronor": 1, "reported_in": small.period}
    Amount.objects.create(line=small.costs, **fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        Amount.objects.create(line=small.costs, **fields)


def test_a_key_figure_has_a_number_or_a_reason_and_not_both(small, body, controller):
    figure = body.key_figures.create(table="volumes", code="placements", label="Årsplatser")

    services.record_values(
        small.period,
        [
            NewValue(figure, Kind.ACTUAL, 2023, value=Decimal(5), months=8),
            NewValue(figure, Kind.FORECAST, 2023, absent="year_end"),
        ],
        by=controller,
    )

    assert sorted(KeyFigureValue.objects.values_list("kind", "value", "absent")) == [
        ("actual", Decimal(5), ""),
        ("forecast", None, "year_end"),
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyFigureValue.objects.filter(kind="forecast").update(value=3)


def test_rows_of_a_closed_period_are_neither_kept_nor_taken_away(small, controller):
    cause = Explanation(period=small.period, list="bridge", label="Personal", kronor=1)
    grant = Grant(period=small.period, name="Bostad först", kronor=1)
    services.keep(cause, by=controller)
    take_step(small.period, "close", by=controller)

    with pytest.raises(Locked):
        services.keep(grant, by=controller)
    with pytest.raises(Locked):
        services.remove(cause, by=controller)

    assert (Explanation.objects.count(), Grant.objects.count()) == (1, 0)


COLUMNS = [
    {"key": "what", "label": "Vad", "kind": "text"},
    {"key": "amount", "label": "Belopp", "kind": "number", "decimals": 0, "adds": True},
]


def test_a_free_table_keeps_numbers_as_numbers(small, controller):
    table = services.keep_free_table(
        small.period, title="Hyror", columns=COLUMNS, rows=[["Tom", "1 236,5"], ["Övrigt"]], by=controller
    )

    assert table.rows == [["Tom", "1236.5"], ["Övrigt", ""]]


def test_a_cell_that_cannot_be_read_is_named_and_nothing_is_saved(small, controller):
    with pytest.raises(BadCell, match=r"Belopp, rad 2"):
        services.keep_free_table(
            small.period, title="Hyror", columns=COLUMNS, rows=[["a", "1"], ["b", "1.234"]], by=controller
        )

    assert not FreeTable.objects.exists()


def test_the_standard_tables_are_laid_out_once_and_changes_to_them_stay(small, body, controller):
    body.layouts.get(table="summary").columns.filter(key="closing").delete()

    services.lay_out(body, by=controller)

    assert body.layouts.count() == 8
    assert not body.layouts.get(table="summary").columns.filter(key="closing").exists()
