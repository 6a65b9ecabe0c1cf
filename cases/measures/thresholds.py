"""Thresholds as people write them, and the promise they keep: every number in one interval and only one.

≥ 94          94 and above            ≥ 90 och < 94    from 90 up to 94
< 90          below 90                < 90 eller > 110  below 90 or above 110
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.measures.judging import Standing
from core import formats
from core.reading import Unreadable, number

OR = re.compile(r"\beller\b|\bor\b", re.IGNORECASE)
AND = re.compile(r"\boch\b|\band\b", re.IGNORECASE)
BOUND = re.compile(r"(≥|≤|>=|<=|=>|=<|>|<|=)\s*([^<>=≥≤]+)")
ASCII = {"≥": ">=", "≤": "<=", "=>": ">=", "=<": "<="}
LOWEST, HIGHEST = Decimal("-Infinity"), Decimal("Infinity")


class BadThresholds(ValueError):
    """The thresholds cannot be read, leave a gap, or overlap: the text says which and where."""


@dataclass(frozen=True, slots=True)
class Span:
    """An interval of values and what they stand for; a bound of None is open."""

    standing: str
    low: Decimal | None = None
    low_is_in: bool = False
    high: Decimal | None = None
    high_is_in: bool = False

    @property
    def start(self) -> tuple[Decimal, int]:
        """Where it begins: just at its bound, or just after it."""
        return (LOWEST, 0) if self.low is None else (self.low, 0 if self.low_is_in else 1)

    @property
    def end(self) -> tuple[Decimal, int]:
        """Where the next one has to begin."""
        return (HIGHEST, 0) if self.high is None else (self.high, 1 if self.high_is_in else 0)


def read(texts: Mapping[str, str]) -> list[Span]:
    """Read {standing: text}, empty texts left out; raises BadThresholds when they do not cover every number once."""
    spans = [
        _span(standing, alternative)
        for standing, text in texts.items()
        if text.strip()
        for alternative in OR.split(text)
    ]
    if spans:
        check(spans)
    return spans


def check(spans: Iterable[Span]) -> None:
    """Raise BadThresholds for a gap or an overlap, and say between which numbers."""
    ordered = sorted(spans, key=lambda span: span.start)
    reached = (LOWEST, 0)
    for span in ordered:
        if span.start > reached:
            raise BadThresholds(_("Values %s are in none of the thresholds.") % _where(reached, span.start))
        if span.start < reached:
            raise BadThresholds(
                _("Values %s are in two of the thresholds.") % _where(span.start, min(reached, span.end))
            )
        reached = span.end
    if reached != (HIGHEST, 0):
        raise BadThresholds(_("Values %s are in none of the thresholds.") % _where(reached, (HIGHEST, 0)))


def written(spans: Iterable, standing: str) -> str:
    """Write an edition's thresholds of one standing as they are typed: `≥ 90 och < 94`."""
    joint = pgettext("between thresholds", "or")
    return f" {joint} ".join(_written(span) for span in spans if span.standing == standing)


def _span(standing: str, text: str) -> Span:
    found = [pair for part in AND.split(text) for pair in BOUND.findall(part)]
    left = AND.sub("", BOUND.sub("", text)).strip()
    if left or not found:
        raise BadThresholds(_("“%s” cannot be read. Write it like ≥ 94, or ≥ 90 och < 94.") % text.strip())
    bounds: dict = {}
    for operator, digits in found:
        bounds |= _bound(ASCII.get(operator, operator), digits)
    span = Span(Standing(standing), **bounds)
    if span.end <= span.start:
        raise BadThresholds(_("“%s” holds no number at all.") % text.strip())
    return span


def _bound(operator: str, digits: str) -> dict:
    try:
        value = number(digits.strip().rstrip("."), percent=True)
    except Unreadable as unreadable:
        raise BadThresholds(f"“{digits.strip()}”: {unreadable}") from None
    if operator == "=":
        return {"low": value, "low_is_in": True, "high": value, "high_is_in": True}
    side = "low" if operator.startswith(">") else "high"
    return {side: value, f"{side}_is_in": operator.endswith("=")}


def _written(span) -> str:
    if span.low is not None and span.low == span.high:
        return f"= {formats.exact(span.low)}"
    low = "" if span.low is None else f"{'≥' if span.low_is_in else '>'} {formats.exact(span.low)}"
    high = "" if span.high is None else f"{'≤' if span.high_is_in else '<'} {formats.exact(span.high)}"
    joint = pgettext("between bounds", "and")
    return f" {joint} ".join(filter(None, (low, high)))


def _where(start: tuple[Decimal, int], end: tuple[Decimal, int]) -> str:
    low, high = start[0], end[0]
    if low == LOWEST:
        return _("below %s") % formats.exact(high)
    if high == HIGHEST:
        return _("above %s") % formats.exact(low)
    if low == high:
        return _("of exactly %s") % formats.exact(low)
    return _("between %(low)s and %(high)s") % {"low": formats.exact(low), "high": formats.exact(high)}
