"""Risks and the scale they are assessed on: the plan's own words, the plan's own levels."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.formats import number


@dataclass(frozen=True, slots=True)
class Axis:
    """What is assessed (Sannolikhet), and the words of its steps from the lowest, which is 1."""

    word: str
    steps: Sequence[str]

    def step(self, number: int) -> str:
        """Return a step as it is read: `4 Sannolik`. Raises ValueError when there is no such step."""
        if not 1 <= number <= len(self.steps):
            raise ValueError(f"{self.word} has no step {number}, only 1 to {len(self.steps)}.")
        return f"{number} {self.steps[number - 1]}"


@dataclass(frozen=True, slots=True)
class Level:
    """The risk values (likelihood × consequence) from `least` up: their word, and the status they are painted as."""

    kind: str
    word: str
    least: int


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk by its number or short name; its steps count from 1, None is not assessed yet."""

    name: str
    likelihood: int | None
    consequence: int | None
    text: str = ""

    @property
    def value(self) -> int | None:
        if self.likelihood is None or self.consequence is None:
            return None
        return self.likelihood * self.consequence


@dataclass(frozen=True, slots=True)
class Assessment:
    """All risks on their scale."""

    risks: Sequence[Risk]
    likelihood: Axis
    consequence: Axis
    levels: Sequence[Level]

    def __post_init__(self) -> None:
        for risk in self.risks:
            for axis, step in ((self.likelihood, risk.likelihood), (self.consequence, risk.consequence)):
                if step is not None:
                    axis.step(step)

    def inside(self, likelihood: int, consequence: int) -> list[str]:
        """Return the names of the risks in a cell, in the order given."""
        place = (likelihood, consequence)
        return [risk.name for risk in self.risks if (risk.likelihood, risk.consequence) == place]

    @property
    def cells(self) -> list[tuple[int, int]]:
        """The steps of every cell, as they are read: the likeliest first, the gravest last."""
        likelihoods = range(len(self.likelihood.steps), 0, -1)
        return [(one, other) for one in likelihoods for other in range(1, len(self.consequence.steps) + 1)]

    @property
    def unassessed(self) -> list[str]:
        return [risk.name for risk in self.risks if risk.value is None]

    def level(self, value: int) -> Level | None:
        """Return the level that a risk value reaches."""
        return max((level for level in self.levels if level.least <= value), key=_least, default=None)

    def span(self, level: Level) -> str:
        """Return a level's risk values: `4–8`."""
        highest = len(self.likelihood.steps) * len(self.consequence.steps)
        last = (
            min((other.least for other in self.levels if other.least > level.least), default=highest + 1) - 1
        )
        return number(level.least) if last == level.least else f"{number(level.least)}–{number(last)}"


def _least(level: Level) -> int:
    return level.least
