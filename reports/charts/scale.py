"""From values to places: where a value lies between the ends of an axis, and which values an axis names."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

ZERO = Decimal(0)
NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
NEAR_ZERO = Decimal("0.9")  # of the highest value: what lies above leaves less than a tenth to tell apart


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of an axis; `low` is below `high`."""

    low: Decimal
    high: Decimal

    def share(self, value: Decimal) -> float:
        """Return how far along the axis the value lies, from 0 to 1."""
        return float((value - self.low) / (self.high - self.low))

    def has(self, value: Decimal) -> bool:
        return self.low <= value <= self.high


def from_zero(values: Iterable[Decimal]) -> Scale:
    """Return the axis of bars: it always has zero, and is never without length."""
    ends = [ZERO, *values]
    low, high = min(ends), max(ends)
    return Scale(low, high) if low < high else Scale(ZERO, Decimal(1))


def around(values: Iterable[Decimal]) -> Scale:
    """Return the axis of a line: from zero, or just around values that would lie in one line on an axis from there."""
    ends = list(values)
    if not ends:
        return from_zero(ends)
    low, high = min(ends), max(ends)
    if low == high:
        return from_zero(ends) if low else Scale(Decimal(-1), Decimal(1))
    if 0 <= low <= high * NEAR_ZERO:
        low = ZERO
    elif high <= 0 and high >= low * NEAR_ZERO:
        high = ZERO
    return Scale(low, high)


def ticks(scale: Scale, about: int = 3) -> list[Decimal]:
    """Return the round values that an axis names, the first at or below its low end and the last at or above its high.

    They are `about` steps apart, each 1, 2, 2.5 or 5 times a power of ten.
    """
    step = nice_step((scale.high - scale.low) / about)
    first = (scale.low / step).to_integral_value(ROUND_FLOOR)
    last = (scale.high / step).to_integral_value(ROUND_CEILING)
    return [step * (first + index) for index in range(int(last - first) + 1)]


def begun_below(scale: Scale, about: int = 3) -> Scale:
    """Return the scale from a round value below its low end."""
    step = nice_step((scale.high - scale.low) / about)
    return Scale(step * ((scale.low / step).to_integral_value(ROUND_CEILING) - 1), scale.high)


def nice_step(rough: Decimal) -> Decimal:
    power = Decimal(1).scaleb(rough.adjusted())
    return next(nice * power for nice in NICE if nice * power >= rough)


def decimals(values: Iterable[Decimal]) -> int:
    """Return how many decimals it takes to write the values exactly."""
    return max((max(0, -int(value.normalize().as_tuple().exponent)) for value in values), default=0)
