"""Formulas of computed columns, such as `forecast - budget` or `forecast - budget % budget`.

Terms are keys of other columns, added and subtracted; after a % stands what the sum is a percentage of.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from django.utils.translation import gettext as _

from cases.finance.models.kinds import Kind
from core.grid import formula as grid_formula

FORMULA = re.compile(
    r"\s*(?P<terms>[a-z][\w-]*(?:\s+[+-]\s+[a-z][\w-]*)*)\s*(?:%\s*(?P<base>[a-z][\w-]*)\s*)?"
)
KEY = re.compile(r"[a-z][\w-]*")
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
        raise NotAFormula(example_of())
    terms = tuple((-1 if sign == "-" else 1, key) for sign, key in TERM.findall(found["terms"]))
    return Formula(terms, found["base"] or "")


def example_of() -> str:
    """Say how a formula is written."""
    example = f"{Kind.FORECAST.label} - {Kind.BUDGET.label}".lower()
    return _("Write it like “%s”, with spaces around + and −.") % example


def check(text: str, key: str, others: Mapping[str, str]) -> None:
    """Raise NotAFormula for one that a column of this key cannot have beside others, given as {key: formula or ""}.

    Its terms are keys of these columns.
    """
    formula = parse(text)
    formulas = {name: _terms(parse(other)) for name, other in others.items() if other}
    try:
        grid_formula.check({**formulas, key: _terms(formula)}, {*others, key})
    except ValueError:
        raise NotAFormula(_("The formula leads back to the column itself.")) from None


def _terms(formula: Formula) -> tuple[tuple[int, str], ...]:
    return (*formula.terms, *(((1, formula.base),) if formula.base else ()))
