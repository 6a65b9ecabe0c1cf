"""Every address of the agenda, by role: the law, written out by hand."""

import pytest
from django.db import transaction

from committee.models import Meeting
from tests.factories import CaseFactory, ItemFactory, in_status, person_as

ROLES = ("secretary", "case_officer", "head", "chair", "member", "substitute", "administrator", "stranger")
NOBODY = (403,) * 7
ALL = (200,) * 8

# Address: what each of ROLES is answered, in their order.
PLANNED = {
    "GET /meetings/": ALL,
    "GET /meetings/new/": (200, *NOBODY),
    "GET /meetings/next/": (302,) * 8,
    "GET /meetings/{meeting}/": (200, 200, 200, 200, 200, 200, 404, 404),
    "GET /meetings/{meeting}/read/": (200, 200, 200, 200, 404, 404, 404, 404),
    "GET /meetings/{meeting}/read/{item}/": (200, 200, 200, 200, 404, 404, 404, 404),
    "GET /meetings/{meeting}/items/new/": (200, 403, 403, 403, 403, 403, 404, 404),
    "POST /meetings/{meeting}/items/new/": (200, 403, 403, 403, 403, 403, 404, 404),
    "POST /meetings/{meeting}/order/": (204, 403, 403, 403, 403, 403, 404, 404),
    "GET /meetings/{meeting}/order/": (405,) * 8,
    "POST /meetings/{meeting}/review/": (302, 403, 403, 403, 403, 403, 404, 404),
    "GET /meetings/{meeting}/review/": (302,) * 8,  # to the meeting's page, which asks who may see it
    "GET /meetings/{meeting}/step/call/": (200, 403, 403, 403, 403, 403, 404, 404),
    "POST /meetings/{meeting}/step/call/": (302, 403, 403, 403, 403, 403, 404, 404),
    "GET /meetings/{meeting}/step/cancel/": (200, 403, 403, 403, 403, 403, 404, 404),
    "POST /meetings/{meeting}/step/cancel/": (422, 403, 403, 403, 403, 403, 404, 404),
    "GET /meetings/{meeting}/step/adopt/": (404,) * 8,
    "GET /items/{item}/": (302, 302, 302, 302, 404, 404, 404, 404),
    "GET /items/{item}/edit/": (200, 403, 403, 403, 404, 404, 404, 404),
    "POST /items/{item}/edit/": (200, 403, 403, 403, 404, 404, 404, 404),
    "POST /items/{item}/remove/": (302, 403, 403, 403, 404, 404, 404, 404),
    "GET /items/{item}/remove/": (405,) * 8,
    "GET /items/{item}/withdraw/": (200, 403, 403, 403, 404, 404, 404, 404),
    "POST /items/{item}/withdraw/": (200, 403, 403, 403, 404, 404, 404, 404),
    "GET /items/{item}/proposal/": (200, 403, 403, 200, 404, 404, 404, 404),
    "POST /items/{item}/proposal/": (302, 403, 403, 302, 404, 404, 404, 404),
}
CALLED = {
    "GET /meetings/{meeting}/": (200, 200, 200, 200, 302, 302, 404, 404),
    "GET /meetings/{meeting}/read/": (200, 200, 200, 200, 200, 200, 404, 404),
    "GET /meetings/{meeting}/read/{item}/": (200, 200, 200, 200, 200, 200, 404, 404),
    "GET /meetings/{meeting}/items/new/": (302, 403, 403, 403, 403, 403, 404, 404),
    "GET /items/{item}/": (302, 302, 302, 302, 302, 302, 404, 404),
    "GET /items/{item}/edit/": (302, 403, 403, 403, 403, 403, 404, 404),
    "POST /items/{item}/remove/": (302, 403, 403, 403, 403, 403, 404, 404),
    "GET /items/{item}/withdraw/": (200, 403, 403, 403, 403, 403, 404, 404),
    "GET /items/{item}/proposal/": (200, 403, 403, 200, 403, 403, 404, 404),
    "POST /items/{item}/proposal/": (409, 403, 403, 409, 403, 403, 404, 404),
    "POST /meetings/{meeting}/order/": (409, 403, 403, 403, 403, 403, 404, 404),
    "GET /meetings/{meeting}/step/hold/": (200, 403, 403, 403, 403, 403, 404, 404),
    "GET /meetings/{meeting}/step/call/": (200, 403, 403, 403, 403, 403, 404, 404),
    "GET /meetings/{meeting}/step/reopen/": (200, 403, 403, 403, 403, 403, 404, 404),
    "POST /meetings/{meeting}/step/reopen/": (422, 403, 403, 403, 403, 403, 404, 404),
}
CANCELLED = {
    "GET /meetings/{meeting}/": (200, 200, 200, 200, 200, 200, 404, 404),
    "GET /meetings/{meeting}/read/": (200, 200, 200, 200, 404, 404, 404, 404),
    "GET /meetings/{meeting}/read/{item}/": (200, 200, 200, 200, 404, 404, 404, 404),
}
LAW = [("planned", PLANNED), ("called", CALLED), ("held", CALLED), ("cancelled", CANCELLED)]


@pytest.fixture
def item(meeting):
    return ItemFactory(meeting=meeting, case=CaseFactory(body=meeting.body))


def answers(address, item, browser):
    """Return the status code that a browser is answered; what it changed is undone."""
    method, path = address.split()
    path = path.format(meeting=item.meeting_id, item=item.pk)
    with transaction.atomic():
        code = browser.generic(method, path, content_type="application/x-www-form-urlencoded").status_code
        transaction.set_rollback(True)
    return code


@pytest.mark.parametrize(("status", "law"), LAW, ids=[status for status, _law in LAW])
def test_every_address_answers_each_role_as_the_law_says(status, law, item, people, client_for):
    browsers = {role: client_for(getattr(people, role)) for role in ROLES}
    in_status(item.meeting, status)

    found = {address: tuple(answers(address, item, browsers[role]) for role in ROLES) for address in law}

    assert found == law


def test_who_is_not_logged_in_is_asked_to(item, client):
    paths = {address.split()[1].format(meeting=item.meeting_id, item=item.pk) for address in PLANNED}

    found = {client.get(path).headers["Location"] for path in paths}

    assert found == {f"/accounts/login/?next={path}" for path in paths}


def test_a_secretary_of_another_municipality_is_a_stranger(item, client_for):
    outsider = client_for(person_as("secretary", CaseFactory().body))
    ours = [address for address, law in PLANNED.items() if "{" in address and set(law) not in ({405}, {302})]

    assert {address: answers(address, item, outsider) for address in ours} == dict.fromkeys(ours, 404)


def test_a_secretary_whose_part_is_over_is_a_stranger(item, secretary, client_for):
    secretary.memberships.update(to_on="2023-06-05")

    assert answers("GET /meetings/{meeting}/", item, client_for(secretary)) == 404


def test_a_meeting_is_planned_with_its_stop_dates(prepare, body, secretary, chair):
    typed = {"starts_at": "2023-09-19T18:00", "place": "", "chair": chair.pk, "secretary": secretary.pk}

    response = prepare.post("/meetings/new/", typed | {"place": "Kommunhuset"})

    meeting = Meeting.objects.get(body=body)
    assert response.url == meeting.get_absolute_url()
    assert (meeting.place, meeting.chair, meeting.deadlines.count()) == ("Kommunhuset", chair, 6)


def test_a_second_meeting_at_the_same_moment_is_refused_with_a_message(prepare, meeting, secretary, chair):
    typed = {"starts_at": "2023-09-19T18:00", "place": "A", "chair": chair.pk, "secretary": secretary.pk}
    prepare.post("/meetings/new/", typed)

    response = prepare.post("/meetings/new/", typed)

    assert response.context["form"].errors
    assert Meeting.objects.filter(body=meeting.body).count() == 2
