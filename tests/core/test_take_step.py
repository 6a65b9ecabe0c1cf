from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from cases.agenda.services import change_item
from cases.register.models import Frozen
from core import effects
from core.models import Job, StepTaken
from core.services import review, take_step
from core.workflow import PreflightNeeded, StepNotAllowed
from tests.factories import (
    CaseFactory,
    DocumentFactory,
    ItemFactory,
    MeetingFactory,
    PersonFactory,
    write,
)


@pytest.fixture
def effect_on():
    """Return a function that adds an effect for this test only."""
    added = []

    def add(model, step, function):
        effects.effect(model, step)(function)
        added.append((model.lower(), step, function))

    yield add
    for model, step, function in added:
        effects._by_step[model, step].remove(function)
        for name, known in effects.effects.items():
            if known is function:
                del effects.effects._entries[name]


def press(subject, step):
    """Return a function that takes the step from a thread of its own when everybody is ready."""
    both_ready = Barrier(2)
    by = PersonFactory()

    def pressed(_place):
        both_ready.wait()
        try:
            take_step(subject, step, by=by)
        except StepNotAllowed:
            return "refused"
        finally:
            connection.close()
        return "done"

    return pressed


def test_a_step_leaves_a_row_that_says_who_from_where_and_what_was_said(db):
    document = DocumentFactory(status="ready")
    head = PersonFactory()

    take_step(document, "send_back", by=head, data={"reason": "Siffrorna är gamla"})

    taken = StepTaken.objects.of(document).latest("at")
    assert (taken.by, taken.source, taken.target) == (head, "ready", "draft")
    assert taken.reason == "Siffrorna är gamla"


def test_a_refused_step_changes_nothing(db):
    document = DocumentFactory(status="draft")

    with pytest.raises(StepNotAllowed):
        take_step(document, "approve", by=document.author)

    document.refresh_from_db()
    assert document.status == "draft"
    assert not StepTaken.objects.of(document).exists()
    assert not Frozen.objects.exists()


def test_a_step_that_does_not_exist_is_an_error_of_ours(db):
    with pytest.raises(KeyError):
        take_step(CaseFactory(), "approve", by=PersonFactory())


def test_the_row_in_the_database_is_judged_not_the_one_in_the_hand(db):
    document = DocumentFactory(status="draft")
    take_step(document, "finish", by=document.author)

    assert document.status == "draft"
    with pytest.raises(StepNotAllowed):
        take_step(document, "finish", by=document.author)


def test_an_effect_gets_the_subject_and_the_step_taken(db, effect_on):
    case, told = CaseFactory(), []
    effect_on("register.Case", "close", lambda subject, taken: told.append((subject, taken.step, taken.by)))

    take_step(case, "close", by=case.owner)

    assert told == [(case, "close", case.owner)]


def test_an_effect_that_raises_undoes_everything(db, effect_on):
    def fail(subject, taken):
        raise RuntimeError("disken är full")

    case = CaseFactory()
    effect_on("register.Case", "close", fail)

    with pytest.raises(RuntimeError):
        take_step(case, "close", by=case.owner)

    case.refresh_from_db()
    assert case.status == "open"
    assert not StepTaken.objects.of(case).exists()


def test_a_later_effect_that_raises_undoes_the_freeze_too(db, effect_on):
    def fail(subject, taken):
        raise RuntimeError

    document = DocumentFactory(status="ready")
    effect_on("register.Document", "approve", fail)

    with pytest.raises(RuntimeError):
        take_step(document, "approve", by=document.author)

    assert not Frozen.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_people_pressing_the_same_button_one_succeeds():
    document = DocumentFactory(status="draft")

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press(document, "finish"), range(2))) == ["done", "refused"]

    assert StepTaken.objects.of(document).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_document_that_two_approve_at_once_is_frozen_once():
    document = DocumentFactory(status="ready")

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press(document, "approve"), range(2))) == ["done", "refused"]

    assert Frozen.objects.filter(document=document).count() == 1


@pytest.fixture
def meeting(db):
    return MeetingFactory()


def test_a_meeting_that_nobody_has_reviewed_is_not_called(meeting):
    with pytest.raises(PreflightNeeded):
        take_step(meeting, "call", by=meeting.secretary)

    meeting.refresh_from_db()
    assert meeting.status == "planned"


def test_a_review_of_other_content_is_stale(meeting):
    document = DocumentFactory(texts={"summary": "<p>Före</p>"})
    ItemFactory(meeting=meeting, case=document.case, document=document)
    review(meeting, by=meeting.secretary)

    write(document, by=document.author, summary="<p>Efter</p>")

    with pytest.raises(PreflightNeeded):
        take_step(meeting, "call", by=meeting.secretary)


def test_whatever_a_rule_reads_of_an_item_makes_the_review_stale(meeting):
    item = ItemFactory(meeting=meeting, papers_later=True)
    review(meeting, by=meeting.secretary)

    change_item(item, papers_later=False, by=meeting.secretary)

    with pytest.raises(PreflightNeeded):
        take_step(meeting, "call", by=meeting.secretary)


def test_a_new_item_makes_the_review_stale(meeting):
    review(meeting, by=meeting.secretary)

    ItemFactory(meeting=meeting)

    with pytest.raises(PreflightNeeded):
        take_step(meeting, "call", by=meeting.secretary)


def test_a_finding_that_stops_keeps_the_summons_back(meeting):
    item = ItemFactory(meeting=meeting)
    type(item).objects.filter(pk=item.pk).update(title="Anna, 900101-2385")  # no form lets it in
    review(meeting, by=meeting.secretary)

    with pytest.raises(PreflightNeeded):
        take_step(meeting, "call", by=meeting.secretary)


def test_a_meeting_with_warnings_only_is_called(meeting):
    ItemFactory(meeting=meeting, title="Utan handling")
    run = review(meeting, by=meeting.secretary)

    called = take_step(meeting, "call", by=meeting.secretary)

    assert run.findings.count() == 1
    assert called.status == "called"
