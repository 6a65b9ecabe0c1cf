"""What a chart says, in words: its description for those who cannot see it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from core import formats
from reports.charts.chart import Unit

Named = Sequence[tuple[str, Decimal | None]]


def tell(*sentences: str) -> str:
    """Join sentences, leaving out those that are empty."""
    return " ".join(filter(None, sentences))


def extremes(values: Named, unit: Unit) -> str:
    """Return which is highest and which lowest, or that all are missing or the same."""
    there = [(name, value) for name, value in values if value is not None]
    if not there:
        return _("All values are missing.")
    (top, most), (bottom, least) = max(there, key=_value), min(there, key=_value)
    if len(there) == 1:
        return ""
    if most == least:
        return _("All are %(value)s.") % {"value": unit.full(most)}
    highest = _("Highest: %(name)s, %(value)s.") % {"name": top, "value": unit.full(most)}
    lowest = _("Lowest: %(name)s, %(value)s.") % {"name": bottom, "value": unit.full(least)}
    return tell(highest, lowest)


def _value(pair: tuple[str, Decimal]) -> Decimal:
    return pair[1]


def listed(values: Iterable[tuple[str, str]]) -> str:
    """Return names with what is said of them: `2021: 83 %; 2022: 88 %.`"""
    return "; ".join(f"{name}: {said}" for name, said in values) + "."


def said(value: Decimal | None, unit: Unit) -> str:
    """Write a value with its unit, or that it is missing."""
    return _("missing") if value is None else unit.full(value)


def against(value: Decimal, target: Decimal, word: str, unit: Unit) -> str:
    """Return how a value stands to its target: `12,0 lägre än mål 100,0`."""
    named = f"{formats.in_a_sentence(word)} {unit.text(target)}"
    if unit.text(value) == unit.text(target):
        return _("the same as %(target)s") % {"target": named}
    return _("%(difference)s %(higher_or_lower)s than %(target)s") % {
        "difference": unit.text(abs(value - target)).lstrip("+"),
        "higher_or_lower": formats.higher_or_lower(value - target),
        "target": named,
    }
