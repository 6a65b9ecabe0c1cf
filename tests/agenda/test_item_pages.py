"""The secretary's forms for the agenda: what they take, what they refuse, and pages that are out of date."""

import pytest
from django.contrib.messages import get_messages
from django.utils.translation import gettext as _

from cases.agenda.models import AgendaItem
from cases.register.models import Case
from tests.factories import CaseFactory, DocumentFactory, ItemFactory, call, in_status
from tests.writers import Writer

NUMBER = "19121212-1212"
CALLED = "The meeting has been called: the agenda can no longer be changed."


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def titles(meeting):
    return [item.title for item in meeting.items.in_order()]


@pytest.fixture
def abc(meeting):
    return [ItemFactory(meeting=meeting, title=title) for title in "ABC"]


def test_an_item_gets_all_that_was_typed(prepare, meeting, case_officer):
    document, annex = [DocumentFactory(case__body=meeting.body, status="approved") for _time in range(2)]
    typed = {
        "kind": "information",
        "title": "Internkontrollplan",
        "case": document.case.pk,
        "document": document.pk,
        "annexes": [annex.pk],
        "presenters": [case_officer.pk],
        "minutes": "15",
        "text": "<p>Muntligt.</p>",
        "papers_later": "on",
    }

    response = prepare.post(f"/meetings/{meeting.pk}/items/new/", typed)

    item = meeting.items.get()
    assert response.url == meeting.get_absolute_url()
    assert (item.kind, item.title, item.case, item.document) == (
        "information", "Internkontrollplan", document.case, document,
    )  # fmt: skip
    assert (item.minutes, item.text, item.papers_later) == (15, "<p>Muntligt.</p>", True)
    assert [paper.document for paper in item.papers.all()] == [annex]
    assert list(item.presenters.all()) == [case_officer]


def test_an_item_without_a_title_takes_its_cases(prepare, meeting):
    case = CaseFactory(body=meeting.body, title="Ej verkställda beslut")

    prepare.post(f"/meetings/{meeting.pk}/items/new/", {"kind": "decision", "case": case.pk})

    assert titles(meeting) == ["Ej verkställda beslut"]


def test_an_item_takes_the_case_of_its_document(prepare, meeting):
    document = DocumentFactory(case__body=meeting.body)

    prepare.post(
        f"/meetings/{meeting.pk}/items/new/", {"kind": "decision", "title": "A", "document": document.pk}
    )

    assert meeting.items.get().case == document.case


def test_an_item_with_neither_title_nor_case_is_asked_for_one(prepare, meeting):
    response = prepare.post(f"/meetings/{meeting.pk}/items/new/", {"kind": "decision"})

    assert list(response.context["form"].errors) == ["title"]
    assert titles(meeting) == []


def test_a_case_of_another_committee_cannot_be_put_on_the_agenda(prepare, meeting):
    response = prepare.post(
        f"/meetings/{meeting.pk}/items/new/", {"kind": "decision", "case": CaseFactory().pk}
    )

    assert "case" in response.context["form"].errors
    assert titles(meeting) == []


def test_a_nul_in_a_text_is_refused_and_the_rest_stays_in_the_form(prepare, meeting):
    response = prepare.post(
        f"/meetings/{meeting.pk}/items/new/", {"kind": "decision", "title": "A", "text": "<p>a\x00b</p>"}
    )

    assert list(response.context["form"].errors) == ["text"]
    assert response.context["form"]["title"].value() == "A"


def test_changing_an_item_shows_what_it_is_and_saves_what_was_typed(prepare, meeting):
    item = ItemFactory(meeting=meeting, title="A", minutes=10)

    shown = prepare.get(f"/items/{item.pk}/edit/").context["form"]["title"].value()
    prepare.post(f"/items/{item.pk}/edit/", {"kind": "reported", "title": "B"})

    item.refresh_from_db()
    assert (shown, item.title, item.kind, item.minutes) == ("A", "B", "reported", None)


def test_an_item_is_taken_off_and_the_secretary_is_told(prepare, meeting, abc):
    response = prepare.post(f"/items/{abc[1].pk}/remove/")

    assert titles(meeting) == ["A", "C"]
    assert said(response) == [_("“%s” is off the agenda.") % "B"]


def test_dropped_items_are_put_in_the_order_that_was_sent(prepare, meeting, abc):
    keys = [item.pk for item in reversed(abc)]

    response = prepare.post(f"/meetings/{meeting.pk}/order/", {"item": keys})

    assert response.status_code == 204
    assert titles(meeting) == ["C", "B", "A"]


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "²", "1.0", "9" * 40])
def test_nonsense_among_the_keys_is_passed_over(nonsense, prepare, meeting, abc):
    response = prepare.post(f"/meetings/{meeting.pk}/order/", {"item": [nonsense, abc[1].pk]})

    assert response.status_code == 204
    assert titles(meeting) == ["B", "A", "C"]


# What a page that was opened before the call still offers.
STALE = {
    "add": ("/meetings/{meeting}/items/new/", {"kind": "decision", "title": "Mina ord"}),
    "change": ("/items/{item}/edit/", {"kind": "decision", "title": "Mina ord"}),
}


@pytest.mark.parametrize("change", STALE)
def test_a_page_from_before_the_call_changes_nothing_and_says_why(change, prepare, meeting, abc):
    address, typed = STALE[change]
    call(meeting)

    response = prepare.post(address.format(meeting=meeting.pk, item=abc[1].pk), typed)

    assert (response.status_code, response.context["form"]["title"].value()) == (409, "Mina ord")
    assert said(response) == [
        _("The agenda can no longer be changed. Nothing was saved: your words are still here to be copied.")
    ]
    assert titles(meeting) == ["A", "B", "C"]


@pytest.mark.parametrize("change", STALE)
def test_after_the_call_no_form_is_shown_but_why(change, prepare, meeting, abc):
    address, _typed = STALE[change]
    call(meeting)

    response = prepare.get(address.format(meeting=meeting.pk, item=abc[1].pk))

    assert response.url == meeting.get_absolute_url()
    assert said(response) == [_(CALLED)]


def test_an_item_is_not_taken_off_after_the_call(prepare, meeting, abc):
    call(meeting)

    response = prepare.post(f"/items/{abc[1].pk}/remove/")

    assert (response.url, said(response)) == (meeting.get_absolute_url(), [_(CALLED)])
    assert titles(meeting) == ["A", "B", "C"]


def test_an_order_from_before_the_call_is_refused(prepare, meeting, abc):
    call(meeting)

    response = prepare.post(f"/meetings/{meeting.pk}/order/", {"item": [abc[2].pk]})

    assert response.status_code == 409
    assert titles(meeting) == ["A", "B", "C"]


@pytest.mark.parametrize("status", ["held", "cancelled"])
def test_no_item_is_added_to_a_meeting_that_is_over(status, prepare, meeting):
    in_status(meeting, status)

    prepare.post(f"/meetings/{meeting.pk}/items/new/", {"kind": "decision", "title": "D"})

    assert not AgendaItem.objects.filter(meeting=meeting).exists()


def test_an_item_whose_meeting_does_not_exist_is_not_found(prepare):
    assert prepare.get("/meetings/0/items/new/").status_code == 404
    assert prepare.get("/items/0/edit/").status_code == 404


def test_an_item_is_withdrawn_from_its_menu_with_a_reason(prepare, meeting, abc):
    call(meeting)
    address = f"/items/{abc[1].pk}/withdraw/"
    assert address in prepare.get(f"/meetings/{meeting.pk}/").content.decode()

    without, response = prepare.post(address), prepare.post(address, {"reason": "Bereds vidare"})

    assert list(without.context["form"].errors) == ["reason"]
    assert response.url == meeting.get_absolute_url()
    assert [item.is_withdrawn for item in meeting.items.in_order()] == [False, True, False]
    assert address not in prepare.get(f"/meetings/{meeting.pk}/").content.decode()


def test_an_item_that_another_has_withdrawn_says_so(prepare, meeting, abc):
    call(meeting)
    for _time in range(2):
        response = prepare.post(f"/items/{abc[0].pk}/withdraw/", {"reason": "Bereds vidare"})

    assert said(response)[-1] == _("Someone else got there first. This is how it stands now.")


def test_a_document_of_another_case_is_refused_at_its_field(prepare, meeting):
    document, other = DocumentFactory(case__body=meeting.body), CaseFactory(body=meeting.body)
    typed = {"kind": "decision", "case": other.pk, "document": document.pk}

    response = prepare.post(f"/meetings/{meeting.pk}/items/new/", typed)

    [error] = response.context["form"].errors["document"]
    assert document.case.number in error
    assert titles(meeting) == []


def test_a_document_that_serves_two_cases_goes_with_an_item_in_either(prepare, meeting):
    document, other = DocumentFactory(case__body=meeting.body), CaseFactory(body=meeting.body)
    document.cases.add(other)
    typed = {"kind": "decision", "case": other.pk, "document": document.pk}

    prepare.post(f"/meetings/{meeting.pk}/items/new/", typed)

    assert (meeting.items.get().case, meeting.items.get().document) == (other, document)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("title", f"Ansökan av {NUMBER}"),
        ("outside_reference", NUMBER),
        ("text", f"<p>Rör {NUMBER}.</p>"),
        ("text", f"<p>Rör {NUMBER[:4]}<strong>{NUMBER[4:]}</strong>.</p>"),
    ],
)
def test_a_personal_number_is_refused_where_it_is_typed_and_not_shown(field, words, prepare, meeting):
    typed = {"kind": "decision", "title": "A", "is_secret": "on", "outside_reference": "Akt 1"} | {
        field: words
    }

    response = prepare.post(f"/meetings/{meeting.pk}/items/new/", typed)

    assert list(response.context["form"].errors) == [field]
    assert NUMBER not in str(response.context["form"].errors)
    assert titles(meeting) == []


def offered(prepare, path, **sought):
    """Return what is offered in each field, of cases their numbers and of documents their titles."""
    fields = prepare.get(path, sought, headers={"HX-Request": "true"}).context["form"].fields
    return {
        "case": [case.number for case in fields["case"].offered],
        "document": [document.title for document in fields["document"].offered],
        "annexes": [document.title for document in fields["annexes"].offered],
    }


def test_the_newest_cases_and_documents_are_offered_and_others_found_by_number_or_title(prepare, meeting):
    path = f"/meetings/{meeting.pk}/items/new/"
    for number in (*range(1, 10), 92, 183):
        case = CaseFactory(body=meeting.body, number=f"SN/2023:{number:05}", title=f"Ärende {number}")
        DocumentFactory(case=case, title=f"Handling {number}")

    newest = offered(prepare, path)
    found = offered(prepare, path, find_case="ärende 183", find_document="2023:3")

    assert newest["case"] == [f"SN/2023:{number:05}" for number in (183, 92, 9, 8, 7, 6, 5, 4)]
    assert (
        newest["document"]
        == newest["annexes"]
        == [f"Handling {number}" for number in (183, 92, 9, 8, 7, 6, 5, 4)]
    )
    assert found["case"] == ["SN/2023:00183"]
    assert found["document"] == ["Handling 3"]
    assert found["annexes"] == newest["annexes"]


def test_with_a_case_its_own_documents_are_offered_and_those_that_serve_it(prepare, meeting):
    case, other = CaseFactory(body=meeting.body), CaseFactory(body=meeting.body)
    DocumentFactory(case=case, title="Dess egen")
    DocumentFactory(case=other, title="Tjänar båda").cases.add(case)
    DocumentFactory(case=other, title="En annans")

    found = offered(prepare, f"/meetings/{meeting.pk}/items/new/", find_case="", case=case.pk)

    assert set(found["document"]) == set(found["annexes"]) == {"Dess egen", "Tjänar båda"}


def seek(prepare, meeting, **sought):
    """Return the form as it is while somebody searches in it."""
    response = prepare.get(f"/meetings/{meeting.pk}/items/new/", sought, headers={"HX-Request": "true"})
    return response.context["form"]


def test_what_is_chosen_stays_first_while_others_are_sought(prepare, meeting):
    documents = [DocumentFactory(case__body=meeting.body, title=title) for title in ("Första", "Andra")]

    form = seek(
        prepare, meeting, find_annexes="första", annexes=[documents[1].pk], find_document="", document=""
    )

    assert [document.title for document in form.fields["annexes"].offered] == ["Andra", "Första"]
    assert form["annexes"].value() == [str(documents[1].pk)]
    assert form["document"].value() is None


def test_it_is_said_how_many_are_found_and_whether_there_are_more(prepare, meeting):
    case, bare = CaseFactory(body=meeting.body), CaseFactory(body=meeting.body)
    documents = [DocumentFactory(case=case, title=f"Plan {number}") for number in range(9)]

    def told(**sought):
        return seek(prepare, meeting, find_annexes="", **sought).fields["document"].told

    one = {"find_case": "", "case": case.pk, "find_document": ""}
    assert told(**one) == "Det finns fler: sök dem på nummer eller rubrik."
    assert told(find_document="plan") == "Det finns fler: skriv mer av numret eller rubriken."
    assert told(find_document="plan 3") == "1 träff."
    assert told(find_document="plan 3", document=documents[3].pk) == "1 träff."
    assert told(find_document="protokoll").startswith("Ingen handling")
    assert told(**one | {"case": bare.pk}).startswith("Ärendet har ingen handling än.")
    assert told(**one | {"case": bare.pk, "document": documents[3].pk}).startswith(
        "Ärendet har ingen handling"
    )
    documents[8].delete()
    assert told(**one).startswith("Det här är ärendets egna.")


def test_a_secret_case_that_is_searched_for_is_said_to_come_as_an_individual_case_to_who_may_see_it(
    prepare, meeting
):
    case = CaseFactory(body=meeting.body, title="Tillsynen", is_secret=True, secrecy_ground="OSL 26:1")
    CaseFactory(title="Tillsynen", is_secret=True, secrecy_ground="OSL 26:1")

    def told(words):
        return seek(prepare, meeting, find_case=words).fields["case"].told

    assert "individärende" in told("tillsynen")
    assert told("något annat").startswith("Inget öppet ärende")
    Case.objects.filter(pk=case.pk).update(status="closed")
    assert told("tillsynen").startswith("Inget öppet ärende")


def test_a_search_with_what_no_database_takes_is_a_search_without_it(prepare, meeting):
    CaseFactory(body=meeting.body, title="Ekonomi")

    form = seek(prepare, meeting, find_case="eko\x00nomi", case="1' OR 1=1")

    assert [case.title for case in form.fields["case"].offered] == ["Ekonomi"]


def test_an_item_of_a_document_alone_has_its_title_and_its_case(prepare, meeting):
    document = DocumentFactory(case__body=meeting.body, title="Svar på remiss")

    prepare.post(f"/meetings/{meeting.pk}/items/new/", {"kind": "decision", "document": document.pk})

    item = meeting.items.get()
    assert (item.title, item.case) == ("Svar på remiss", document.case)


# Two tabs ---------------------------------------------------------------------------------------------


@pytest.fixture
def tabs(prepare, meeting):
    """An item, and two tabs with its form."""
    item = ItemFactory(meeting=meeting, title="Ekonomi", text="<p>Först.</p>", minutes=5)
    return item, *[Writer(prepare, f"/items/{item.pk}/edit/") for _tab in range(2)]


def test_what_two_tabs_change_in_different_fields_of_an_item_stands_together(tabs):
    item, first, second = tabs

    codes = [first.saves(text="<p>Sedan.</p>").status_code, second.saves(minutes="10").status_code]

    item.refresh_from_db()
    assert codes == [302, 302]
    assert (item.text, item.minutes) == ("<p>Sedan.</p>", 10)


def test_of_an_items_text_that_two_tabs_have_changed_both_are_shown_as_words(tabs):
    item, first, second = tabs
    first.saves(text="<p>Sedan.</p>")

    answer = second.saves(text="<p>Nyss.</p>")

    item.refresh_from_db()
    [row] = answer.context["rows"]
    assert (answer.status_code, item.text) == (409, "<p>Sedan.</p>")
    assert (row["mine"], row["theirs"]) == ("Nyss.", "Sedan.")


def test_an_item_that_was_made_secret_meanwhile_holds_nothing_whatever_another_tab_writes(tabs):
    item, first, second = tabs
    first.saves(is_secret="on", outside_reference="Akt 7")
    answer = second.saves(text="<p>Nyss.</p>")

    second.saves(text="<p>Nyss.</p>", settled=answer.context["latest"], keep="mine")

    item.refresh_from_db()
    assert (item.is_secret, item.text, item.case) == (True, "", None)


def test_an_address_with_a_search_in_it_takes_nothing_off_an_item(prepare, meeting):
    document = DocumentFactory(case__body=meeting.body)
    item = ItemFactory(meeting=meeting, document=document)

    form = prepare.get(f"/items/{item.pk}/edit/", {"find_document": "x"}).context["form"]

    assert form["document"].value() == document.pk


def test_a_search_after_the_call_leaves_the_page_as_it_is(prepare, meeting):
    call(meeting)

    response = prepare.get(f"/meetings/{meeting.pk}/items/new/", headers={"HX-Request": "true"})

    assert (response.status_code, response.content) == (409, b"")


def test_only_who_is_employed_is_offered_as_presenter(prepare, meeting, case_officer, head, chair, member):
    shown = prepare.get(f"/meetings/{meeting.pk}/items/new/").context["form"].fields["presenters"].queryset

    assert set(shown) == {meeting.secretary, case_officer, head}


def test_closed_cases_and_their_documents_are_offered_only_where_they_were_chosen(prepare, meeting):
    closed = [CaseFactory(body=meeting.body, status="closed") for _time in range(2)]
    documents = [DocumentFactory(case=case, status="approved") for case in [*closed, closed[0]]]
    item = ItemFactory(meeting=meeting, case=closed[0], document=documents[0])
    item.papers.create(document=documents[1], position=1)

    offered = {
        path: prepare.get(path).context["form"].fields
        for path in (f"/meetings/{meeting.pk}/items/new/", f"/items/{item.pk}/edit/")
    }

    assert [list(fields["case"].queryset) for fields in offered.values()] == [[], [closed[0]]]
    assert [set(fields["document"].queryset) for fields in offered.values()] == [set(), set(documents)]
