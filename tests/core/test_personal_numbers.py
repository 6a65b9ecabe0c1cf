"""Personal numbers are found however they are written; what only looks like one is left alone.

The numbers are from the series that the Tax Agency keeps for tests, or made by the check below.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.personal_numbers import find, hide


def found(text):
    return [match.group() for match in find(text)]


def with_check_digit(nine):
    """Return nine digits with the digit that makes them a number."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(nine)]
    return nine + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


@st.composite
def numbers(draw):
    """Personal and co-ordination numbers: (century, ten digits)."""
    born = draw(st.dates(date(1900, 1, 1), date(2026, 12, 31)))
    day = born.day + draw(st.sampled_from([0, 60]))
    serial = draw(st.integers(0, 999))
    return f"{born:%Y}"[:2], with_check_digit(f"{born:%y%m}{day:02d}{serial:03d}")


WAYS = ["{ten}", "{six}-{four}", "{six}+{four}", "{six} {four}", "{century}{ten}", "{century}{six}-{four}"]


@given(
    numbers(), st.sampled_from(WAYS), st.sampled_from(["", "född ", "(", "nr ", "a", "\u00a0", "»", "pnr:"])
)
def test_every_number_is_found_in_every_way_of_writing_it(number, way, before):
    century, ten = number
    written = way.format(century=century, ten=ten, six=ten[:6], four=ten[6:])

    assert found(f"{before}{written}, enligt beslut.") == [written]


@given(numbers(), st.integers(1, 9))
def test_a_number_with_another_check_digit_is_none(number, more):
    _century, ten = number

    assert found(f"{ten[:6]}-{ten[6:9]}{(int(ten[9]) + more) % 10}") == []


@pytest.mark.parametrize(
    "text",
    [
        "900101-2385",
        "19900101-2385",
        "9001012385",
        "199001012385",
        "900101+2385",
        "900161-2382",
        "900101\u00a02385",
        "900101\u20112385",
        "900101–2385",
        "Personnummer:900101-2385",
        "900101-2385/Anna",
        "sidan 3/900101-2385",
        "900101-2385-A",
    ],
)
def test_a_number_is_found(text):
    assert len(found(text)) == 1


def test_both_of_two_numbers_beside_each_other_are_found():
    assert found("900101-2385/900161-2382") == ["900101-2385", "900161-2382"]


@pytest.mark.parametrize(
    "text",
    [
        "SN/2023:00183",
        "SN2023/158",
        "Dnr 2023-00183",
        "212000-0000",
        "556000-4615",
        "802001-1111",
        "0123-45 60 00",
        "070-123 45 67",
        "+46 8 123 456 78",
        "bankgiro 5050-1055",
        "2023-06-13",
        "1 127 679 kr",
        "131313-1313",
        "900132-2382",
        "99001012385",
        "9001012385000",
        "19900101-23850",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text):
    assert found(text) == []


@given(
    st.integers(1990, 2030), st.integers(0, 99999), st.sampled_from(["SN/{}:{:05d}", "SN{}/{}", "KS {}:{}"])
)
def test_no_registry_number_is_taken_for_one(year, serial, form):
    assert found(form.format(year, serial)) == []


@given(st.integers(20, 99), st.integers(0, 10**8 - 1))
def test_no_organisation_number_is_taken_for_one(third_and_fourth, rest):
    """The third digit of an organisation number is at least 2, so that it is no month."""
    nine = f"{rest // 10**6:02d}{third_and_fourth}{rest % 10**5:05d}"
    ten = with_check_digit(nine)

    assert found(f"{ten[:6]}-{ten[6:]}") == []


def test_what_is_shown_in_a_message_lacks_the_last_digits():
    [match] = find("Sökande 19900101-2385.")

    assert hide(match) == "19900101-XXXX"
