"""The agenda while it is prepared, and what is left of that once the meeting is called."""

import pytest

from cases.agenda.models import AgendaItem
from cases.agenda.services import add_item, change_item, order_items, remove_item, withdraw_item
from committee.models import Meeting
from core.models import Change
from core.workflow import StepNotAllowed
from tests.factories import CaseFactory, DocumentFactory, ItemFactory, call, in_status


def titles(meeting):
    return [item.title for item in meeting.items.in_order()]


@pytest.fixture
def abc(meeting):
    """Three items, in the order of their names."""
    return [ItemFactory(meeting=meeting, title=title) for title in "ABC"]


def test_a_new_item_stands_last(meeting, abc, secretary):
    add_item(meeting, title="D", by=secretary)

    assert titles(meeting) == ["A", "B", "C", "D"]


def test_an_item_goes_with_its_presenters_and_papers_in_order(meeting, secretary, head):
    case = CaseFactory(body=meeting.body)
    first, second = DocumentFactory(case=case), DocumentFactory(case=case)

    item = add_item(meeting, title="A", presenters=[head], papers=[second, first], by=secretary)

    assert list(item.presenters.all()) == [head]
    assert [paper.document for paper in item.papers.all()] == [second, first]


def test_two_items_may_share_a_case(meeting):
    case = CaseFactory(body=meeting.body)

    items = [ItemFactory(meeting=meeting, case=case) for _time in range(2)]

    assert [item.case for item in items] == [case, case]


def test_changing_an_item_changes_what_is_named_and_nothing_else(meeting, secretary, head):
    item = ItemFactory(meeting=meeting, title="A", minutes=10, presenters=[head])

    change_item(item, title="B", by=secretary)

    item.refresh_from_db()
    assert (item.title, item.minutes, list(item.presenters.all())) == ("B", 10, [head])


def test_changed_papers_replace_the_old_ones(meeting, secretary):
    case = CaseFactory(body=meeting.body)
    old, new = DocumentFactory(case=case), DocumentFactory(case=case)
    item = ItemFactory(meeting=meeting, papers=[old])

    change_item(item, papers=[new], by=secretary)

    assert [paper.document for paper in item.papers.all()] == [new]


def test_who_changed_an_item_is_in_the_history(meeting, secretary):
    item = ItemFactory(meeting=meeting, title="A")

    change_item(item, title="B", by=secretary)

    change = Change.objects.about((AgendaItem, [item.pk])).latest("pk")
    assert (change.by, change.old, change.new) == (secretary, {"title": "A"}, {"title": "B"})


def test_items_stand_in_the_order_of_the_keys(meeting, abc, secretary):
    a, b, c = abc

    order_items(meeting, keys=[c.pk, a.pk, b.pk], by=secretary)

    assert titles(meeting) == ["C", "A", "B"]


def test_items_that_are_not_named_follow_as_they_stood(meeting, abc, secretary):
    order_items(meeting, keys=[abc[2].pk], by=secretary)

    assert titles(meeting) == ["C", "A", "B"]


def test_unknown_and_double_keys_change_nothing_for_the_others(meeting, abc, secretary):
    a, b, _c = abc
    elsewhere = ItemFactory(title="Elsewhere")

    order_items(meeting, keys=[b.pk, 0, b.pk, elsewhere.pk, a.pk, 10**12, b.pk], by=secretary)

    assert titles(meeting) == ["B", "A", "C"]
    assert titles(elsewhere.meeting) == ["Elsewhere"]


def test_a_removed_item_is_gone_and_its_case_and_document_stay(meeting, secretary):
    document = DocumentFactory(case__body=meeting.body)
    item = ItemFactory(meeting=meeting, case=document.case, document=document, papers=[document])

    remove_item(item, by=secretary)

    document.refresh_from_db()
    assert (titles(meeting), document.case.items.count()) == ([], 0)


def test_a_withdrawn_item_keeps_its_number_and_its_place(meeting, abc, secretary):
    call(meeting)

    withdraw_item(abc[1], reason="Bereds vidare", by=secretary)

    shown = [(item.number, item.title, item.is_withdrawn) for item in meeting.items.in_order()]
    assert shown == [(1, "A", False), (2, "B", True), (3, "C", False)]


def test_why_an_item_was_withdrawn_is_in_the_history(meeting, abc, secretary):
    call(meeting)

    withdraw_item(abc[1], reason="Bereds vidare", by=secretary)

    change = Change.objects.about((AgendaItem, [abc[1].pk])).latest("pk")
    assert (change.by, change.reason, change.fields) == (secretary, "Bereds vidare", ["withdrawn_at"])


def test_an_item_of_a_planned_meeting_is_removed_and_not_withdrawn(abc, secretary):
    with pytest.raises(StepNotAllowed):
        withdraw_item(abc[0], reason="Utgår", by=secretary)

    abc[0].refresh_from_db()
    assert not abc[0].is_withdrawn


CHANGES = {
    "add": lambda meeting, item, by: add_item(meeting, title="D", by=by),
    "change": lambda meeting, item, by: change_item(item, title="X", papers=[], by=by),
    "order": lambda meeting, item, by: order_items(meeting, keys=[item.pk], by=by),
    "remove": lambda meeting, item, by: remove_item(item, by=by),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("status", [status for status in Meeting.Status if status != "planned"])
def test_the_agenda_is_changed_only_while_the_meeting_is_planned(change, status, meeting, abc, secretary):
    in_status(meeting, status)

    with pytest.raises(StepNotAllowed):
        CHANGES[change](meeting, abc[2], secretary)

    assert titles(meeting) == ["A", "B", "C"]


def test_an_item_is_withdrawn_once_and_not_after_the_meeting(meeting, abc, secretary):
    call(meeting)
    withdraw_item(abc[0], reason="Utgår", by=secretary)
    in_status(meeting, "held")

    for item in abc[:2]:
        with pytest.raises(StepNotAllowed):
            withdraw_item(item, reason="Utgår", by=secretary)

    assert [item.is_withdrawn for item in meeting.items.in_order()] == [True, False, False]
