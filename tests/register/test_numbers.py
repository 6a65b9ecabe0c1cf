"""Registry numbers: from a locked counter, or typed from the municipality's own diary."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from cases.register.forms import OpenCaseForm
from cases.register.models import Case
from cases.register.numbering import number_key, numbers_in
from cases.register.services import BadNumber, next_number, open_case
from core import clock
from tests.factories import TODAY, BodyFactory, CaseFactory, PersonFactory


def opened(body, number="", **fields):
    owner = PersonFactory()
    return open_case(body, title="Ärende", owner=owner, opened_on=TODAY, by=owner, number=number, **fields)


def test_numbers_follow_each_other_through_the_year(body):
    assert [opened(body).number for _case in range(3)] == ["SN/2023:00001", "SN/2023:00002", "SN/2023:00003"]


def test_each_year_and_each_body_counts_for_itself(body):
    other = BodyFactory()

    numbers = [next_number(body, year=2023), next_number(body, year=2024), next_number(other, year=2023)]

    assert numbers == ["SN/2023:00001", "SN/2024:00001", "SN/2023:00001"]


def test_a_caller_that_fails_leaves_no_gap(body):
    with transaction.atomic():
        opened(body)
        transaction.set_rollback(True)

    assert opened(body).number == "SN/2023:00001"


def test_a_case_that_the_database_refuses_leaves_no_gap(body):
    with pytest.raises(Exception, match="case_secret_has_ground"), transaction.atomic():
        opened(body, is_secret=True)

    assert opened(body).number == "SN/2023:00001"


def test_a_typed_number_is_not_asked_for_where_the_counter_gives_them(body):
    assert opened(body, number="SN/2023:00999").number == "SN/2023:00001"


@pytest.mark.django_db(transaction=True)
def test_forty_requests_on_eight_threads_get_forty_numbers_without_gap_or_double():
    body = BodyFactory()

    def take(_place):
        try:
            return next_number(body, year=2023)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(pool.map(take, range(40)))

    assert numbers == [f"SN/2023:{number:05d}" for number in range(1, 41)]


@pytest.mark.django_db(transaction=True)
def test_of_forty_requests_those_that_fail_leave_no_gap_between_the_others():
    body = BodyFactory()

    def take(place):
        try:
            with transaction.atomic():
                number = next_number(body, year=2023)
                if place % 4 == 0:
                    raise RuntimeError
                return number
        except RuntimeError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(filter(None, pool.map(take, range(40))))

    assert numbers == [f"SN/2023:{number:05d}" for number in range(1, 31)]


# Typed from another diary ------------------------------------------------------------------------


@pytest.fixture
def typing(db):
    """A body of a municipality that types its numbers, with one case."""
    body = BodyFactory(municipality__typed=True)
    CaseFactory(body=body, number="SN2023/158")
    return body


@pytest.mark.parametrize("number", ["SN2023/159", "SN 2023/159", "sn2023:159", "SN2022/158"])
def test_a_typed_number_is_kept_as_it_stands_in_the_diary(typing, number):
    assert opened(typing, number).number == number


@pytest.mark.parametrize(
    "number",
    ["", "159", "2023/159", "KS2023/159", "SNX2023/159", "SN2023", "SN2023/abc", "SN1823/159", "annat"],
)
def test_what_is_no_number_of_the_body_is_refused(typing, number):
    with pytest.raises(BadNumber, match="SN2023/183"):
        opened(typing, number)

    assert Case.objects.count() == 1


def test_the_form_asks_for_the_number_with_the_example_that_a_wrong_one_is_answered_with(typing):
    field = OpenCaseForm(body=typing, instance=Case(body=typing)).fields["number"]

    assert field.required
    assert typing.example_of_number(clock.today().year) in field.help_text
    assert typing.example_of_number(2023) == "SN2023/183"


@pytest.mark.parametrize("number", ["SN2023/158", "sn 2023-158", "SN/2023:00158"])
def test_a_number_that_a_case_has_is_refused_however_it_is_written(typing, number):
    with pytest.raises(BadNumber, match="158"):
        opened(typing, number)


def test_two_bodies_may_have_the_same_number(typing):
    other = BodyFactory(municipality__typed=True)

    assert opened(other, "SN2023/158").number == "SN2023/158"


# As people write them ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["SN/2023:00183", "SN 2023:183", "sn2023/183", " SN\u00a02023-00183 ", "SN/2023:183."]
)
def test_ways_of_writing_a_number_have_one_key(written):
    assert number_key(written) == "sn2023-183"


@pytest.mark.parametrize(
    "written", ["", "hej", "2023", "2023-06-13", "SN/23:183", "SN 183", "SN/2023:1234567"]
)
def test_what_is_no_number_has_no_key(written):
    assert number_key(written) == ""


def test_numbers_are_found_in_a_text_and_dates_are_not():
    text = "Se SN/2023:00183 och KS2022/7 (2023-06-13), inte xSN/2023:1 eller A2023:1."

    assert [match.group() for match in numbers_in(text)] == ["SN/2023:00183", "KS2022/7"]
