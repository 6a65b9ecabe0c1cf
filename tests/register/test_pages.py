"""Every address of the register, and who gets what there. The tables are the law, written by hand.

200 a page, 302 done, 403 seen but not theirs to do, 404 not theirs to know of.
"""

import pytest
from django.db import transaction
from django.urls import resolve

from cases.register.models import Attachment
from cases.register.services import begin_edition
from cases.register.urls import case_urls, document_urls
from tests.factories import TODAY, FactFactory, advance, release_to_members

INSIDERS = ["secretary", "case_officer", "colleague", "head", "chair"]
IN_LISTS = ["secretary", "case_officer", "head", "chair", "member", "stranger"]
OUTSIDERS = ["member", "substitute", "administrator", "stranger", "elsewhere"]

LISTS = {
    # address: (secretary, case officer, head, chair, member, stranger)
    "GET /cases/": (200, 200, 200, 200, 200, 200),
    "GET /cases/new/": (200, 200, 200, 403, 403, 403),
    "GET /search/?q=plan": (200, 200, 200, 200, 200, 200),
    "GET /search/suggest/?q=plan": (200, 200, 200, 200, 200, 200),
    "GET /jobs/tray/": (200, 200, 200, 200, 200, 200),
}

PREPARED = {
    # method and address of a case that is being prepared: (secretary, case officer, colleague, head, chair)
    "GET /cases/{case}/": (200, 200, 200, 200, 200),
    "GET /cases/{case}/edit/": (200, 200, 403, 403, 403),
    "POST /cases/{case}/edit/": (200, 200, 403, 403, 403),
    "GET /cases/{case}/documents/new/": (200, 200, 403, 200, 403),
    "POST /cases/{case}/documents/new/": (200, 200, 403, 200, 403),
    "GET /cases/{case}/files/new/": (200, 200, 403, 200, 403),
    "POST /cases/{case}/files/new/": (200, 200, 403, 200, 403),
    "GET /cases/{case}/step/close/": (200, 200, 403, 403, 403),
    "POST /cases/{case}/step/close/": (302, 302, 403, 403, 403),
    "GET /cases/{case}/step/sell/": (404, 404, 404, 404, 404),
    "GET /documents/{document}/": (200, 200, 200, 200, 200),
    "POST /documents/{document}/save/": (302, 302, 403, 403, 403),
    "GET /documents/{document}/save/": (302, 302, 302, 302, 302),
    "GET /documents/sections/{section}/settle/": (302, 302, 302, 302, 302),
    "GET /documents/{document}/around/": (200, 200, 403, 403, 403),
    "POST /documents/{document}/draft/": (200, 200, 403, 403, 403),
    "POST /documents/{document}/discard/": (302, 302, 302, 302, 302),
    "POST /documents/{document}/throw-away/": (302, 302, 403, 403, 403),
    "GET /documents/{document}/compare/": (200, 200, 200, 200, 200),
    "GET /documents/{document}/figures/": (200, 200, 403, 403, 403),
    "POST /documents/{document}/typed-numbers/": (200, 200, 403, 403, 403),
    "GET /documents/{document}/findings/": (200, 200, 200, 200, 200),
    "GET /documents/{document}/facts/": (200, 200, 403, 403, 403),
    "GET /documents/{document}/facts/{fact}/": (200, 200, 403, 403, 403),
    "POST /documents/{document}/new-edition/": (302, 302, 403, 403, 403),
    "POST /documents/{document}/step/finish/": (302, 302, 403, 403, 403),
    "GET /documents/{document}/step/approve/": (403, 403, 403, 200, 403),
    "POST /documents/{document}/step/take_back/": (403, 302, 403, 403, 403),
    "GET /documents/{document}/step/send_back/": (403, 403, 403, 200, 403),
    "POST /documents/sections/{section}/settle/": (302, 302, 403, 403, 403),
    "GET /documents/{document}/sections/": (200, 200, 403, 403, 403),
    "GET /documents/{document}/actions/": (200, 200, 403, 403, 403),
    "POST /documents/{document}/actions/carry-over/": (302, 302, 403, 403, 403),
    "GET /documents/{document}/follow-up/": (200, 200, 403, 403, 403),
    "GET /files/{file}/": (200, 200, 200, 200, 200),
    "GET /files/{file}/edit/": (200, 200, 403, 200, 403),
    "POST /files/{file}/edit/": (200, 200, 403, 200, 403),
}

RELEASED = {
    # the same for who belongs to the body, once it is approved and released: (member, substitute, administrator)
    "GET /cases/{case}/": 200,
    "GET /cases/{case}/edit/": 403,
    "POST /cases/{case}/edit/": 403,
    "GET /cases/{case}/documents/new/": 403,
    "POST /cases/{case}/files/new/": 403,
    "POST /cases/{case}/step/close/": 403,
    "GET /documents/{document}/": 200,
    "POST /documents/{document}/save/": 403,
    "GET /documents/{document}/around/": 403,
    "POST /documents/{document}/draft/": 403,
    "GET /documents/{document}/compare/": 200,
    "GET /documents/{document}/figures/": 403,
    "GET /documents/{document}/findings/": 403,
    "GET /documents/{document}/facts/": 403,
    "POST /documents/{document}/new-edition/": 403,
    "POST /documents/{document}/step/approve/": 403,
    "POST /documents/sections/{section}/settle/": 403,
    "GET /files/{file}/": 200,
}


@pytest.fixture
def keys(case, document, attachment, period):
    return {
        "case": case.pk,
        "document": document.pk,
        "section": document.sections.get(key="summary").pk,
        "file": attachment.pk,
        "fact": FactFactory(period=period).pk,
    }


@pytest.fixture
def ask(client_for):
    """Return a function that sends one request as somebody, or as nobody, and undoes what it did."""

    def asked(client, line, keys):
        method, _space, url = line.partition(" ")
        with transaction.atomic():
            response = getattr(client, method.lower())(url.format(**keys))
            transaction.set_rollback(True)
        if response.streaming:
            b"".join(response.streaming_content)
        return response

    return asked


@pytest.fixture
def answers(request, ask, client_for):
    """Return a function that tells what somebody gets at each of many addresses."""

    def answered(role, lines, keys):
        client = client_for(request.getfixturevalue(role))
        return {line: ask(client, line, keys).status_code for line in lines}

    return answered


def column(table, place):
    return {line: row[place] for line, row in table.items()}


@pytest.mark.parametrize("role", IN_LISTS)
def test_lists_are_shown_to_these(answers, case, role):
    assert answers(role, LISTS, {}) == column(LISTS, IN_LISTS.index(role))


@pytest.mark.parametrize("role", INSIDERS)
def test_what_is_being_prepared_is_answered_to_these(answers, keys, role):
    assert answers(role, PREPARED, keys) == column(PREPARED, INSIDERS.index(role))


@pytest.mark.parametrize("role", OUTSIDERS)
def test_what_is_being_prepared_is_not_there_for_the_others(answers, keys, role):
    lines = [line for line in PREPARED if not line.startswith("GET") or not line.endswith("/save/")]

    assert answers(role, lines, keys) == dict.fromkeys(lines, 404)


@pytest.mark.parametrize("role", OUTSIDERS)
def test_what_is_released_is_answered_to_the_body_and_to_nobody_else(answers, keys, case, document, role):
    release_to_members(case, advance(document, "approved"))
    Attachment.objects.update(released_at="2023-06-06T12:00Z")

    law = RELEASED if role in ("member", "substitute") else dict.fromkeys(RELEASED, 404)

    assert answers(role, RELEASED, keys) == law


def test_who_is_not_logged_in_is_asked_to_log_in_everywhere(keys, client, ask):
    lines = [*PREPARED, *LISTS]

    sent_to = {line: ask(client, line, keys)["Location"].split("?")[0] for line in lines}

    assert sent_to == dict.fromkeys(lines, "/accounts/login/")


def test_the_edition_before_is_not_shown_to_members_who_may_not_read_it(answers, case, document):
    new = begin_edition(advance(document, "approved"), by=case.owner, dated_on=TODAY)
    release_to_members(case, advance(new, "approved"))

    compare, keys = "GET /documents/{document}/compare/", {"document": new.pk}
    assert answers("member", [compare], keys) == {compare: 404}
    assert answers("secretary", [compare], keys) == {compare: 200}


def test_the_draft_of_a_new_edition_leads_to_what_differs_from_the_one_before(
    client_for, case_officer, document
):
    client = client_for(case_officer)
    first = client.get(document.get_absolute_url()).content.decode()
    new = begin_edition(advance(document, "approved"), by=case_officer, dated_on=TODAY)

    page = client.get(new.get_absolute_url()).content.decode()

    assert f"/documents/{new.pk}/compare/" in page
    assert "/compare/" not in first


def test_every_address_of_the_register_is_in_the_tables():
    keys = dict.fromkeys(["case", "document", "section", "file", "fact"], 1)
    lines = [*PREPARED, *LISTS]

    tried = {resolve(line.split(" ")[1].partition("?")[0].format(**keys)).url_name for line in lines}

    assert {address.name for address in (*case_urls, *document_urls)} - tried == set()
