"""Swedish numbers, dates and lists, as they stand in the papers: spaces in them do not break."""

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import formats

amounts = st.decimals(-(10**12), 10**12, places=4, allow_nan=False)


def spaced(text):
    """Write an expected value with ordinary spaces where those of the formatter do not break."""
    return text.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (-720512, 0, "-720 512"),
        (1127679, 0, "1 127 679"),
        (Decimal("57.7"), 1, "57,7"),
        (0, 0, "0"),
        (999, 0, "999"),
        (1000, 0, "1 000"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-2.5"), 0, "-3"),
        (Decimal("-0.4"), 0, "0"),
        (Decimal("-0.04"), 1, "0,0"),
        (8.25, 1, "8,3"),
        (Decimal("19539000.005"), 2, "19 539 000,01"),
    ],
)
def test_a_number_is_written_as_in_swedish(value, decimals, written):
    assert formats.number(value, decimals) == spaced(written)


@pytest.mark.parametrize(("value", "written"), [(7, "+7"), (-7, "-7"), (0, "0"), (Decimal("0.2"), "0")])
def test_a_signed_number_says_that_it_is_above_zero(value, written):
    assert formats.number(value, signed=True) == written


@given(amounts, st.integers(0, 4))
def test_a_written_number_reads_back_as_the_value_rounded_half_away_from_zero(value, decimals):
    written = formats.number(value, decimals)

    read = Decimal(written.replace("\u00a0", "").replace(",", "."))
    assert read == value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@given(amounts, st.integers(0, 4), st.booleans())
def test_a_written_number_never_breaks_and_is_never_minus_zero(value, decimals, signed):
    written = formats.number(value, decimals, signed=signed)

    assert " " not in written
    assert set(written) <= set("+-0123456789,\u00a0")
    assert written.strip("-0,\u00a0") or not written.startswith("-")


@given(st.integers(-(10**15), 10**15))
def test_thousands_stand_three_and_three(value):
    first, *rest = formats.number(abs(value)).split("\u00a0")

    assert 1 <= len(first) <= 3
    assert [len(group) for group in rest] == [3] * len(rest)


@pytest.mark.parametrize(
    ("kronor", "unit", "decimals", "written"),
    [
        (1127679, "kr", None, "1 127 679 kr"),
        (-720512, "kr", None, "-720 512 kr"),
        (19539000, "tkr", None, "19 539 tkr"),
        (57_740_000, "mkr", None, "57,7 mkr"),
        (57_750_000, "mkr", None, "57,8 mkr"),
        (57_740_000, "mkr", 2, "57,74 mkr"),
    ],
)
def test_money_is_kept_in_kronor_and_rounded_last(kronor, unit, decimals, written):
    assert formats.money(kronor, unit, decimals) == spaced(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (lambda: formats.money_in_words(57_700_000), "57,7 miljoner kronor"),
        (lambda: formats.money_in_words(-720_512), "-0,7 miljoner kronor"),
        (lambda: formats.percent(8), "8,0 procent"),
        (lambda: formats.percent(Decimal("12.34"), 0), "12 procent"),
        (lambda: formats.long_date(date(2023, 6, 13)), "13 juni 2023"),
    ],
)
def test_what_stands_in_prose_is_held_together_by_spaces_that_do_not_break(written, expected):
    assert written() == spaced(expected)


@pytest.mark.parametrize(
    ("value", "word"),
    [(0, "noll"), (1, "ett"), (7, "sju"), (12, "tolv"), (13, "13"), (1200, "1 200"), (-1, "-1")],
)
def test_counts_up_to_twelve_are_words(value, word):
    assert formats.count_in_words(value) == spaced(word)


@pytest.mark.parametrize(
    ("place", "word"), [(1, "första"), (2, "andra"), (4, "fjärde"), (5, "5:e"), (0, "0:e")]
)
def test_the_first_places_in_order_are_words(place, word):
    assert formats.ordinal(place) == word


@pytest.mark.parametrize(("kronor", "word"), [(1, "överskott"), (-1, "underskott")])
def test_the_sign_of_a_deviation_has_a_name(kronor, word):
    assert formats.surplus_or_deficit(kronor) == word


@pytest.mark.parametrize(("change", "word"), [(1, "högre"), (-1, "lägre"), (0, "oförändrad")])
def test_the_sign_of_a_change_has_a_name(change, word):
    assert formats.higher_or_lower(change) == word


@given(st.integers(-(10**9), 10**9))
def test_the_words_for_a_sign_flip_with_it(kronor):
    pair = {formats.surplus_or_deficit(kronor), formats.surplus_or_deficit(-kronor)}

    assert len(pair) == (2 if kronor else 1)


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a och b"),
        (["a", "b", "c"], "a, b och c"),
        (iter([1, 2]), "1 och 2"),
    ],
)
def test_a_list_is_joined_as_prose_joins_it(words, joined):
    assert formats.and_list(words) == joined


@pytest.mark.parametrize(
    ("name", "within"),
    [("Socialnämnden", "socialnämnden"), ("HR-chef", "HR-chef"), ("utredare", "utredare"), ("", "")],
)
def test_a_name_inside_a_sentence_begins_small_unless_it_is_an_abbreviation(name, within):
    assert formats.in_a_sentence(name) == within


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (formats.iso, "2023-06-13"),
        (formats.long_date, "13\u00a0juni\u00a02023"),
        (formats.weekday_date, "tis 13\u00a0juni 2023"),
        (formats.short_date, "tis 13\u00a0juni"),
    ],
)
def test_a_date_has_a_form_for_each_place(write, expected):
    assert write(date(2023, 6, 13)) == expected
    assert write(None) == ""


@pytest.mark.parametrize("write", [formats.iso, formats.long_date, formats.weekday_date, formats.short_date])
def test_a_moment_late_in_the_evening_is_of_the_day_it_is_here(write):
    late = datetime(2023, 6, 12, 22, 30, tzinfo=UTC)  # half past midnight in Sweden

    assert write(late) == write(date(2023, 6, 13))


def test_a_time_of_day_is_the_time_here_with_a_full_stop():
    assert formats.clock_time(datetime(2023, 6, 13, 16, 5, tzinfo=UTC)) == "18.05"
    assert formats.clock_time(None) == ""


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_written_date_names_its_day_and_year(day):
    first, _month, last = formats.long_date(day).split("\u00a0")

    assert (int(first), int(last)) == (day.day, day.year)
