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


def expanded(formula: str, formulas: Mapping[str, str], within: frozenset[str] = frozenset()) -> Terms:
    """Read a formula down to columns that are typed; `formulas` has those of the computed ones by key.

    Raises ValueError when one is computed from itself.
    """
    found: list[tuple[int, str]] = []
    for sign, key in terms(formula):
        if key in within:
            raise ValueError(f"{key!r} is computed from itself")
        inner = expanded(formulas[key], formulas, within | {key}) if key in formulas else ((1, key),)
        found += [(sign * inner_sign, inner_key) for inner_sign, inner_key in inner]
    return tuple(found)


def evaluate(formula: Terms, value_of: Callable[[str], Decimal | None]) -> Decimal | None:
    """Return what the terms come to; an empty one counts as nothing, None when all are empty."""
    values = [(sign, value_of(key)) for sign, key in formula]
    return total(sign * value for sign, value in values if value is not None)


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of what is there, None when nothing is."""
    there = [value for value in values if value is not None]
    return sum(there, Decimal(0)) if there else None
