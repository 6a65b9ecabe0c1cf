"""Two municipalities in one database know nothing of each other."""

import pytest

from cases.register.models import Attachment, Case, Document
from committee.models import Meeting
from reports.models import Rendition
from tests.factories import BodyFactory, person_as
from tests.secrecy.crawling import crawl, searches
from tests.secrecy.worlds import OPEN, SECRETS, leaks

ROLES = ("secretary", "member")


@pytest.fixture
def elsewhere(world):
    return BodyFactory()


@pytest.mark.parametrize("role", ROLES)
def test_nothing_of_ours_can_be_reached_from_elsewhere(role, world, elsewhere, client_for):
    ours = [*OPEN, world.case.number, str(world.secretary)]

    found = crawl(
        client_for(person_as(role, elsewhere)), *searches(*SECRETS, "Internkontrollplan", "SN/2023")
    )

    assert leaks(found) == set()
    places = {
        address for address, text in found.items() for word in ours if word in text and "?q=" not in address
    }
    assert places == set()


def test_somebody_with_no_part_anywhere_reaches_nothing(world, client_for, stranger):
    found = crawl(client_for(stranger), *searches("Internkontrollplan"))

    assert leaks(found) == set()
    assert not any("/meetings/" in address and address != "/meetings/" for address in found)


@pytest.mark.parametrize("role", ROLES)
def test_no_address_of_ours_opens_elsewhere(role, world, elsewhere, client_for):
    browser = client_for(person_as(role, elsewhere))
    rows = [row for model in (Case, Document, Attachment, Meeting) for row in model.objects.all()]

    answers = {browser.get(row.get_absolute_url()).status_code for row in rows}

    assert answers == {404}
    assert {browser.get(file.get_absolute_url()).status_code for file in Rendition.objects.all()} == {404}


def test_a_member_of_both_reads_each_as_what_they_are_there(world, elsewhere, client_for):
    both = person_as("secretary", elsewhere)
    world.member.memberships.update(person=both)

    found = crawl(client_for(both), *searches(*SECRETS))

    assert leaks(found) == set()
    assert any("Planen i korthet" in text for text in found.values())
