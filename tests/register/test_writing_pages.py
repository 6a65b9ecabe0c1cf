"""The page on which a document is written, with whatever people and their browsers send it."""

import pytest

from cases.register.models import SectionDraft
from cases.register.services import keep_drafts, word_clauses
from tests.factories import DocumentFactory, ItemFactory, MeetingFactory, PersonFactory, advance, write

NUMBER = "900101-2385"  # of the series that the Tax Agency keeps for tests


@pytest.fixture
def part(document):
    return document.sections.get(key="summary")


@pytest.fixture
def other(document):
    return document.sections.get(key="matter")


@pytest.fixture
def save(client_for, case_officer, document):
    """Return a function that saves as the case officer's browser does."""
    client = client_for(case_officer)

    def saved(data, where="save", page=document):
        return client.post(f"/documents/{page.pk}/{where}/", data)

    return saved


def field(section, text, version=None):
    return {
        f"text-{section.pk}": text,
        f"version-{section.pk}": section.version if version is None else version,
    }


def stands(section):
    section.refresh_from_db()
    return section.text


def typed(response):
    return {field.section.key: field.text for field in response.context["fields"]}


def test_what_was_written_is_saved_and_the_document_stays_a_draft(save, document, part):
    response = save(field(part, "<p>Nytt</p>"))

    assert (response.status_code, response["Location"]) == (302, document.get_absolute_url())
    assert stands(part) == "<p>Nytt</p>"


@pytest.fixture
def proposed(document):
    word_clauses(document.proposals.get(), texts=["anta planen"], by=document.author)


@pytest.mark.usefixtures("proposed")
def test_ready_saves_and_takes_the_step(save, document, part):
    save(field(part, "<p>Färdigt</p>") | {"finish": "1"})

    document.refresh_from_db()
    assert (document.status, stands(part)) == ("ready", "<p>Färdigt</p>")


@pytest.mark.usefixtures("proposed")
def test_ready_shows_first_what_the_rules_find_and_goes_on_all_the_same(
    save, client_for, case_officer, document, part
):
    asked = save(field(part, "<p>Se SN 2023:144, XXXX-XX-XX.</p>") | {"finish": "1"})
    step = f"/documents/{document.pk}/step/finish/"
    page = client_for(case_officer).get(step)
    client_for(case_officer).post(step)

    assert asked["Location"] == step
    assert [found.rule for found in page.context["findings"]] == [
        "register.foreign_number",
        "register.leftover",
    ]
    document.refresh_from_db()
    assert document.status == "ready"


def test_a_personal_number_keeps_a_document_from_being_ready(client_for, case_officer, document):
    type(document).objects.filter(pk=document.pk).update(title=f"Om {NUMBER}")

    response = client_for(case_officer).post(f"/documents/{document.pk}/step/finish/")

    document.refresh_from_db()
    assert (response.status_code, document.status) == (422, "draft")


@pytest.mark.parametrize("status", ["draft", "ready"])
def test_the_documents_page_says_what_the_rules_find_in_it(client_for, case_officer, body, status):
    document = DocumentFactory(
        case__body=body,
        case__owner=case_officer,
        texts={"summary": "<p>Se ???</p>"},
        clauses=["anta planen"],
        status=status,
    )

    page = client_for(case_officer).get(document.get_absolute_url())

    assert [found.rule for found in page.context["findings"]] == ["register.leftover"]


def test_members_are_not_told_what_the_rules_find(client_for, member, body):
    document = DocumentFactory(
        case__body=body, texts={"summary": "<p>Se ???</p>"}, status="approved", released=True
    )

    assert client_for(member).get(document.get_absolute_url()).context["findings"] == []


def test_a_collision_shows_both_texts_and_saves_the_rest(save, document, part, other):
    write(document, by=PersonFactory(), summary="<p>Någon annans</p>")

    response = save(field(part, "<p>Mitt</p>", version=2) | field(other, "<p>Fritt</p>"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "<p>Någon annans</p>" in page
    assert "<p>Mitt</p>" in page
    assert (stands(part), stands(other)) == ("<p>Någon annans</p>", "<p>Fritt</p>")


def test_ones_own_other_tab_is_called_so(save, document, part):
    save(field(part, "<p>I den andra fliken</p>"))

    page = save(field(part, "<p>I den här</p>", version=2)).content.decode()

    assert "Du har sparat samma text i en annan flik" in page


def test_a_collision_is_not_ready_even_when_asked_for(save, document, part):
    write(document, by=PersonFactory(), summary="<p>Någon annans</p>")

    save(field(part, "<p>Mitt</p>", version=2) | {"finish": "1"})

    document.refresh_from_db()
    assert document.is_draft


def test_the_text_chosen_on_the_collision_page_stands(save, client_for, case_officer, document, part):
    write(document, by=PersonFactory(), summary="<p>Någon annans</p>")

    client_for(case_officer).post(
        f"/documents/sections/{part.pk}/settle/", {"text": "<p>Mitt</p>", "version": "3"}
    )

    assert stands(part) == "<p>Mitt</p>"


@pytest.mark.parametrize(
    "text",
    [f"<p>{NUMBER}</p>", "<p>NUL \x00</p>", "<p>" + "a" * 600_001 + "</p>"],
    ids=["personal number", "NUL", "too long"],
)
def test_a_text_that_is_refused_stands_in_the_editor_as_it_was_typed(save, document, part, other, text):
    response = save(field(part, text) | field(other, "<p>Annat</p>"))

    assert response.status_code == 422
    assert len(response.context["errors"]) == 1
    assert typed(response)["matter"] == "<p>Annat</p>"
    assert (stands(part), stands(other)) == ("<p>Sammanfattat</p>", "")


def test_the_message_about_a_personal_number_does_not_repeat_it(save, part):
    response = save(field(part, f"<p>{NUMBER}</p>"))

    [error] = response.context["errors"]
    assert "900101-XXXX" in error
    assert NUMBER not in error


def test_refused_clauses_leave_texts_and_clauses_as_they_were(save, document, part):
    data = {"has_clauses": "1", "clause": ["godkänna", f"höra {NUMBER}"]}

    response = save(field(part, "<p>Nytt</p>") | data)

    assert response.status_code == 422
    assert (stands(part), document.proposals.get().own_clauses) == ("<p>Sammanfattat</p>", [])


def test_clauses_that_are_refused_come_back_with_one_empty_field_however_often_one_tries(save):
    data = {"has_clauses": "1", "clause": ["godkänna", "", f"höra {NUMBER}", ""]}

    page = save(data)

    assert shown_clauses(page)[0] == ["godkänna", f"höra {NUMBER}"]
    assert page.content.decode().count('name="clause"') == 3


def test_a_refused_text_leaves_the_clauses_as_they_were(save, document, part):
    save(field(part, f"<p>{NUMBER}</p>") | {"has_clauses": "1", "clause": ["godkänna"]})

    assert document.proposals.get().own_clauses == []


def test_a_clause_that_cannot_be_stored_is_refused(save, document):
    response = save({"has_clauses": "1", "clause": ["NUL \x00"]})

    assert response.status_code == 422
    assert document.proposals.get().own_clauses == []


def test_a_clause_of_the_chair_that_cannot_be_stored_is_refused(client_for, chair, body, case, document):
    item = ItemFactory(meeting=MeetingFactory(body=body), case=case, document=document)

    response = client_for(chair).post(f"/items/{item.pk}/proposal/", {"clause": ["NUL \x00"]})

    item.refresh_from_db()
    assert (response.status_code, item.proposal) == (422, None)


def test_a_stale_form_changes_nothing_and_shows_what_was_typed(save, document, part):
    keep_drafts(document, texts={part.pk: ("<p>Utkast</p>", 2)}, by=document.author)
    advance(document, "ready")

    response = save(field(part, "<p>Sent skrivet</p>"))

    assert response.status_code == 409
    assert "Sent skrivet" in response.content.decode()
    assert stands(part) == "<p>Sammanfattat</p>"
    assert SectionDraft.objects.get().text == "<p>Utkast</p>"


@pytest.mark.parametrize("where", ["save", "draft", "discard"])
def test_somebody_elses_document_is_not_there(save, document, where):
    theirs = DocumentFactory()
    section = theirs.sections.get(key="summary")

    response = save(field(section, "<p>Fel</p>"), where=where, page=theirs)

    assert response.status_code == 404
    assert (stands(section), SectionDraft.objects.count()) == ("", 0)


@pytest.mark.parametrize("where", ["save", "draft"])
def test_somebody_elses_section_is_not_reached_through_ones_own_document(save, where):
    section = DocumentFactory().sections.get(key="summary")

    save(field(section, "<p>Fel</p>"), where=where)

    assert (stands(section), SectionDraft.objects.count()) == ("", 0)


@pytest.mark.parametrize(
    "data",
    [
        {"text-1e9": "<p>x</p>"},
        {"text-99999999999999999999999": "<p>x</p>"},
        {"text-999999999999999999": "<p>x</p>"},
        {"text-": "<p>x</p>", "version-": "x"},
        {"text-²": "<p>x</p>"},
    ],
    ids=lambda data: next(iter(data)),
)
@pytest.mark.parametrize("where", ["save", "draft"])
def test_fields_that_nobody_asked_for_are_left_alone(save, part, where, data):
    assert save(data, where=where).status_code in (200, 302)
    assert stands(part) == "<p>Sammanfattat</p>"


@pytest.mark.parametrize("version", ["", "två", "-1", "1.5", "9" * 30, "²"])
def test_a_version_that_is_none_collides_and_loses_nothing(save, part, version):
    response = save(field(part, "<p>Mitt</p>", version=version))

    assert response.status_code == 409
    assert stands(part) == "<p>Sammanfattat</p>"


def test_five_megabytes_of_text_get_a_message_and_not_an_error_of_ours(save, part):
    response = save(field(part, "<p>" + "ord " * 1_250_000 + "</p>"))

    assert response.status_code == 422
    assert stands(part) == "<p>Sammanfattat</p>"


def test_more_than_the_server_takes_is_told_to_be_too_much_text(save, part):
    response = save(field(part, "ord " * 1_600_000))

    assert response.status_code == 413
    assert "Texten är för stor" in response.content.decode()


# Drafts, kept a second or two after the last key -------------------------------------------------


def test_a_draft_is_kept_and_shown_when_the_page_is_opened_again(
    save, client_for, case_officer, document, part
):
    response = save(field(part, "<p>Halvskrivet</p>"), where="draft")

    assert set(response.json()) == {"saved_at"}
    page = client_for(case_officer).get(document.get_absolute_url())
    assert typed(page)["summary"] == "<p>Halvskrivet</p>"
    assert stands(part) == "<p>Sammanfattat</p>"


def test_a_personal_number_in_a_draft_is_kept_for_its_writer_only(
    save, client_for, secretary, document, part
):
    save(field(part, f"<p>{NUMBER}</p>"), where="draft")

    page = client_for(secretary).get(document.get_absolute_url())

    assert NUMBER not in page.content.decode()


def shown_clauses(page):
    [field] = [field for field in page.context["fields"] if field.is_proposal]
    return field.clauses, field.clauses_seen


def test_clauses_are_kept_and_shown_when_the_page_is_opened_again(save, client_for, case_officer, document):
    saved = save({"clause": ["att anta"], "clause_seen": [], "has_clauses": "1"})
    kept = save({"clause": ["att anta", "att tacka", ""], "clause_seen": ["att anta"]}, where="draft")

    page = client_for(case_officer).get(document.get_absolute_url())
    assert (saved.status_code, set(kept.json())) == (302, {"saved_at"})
    assert shown_clauses(page) == (["att anta", "att tacka"], ["att anta"])
    assert page.context["has_drafts"]
    assert document.proposed == ["att anta"]


def test_a_draft_of_text_alone_says_nothing_of_the_clauses(save, client_for, case_officer, document, part):
    save({"clause": ["att anta"], "clause_seen": [], "has_clauses": "1"})

    save(field(part, "<p>Nytt</p>") | {"has_clauses": "1", "clause_seen": ["att anta"]}, where="draft")

    page = client_for(case_officer).get(document.get_absolute_url())
    assert shown_clauses(page) == (["att anta"], ["att anta"])
    assert [draft.section for draft in SectionDraft.objects.all()] == [part]


def test_clauses_kept_before_somebody_else_worded_the_proposal_do_not_overwrite_it(
    save, client_for, case_officer, document
):
    save({"clause": ["att anta"]}, where="draft")
    word_clauses(document.proposals.get(), texts=["att avslå"], by=PersonFactory())

    texts, seen = shown_clauses(client_for(case_officer).get(document.get_absolute_url()))
    response = save({"has_clauses": "1", "clause": texts, "clause_seen": seen})

    assert response.status_code == 422
    assert document.proposals.get().own_clauses[0].text == "att avslå"
    assert shown_clauses(response) == (["att anta"], ["att avslå"])


def test_a_personal_number_in_a_clause_is_kept_and_warned_of(save):
    answer = save({"clause": [f"höra {NUMBER}"]}, where="draft").json()

    assert "900101-XXXX" in answer["warning"]


@pytest.mark.parametrize("name", ["clause", "clause_seen"])
def test_a_clause_that_cannot_be_kept_says_why(save, name):
    response = save({"clause": ["att anta"]} | {name: ["NUL \x00"]}, where="draft")

    assert (response.status_code, set(response.json())) == (422, {"error"})


def test_clauses_sent_too_late_are_shown_to_be_taken_along(save, document):
    advance(document, "ready")

    response = save({"has_clauses": "1", "clause": ["att tacka <alla>", ""]})

    assert response.status_code == 409
    assert "<p>att tacka &lt;alla&gt;</p>" in response.content.decode()


def test_a_draft_with_a_personal_number_is_kept_and_warned_of_at_once(save, part, other):
    first = save(field(part, f"<p>{NUMBER}</p>"), where="draft").json()
    second = save(field(other, "<p>Annat</p>"), where="draft").json()
    mended = save(field(part, "<p>Utan nummer</p>"), where="draft").json()

    for answer in (first, second):
        assert answer["saved_at"]
        assert "900101-XXXX" in answer["warning"]
        assert NUMBER not in answer["warning"]
    assert "warning" not in mended


@pytest.mark.parametrize("text", ["NUL \x00", "a" * 600_001], ids=["NUL", "too long"])
def test_a_draft_that_cannot_be_kept_says_why(save, part, text):
    response = save(field(part, text), where="draft")

    assert (response.status_code, set(response.json())) == (422, {"error"})


def test_a_draft_of_a_document_that_is_no_longer_written_is_refused(save, document, part):
    advance(document, "ready")

    assert save(field(part, "<p>Sent</p>"), where="draft").status_code == 422


def test_the_page_says_who_else_has_unsaved_text(client_for, case_officer, document, part):
    other = PersonFactory()
    keep_drafts(document, texts={part.pk: ("<p>Deras</p>", 2)}, by=other)

    page = client_for(case_officer).get(document.get_absolute_url())

    assert page.context["people_writing"] == [str(other)]
    assert "Deras" not in page.content.decode()


def test_throwing_away_shows_what_is_saved(save, client_for, case_officer, document, part):
    save(field(part, "<p>Utkast</p>"), where="draft")

    save({}, where="discard")

    assert not SectionDraft.objects.exists()


def test_a_draft_is_made_into_a_file_where_it_is_written(document, case_officer, client_for):
    page = client_for(case_officer).get(document.get_absolute_url()).content.decode()

    assert 'id="document-form"' in page
    assert f'formaction="/renditions/document/register.document/{document.pk}/' in page
