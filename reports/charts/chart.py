"""A drawn chart, the table that says the same, and how its values are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core import formats
from reports.charts.svg import Markup

MISSING = "–"


@dataclass(frozen=True, slots=True)
class Unit:
    """What the values are, and with how many decimals they are written.

    Values come unrounded. Where the unit is one of money (kr, tkr, mkr) they come in kronor, and `Unit("mkr", 1)`
    writes them in millions.
    """

    name: str = ""
    decimals: int = 0
    signed: bool = False

    def shown(self, value: Decimal) -> Decimal:
        """Return the value as the chart measures it, not rounded."""
        return value / formats.THOUSANDS.get(self.name, 1)

    def text(self, value: Decimal | None) -> str:
        """Write a value without its unit; one that is missing as a dash."""
        if value is None:
            return MISSING
        return formats.number(self.shown(value), self.decimals, signed=self.signed)

    def full(self, value: Decimal) -> str:
        """Write a value with its unit, for prose."""
        return f"{self.text(value)}{formats.NBSP}{self.name}" if self.name else self.text(value)


PLAIN = Unit()


@dataclass(frozen=True, slots=True)
class Table:
    """What the chart shows, in words: the first cell of each row heads it."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_numeric: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart for page and paper: `svg` is the same string on both.

    `description` says in words all that is drawn; it is in the SVG too, and in the PDF's alternative text.
    """

    svg: Markup
    title: str
    unit: str
    description: str
    table: Table


def known(values: Sequence[Decimal | None]) -> list[Decimal]:
    """Return the values that are not missing."""
    return [value for value in values if value is not None]


def named(title: str, unit: Unit) -> str:
    """Return the title with the unit, as the chart's own name."""
    return f"{title}, {unit.name}" if unit.name else title
