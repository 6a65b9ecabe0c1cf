"""Documents at real length: a draft report with all its tables and figures is read in few queries."""

import pytest

from cases.agenda.models import AgendaItem
from cases.register.models import Document
from committee.models import Person
from tests.counting import MOST, queries

pytestmark = pytest.mark.usefixtures("demo_copy", "db")

SECRETARY, OFFICER, HEAD = "signe.brohagen", "jesper.wikhammar", "marianne.stensjoo"


def items_read():
    items = AgendaItem.objects.filter(meeting__body__municipality__slug="lindvassa")
    return [f"/meetings/{item.meeting_id}/read/{item.pk}/" for item in items]


def documents_shown():
    documents = Document.objects.filter(case__body__municipality__slug="lindvassa", is_secret=False)
    return [f"/documents/{document.pk}/" for document in documents]


@pytest.mark.parametrize("who", [SECRETARY, OFFICER, HEAD])
@pytest.mark.parametrize("pages", [items_read, documents_shown])
def test_no_item_and_no_document_takes_more_than_twelve_queries(who, pages, client):
    client.force_login(Person.objects.get(email__startswith=who))

    shown = [address for address in pages() if client.get(address).status_code != 404]
    taken = {address: len(queries(client, address)) for address in shown}

    assert {address: number for address, number in taken.items() if number > MOST} == {}
    assert taken
