"""The demo: loaded into an empty database, whole, and never on top of anything."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from cases.register.models import Case, Document
from cases.register.services import open_case
from committee.models import Meeting, Municipality, Person
from core.models import Change
from tests.factories import BodyFactory


def demo(**options):
    said = StringIO()
    call_command("demo", stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def loaded(db):
    return demo()


def test_it_is_loaded_once_and_changes_nothing_the_second_time(loaded):
    before = Change.objects.count()

    again = demo()

    assert loaded == "The demo is loaded.\n"
    assert again == "The database is not empty: nothing was loaded.\n"
    assert Change.objects.count() == before


def test_the_next_case_gets_a_number_that_nobody_has(loaded):
    body = Municipality.objects.get(slug="lindvassa").bodies.get()
    officer = Person.objects.get(email__startswith="jesper.wikhammar")

    opened = open_case(body, owner=officer, title="Nytt", opened_on=date(2023, 6, 5), by=officer)

    assert opened.number == "SN/2023:00315"


def test_it_is_not_loaded_into_a_database_that_holds_anything(db):
    BodyFactory()

    assert "nothing was loaded" in demo()
    assert (Municipality.objects.count(), Case.objects.count()) == (1, 0)


def test_it_holds_two_municipalities_in_two_house_styles(loaded):
    assert set(Municipality.objects.values_list("slug", "house_style")) == {
        ("lindvassa", "ruled"),
        ("stromskoga", "column"),
    }


def test_its_meeting_has_eight_items_in_seven_cases_and_one_individual_case(loaded):
    meeting = Meeting.objects.get(starts_at__date="2023-06-13")

    items = list(meeting.items.in_order())
    assert [item.is_secret for item in items] == [False] * 8 + [True]
    assert len({item.case_id for item in items[:8]}) == 7
    assert meeting.is_planned


def test_it_holds_documents_that_are_being_written_and_approved_ones(loaded):
    assert set(Document.objects.values_list("status", flat=True)) >= {"draft", "approved"}


def test_everybody_on_the_list_of_log_ins_gets_in(loaded, client):
    lines = [line.split()[:2] for line in demo(logins=True).splitlines()]

    assert len(lines) >= 10
    assert Person.objects.filter(email__in=[email for email, _password in lines]).count() == len(lines)
    assert all(client.login(email=email, password=password) for email, password in lines)
