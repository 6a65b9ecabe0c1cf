"""How a value stands to its target, and what a goal's measures propose for it. No database."""

from decimal import Decimal

import pytest

from cases.measures.judging import combined, standing_of
from cases.measures.thresholds import read

M, N, X = "met", "near", "missed"


@pytest.mark.parametrize(
    ("value", "target", "direction", "expected"),
    [
        ("15", "15", "up", M),
        ("14.99", "15", "up", X),
        ("4", "4", "down", M),
        ("4.01", "4", "down", X),
        ("4", "4", "keep", M),
        ("5", "4", "keep", X),
        ("3", "4", "keep", X),
        ("5", "4", "none", None),
        ("5", None, "up", None),
        (None, "4", "up", None),
    ],
)
def test_without_thresholds_target_and_direction_decide(value, target, direction, expected):
    found = standing_of(
        None if value is None else Decimal(value),
        target=None if target is None else Decimal(target),
        direction=direction,
    )

    assert found == expected


class Row:
    """A threshold without a table."""

    def __init__(self, span):
        self.standing, self.span = span.standing, span

    def holds(self, value):
        return self.span.start <= (value, 0) < self.span.end


@pytest.mark.parametrize(("value", "expected"), [("100", M), ("99.99", N), ("90", N), ("89.99", X)])
def test_thresholds_decide_before_the_target(value, expected):
    rows = [Row(span) for span in read({"met": "≥ 100", "near": "≥ 90 och < 100", "missed": "< 90"})]

    assert standing_of(Decimal(value), target=Decimal(50), direction="up", thresholds=rows) == expected


@pytest.mark.parametrize(
    ("standings", "expected"),
    [
        ([], None),
        ([None], None),
        ([M], M),
        ([M, None], M),
        ([M, M, N], M),
        ([M, N], N),
        ([M, M, M, X], N),
        ([M, X], X),
        ([N, N, X], N),
        ([X], X),
    ],
)
def test_a_goal_is_met_when_none_is_missed_and_most_are_met(standings, expected):
    assert combined(standings) == expected
