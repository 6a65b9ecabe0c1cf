"""Beginning a document, and reading it."""

import pytest

from cases.register.models import Document
from cases.register.services import NotToDiscard, discard_document, save_sections
from cases.register.timeline import events_of
from core.services import take_step
from core.workflow import StepNotAllowed
from tests.factories import DocumentFactory, ItemFactory, TemplateFactory, advance

PLAN = ("matter", "Planen", "", True)


def test_a_document_begins_with_its_templates_sections(client_for, case_officer, case, document):
    data = {"template": document.template_id, "title": "Ny skrivelse", "dated_on": "2023-06-06"}

    client_for(case_officer).post(f"/cases/{case.pk}/documents/new/", data)

    new = Document.objects.get(title="Ny skrivelse")
    assert (new.author, new.status, new.edition) == (case_officer, "draft", 1)
    assert [section.key for section in new.sections.all()] == [
        "proposal",
        "summary",
        "matter",
        "economy",
        "basis",
        "signers",
        "recipients",
    ]
    assert new.proposals.get().made_by == "department"


def test_what_a_decision_is_proposed_in_is_offered_first(client_for, case_officer, case, document):
    TemplateFactory(municipality=case.body.municipality, kind="plan", name="Plan", sections=[PLAN])

    page = client_for(case_officer).get(f"/cases/{case.pk}/documents/new/")

    kinds = [template.kind for template in page.context["form"].fields["template"].queryset]
    assert kinds == ["tjansteskrivelse", "plan"]
    assert "---------" not in page.content.decode()


def test_a_draft_that_was_begun_by_mistake_is_thrown_away_and_the_history_knows(
    client_for, case_officer, case, document
):
    response = client_for(case_officer).post(f"/documents/{document.pk}/throw-away/")

    assert response["Location"] == case.get_absolute_url()
    assert not Document.objects.exists()
    assert "Tog bort utkastet ”Internkontrollplan 2023”" in [event.text for event in events_of(case, [])]


def test_a_draft_that_has_been_further_is_not_thrown_away(document):
    take_step(advance(document, "ready"), "take_back", by=document.author)

    with pytest.raises(NotToDiscard):
        discard_document(document, by=document.author)

    assert Document.objects.exists()


def test_a_draft_on_an_agenda_is_not_thrown_away(document):
    ItemFactory(document=document, case=document.case, meeting__body=document.case.body)

    with pytest.raises(NotToDiscard):
        discard_document(document, by=document.author)

    assert Document.objects.get().sections.exists()


@pytest.mark.parametrize("status", ["ready", "approved"])
def test_only_drafts_are_thrown_away(document, status):
    with pytest.raises(StepNotAllowed):
        discard_document(advance(document, status), by=document.author)


def test_nobody_throws_away_somebody_elses_draft(client_for, head, document):
    assert client_for(head).post(f"/documents/{document.pk}/throw-away/").status_code == 403


def test_there_is_nothing_to_remove_in_a_row_that_nobody_has_begun(client_for, case_officer, document):
    page = client_for(case_officer).get(f"/documents/{document.pk}/around/").content.decode()

    assert 'name="recipients-0-name"' in page
    assert "recipients-0-DELETE" not in page


def test_documents_to_rest_on_are_named_as_they_are_printed(client_for, case_officer, document):
    page = client_for(case_officer).get(f"/documents/{document.pk}/around/").content.decode()

    assert f"Tjänsteskrivelse – {document.title}, {document.dated_on}" in page


def test_what_is_wrong_in_a_row_stands_at_the_top_too(client_for, case_officer, document):
    rows = {"outside-TOTAL_FORMS": 0, "recipients-TOTAL_FORMS": 1}
    rows |= {"outside-INITIAL_FORMS": 0, "recipients-INITIAL_FORMS": 0}
    typed = {"title": "Plan", "dated_on": "2023-06-06", "recipients-0-name": "Anna 900101-2385"}
    chosen = {"recipients-0-kind": "body", "recipients-0-purpose": "action"}

    page = client_for(case_officer).post(f"/documents/{document.pk}/around/", rows | typed | chosen)

    assert '<li><a href="#id_recipients-0-name">' in page.content.decode()


def test_another_municipalitys_template_cannot_be_chosen(client_for, case_officer, case):
    theirs = DocumentFactory().template
    data = {"template": theirs.pk, "title": "Ny skrivelse", "dated_on": "2023-06-06"}

    response = client_for(case_officer).post(f"/cases/{case.pk}/documents/new/", data)

    assert list(response.context["form"].errors) == ["template"]


def test_a_masked_passage_is_in_clear_for_staff_and_members_on_the_page(
    client_for, secretary, member, document
):
    save_sections(
        document,
        texts={
            document.sections.get(key="matter").pk: ('<p>Se <span data-mask="osl">bilagan</span>.</p>', 1)
        },
        by=document.author,
    )

    page = client_for(secretary).get(document.get_absolute_url())

    assert "bilagan" in page.content.decode()
    assert client_for(member).get(document.get_absolute_url()).status_code == 404
