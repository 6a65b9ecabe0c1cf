"""When each step may be taken. The tables are the law, written out by hand: nothing here reads a workflow."""

import pytest

from cases.register.models import Case, Document
from committee.models import Meeting
from core.services import review, take_step
from core.workflow import StepNotAllowed
from tests.factories import CaseFactory, DocumentFactory, MeetingFactory, PersonFactory, in_status

CASE = {
    ("open", "close"): "closed",
    ("closed", "reopen"): "open",
}
DOCUMENT = {
    ("draft", "finish"): "ready",
    ("ready", "send_back"): "draft",
    ("ready", "take_back"): "draft",
    ("ready", "approve"): "approved",
}
MEETING = {
    ("planned", "call"): "called",
    ("called", "hold"): "held",
    ("planned", "cancel"): "cancelled",
    ("called", "cancel"): "cancelled",
}
LAWS = {
    CaseFactory: (CASE, ["open", "closed"], ["close", "reopen"]),
    DocumentFactory: (
        DOCUMENT,
        ["draft", "ready", "approved"],
        ["finish", "send_back", "take_back", "approve"],
    ),
    MeetingFactory: (
        MEETING,
        ["planned", "called", "held", "cancelled", "moved"],
        ["call", "hold", "cancel"],
    ),
}
EVERY_PAIR = [
    pytest.param(make, status, step, law.get((status, step)), id=f"{make.__name__[:-7]}-{status}-{step}")
    for make, (law, statuses, steps) in LAWS.items()
    for status in statuses
    for step in steps
]


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "status", "step", "target"), EVERY_PAIR)
def test_a_step_leads_where_the_law_says_or_nowhere(make, status, step, target):
    subject, by = in_status(make(), status), PersonFactory()
    if subject.WORKFLOW[step].checked:
        review(subject, by=by)

    if target:
        take_step(subject, step, by=by)
    else:
        with pytest.raises(StepNotAllowed):
            take_step(subject, step, by=by)

    subject.refresh_from_db()
    assert subject.status == (target or status)


@pytest.mark.parametrize(
    ("model", "make"), [(Case, CaseFactory), (Document, DocumentFactory), (Meeting, MeetingFactory)]
)
def test_the_law_knows_every_step_and_status(model, make):
    _law, statuses, steps = LAWS[make]

    assert [step.name for step in model.WORKFLOW] == steps
    assert model.Status.values == statuses


def test_only_the_summons_wants_a_review_first():
    steps = [step for model in (Case, Document, Meeting) for step in model.WORKFLOW]

    assert [step.name for step in steps if step.checked] == ["call"]


def test_sending_back_and_cancelling_ask_why():
    steps = [step for model in (Case, Document, Meeting) for step in model.WORKFLOW]

    assert {step.name for step in steps if step.form} == {"send_back", "cancel"}


@pytest.mark.parametrize(("reason", "valid"), [("Underlaget saknas", True), ("", False), ("   ", False)])
def test_a_reason_is_words(reason, valid):
    form = Document.WORKFLOW["send_back"].bind({"reason": reason})

    assert form.is_valid() == valid


def test_a_step_without_questions_is_always_answered():
    assert Document.WORKFLOW["approve"].bind({}).is_valid()
