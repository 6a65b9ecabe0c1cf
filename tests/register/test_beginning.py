"""Beginning a document, and reading it."""

from cases.register.models import Document
from cases.register.services import save_sections
from tests.factories import DocumentFactory


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
