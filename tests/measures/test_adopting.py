"""A year's goals and targets: locked by the decision that adopts the budget, changed by the one that revises it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from cases.finance.services import begin_budget
from cases.measures import services
from cases.measures.models import Adoption, Goal, MeasureEdition, TargetChange
from cases.measures.services import Refused
from core import blocks
from core.services import take_step
from tests.measures.conftest import full_year

FIRST = {"decided_on": "2022-12-13", "decision": "Socialnämnden § 142"}
LATER = {"decided_on": "2023-05-16", "decision": "Socialnämnden § 58"}
NO_MARKS = {"met": "", "near": "", "missed": ""}
MARKS = {"met": "≥ 75", "near": "≥ 70 och < 75", "missed": "< 70"}


@pytest.fixture
def adopt(body, controller, head):
    """Return a function that adopts the year's next budget by a decision."""

    def adopted(decision):
        budget = begin_budget(body, year=2023, by=controller)
        return take_step(budget, "adopt", by=head, data=decision)

    return adopted


@pytest.fixture
def adopted(edition, adopt):
    """The year is adopted, with one measure in it."""
    adopt(FIRST)
    return edition


@pytest.fixture
def propose(adopted, controller):
    """Return a function that proposes another target for the measure of the adopted year."""

    def proposed(target, reason="Färre ärenden än väntat", marks=NO_MARKS):
        target = None if target is None else Decimal(target)
        return services.propose_target(adopted, target=target, thresholds=marks, reason=reason, by=controller)

    return proposed


def test_adopting_the_budget_adopts_the_goals_by_the_same_decision(body, adopted):
    adoption = Adoption.objects.get()

    assert (adoption.body, adoption.year) == (body, 2023)
    assert (adoption.decided_on.isoformat(), adoption.decision) == ("2022-12-13", "Socialnämnden § 142")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"target": Decimal(70)}, "target"),
        ({"name": "Något annat"}, "name"),
        ({"direction": "down"}, "direction"),
        ({"thresholds": MARKS}, "thresholds"),
    ],
)
def test_what_was_decided_is_refused_with_the_decision_and_what_to_do(adopted, controller, change, field):
    with pytest.raises(Refused, match="Propose another target") as refused:
        services.change_edition(adopted, by=controller, **change)

    adopted.refresh_from_db()
    assert refused.value.field == field
    assert "Socialnämnden § 142, 2022-12-13" in str(refused.value)
    assert (adopted.target, adopted.name) == (80, "Besvarade synpunkter")
    assert not adopted.thresholds.exists()


def test_what_no_decision_says_is_put_right_at_any_time(adopted, controller, colleague):
    services.change_edition(
        adopted, by=controller, definition="Alla synpunkter", responsible=colleague, target=Decimal(80)
    )

    adopted.refresh_from_db()
    assert (adopted.definition, adopted.responsible, adopted.target) == ("Alla synpunkter", colleague, 80)


def test_goals_and_measures_are_not_added_to_an_adopted_year(
    body, goal, council_goal, add_measure, adopted, controller
):
    with pytest.raises(Refused, match="another year"):
        add_measure()
    with pytest.raises(Refused, match="another year"):
        services.add_goal(body, year=2023, council_goal=council_goal, name="Nytt", by=controller)

    services.continue_year(body, from_year=2023, by=controller)
    assert (Goal.objects.filter(year=2023).count(), Goal.objects.filter(year=2024).count()) == (1, 1)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE measures_measureedition SET target = 1",
        "DELETE FROM measures_measureedition",
        "UPDATE measures_goal SET name = 'X'",
        "UPDATE measures_measureedition SET name = 'X', position = 2",
    ],
)
def test_the_database_holds_an_adopted_year_whoever_writes(adopted, sql):
    with pytest.raises(IntegrityError, match="by a decision"), transaction.atomic():
        connection.cursor().execute(sql)


def test_the_database_holds_the_thresholds_of_an_adopted_year(adopted):
    with pytest.raises(IntegrityError, match="by a decision"), transaction.atomic():
        adopted.thresholds.create(standing="met")


def test_a_proposed_target_waits_for_the_revised_budget_and_then_holds(adopted, propose, adopt):
    propose(70, marks=MARKS)
    waiting = MeasureEdition.objects.get().target

    adopt(LATER)

    adopted.refresh_from_db()
    change = TargetChange.objects.get()
    assert (waiting, adopted.target, change.before) == (80, 70, 80)
    assert change.adoption.decision == "Socialnämnden § 58"
    assert [one.standing for one in adopted.thresholds.all()] == ["met", "near", "missed"]
    with pytest.raises(Refused, match="§ 58"):
        services.change_edition(adopted, by=change.by, target=Decimal(1))


def test_a_later_proposal_replaces_the_first_and_what_holds_takes_it_away(propose):
    propose(70)
    propose(75, reason="Efter samråd")
    kept = TargetChange.objects.get()

    assert (kept.target, kept.reason) == (75, "Efter samråd")
    assert propose(80) is None
    assert not TargetChange.objects.exists()


@pytest.mark.parametrize(
    ("target", "more", "field"),
    [
        (70, {"reason": " "}, "reason"),
        (-1, {}, "target"),
        (70, {"marks": {"met": "≥ 75", "near": "", "missed": "< 70"}}, "thresholds"),
        (70, {"reason": "Gäller 19121212-1212"}, "reason"),
    ],
)
def test_a_proposal_that_cannot_be_is_refused_at_its_field(propose, target, more, field):
    with pytest.raises(Refused) as refused:
        propose(target, **more)

    assert refused.value.field == field
    assert not TargetChange.objects.exists()


def test_in_a_year_that_is_not_adopted_the_target_itself_is_changed(edition, controller):
    with pytest.raises(Refused, match="not adopted"):
        services.propose_target(edition, target=Decimal(1), thresholds=NO_MARKS, reason="X", by=controller)

    assert services.change_edition(edition, by=controller, target=Decimal(1)).target == 1


def test_the_plan_says_what_is_proposed_and_when_a_target_was_revised(body, propose, adopt):
    year = full_year(body)
    propose(70)
    before = plan(year)

    adopt(LATER)

    after = plan(year)
    assert "Proposed target: 70\u00a0%" in before
    assert "80\u00a0%</td>" in before
    assert "Revised on 2023-05-16 (Socialnämnden § 58); before that 80\u00a0%" in after
    assert "70\u00a0%</td>" in after


def plan(year):
    fresh = type(year).objects.get(pk=year.pk)
    return blocks.html("measures.plan", blocks.blocks["measures.plan"].data(fresh, {}, "staff"))


def test_the_page_says_what_to_do_and_takes_the_proposal(adopted, controller, client_for):
    page = client_for(controller)

    form = page.get(f"/measures/editions/{adopted.pk}/").content.decode()
    sent = page.post(
        f"/measures/editions/{adopted.pk}/target/", {"target": "70 %", "reason": "Färre ärenden"}
    )
    shown = page.get(adopted.get_absolute_url()).content.decode()

    assert 'name="target"' not in form
    assert "Socialnämnden § 142" in form
    assert f"/measures/editions/{adopted.pk}/target/" in form
    assert sent.status_code == 302
    assert "70\u00a0% · Färre ärenden" in shown


def test_the_page_still_takes_what_no_decision_says(adopted, controller, case_officer, client_for):
    fields = {
        "definition": "Alla", "decimals": 1, "forecast_rule": "outcome", "split": "none",
        "responsible": case_officer.pk,
    }  # fmt: skip

    sent = client_for(controller).post(f"/measures/editions/{adopted.pk}/", fields)

    adopted.refresh_from_db()
    assert sent.status_code == 302
    assert (adopted.definition, adopted.decimals, adopted.target) == ("Alla", 1, 80)


def test_only_the_controller_proposes_targets(adopted, case_officer, head, client_for):
    for somebody in (case_officer, head):
        assert client_for(somebody).get(f"/measures/editions/{adopted.pk}/target/").status_code == 403
