"""Opening, changing and listing cases, and what has happened in them."""

import pytest

from cases.register.models import Attachment, Case, Document, Section
from cases.register.services import begin_edition, change_case, set_around, word_clauses
from cases.register.timeline import LATEST, events_of
from core.services import take_step
from tests.factories import (
    BodyFactory,
    CaseFactory,
    DocumentFactory,
    ItemFactory,
    MeetingFactory,
    PersonFactory,
    advance,
    person_as,
    write,
)


def filled(officer, **changes):
    return {"title": "Nytt ärende", "owner": officer.pk, "opened_on": "2023-06-06", "origin": "own"} | changes


def test_a_case_is_opened_under_the_next_number(secretary, case_officer, client_for):
    response = client_for(secretary).post("/cases/new/", filled(case_officer))

    case = Case.objects.get()
    assert (case.number, case.owner, case.status) == ("SN/2023:00001", case_officer, "open")
    assert response["Location"] == case.get_absolute_url()


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"title": ""}, ["title"]),
        ({"title": "x" * 301}, ["title"]),
        ({"title": "NUL \x00"}, ["title"]),
        ({"opened_on": "igår"}, ["opened_on"]),
        ({"is_secret": "on"}, ["secrecy_ground"]),
        ({"extended_to": "2023-06-20"}, ["extended_to"]),
        ({"answer_due_on": "2023-06-20", "extended_to": "2023-06-19"}, ["extended_to"]),
        ({"owner": "0"}, ["owner"]),
        ({"title": "Ansökan från 900101-2385"}, ["title"]),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(secretary, case_officer, client_for, changes, fields):
    response = client_for(secretary).post("/cases/new/", filled(case_officer, **changes))

    assert list(response.context["form"].errors) == fields
    assert not Case.objects.exists()


def test_a_character_that_nobody_sees_is_taken_out_and_one_is_asked_to_look_again(
    secretary, case_officer, client_for
):
    client = client_for(secretary)

    form = client.post("/cases/new/", filled(case_officer, title="Ny\0tt")).context["form"]

    assert form.errors["title"] == [
        "Ett osynligt tecken i texten är borttaget. Se efter att texten stämmer och spara igen."
    ]
    assert form["title"].value() == "Nytt"
    assert not Case.objects.exists()


def test_a_case_cannot_be_given_to_a_member_or_to_somebody_from_elsewhere(
    secretary, member, elsewhere, client_for
):
    for person in (member, elsewhere):
        response = client_for(secretary).post("/cases/new/", filled(person))

        assert list(response.context["form"].errors) == ["owner"]


@pytest.fixture
def typing(db):
    """A secretary of a municipality that types its numbers."""
    return person_as("secretary", BodyFactory(municipality__typed=True))


def test_where_numbers_are_typed_the_form_asks_for_one(typing, client_for):
    client_for(typing).post("/cases/new/", filled(typing, number="SN2023/158"))

    assert Case.objects.get().number == "SN2023/158"


@pytest.mark.parametrize("number", ["", "158", "KS2023/158", "SN2023/7"])
def test_a_typed_number_that_cannot_be_or_is_taken_is_said_at_its_field(typing, client_for, number):
    CaseFactory(body=typing.rights.places[0], number="SN2023/7")

    response = client_for(typing).post("/cases/new/", filled(typing, number=number))

    assert list(response.context["form"].errors) == ["number"]
    assert Case.objects.count() == 1


def test_where_numbers_are_given_a_typed_one_is_not_listened_to(secretary, case_officer, client_for):
    client_for(secretary).post("/cases/new/", filled(case_officer, number="SN/2023:00999"))

    assert Case.objects.get().number == "SN/2023:00001"


def test_changing_a_case_leaves_its_number(case, case_officer, client_for):
    client = client_for(case_officer)

    client.post(f"/cases/{case.pk}/edit/", filled(case_officer, title="Annan rubrik", number="SN/2023:00999"))

    case.refresh_from_db()
    assert (case.title, case.number) == ("Annan rubrik", "SN/2023:00183")


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", {"SN/2023:00001", "SN/2023:00002", "SN/2023:00003"}),
        ("?q=2023-2", {"SN/2023:00002"}),
        ("?q=vatten", {"SN/2023:00003"}),
        ("?show=mine", {"SN/2023:00001"}),
        ("?show=closed", {"SN/2023:00002"}),
        ("?q=%00vatten", {"SN/2023:00003"}),
        ("?q=%25", set()),
    ],
)
def test_the_list_is_searched_and_narrowed(body, case_officer, client_for, query, numbers):
    CaseFactory(body=body, owner=case_officer)
    CaseFactory(body=body, status="closed")
    CaseFactory(body=body, title="Vattenskada")

    listed = client_for(case_officer).get(f"/cases/{query}").context["object_list"]

    assert {case.number for case in listed} == numbers


def test_a_page_that_is_not_there_is_not_found(case, secretary, client_for):
    assert client_for(secretary).get("/cases/?page=99").status_code == 404


@pytest.mark.parametrize("pk", ["999999999", "99999999999999999999999"])
def test_a_case_that_is_not_there_is_not_found(secretary, client_for, pk):
    assert client_for(secretary).get(f"/cases/{pk}/").status_code == 404


# What has happened -------------------------------------------------------------------------------


def told(case, *documents):
    return [(event.text, event.by, event.reason) for event in events_of(case, list(documents))]


def test_the_timeline_tells_newest_first_what_was_done_by_whom_and_why(case, document):
    head = PersonFactory()
    take_step(document, "finish", by=document.author)
    take_step(document, "send_back", by=head, data={"reason": "Siffrorna är gamla"})

    latest, before, *_rest = told(case, document)

    assert latest == ("Skickade tillbaka: Internkontrollplan 2023", str(head), "Siffrorna är gamla")
    assert before[1:] == (str(document.author), "")


def test_a_changed_title_is_told_with_what_stood_before(case):
    change_case(case, title="Ny rubrik", by=case.owner)

    [event, *_rest] = events_of(case, [])
    [changed] = event.changed
    assert (changed.label, changed.old, changed.new) == ("rubrik", "Internkontrollplan 2023", "Ny rubrik")
    assert event.by == str(case.owner)


def test_each_changed_field_is_told_on_its_own(case):
    change_case(case, title="Ny rubrik", sender="Revisorerna", by=case.owner)

    [event, *_rest] = events_of(case, [])
    assert {(one.old, one.new) for one in event.changed} == {
        ("Internkontrollplan 2023", "Ny rubrik"),
        ("–", "Revisorerna"),
    }


def test_a_new_case_officer_is_told_of_by_name_with_the_one_before(case):
    before, after = case.owner, PersonFactory(first_name="Ny", last_name="Ägare")
    change_case(case, owner=after, by=before)

    [event, *_rest] = events_of(case, [])

    assert [(one.old, one.new) for one in event.changed] == [(str(before), "Ny Ägare")]


def test_a_long_history_is_shown_in_full_when_it_is_asked_for(case, secretary, client_for):
    for number in range(LATEST):
        change_case(case, title=f"Rubrik {number}", by=case.owner)
    browser = client_for(secretary)

    short = browser.get(case.get_absolute_url())
    whole = browser.get(f"{case.get_absolute_url()}?history=all")

    assert (len(short.context["events"]), short.context["more_events"]) == (LATEST, True)
    assert (len(whole.context["events"]), whole.context["more_events"]) == (LATEST + 1, False)


def test_a_new_documents_many_sections_push_nothing_out_of_the_timeline(case, document):
    Section.objects.bulk_create(
        Section(document=document, key=f"own-{number}", heading="Rubrik", position=number + 50)
        for number in range(LATEST)
    )

    assert [text for text, _by, _reason in told(case, document)][-1] == "Registrerade ärendet"


def test_what_changed_around_a_document_is_told_in_its_place_among_the_latest(case, document):
    word_clauses(document.proposals.get(), texts=["att anta"], by=document.author)
    worded = "Formulerade förslaget i ”Internkontrollplan 2023”"
    assert events_of(case, [document], limit=1)[0].text == worded

    change_case(case, title="Ny rubrik", by=case.owner)

    assert [event.text for event in events_of(case, [document], limit=2)] == ["Ändrade rubrik", worded]
    assert [event.text for event in events_of(case, [document], limit=1)] == ["Ändrade rubrik"]


def test_files_clauses_and_what_stands_around_are_told_of_once(case, document, attachment):
    around = {"title": document.title, "dated_on": document.dated_on, "meeting": None, "signers": []}
    row = {"name": "Revisorerna", "kind": "body", "purpose": "action"}
    for _time in range(2):
        set_around(document, basis=[attachment], outside=[], recipients=[row], **around, by=document.author)
    word_clauses(document.proposals.get(), texts=["att anta", "att överlämna"], by=document.author)

    texts = [event.text for event in events_of(case, [document], [attachment])]

    assert texts.count("Bifogade ”Rapport”") == 1
    assert texts.count("Ändrade vad ”Internkontrollplan 2023” vilar på") == 1
    assert texts.count("Ändrade vem som får beslutet i ”Internkontrollplan 2023”") == 1
    assert texts.count("Formulerade förslaget i ”Internkontrollplan 2023”") == 1


def test_a_new_edition_is_told_of_once_and_not_as_if_somebody_had_edited(case, document, attachment):
    around = {"title": document.title, "dated_on": document.dated_on, "meeting": None}
    row = {"name": "Revisorerna", "kind": "body", "purpose": "action"}
    around |= {"signers": [document.author], "basis": [attachment], "outside": [], "recipients": [row]}
    set_around(document, **around, by=document.author)
    word_clauses(document.proposals.get(), texts=["att anta"], by=document.author)
    before = told(case, advance(document, "approved"))

    new = begin_edition(document, by=document.author, dated_on=document.dated_on)

    began = ("Påbörjade version 2 av ”Internkontrollplan 2023”", str(document.author), "")
    assert told(case, document, new) == [began, *before]


def test_what_the_program_notes_of_a_file_is_not_told(case, attachment):
    before = events_of(case, [], [attachment])

    Attachment.objects.update(pages=2, scan="clean", verdict="images", judged_at="2023-06-06T12:00Z")

    assert events_of(case, [], [attachment]) == before


def test_a_case_says_on_which_agenda_it_is(body, case, secretary, member, client_for):
    meeting = MeetingFactory(body=body)
    ItemFactory(meeting=meeting)
    ItemFactory(meeting=meeting, case=case)
    ItemFactory(secret=True)

    [line] = client_for(secretary).get(case.get_absolute_url()).context["beside"]
    Case.objects.update(released_at="2023-06-06T12:00Z")

    assert (line.text, line.url) == ("13\u00a0juni\u00a02023, punkt 2", meeting.get_absolute_url())
    assert client_for(member).get(case.get_absolute_url()).context["beside"] == []


def test_a_changed_text_is_told_by_its_heading_not_by_its_words(case, document):
    write(document, by=document.author, matter="<p>Hemligheter</p>")

    assert "Beskrivning av ärendet" in told(case, document)[0][0]
    assert not any("Hemligheter" in str(event) for event in told(case, document))


def test_documents_that_the_reader_may_not_see_are_not_told_of(case, document):
    hidden = DocumentFactory(case=case, title="Hemlig handling")
    take_step(hidden, "finish", by=hidden.author)

    assert not any("Hemlig" in text for text, _by, _reason in told(case, document))


def test_members_see_no_timeline(case, member, client_for):
    Case.objects.update(released_at="2023-06-06T12:00Z")

    assert "events" not in client_for(member).get(case.get_absolute_url()).context


def test_an_empty_case_asks_only_who_may_write_in_it_to_begin(case, case_officer, body, client_for):
    writer, reader = case_officer, person_as("controller", body)

    begun, read = [
        client_for(person).get(case.get_absolute_url()).content.decode() for person in (writer, reader)
    ]

    asked, told = "Börja med en tjänsteskrivelse", "kommer hit"
    assert (asked in begun, told in begun) == (True, False)
    assert (asked in read, told in read) == (False, True)


def test_a_document_is_found_by_every_case_that_it_serves_but_a_secret_one(case, document, body, secretary):
    for number, is_secret in (("SN/2023:00144", False), ("SN/2023:00145", True)):
        ground = {"is_secret": True, "secrecy_ground": "OSL 26:1"} if is_secret else {}
        document.cases.add(CaseFactory(body=body, number=number, **ground))

    found = {number: list(Document.objects.matching(number)) for number in ("144", "2023:145")}

    assert found == {"144": [document], "2023:145": []}


def test_what_lacks_in_a_form_is_said_by_us_in_the_pages_language_and_not_by_the_browser(
    case_officer, client_for
):
    browser = client_for(case_officer)

    form = browser.get("/cases/new/").content.decode()
    refused = browser.post("/cases/new/", {"title": ""}).content.decode()

    assert "novalidate" in form
    assert "måste fyllas i" in refused
