"""Charts as values: what a waterfall and a trajectory show, before anybody draws them."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import Protocol

NEAR_ZERO = 0.4
FROM_ZERO_BELOW = 0.2


class StepKind(StrEnum):
    """What a step of a waterfall is, which gives it its colour."""

    TOTAL = "total"
    RISE = "rise"
    FALL = "fall"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One bar: how far it moves the level (a total moves nothing once the level is there), and its label."""

    name: str
    amount: float
    label: str
    kind: StepKind


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Steps from top to bottom. Totals reach in from the edge of the scale; movements float between two levels."""

    steps: tuple[WaterfallStep, ...]

    @property
    def levels(self) -> tuple[float, ...]:
        """The level after each step."""
        return tuple(accumulate(step.amount for step in self.steps))

    @property
    def scale(self) -> tuple[float, float]:
        """Where the scale starts and ends: at zero, unless every level is so far off that movements would vanish."""
        low, high = min(self.levels), max(self.levels)
        if low < NEAR_ZERO * high:
            return min(low, 0), max(high, 0)
        return low - (high - low) * NEAR_ZERO, high

    @property
    def starts_at_zero(self) -> bool:
        """Whether the bars of totals have their full length."""
        return self.scale[0] <= 0


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a period, ``year``; ``at`` says where the period ends in time, in years, where that matters."""

    year: str
    value: float
    label: str
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Level:
    """A level that a trajectory is held against."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class TrajectoryChart:
    """Planned values by year, what was observed, and the levels asked for as lines across.

    Without observations the planned values stand evenly; with them every point stands where its period ends.
    """

    points: tuple[Point, ...]
    levels: tuple[Level, ...] = ()
    actual: tuple[Point, ...] = ()

    @property
    def planned_places(self) -> tuple[float, ...]:
        """How far along the chart each planned value stands, from 0 to 1."""
        if not self.actual:
            return tuple(number / max(len(self.points) - 1, 1) for number in range(len(self.points)))
        return tuple(map(self._along, self.points))

    @property
    def actual_places(self) -> tuple[float, ...]:
        """How far along the chart each observed value stands, from 0 to 1."""
        return tuple(map(self._along, self.actual))

    def _along(self, point: Point) -> float:
        ends = [each.at for each in (*self.points, *self.actual)]
        return (point.at - min(ends)) / ((max(ends) - min(ends)) or 1)

    @property
    def scale(self) -> tuple[float, float]:
        """The least and the greatest value, levels included."""
        values = [*(point.value for point in (*self.points, *self.actual)), *(level.value for level in self.levels)]
        return min(values), max(values)


@dataclass(frozen=True, slots=True)
class RankedArea:
    """One area of a ranking: its value, the label of it, and the ends of its interval where that is known."""

    name: str
    value: float
    label: str
    lower: float | None = None
    upper: float | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of the interval, or the value where there is none."""
        return (self.value if self.lower is None else self.lower), (self.value if self.upper is None else self.upper)


@dataclass(frozen=True, slots=True)
class RankedAreas:
    """Areas in the order of their values, the highest first, each as a point with its interval."""

    areas: tuple[RankedArea, ...]

    @property
    def scale(self) -> tuple[float, float]:
        """Where the scale starts and ends: at zero where the lowest value is near it beside the highest."""
        low, high = min(area.ends[0] for area in self.areas), max(area.ends[1] for area in self.areas)
        if low >= 0 and low <= FROM_ZERO_BELOW * high:
            return 0.0, high
        room = (high - low) * FROM_ZERO_BELOW
        return low - room, high

    @property
    def starts_at_zero(self) -> bool:
        """Whether a point stands as far from the edge as its value says."""
        return self.scale[0] == 0


@dataclass(frozen=True, slots=True)
class Span:
    """A row of :class:`Spans`: from ``low`` to ``high``; ``mark`` is a value that it is held against, if any."""

    name: str
    low: float
    high: float
    label: str
    mark: float | None = None


@dataclass(frozen=True, slots=True)
class Spans:
    """Rows of bars about a line at ``base``: what lies below it and above it has a colour each."""

    base: float
    spans: tuple[Span, ...]

    @property
    def scale(self) -> tuple[float, float]:
        """The least and the greatest value, base and marks included."""
        ends = [value for span in self.spans for value in (span.low, span.high, span.mark) if value is not None]
        return min(self.base, *ends), max(self.base, *ends)


class DrawsItself(Protocol):
    """A statistical picture: it is drawn by a library of its own, which is loaded only where there is one."""

    def inset(self) -> str:
        """The drawing as SVG without title and notes, for a document that sets them beside it."""


Picture = Waterfall | TrajectoryChart | RankedAreas | Spans | DrawsItself
