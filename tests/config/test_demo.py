"""What the demo holds."""

from datetime import date

import pytest

from cases.register.models import Document
from cases.register.services import open_case
from committee.models import Meeting, Municipality, Person
from tests.demo import said

pytestmark = pytest.mark.usefixtures("demo_copy", "db")


def test_the_next_case_gets_a_number_that_nobody_has():
    body = Municipality.objects.get(slug="lindvassa").bodies.get()
    officer = Person.objects.get(email__startswith="jesper.wikhammar")

    opened = open_case(body, owner=officer, title="Nytt", opened_on=date(2023, 6, 5), by=officer)

    assert opened.number == "SN/2023:00315"


def test_it_holds_two_municipalities_in_two_house_styles():
    assert set(Municipality.objects.values_list("slug", "house_style")) == {
        ("lindvassa", "ruled"),
        ("stromskoga", "column"),
    }


def test_its_meeting_has_eight_items_in_seven_cases_and_one_individual_case():
    meeting = Meeting.objects.get(starts_at__date="2023-06-13")

    items = list(meeting.items.in_order())
    assert [item.is_secret for item in items] == [False] * 8 + [True]
    assert len({item.case_id for item in items[:8]}) == 7
    assert meeting.is_planned


def test_it_holds_documents_that_are_being_written_and_approved_ones():
    assert set(Document.objects.values_list("status", flat=True)) >= {"draft", "approved"}


def test_everybody_on_the_list_of_log_ins_gets_in(client):
    lines = [line.split()[:2] for line in said("demo", logins=True).splitlines()]

    assert len(lines) >= 10
    assert Person.objects.filter(email__in=[email for email, _password in lines]).count() == len(lines)
    assert all(client.login(email=email, password=password) for email, password in lines)
