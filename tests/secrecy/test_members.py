"""What a member can reach tells nothing of what is secret or not yet released: no word, no number, no count."""

import pytest
from django.utils.translation import gettext as _

from core import desk
from tests.factories import TODAY, person_as
from tests.secrecy.crawling import crawl, searches
from tests.secrecy.worlds import MASKED, OPEN, SECRETS, WORDS, leaks

KEPT_FROM_OFFICERS = {
    "secret item",
    "secret case",
    "item in the secret case",
    "secret document",
    "secret file",
}


@pytest.mark.parametrize("role", ["member", "substitute"])
def test_no_page_file_or_search_of_a_member_holds_a_word_of_it(role, world, client_for):
    found = crawl(client_for(getattr(world, role)), *searches(*SECRETS, *OPEN))

    assert leaks(found) == set()


def test_a_member_reads_all_that_is_open_and_what_is_masked_for_others(world, client_for):
    found = crawl(client_for(world.member))

    read = " ".join(found.values())
    assert [word for word in [*OPEN, *MASKED] if word not in read] == []
    assert any("storspov" in text for address, text in found.items() if "/file/" in address)


def test_no_mail_holds_a_word_of_it_and_the_numbers_leave_no_gap(world):
    assert set(world.mails) == {world.chair.email, world.member.email, world.substitute.email}
    assert leaks(world.mails) == set()
    assert all("1. Internkontrollplan\n2. Rapporter\n\n" in body for body in world.mails.values())


def test_who_prepares_finds_all_of_it_so_that_these_searches_are_no_empty_ones(world, client_for):
    found = crawl(client_for(world.secretary), *searches("Kråkvinkel", "Lommebok"))

    read = " ".join(found.values()).lower()
    unseen = {what for what, words in WORDS.items() if not all(word.lower() in read for word in words)}
    assert unseen == {"unsaved text"}


def test_an_officer_who_may_not_read_secrets_finds_none(world, client_for):
    found = crawl(client_for(person_as("case_officer", world.body)), *searches(*SECRETS))

    assert {what for what, _place in leaks(found)} & KEPT_FROM_OFFICERS == set()


@pytest.mark.parametrize(("role", "items", "documents"), [("case_officer", "2", 1), ("secretary", "4", 2)])
def test_the_desk_counts_only_what_its_owner_may_know_of(role, items, documents, world):
    (card,) = [
        card
        for card in desk.cards_for(getattr(world, role), TODAY)
        if card.url == world.meeting.get_absolute_url()
    ]

    (_items, number), (_approved, approved), *_rest = card.facts
    assert (number, approved) == (
        items,
        _("%(approved)s of %(all)s") % {"approved": documents, "all": documents},
    )


def test_a_case_that_becomes_secret_after_the_call_is_gone_from_the_members_pages(world, client_for):
    type(world.case).objects.filter(pk=world.case.pk).update(is_secret=True, secrecy_ground="OSL 26:1")
    browser = client_for(world.member)

    read = " ".join(content for address, content in crawl(browser).items() if "/file/" not in address)

    assert "Internkontrollplan" not in read
    assert browser.get(world.report.get_absolute_url()).status_code == 404
