"""Thresholds as people write them: every value in one of them, and in no more than one."""

from decimal import Decimal

import pytest

from cases.measures.thresholds import BadThresholds, check, read, written

TRIPLET = {"met": "≥ 94", "near": "≥ 90 och < 94", "missed": "< 90"}


def standings(texts, *values):
    from_texts = read(texts)
    return [
        [
            span.standing
            for span in from_texts
            if span.start <= (Decimal(value), 0) and (Decimal(value), 0) < span.end
        ]
        for value in values
    ]


def test_a_triplet_holds_every_value_once():
    assert standings(TRIPLET, "89.9", "90", "93.99", "94", "-5", "1000") == [
        ["missed"],
        ["near"],
        ["near"],
        ["met"],
        ["missed"],
        ["met"],
    ]


@pytest.mark.parametrize(
    ("texts", "where"),
    [
        ({"met": "≥ 94", "missed": "< 90"}, "90"),
        ({"met": "> 94", "missed": "< 94"}, "94"),
        ({"met": "≥ 94", "near": "≥ 90 och < 94"}, "90"),
        ({"near": "< 94"}, "94"),
    ],
)
def test_a_gap_is_refused_and_said_where(texts, where):
    with pytest.raises(BadThresholds, match=f"{where}.* are in none"):
        read(texts)


@pytest.mark.parametrize(
    ("texts", "where"),
    [
        ({"met": "≥ 94", "near": "≥ 90 och ≤ 94", "missed": "< 90"}, "of exactly 94"),
        ({"met": "≥ 90", "near": "≥ 85 och < 95", "missed": "< 85"}, "between 90 and 95"),
        ({"met": "≥ 90", "missed": "< 95"}, "between 90 and 95"),
    ],
)
def test_an_overlap_is_refused_and_said_where(texts, where):
    with pytest.raises(BadThresholds, match=f"{where} are in two"):
        read(texts)


def test_a_measure_that_keeps_its_level_is_missed_on_both_sides():
    found = read({"met": "≥ 10 och ≤ 12", "missed": "< 10 eller > 12"})

    assert len(found) == 3
    assert written(found, "missed") == "< 10 or > 12"


@pytest.mark.parametrize(
    "text", ["94", "≥ nittio", "≥ 1.234", "mellan 3 och 4", "≥ 94 ungefär", "> 4 och < 2"]
)
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(BadThresholds):
        read({"met": text})


def test_none_at_all_is_no_thresholds():
    assert read({"met": "", "near": " ", "missed": ""}) == []


@pytest.mark.parametrize("standing", TRIPLET)
def test_they_are_written_as_they_were_typed(standing):
    text = written(read(TRIPLET), standing).replace("and", "och")

    assert text == TRIPLET[standing]


def test_a_single_value_is_an_interval_too():
    check(read({"met": "= 4", "missed": "< 4 eller > 4"}))
