"""Two worlds that differ only in what is secret are one and the same to who may not know of it."""

import re

import pytest
from django.core import mail
from django.db import transaction

from tests.secrecy.crawling import crawl, searches, visible
from tests.secrecy.worlds import add_secrets, open_world, send

# Names and addresses are numbered as they are made; a file that prints them has its own size and checksum, and
# was made in another minute.
NUMBERED = re.compile(r"person\d+@|kommun \d+|/meetings/\d+/|[\d,]+\s+kB|\b[0-9a-f]{64}\b|\b\d\d\.\d\d\b")


@pytest.fixture
def all_that(db, client_for):
    """Return a function: the visible words of all that a member reads in such a world, and the mails."""

    def read(more_in_it):
        with transaction.atomic():
            world = open_world()
            more_in_it(world)
            send(world)
            pages = crawl(client_for(world.member), *searches("Internkontrollplan", "SN", "2023"))
            transaction.set_rollback(True)
        told = [*map(visible, pages.values()), *(f"{one.subject} {one.body}" for one in mail.outbox)]
        mail.outbox.clear()
        return sorted(NUMBERED.sub("", words) for words in told)

    return read


def test_a_member_reads_the_same_whether_there_is_anything_secret_or_not(all_that):
    without = all_that(lambda world: None)

    with_secrets = all_that(add_secrets)

    assert "\n".join(with_secrets) == "\n".join(without)
