"""When each step may be taken. The tables are the law, written out by hand: nothing here reads a workflow."""

from datetime import timedelta

import pytest

from cases.register.models import Case, Document
from committee.models import Meeting
from core.services import review, take_step
from core.workflow import StepNotAllowed, StepNotYet
from tests.factories import (
    CaseFactory,
    DocumentFactory,
    ItemFactory,
    MeetingFactory,
    PersonFactory,
    in_status,
)

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
    ("held", "reopen"): "called",
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
        ["call", "hold", "reopen", "cancel"],
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
def test_a_step_leads_where_the_law_says_or_nowhere(make, status, step, target, settings):
    subject, by = make(), PersonFactory()
    if make is MeetingFactory:  # with something to call to, and on its day
        ItemFactory(meeting=subject)
        settings.TODAY = subject.held_on
    in_status(subject, status)
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


def test_what_undoes_something_asks_why():
    steps = [step for model in (Case, Document, Meeting) for step in model.WORKFLOW]

    assert {step.name for step in steps if step.form} == {"send_back", "cancel", "reopen"}


@pytest.mark.django_db
def test_a_meeting_is_not_held_before_its_day(settings):
    meeting, by = in_status(MeetingFactory(), "called"), PersonFactory()
    settings.TODAY = meeting.held_on - timedelta(days=1)

    with pytest.raises(StepNotYet, match=r"13.juni 2023"):
        take_step(meeting, "hold", by=by)
    meeting.refresh_from_db()
    assert meeting.is_called

    settings.TODAY = meeting.held_on
    assert take_step(meeting, "hold", by=by).status == "held"


@pytest.mark.parametrize(("reason", "valid"), [("Underlaget saknas", True), ("", False), ("   ", False)])
def test_a_reason_is_words(reason, valid):
    form = Document.WORKFLOW["send_back"].bind({"reason": reason})

    assert form.is_valid() == valid


def test_a_step_without_questions_is_always_answered():
    assert Document.WORKFLOW["approve"].bind({}).is_valid()
