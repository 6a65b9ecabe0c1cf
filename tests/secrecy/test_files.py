"""A file made for some is not had by others by changing the address."""

import pytest

from cases.register.services import begin_edition
from reports.models import Rendition
from reports.services import make
from tests.factories import TODAY, BodyFactory, advance, person_as, release_to_members
from tests.secrecy.worlds import at, document


def ask(browser, kind, subject, audience):
    """Return what a browser is answered that asks for a file to be made."""
    label = subject._meta.label_lower
    return browser.post(f"/renditions/{kind}/{label}/{subject.pk}/{audience}/").status_code


def fetch(browser, file):
    """Return what a browser is answered that opens a file, read to its end."""
    response = browser.get(file.get_absolute_url())
    response.getvalue()
    return response.status_code


#                staff members public
MAY_ASK = {
    "secretary": (302, 302, 302),
    "head": (302, 302, 302),
    "chair": (302, 302, 302),
    "case_officer": (404, 302, 302),
    "member": (404, 302, 302),
    "substitute": (404, 302, 302),
    "administrator": (404, 404, 404),
}


@pytest.mark.parametrize("kind", ["kallelse", "handlingar"])
def test_of_a_called_meeting_each_role_asks_for_what_it_may_read_and_no_more(kind, world, client_for):
    found = {
        role: tuple(
            ask(client_for(getattr(world, role)), kind, world.meeting, audience)
            for audience in ("staff", "members", "public")
        )
        for role in MAY_ASK
    }

    assert found == MAY_ASK


@pytest.mark.parametrize("audience", ["staff", "members", "public"])
def test_of_a_planned_meeting_members_get_no_file_at_all(audience, world, client_for):
    browser, rendition = client_for(world.member), make(world.later, "kallelse", audience)

    assert ask(browser, "kallelse", world.later, audience) == 404
    assert fetch(browser, rendition) == 404
    assert fetch(client_for(world.secretary), rendition) == 200


@pytest.mark.parametrize(("role", "answered"), [("member", 404), ("case_officer", 404), ("chair", 200)])
def test_the_file_for_those_who_prepare_is_had_by_them_alone(role, answered, world, client_for):
    rendition = make(world.meeting, "kallelse", "staff")

    assert fetch(client_for(getattr(world, role)), rendition) == answered


def test_a_members_file_is_had_by_members_and_not_without_logging_in(world, client_for, client):
    rendition = Rendition.objects.of(world.meeting, "handlingar", "members").newest()

    assert fetch(client_for(world.member), rendition) == 200
    assert client.get(rendition.get_absolute_url()).url.startswith("/accounts/login/")


def test_the_pinned_file_of_an_approved_document_stays_with_those_who_prepare(world, client_for):
    pinned = Rendition.objects.of(world.report, "document", "staff").get()

    assert pinned.is_pinned
    assert (fetch(client_for(world.member), pinned), fetch(client_for(world.head), pinned)) == (404, 200)


@pytest.mark.parametrize("hidden", ["in_hidden", "secret", "draft", "unapproved"])
def test_of_what_is_hidden_a_member_gets_neither_page_nor_file(hidden, world, client_for):
    browser, subject = client_for(world.member), getattr(world, hidden)

    answers = [ask(browser, "document", subject, audience) for audience in ("staff", "members", "public")]

    assert answers == [404, 404, 404]
    assert browser.get(subject.get_absolute_url()).status_code == 404
    assert fetch(browser, make(subject, "document", "members")) == 404


def test_a_secret_file_is_not_found(world, client_for):
    world.file.refresh_from_db()
    assert world.file.released_at

    assert fetch(client_for(world.member), world.file) == 404
    assert fetch(client_for(world.secretary), world.file) == 200


@pytest.mark.parametrize(
    "address",
    [
        "/renditions/kallelse/register.document/{}/members/",
        "/renditions/nothing/committee.meeting/{}/members/",
        "/renditions/kallelse/committee.person/{}/members/",
        "/renditions/kallelse/committee.meeting/0/members/",
    ],
)
def test_a_file_that_there_is_not_is_not_found(address, world, client_for):
    assert client_for(world.secretary).post(address.format(world.meeting.pk)).status_code == 404


def test_an_audience_that_there_is_not_is_refused(world, client_for):
    assert ask(client_for(world.secretary), "kallelse", world.meeting, "everybody") == 404


def test_what_only_the_edition_before_said_is_not_told_to_members_by_comparing(world, client_for):
    before = document(world.case, "Plan", "fiskgjuse", status="approved")
    new = advance(begin_edition(before, by=before.author, dated_on=TODAY), "approved")
    release_to_members(world.case, new)

    answers = {
        role: client_for(getattr(world, role)).get(f"/documents/{new.pk}/compare/").status_code
        for role in ("member", "secretary")
    }

    assert answers == {"member": 404, "secretary": 200}


def test_a_member_whose_time_is_over_gets_nothing_more(world, client_for):
    browser = client_for(world.substitute)
    rendition = Rendition.objects.of(world.meeting, "handlingar", "members").newest()
    world.substitute.memberships.update(to_on=at(2023, 6, 5).date())

    assert fetch(browser, rendition) == 404
    assert browser.get(world.meeting.get_absolute_url()).status_code == 404


def test_people_of_another_body_are_refused_every_file(world, client_for):
    other = BodyFactory(municipality=world.body.municipality, prefix="KU")
    outsider = client_for(person_as("secretary", other))

    assert {fetch(outsider, rendition) for rendition in Rendition.objects.all()} == {404}
