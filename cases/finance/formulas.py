"""Formulas of computed columns, such as `forecast - budget` or `forecast - budget % budget`.

Terms are keys of other columns, added and subtracted; after a % stands what the sum is a percentage of.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

FORMULA = re.compile(
    r"\s*(?P<terms>[a-z][\w-]*(?:\s+[+-]\s+[a-z][\w-]*)*)\s*(?:%\s*(?P<base>[a-z][\w-]*)\s*)?"
)
TERM = re.compile(r"(?:([+-])\s+)?([a-z][\w-]*)")

Cells = Mapping[str, Decimal | None]


class NotAFormula(ValueError):
    """The text is no formula; str() says how to write one."""


@dataclass(frozen=True, slots=True)
class Formula:
    terms: tuple[tuple[int, str], ...]  # +1 or -1, and a column's key
    base: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of all columns that it reads."""
        return (*(key for _sign, key in self.terms), *filter(None, [self.base]))

    def value(self, cells: Cells) -> Decimal | None:
        """Return what it comes to, unrounded; None when a column has nothing, or the base is nought."""
        terms = [(sign, cells.get(key)) for sign, key in self.terms]
        if any(value is None for _sign, value in terms):
            return None
        total = sum((sign * value for sign, value in terms if value is not None), Decimal(0))
        return _percentage(total, cells.get(self.base)) if self.base else total


def _percentage(total: Decimal, base: Decimal | None) -> Decimal | None:
    return 100 * total / abs(base) if base else None


@cache
def parse(text: str) -> Formula:
    """Read a formula. Raises NotAFormula."""
    found = FORMULA.fullmatch(text)
    if not found:
        raise NotAFormula(text)
    terms = tuple((-1 if sign == "-" else 1, key) for sign, key in TERM.findall(found["terms"]))
    return Formula(terms, found["base"] or "")
