"""Charts as values: what a waterfall and a trajectory show, before anybody draws them."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

NEAR_ZERO = 0.4


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
    """One planned value."""

    year: str
    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level that a trajectory is held against."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class TrajectoryChart:
    """Planned values by year, and the levels asked for as lines across."""

    points: tuple[Point, ...]
    levels: tuple[Level, ...] = ()


Picture = Waterfall | TrajectoryChart
