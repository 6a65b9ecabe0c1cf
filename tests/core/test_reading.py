"""Numbers, dates and yes or no as people type and paste them: read rightly or refused, never guessed."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core import formats, reading

# The grid's scripts are held to the same tables: tests/browser/test_grid.py.
FOLDER = Path(__file__).parents[1] / "fixtures" / "reading"
NUMBERS = json.loads((FOLDER / "numbers.json").read_text())
WRITTEN = json.loads((FOLDER / "written.json").read_text())
READABLE = [case for case in NUMBERS if "value" in case]
REFUSED = [case for case in NUMBERS if "reason" in case]

values = st.decimals(-(10**10), 10**10, places=4, allow_nan=False)


def read(case):
    return reading.number(case["text"], decimals=case.get("decimals"), percent=case.get("percent", False))


@pytest.mark.parametrize("case", READABLE, ids=lambda case: repr(case["text"]))
def test_a_number_is_read_as_it_was_meant(case):
    expected = case["value"]

    assert read(case) == (expected if expected is None else Decimal(expected))
    assert reading.canonical(read(case)) == (expected or "")


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: repr(case["text"]))
def test_what_is_no_number_or_could_be_two_is_refused_with_its_reason(case):
    with pytest.raises(reading.Unreadable) as refused:
        read(case)

    assert refused.value.reason == case["reason"]


def test_a_refusal_says_in_swedish_what_to_write_instead():
    with translation.override("sv"), pytest.raises(reading.Unreadable) as refused:
        reading.number("12,345", decimals=2)

    assert str(refused.value) == "Skriv högst 2 decimaler."


@pytest.mark.parametrize("case", WRITTEN, ids=lambda case: case["value"])
def test_a_number_is_written_as_the_grid_writes_it(case):
    written = formats.number(Decimal(case["value"]), case.get("decimals", 0))

    assert written == case["text"].replace(" ", formats.NBSP)


@given(values, st.integers(0, 4))
def test_what_our_formatter_writes_is_read_back(value, decimals):
    written = formats.number(value, decimals)

    assert formats.number(reading.number(written, decimals=decimals), decimals) == written


@given(values)
def test_a_canonical_value_is_the_value_without_an_exponent(value):
    assert Decimal(reading.canonical(value)) == value
    assert set(reading.canonical(value)) <= set("-.0123456789")


@given(st.text())
def test_any_text_is_a_number_or_unreadable_and_never_crashes(text):
    try:
        value = reading.number(text)
    except reading.Unreadable:
        return
    assert value is None or value.is_finite()


@pytest.mark.parametrize(
    "text",
    [
        "2023-06-13",
        "20230613",
        "13/6 2023",
        "13/06/2023",
        "13 juni 2023",
        "13\u00a0JUNI\u00a02023",
        "13 jun. 2023",
        "2023-06-13 00:00:00",
        "2023-06-13T14:30",
    ],
)
def test_a_date_is_read(text):
    assert reading.day(text) == date(2023, 6, 13)


@pytest.mark.parametrize(
    "text", ["13/6", "13/6 23", "2023-02-30", "31 februari 2023", "13 ju 2023", "June", "1 x 2023", "45090"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(reading.Unreadable) as refused:
        reading.day(text)

    assert refused.value.reason == "not_a_day"


@pytest.mark.parametrize(
    ("text", "value"), [("", None), ("Ja", True), ("x", True), (" nej ", False), ("0", False)]
)
def test_yes_and_no_are_read(text, value):
    assert reading.yes_no(text) is value


def test_neither_yes_nor_no_is_refused():
    with pytest.raises(reading.Unreadable) as refused:
        reading.yes_no("kanske")

    assert refused.value.reason == "not_yes_no"


def test_an_empty_date_is_none():
    assert reading.day("  ") is None
