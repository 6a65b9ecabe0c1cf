"""Who sees what, written out by hand. Lists, searches, counts and pages all start from here."""

import pytest

from cases.register.models import Attachment, Case, Document, Fact
from core.search import find
from tests.factories import CaseFactory, DocumentFactory, FactFactory, release_to_members
from tests.register.conftest import ROLES

PREPARES = {
    "secretary",
    "registrar",
    "case_officer",
    "colleague",
    "head",
    "controller",
    "chair",
    "vice_chair",
}
READS_SECRET = {"secretary", "registrar", "head", "chair", "vice_chair"}
IN_THE_BODY = PREPARES | {"member", "substitute"}
SECRET = {"is_secret": True, "secrecy_ground": "OSL 26:1"}

CASES = {
    "being prepared": ({}, PREPARES),
    "released": ({"released": True}, IN_THE_BODY),
    "secret": (SECRET, READS_SECRET | {"case_officer"}),
    "secret and released": (SECRET | {"released": True}, READS_SECRET | {"case_officer"}),
}

# The document is in a released case, if not said otherwise.
DOCUMENTS = {
    "draft": ({}, PREPARES),
    "ready": ({"status": "ready"}, PREPARES),
    "approved": ({"status": "approved"}, PREPARES),
    "approved and released": ({"status": "approved", "released": True}, IN_THE_BODY),
    "released, but begun anew": ({"status": "draft", "released": True}, PREPARES),
    "secret": (
        {"status": "approved", "released": True, "is_secret": True},
        READS_SECRET | {"case_officer"},
    ),
}


def seers(everybody, model, row):
    return {role for role in ROLES if model.objects.visible_to(everybody[role]).filter(pk=row.pk).exists()}


def finders(everybody, row):
    return {
        role
        for role in ROLES
        if any(hit.url == row.get_absolute_url() for hit in find(everybody[role], row.title))
    }


@pytest.mark.parametrize("kind", CASES)
def test_a_case_is_seen_and_found_by_these(kind, everybody, body, case_officer):
    fields, expected = CASES[kind]

    case = CaseFactory(body=body, owner=case_officer, title="Ett ärende", **fields)

    assert seers(everybody, Case, case) == expected
    assert finders(everybody, case) == expected


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_is_seen_and_found_by_these(kind, everybody, body, case_officer):
    fields, expected = DOCUMENTS[kind]
    case = CaseFactory(body=body, owner=case_officer, released=True)

    document = DocumentFactory(case=case, title="En handling", **fields)

    assert seers(everybody, Document, document) == expected
    assert finders(everybody, document) == expected


@pytest.mark.parametrize("kind", ["being prepared", "secret", "secret and released"])
def test_a_released_document_is_never_less_secret_than_its_case(kind, everybody, body, case_officer):
    fields, expected = CASES[kind]
    case = CaseFactory(body=body, owner=case_officer, **fields)
    document = DocumentFactory(case=case, status="approved")
    Document.objects.filter(pk=document.pk).update(released_at="2023-06-06T12:00Z")

    assert seers(everybody, Document, document) == expected


def test_a_document_of_a_secret_case_is_not_seen_through_an_open_one_that_it_also_serves(
    everybody,
    body,
    case_officer,
):
    secret = CaseFactory(body=body, owner=case_officer, **SECRET)
    document = DocumentFactory(case=secret, status="approved", released=True)
    document.cases.add(CaseFactory(body=body, owner=case_officer, released=True))

    assert seers(everybody, Document, document) == READS_SECRET | {"case_officer"}


def test_a_document_of_an_open_case_stays_open_when_it_also_serves_a_secret_one(
    everybody, body, case_officer
):
    document = DocumentFactory(
        case=CaseFactory(body=body, owner=case_officer), status="approved", released=True
    )
    document.cases.add(CaseFactory(body=body, owner=case_officer, **SECRET))

    assert seers(everybody, Document, document) == IN_THE_BODY


ATTACHMENTS = {
    "not released": ({}, PREPARES),
    "released": ({"released_at": "2023-06-06T12:00Z"}, IN_THE_BODY),
    "secret": ({"released_at": "2023-06-06T12:00Z", "is_secret": True}, READS_SECRET | {"case_officer"}),
}


@pytest.mark.parametrize("kind", ATTACHMENTS)
def test_a_file_is_seen_by_these(kind, everybody, case, attachment):
    fields, expected = ATTACHMENTS[kind]
    release_to_members(case)

    Attachment.objects.filter(pk=attachment.pk).update(**fields)

    assert seers(everybody, Attachment, attachment) == expected


def test_a_file_of_a_secret_case_is_as_secret(everybody, case, attachment):
    Case.objects.filter(pk=case.pk).update(**SECRET)
    Attachment.objects.filter(pk=attachment.pk).update(released_at="2023-06-06T12:00Z")

    assert seers(everybody, Attachment, attachment) == READS_SECRET | {"case_officer"}


def test_facts_are_for_those_who_prepare(everybody, period):
    assert seers(everybody, Fact, FactFactory(period=period)) == PREPARES


def test_releasing_shows_approved_documents_only(case):
    draft = DocumentFactory(case=case)
    approved = DocumentFactory(case=case, status="approved")

    release_to_members(case, draft, approved)

    assert list(Document.objects.filter(released_at__isnull=False)) == [approved]


def test_what_was_released_before_keeps_its_moment(case):
    release_to_members(case)
    first = case.released_at

    release_to_members(case)

    assert case.released_at == first


def test_a_membership_that_has_ended_shows_nothing(member, case):
    release_to_members(case)
    member.memberships.update(to_on="2023-06-05")

    assert not Case.objects.visible_to(type(member).objects.get(pk=member.pk)).exists()
