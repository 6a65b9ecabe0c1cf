"""The demo: loaded into an empty database, whole, and never on top of anything."""

import pytest
from django.core.management import CommandError

from cases.register.models import Case
from committee.models import Meeting, Municipality
from core.models import Change
from tests.demo import grow, said
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db


def test_it_is_loaded_with_as_many_reports_as_asked_for_and_changes_nothing_the_second_time():
    loaded = said("demo", scale=1)
    before = Change.objects.count()

    again = said("demo")

    assert loaded == "The demo is loaded.\nThe meeting of 2023-10-17 has 1 new reports of 1.\n"
    assert again == "The database is not empty: nothing was loaded.\n"
    assert Change.objects.count() == before
    assert Meeting.objects.filter(starts_at__date="2023-06-13").exists()


def test_it_is_not_loaded_into_a_database_that_holds_anything():
    BodyFactory()

    assert "nothing was loaded" in said("demo")
    assert (Municipality.objects.count(), Case.objects.count()) == (1, 0)


def test_nothing_is_added_to_what_is_no_demo():
    BodyFactory()

    with pytest.raises(CommandError, match="something else than the demo"):
        grow(2)
