"""Where things stand in a chart over time: a column for each period, a height for each value."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from core import formats
from reports.charts.chart import Unit, known
from reports.charts.lettering import NARROW, SMALL, width, wrap
from reports.charts.scale import ZERO, Scale, around, begun_below, decimals, ticks

HEIGHT = 150  # px from the top of the plot to its base line
ROOM = 22  # px above the highest value, and below the lowest, for its number
ROOM_OF_AXIS = 14  # px above the axis' highest value
ASIDE = 8  # px between the plot and the words beside it
WIDEST_TARGET = 0.3  # of the width
BETWEEN = 6  # px between words on one line
PITCH = 14  # px from one line of small words to the next


@dataclass(frozen=True, slots=True)
class Point:
    """A period and its value; None is a value that is missing, and leaves a gap.

    `is_forecast` draws it hollow, with dashes up to it. `break_before` says why the value cannot be compared with
    those before it; there the line is broken.
    """

    label: str
    value: Decimal | None
    target: Decimal | None = None
    is_forecast: bool = False
    break_before: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Lines at a share of the plot's width, as many lines down as others take above."""

    x: float
    lines: list[str]
    down: int


@dataclass(frozen=True)
class Timeline:
    """The points of a chart with the places they get; shares are of the plot's width, heights in pixels."""

    points: Sequence[Point]
    unit: Unit
    target_word: str

    def x(self, index: int) -> float:
        return (index + 0.5) / len(self.points)

    def y(self, value: Decimal) -> float:
        """Return the height of a value as the unit shows it."""
        top = ROOM_OF_AXIS if self.has_axis else ROOM
        begins_on_line = self.has_axis or self.is_broken or self.scale.low == 0
        bottom = HEIGHT - (0 if begins_on_line else ROOM)
        return bottom - self.scale.share(value) * (bottom - top)

    def are_joined(self, before: int, after: int) -> bool:
        """Tell whether a line leads from one place to the next: both have a value, of the same series."""
        there = before in self.heights and after in self.heights
        return there and not self.points[after].break_before

    @cached_property
    def heights(self) -> dict[int, float]:
        """The height of each value there is, by place."""
        return {place: self.y(value) for place, value in enumerate(self.values) if value is not None}

    @cached_property
    def target_heights(self) -> dict[int, float]:
        return {place: self.y(target) for place, target in enumerate(self.targets) if target is not None}

    @cached_property
    def values(self) -> list[Decimal | None]:
        """The values as the unit shows them."""
        return [None if point.value is None else self.unit.shown(point.value) for point in self.points]

    @cached_property
    def targets(self) -> list[Decimal | None]:
        return [None if point.target is None else self.unit.shown(point.target) for point in self.points]

    @cached_property
    def last(self) -> int | None:
        """The place of the last value there is."""
        return max(self.heights, default=None)

    @cached_property
    def last_target(self) -> int | None:
        return max(
            (place for place, point in enumerate(self.points) if point.target is not None), default=None
        )

    @cached_property
    def target_label(self) -> list[str]:
        if self.last_target is None:
            return []
        number = self.unit.text(self.points[self.last_target].target)
        return wrap(f"{self.target_word} {number}".strip(), WIDEST_TARGET * NARROW, SMALL)

    @cached_property
    def right(self) -> float:
        """The share of the width to the right of the plot, where the target's name stands."""
        widest = max((width(text, SMALL) for text in self.target_label), default=-ASIDE)
        return (widest + ASIDE) / NARROW

    @cached_property
    def has_axis(self) -> bool:
        """Whether the numbers have no room beside their points, so that an axis must tell them."""
        widest = max((width(self.unit.text(point.value), bold=True) for point in self.points), default=0)
        return (widest + BETWEEN) * len(self.points) > (1 - self.right) * NARROW

    @cached_property
    def scale(self) -> Scale:
        if self.has_axis:
            return Scale(self.ticks[0], self.ticks[-1])
        found = around(known([*self.values, *self.targets]))
        return found if found.has(ZERO) else begun_below(found)

    @cached_property
    def is_broken(self) -> bool:
        """Whether the axis leaves out zero, which the drawing must show and say: the heights are no proportions."""
        return not self.scale.has(ZERO)

    @cached_property
    def beginning(self) -> str:
        """Where a broken axis begins, in words."""
        low = f"{formats.exact(self.scale.low)}{formats.NBSP}{self.unit.name}".rstrip(formats.NBSP)
        return _("The axis begins at %(value)s.") % {"value": low}

    @cached_property
    def ticks(self) -> list[Decimal]:
        """The values named on the axis."""
        return ticks(around(known([*self.values, *self.targets])))

    @cached_property
    def tick_labels(self) -> list[str]:
        shown = Unit(decimals=decimals(self.ticks))
        return [shown.text(tick) for tick in self.ticks]

    @cached_property
    def left(self) -> float:
        """The share of the width to the left of the plot, where the axis is named."""
        if not self.has_axis:
            return 0
        return (max(width(label, SMALL) for label in self.tick_labels) + ASIDE) / NARROW

    @cached_property
    def column(self) -> float:
        """The least width of a period, in pixels."""
        return self.plot / max(len(self.points), 1)

    @cached_property
    def plot(self) -> float:
        """The least width of the plot, in pixels."""
        return (1 - self.left - self.right) * NARROW

    @cached_property
    def every(self) -> int:
        """How many periods share one label, so that no word of it must be broken."""
        words = (word for point in self.points for word in point.label.split(" "))
        widest = max((width(word, SMALL) for word in words), default=0)
        fitting = (count for count in range(1, len(self.points)) if count * self.column - BETWEEN >= widest)
        return next(fitting, max(len(self.points), 1))

    @cached_property
    def labels(self) -> dict[int, list[str]]:
        """The lines of the periods' labels that are shown, by place; the last period always has its own."""
        shown = range(len(self.points) - 1, -1, -self.every)
        room = self.every * self.column - BETWEEN
        return {place: wrap(self.points[place].label, room, SMALL) for place in reversed(shown)}

    def reaches_out(self, place: int) -> bool:
        """Tell whether a period's label, set in the middle of its column, would go beyond the chart's right edge."""
        widest = max((width(line, SMALL) for line in self.labels[place]), default=0)
        return self.x(place) * self.plot + widest / 2 > self.plot + self.right * NARROW

    @cached_property
    def notes(self) -> list[Note]:
        """What is said above the plot, at each place where the series is broken."""
        notes: list[Note] = []
        for place, point in enumerate(self.points):
            if place and point.break_before:
                x = place / len(self.points)
                room = max(x, 1 - x) * self.plot
                notes.append(
                    Note(x, wrap(point.break_before, room, SMALL), sum(len(one.lines) for one in notes))
                )
        return notes

    @cached_property
    def over(self) -> float:
        """The height of the notes, in pixels."""
        return sum(len(note.lines) for note in self.notes) * PITCH
