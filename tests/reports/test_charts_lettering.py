"""Words are measured as they are printed, and broken where Swedish breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.lettering import width, wrap


def test_digits_are_all_as_wide():
    assert len({width(digit) for digit in "0123456789"}) == 1


def test_bold_words_are_wider_and_larger_ones_in_proportion():
    assert width("Budget", bold=True) > width("Budget")
    assert width("Budget", 26) == pytest.approx(2 * width("Budget", 13))


def test_a_letter_that_the_typeface_lacks_is_given_room():
    assert width("中") > 0


@pytest.mark.parametrize(
    ("room", "lines"),
    [
        (400, ["Ekonomiskt bistånd och budgetrådgivning"]),
        (150, ["Ekonomiskt bistånd och", "budgetrådgivning"]),
        (70, ["Ekonomiskt", "bistånd och", "budgetråd-", "givning"]),
    ],
)
def test_a_text_breaks_between_words_and_a_word_by_hyphenation(room, lines):
    assert wrap("Ekonomiskt bistånd och budgetrådgivning", room) == lines


def test_a_word_breaks_at_its_own_hyphen_or_slash_first():
    assert wrap("HVB-placeringar/familjehem", 100) == ["HVB-placeringar/", "familjehem"]


def test_a_number_with_its_unit_stays_together():
    assert wrap("Budget 720,5\u00a0mkr", 70) == ["Budget", "720,5\u00a0mkr"]


@given(st.text("abcåäö -/\u00a0", max_size=40), st.floats(1, 200))
def test_nothing_is_left_out_and_no_line_of_letters_is_wider_than_its_room(text, room):
    lines = wrap(text, room)

    assert "".join(lines).replace("-", "").replace(" ", "") == text.replace("-", "").replace(" ", "")
    assert all(width(line) <= room or len(line) == 1 for line in lines)
