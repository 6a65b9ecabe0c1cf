"""What is approved is locked in the database: no service, import or hand at a prompt changes it."""

import pytest
from django.db import IntegrityError, connection, transaction

from cases.register.models import Document, Frozen, Section
from tests.factories import CaseFactory, DocumentFactory, advance


@pytest.fixture
def approved(db):
    document = DocumentFactory(case=CaseFactory(), texts={"summary": "<p>Beslutat</p>"}, clauses=["godkänna"])
    document.recipients.create(name="Kommunstyrelsen")
    document.signers.create(person=document.author)
    document.basis.create(outside_title="Rapport")
    return advance(document, "approved")


CHANGES = [
    "UPDATE register_document SET title = 'Annat' WHERE id = %(id)s",
    "UPDATE register_document SET status = 'draft' WHERE id = %(id)s",
    "UPDATE register_document SET dated_on = '2020-01-01' WHERE id = %(id)s",
    "UPDATE register_document SET released_at = now(), title = 'Annat' WHERE id = %(id)s",
    "DELETE FROM register_document WHERE id = %(id)s",
    "UPDATE register_section SET text = 'Annat' WHERE document_id = %(id)s",
    "UPDATE register_section SET heading = 'Annat' WHERE document_id = %(id)s AND key = 'summary'",
    "UPDATE register_section SET document_id = %(draft)s, key = 'ny' WHERE document_id = %(id)s AND key = 'summary'",
    "DELETE FROM register_section WHERE document_id = %(id)s",
    "UPDATE register_section SET document_id = %(id)s, key = 'ny' WHERE document_id = %(draft)s AND key = 'summary'",
    (
        "INSERT INTO register_section (document_id, position, key, heading, guidance, block, is_required, text, version,"
        " changed_at) VALUES (%(id)s, 99, 'ny', 'Ny', '', '', false, '', 1, now())"
    ),
    "UPDATE register_frozen SET content = '{}' WHERE document_id = %(id)s",
    "UPDATE register_frozen SET fingerprint = '' WHERE document_id = %(id)s",
    "DELETE FROM register_frozen WHERE document_id = %(id)s",
    "UPDATE register_recipient SET name = 'Annan' WHERE document_id = %(id)s",
    "DELETE FROM register_recipient WHERE document_id = %(id)s",
    (
        "INSERT INTO register_recipient (document_id, position, name, kind, purpose)"
        " VALUES (%(id)s, 9, 'Ny', 'body', 'action')"
    ),
    "DELETE FROM register_signer WHERE document_id = %(id)s",
    "UPDATE register_decisionbasis SET outside_title = 'Annan' WHERE document_id = %(id)s",
    "DELETE FROM register_decisionbasis WHERE document_id = %(id)s",
    (
        "UPDATE register_clause SET text = 'avslå' FROM register_proposal p"
        " WHERE p.id = proposal_id AND p.document_id = %(id)s"
    ),
    "DELETE FROM register_clause USING register_proposal p WHERE p.id = proposal_id AND p.document_id = %(id)s",
    (
        "INSERT INTO register_clause (proposal_id, position, text)"
        " SELECT id, 9, 'och mer' FROM register_proposal WHERE document_id = %(id)s"
    ),
    "UPDATE register_proposal SET document_id = NULL WHERE document_id = %(id)s",
]


@pytest.mark.parametrize("sql", CHANGES)
def test_nothing_of_an_approved_document_is_changed_even_by_raw_sql(approved, sql):
    draft = DocumentFactory(case=approved.case)

    with (
        pytest.raises(IntegrityError, match="approved|frozen"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, {"id": approved.pk, "draft": draft.pk})

    assert approved.sections.get(key="summary").text == "<p>Beslutat</p>"


def test_only_that_it_was_released_is_noted_afterwards(approved):
    assert Document.objects.filter(pk=approved.pk).update(released_at="2023-06-06T12:00Z") == 1


def test_a_draft_is_changed_freely(db):
    document = DocumentFactory(texts={"summary": "<p>Utkast</p>"})

    assert Section.objects.filter(document=document).update(heading="Annat") == 7


def test_what_is_frozen_goes_with_nothing_else(approved):
    with pytest.raises(IntegrityError), transaction.atomic():
        Frozen.objects.all().delete()

    assert Frozen.objects.filter(document=approved).exists()
