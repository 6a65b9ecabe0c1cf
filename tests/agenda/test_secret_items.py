"""An individual's case is on the agenda by a neutral title and an outside reference, and by nothing else."""

import pytest
from django.db import IntegrityError

from cases.agenda.models import AgendaItem
from cases.agenda.services import add_item, change_item, order_items, word_chairs_proposal
from committee.models import Meeting
from core.workflow import StepNotAllowed
from tests.factories import CaseFactory, DocumentFactory, ItemFactory, call

SECRET = {"title": "Individärende – sekretess", "is_secret": True, "outside_reference": "Akt 4471"}


@pytest.mark.parametrize("held", ["case", "document", "text", "outside_reference"])
def test_the_database_lets_a_secret_item_hold_nothing_but_its_reference(held, meeting, secretary):
    document = DocumentFactory(case__body=meeting.body)
    holding = {
        "case": {"case": document.case},
        "document": {"document": document},
        "text": {"text": "<p>Om personen.</p>"},
        "outside_reference": {"outside_reference": ""},
    }

    with pytest.raises(IntegrityError, match="item_secret_holds_nothing"):
        add_item(meeting, by=secretary, **(SECRET | holding[held]))


def test_a_secret_item_has_no_chairs_proposal(meeting, chair):
    item = ItemFactory(meeting=meeting, secret=True)

    with pytest.raises(StepNotAllowed):
        word_chairs_proposal(item, texts=["att bifalla"], by=chair)


def test_secret_items_stand_last_wherever_they_are_put(meeting, secretary):
    secret = ItemFactory(meeting=meeting, secret=True)
    a, b = ItemFactory(meeting=meeting, title="A"), ItemFactory(meeting=meeting, title="B")

    order_items(meeting, keys=[secret.pk, b.pk, a.pk], by=secretary)

    assert list(meeting.items.in_order()) == [b, a, secret]


def test_an_item_in_a_secret_case_stands_last_too(meeting):
    case = CaseFactory(body=meeting.body, is_secret=True, secrecy_ground="OSL 26:1")
    hidden = ItemFactory(meeting=meeting, case=case)
    shown = ItemFactory(meeting=meeting)

    assert list(meeting.items.in_order()) == [shown, hidden]


def test_the_numbers_of_the_call_leave_no_gap_for_who_does_not_see_secret_items(meeting, member):
    ItemFactory(meeting=meeting, secret=True)
    for title in "AB":
        ItemFactory(meeting=meeting, title=title)

    call(meeting)

    seen = AgendaItem.objects.visible_to(member).filter(meeting=meeting).in_order()
    assert [(item.number, item.title) for item in seen] == [(1, "A"), (2, "B")]


#                   planned called
SEES_SECRET = {
    "secretary": (True, True),
    "head": (True, True),
    "chair": (True, True),
    "case_officer": (False, False),
    "member": (False, False),
    "substitute": (False, False),
    "administrator": (False, False),
    "stranger": (False, False),
}


@pytest.mark.parametrize("role", SEES_SECRET)
@pytest.mark.parametrize(("place", "status"), [(0, "planned"), (1, "called")])
def test_only_who_may_read_what_is_secret_sees_a_secret_item(role, place, status, meeting, people):
    item = ItemFactory(meeting=meeting, secret=True)
    Meeting.objects.filter(pk=meeting.pk).update(status=status)

    seen = AgendaItem.objects.visible_to(getattr(people, role)).filter(pk=item.pk).exists()

    assert seen == SEES_SECRET[role][place]


def test_the_form_keeps_of_a_secret_item_only_the_reference_under_a_neutral_title(prepare, meeting):
    document = DocumentFactory(case__body=meeting.body)
    typed = {
        "kind": "decision",
        "title": "Omhändertagande av Provsson",
        "case": document.case.pk,
        "document": document.pk,
        "annexes": [document.pk],
        "text": "<p>Om personen.</p>",
        "is_secret": "on",
        "outside_reference": "Akt 4471",
    }

    prepare.post(f"/meetings/{meeting.pk}/items/new/", typed)

    item = meeting.items.get()
    assert "Provsson" not in item.title
    assert (item.case, item.document, item.text, item.papers.count()) == (None, None, "", 0)
    assert (item.is_secret, item.outside_reference) == (True, "Akt 4471")


def test_a_secret_item_without_a_reference_is_refused_with_a_message(prepare, meeting):
    typed = {"kind": "decision", "is_secret": "on", "outside_reference": ""}

    response = prepare.post(f"/meetings/{meeting.pk}/items/new/", typed)

    assert list(response.context["form"].errors) == ["outside_reference"]
    assert not meeting.items.exists()


def test_an_item_made_secret_lets_go_of_case_document_papers_and_the_chairs_proposal(prepare, meeting, chair):
    document = DocumentFactory(case__body=meeting.body, clauses=["att anta planen"])
    item = ItemFactory(meeting=meeting, case=document.case, document=document, papers=[document])
    word_chairs_proposal(item, texts=["att avslå"], by=chair)
    typed = {"kind": "decision", "is_secret": "on", "outside_reference": "Akt 4471", "case": document.case.pk}

    prepare.post(f"/items/{item.pk}/edit/", typed)

    item.refresh_from_db()
    assert (item.is_secret, item.case, item.document, item.proposal) == (True, None, None, None)
    assert not item.papers.exists()


def test_what_is_secret_cannot_be_chosen_for_an_open_item(prepare, meeting, secretary):
    hidden = CaseFactory(body=meeting.body, owner=secretary, is_secret=True, secrecy_ground="OSL 26:1")
    in_hidden = DocumentFactory(case=hidden)
    itself = DocumentFactory(case__body=meeting.body, is_secret=True)
    offered = DocumentFactory(case__body=meeting.body)

    fields = prepare.get(f"/meetings/{meeting.pk}/items/new/").context["form"].fields

    assert hidden not in fields["case"].queryset
    assert list(fields["document"].queryset) == list(fields["annexes"].queryset) == [offered]
    assert not {in_hidden, itself} & set(fields["document"].queryset)


def test_what_is_secret_is_not_found_for_an_open_item(prepare, meeting, secretary):
    hidden = CaseFactory(body=meeting.body, owner=secretary, is_secret=True, secrecy_ground="OSL 26:1")
    DocumentFactory(case=hidden, title="Dold")
    sought = {"find_case": hidden.number, "case": hidden.pk, "find_document": "dold"}

    page = prepare.get(f"/meetings/{meeting.pk}/items/new/", sought, headers={"HX-Request": "true"})

    assert [list(page.context["form"].fields[name].offered) for name in ("case", "document")] == [[], []]
    assert hidden.title not in page.content.decode()


def test_a_secret_item_stays_secret_when_it_is_changed(meeting, secretary):
    item = ItemFactory(meeting=meeting, secret=True)

    with pytest.raises(IntegrityError, match="item_secret_holds_nothing"):
        change_item(item, case=CaseFactory(body=meeting.body), by=secretary)
