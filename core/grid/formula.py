"""A computed column: other columns added and subtracted, `forecast - budget`."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

TERM = re.compile(r"\s*([+-]?)\s*([\w.:]+)")

Terms = tuple[tuple[int, str], ...]  # sign and column, in the order in which they were written


def terms(formula: str) -> Terms:
    """Read a formula; raises ValueError for what is not columns with + and − between them."""
    found: list[tuple[int, str]] = []
    place = 0
    while place < len(formula.rstrip()):
        term = TERM.match(formula, place)
        if not term or (found and not term[1]):
            raise ValueError(f"not a formula: {formula!r}")
        found.append((-1 if term[1] == "-" else 1, term[2]))
        place = term.end()
    return tuple(found)


def check(formulas: Mapping[str, Terms], columns: Iterable[str]) -> None:
    """Raise ValueError for a formula over a column that is not there, or that leads back to itself."""
    known = set(columns)

    def follow(key: str, within: frozenset[str]) -> None:
        if key not in known or key in within:
            raise ValueError(f"nothing to compute with: {key!r}")
        for _sign, term in formulas.get(key, ()):
            follow(term, within | {key})

    for key in formulas:
        follow(key, frozenset())


def evaluate(formula: Terms, value_of: Callable[[str], Decimal | None]) -> Decimal | None:
    """Return what the terms come to. A sum takes what is there; a difference needs all its terms.

    So half a year adds up before December, and a missing forecast is no deviation of the whole budget.
    """
    values = [(sign, value_of(key)) for sign, key in formula]
    is_difference = any(sign < 0 for sign, _value in values)
    if is_difference and any(value is None for _sign, value in values):
        return None
    return total(sign * value for sign, value in values if value is not None)


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of what is there, None when nothing is."""
    there = [value for value in values if value is not None]
    return sum(there, Decimal(0)) if there else None
