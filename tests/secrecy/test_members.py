"""What a member can reach tells nothing of what is secret or not yet released: no word, no number, no count."""

import pytest
from django.core import mail
from django.db import transaction

from tests.secrecy.conftest import OPEN_WORDS, WORDS
from tests.secrecy.crawling import crawl, searches, visible

SECRETS = [word for words in WORDS.values() for word in words]


def leaks(found: dict[str, str]) -> set[tuple[str, str]]:
    """Return which secrets stand in which places, but for the word that was searched for."""
    return {
        (what, address)
        for address, content in found.items()
        for what, words in WORDS.items()
        for word in words
        if word.lower() in content.lower().replace(address.partition("?q=")[2].lower() or "\0", "")
    }


@pytest.mark.parametrize("role", ["member", "substitute"])
def test_no_page_file_or_search_of_a_member_holds_a_word_of_it(role, world, people, client_for):
    found = crawl(client_for(getattr(people, role)), *searches(*SECRETS, *OPEN_WORDS))

    assert leaks(found) == set()
    read = " ".join(found.values())
    assert all(word in read for word in OPEN_WORDS)


def test_the_members_files_hold_what_is_open_and_no_word_of_the_rest(world, member, client_for):
    found = crawl(client_for(member))

    files = {address: text for address, text in found.items() if "/file/" in address}
    assert files
    assert leaks(files) == set()
    assert "storspov" in " ".join(files.values())


def test_no_mail_holds_a_word_of_it(world):
    sent = {one.to[0]: f"{one.subject}\n{one.body}" for one in mail.outbox}

    assert leaks(sent) == set()
    assert all("1. Internkontrollplan\n2. Rapporter\n\n" in body for body in sent.values())


def test_who_prepares_finds_all_of_it_so_that_the_search_above_is_no_empty_one(world, secretary, client_for):
    found = crawl(client_for(secretary), *searches("Kråkvinkel", "Lommebok"))

    read = " ".join(found.values()).lower()
    unseen = {what for what, words in WORDS.items() if not all(word.lower() in read for word in words)}
    assert unseen == {"unsaved text"}


@pytest.fixture
def pages_of(client_for):
    """Return a function that reads all that somebody can reach, as visible words; the rest is undone."""

    def read(person, before, send):
        with transaction.atomic():
            before()
            send()
            pages = crawl(client_for(person), *searches("Internkontrollplan", "SN", "2023"))
            mails = sorted(f"{one.subject}\n{one.body}" for one in mail.outbox)
            mail.outbox.clear()
            transaction.set_rollback(True)
        return sorted({visible(html) for html in pages.values()}), len(pages), mails

    return read


def test_all_that_a_member_reads_is_the_same_whether_there_is_anything_secret_or_not(
    member, report, add_secrets, add_meeting, send, pages_of
):
    without = pages_of(member, add_meeting, send)
    with_secrets = pages_of(member, add_secrets, send)

    assert with_secrets == without


def test_an_officer_who_may_not_read_secrets_sees_no_secret_and_no_count_of_it(world, body, client_for):
    from tests.factories import person_as

    found = crawl(client_for(person_as("case_officer", body)))

    told = {what for what, _address in leaks(found)}
    assert told & {"secret item", "secret case", "item in the secret case", "secret document", "secret file"} == set()


def test_a_case_that_becomes_secret_after_the_call_is_gone_from_the_members_pages(world, member, client_for):
    type(world.case).objects.filter(pk=world.case.pk).update(is_secret=True, secrecy_ground="OSL 26:1")
    browser = client_for(member)

    read = " ".join(content for address, content in crawl(browser).items() if "/file/" not in address)

    assert "Internkontrollplan" not in read
    assert browser.get(world.report.get_absolute_url()).status_code == 404
