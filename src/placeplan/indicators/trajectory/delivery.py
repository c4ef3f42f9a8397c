"""Delivery: what happened beside what was planned, what is asked for and what may come, for one measure and area.

The standard and the trajectory are two tests and are kept apart. Where there is no data the answer is that there is no
assurance; it is never that the test is met.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from placeplan.indicators.measures import Polarity
from placeplan.kernel.spans import Span


class Standing(StrEnum):
    """Where the latest value stands in one of the two tests; the words are in ``STANDING_WORDS``."""

    MET = "met"
    MISSED = "missed"
    NO_DATA = "no-data"
    NOT_KNOWN = "not-known"
    NOT_ASKED = "not-asked"


STANDING_WORDS = {
    Standing.MET: "met",
    Standing.MISSED: "missed",
    Standing.NO_DATA: "no data, so not assured",
    Standing.NOT_KNOWN: "not known",
    Standing.NOT_ASKED: "nothing to test against",
}


@dataclass(frozen=True, slots=True)
class _OfPeriod:
    """Something about one period."""

    span: Span

    @property
    def period(self) -> str:
        """The period as a text."""
        return self.span.text

    @property
    def starts(self) -> date:
        """The first day of the period."""
        return self.span.starts


@dataclass(frozen=True, slots=True)
class ActualPoint(_OfPeriod):
    """What was observed in a period. ``value`` is nothing where ``note`` says why; limits and counts where known."""

    value: float | None
    lower: float | None = None
    upper: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    status: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlannedPoint(_OfPeriod):
    """What was planned for a period."""

    value: float


@dataclass(frozen=True, slots=True)
class StandardStep:
    """A level that is asked for from a day on, until the next step."""

    starts: date
    value: float
    name: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class ForecastPoint(_OfPeriod):
    """What may come in a period, with the limits of its prediction interval."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """The points of a forecast and its method in words; or no points, and why."""

    points: tuple[ForecastPoint, ...]
    method: str
    why_none: str = ""


NO_FORECAST = Forecast((), "", "no forecast was asked for")


@dataclass(frozen=True, slots=True)
class Gap(_OfPeriod):
    """One period: the value, what was planned and asked for, and how far the value is on the good side of each.

    ``to_plan`` and ``to_standard`` are in the unit of the measure, negative where the value is worse; nothing where
    one of the two numbers is not known, or which way is better is not.
    """

    actual: float | None
    planned: float | None
    standard: float | None
    to_plan: float | None
    to_standard: float | None


@dataclass(frozen=True, eq=False, kw_only=True)
class Delivery:
    """One measure in one area.

    Points stand in order of time. ``per`` is what a count over its denominator is multiplied with (100 for per cent);
    nothing for a value that has no count behind it, and 1 for a plain count. ``adds_up`` says that values of short
    periods add up to that of a long one (counts of events, and not staff in post): they are then compared only with
    plans for a period of their own length.
    """

    measure: str
    title: str
    unit: str
    polarity: Polarity
    area: str
    area_name: str
    per: float | None = None
    adds_up: bool = False
    actual: tuple[ActualPoint, ...] = ()
    planned: tuple[PlannedPoint, ...] = ()
    standards: tuple[StandardStep, ...] = ()
    forecast: Forecast = NO_FORECAST
    notes: tuple[str, ...] = ()

    @property
    def latest(self) -> ActualPoint | None:
        """The last observation that has a value."""
        return next((point for point in reversed(self.actual) if point.value is not None), None)

    def planned_for(self, span: Span) -> PlannedPoint | None:
        """What was planned for a period: the same period, or else the shortest one that holds it."""
        holding = [
            point
            for point in self.planned
            if point.span.starts <= span.starts
            and span.ends <= point.span.ends
            and (not self.adds_up or point.span.frequency is span.frequency)
        ]
        return min(holding, key=lambda point: point.span.ends - point.span.starts, default=None)

    def standard_on(self, day: date) -> StandardStep | None:
        """What is asked for on a day."""
        return next((step for step in reversed(self.standards) if step.starts <= day), None)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Each period from the first to the last observation, those without one included where the plan has them."""
        return tuple(self._gap(point) for point in sorted(self._periods(), key=lambda point: point.span))

    def _periods(self) -> Iterator[ActualPoint]:
        yield from self.actual
        if not self.actual:
            return
        seen = {point.span.starts for point in self.actual}
        first, last = self.actual[0].span, self.actual[-1].span
        for point in self.planned:
            same = point.span.frequency is last.frequency and first.starts < point.starts < last.starts
            if same and point.starts not in seen:
                yield ActualPoint(point.span, None, note="no observation")

    def _gap(self, point: ActualPoint) -> Gap:
        planned, standard = self.planned_for(point.span), self.standard_on(point.span.ends)
        plan_value = planned.value if planned else None
        level = standard.value if standard else None
        return Gap(
            point.span,
            point.value,
            plan_value,
            level,
            self.good_side(point.value, plan_value),
            self.good_side(point.value, level),
        )

    def good_side(self, value: float | None, level: float | None) -> float | None:
        """How far a value is on the good side of a level; negative on the other side, nothing where not known."""
        if value is None or level is None or self.polarity is Polarity.NEITHER:
            return None
        return value - level if self.polarity is Polarity.HIGHER_IS_BETTER else level - value

    @property
    def standard_test(self) -> Standing:
        """Whether the latest value meets the standard of its day."""
        if not self.standards:
            return Standing.NOT_ASKED
        if self.latest is None:
            return Standing.NO_DATA
        step = self.standard_on(self.latest.span.ends)
        return _standing(self.good_side(self.latest.value, step.value if step else None))

    @property
    def trajectory_test(self) -> Standing:
        """Whether the latest value meets what was planned for its period."""
        if not self.planned:
            return Standing.NOT_ASKED
        if self.latest is None:
            return Standing.NO_DATA
        planned = self.planned_for(self.latest.span)
        return _standing(self.good_side(self.latest.value, planned.value if planned else None))

    @property
    def periods_off(self) -> int:
        """How many periods in a row are worse than planned, up to the latest with a value; a period without a value, or
        without a plan, ends the count.
        """
        count = 0
        for gap in reversed(self.gaps):
            if gap.actual is None and not count:
                continue
            if gap.to_plan is None or gap.to_plan >= 0:
                break
            count += 1
        return count

    def off_trajectory(self, *, periods: int) -> bool:
        """Whether each of the last ``periods`` periods is worse than planned."""
        return self.periods_off >= periods

    @property
    def worsening_plans(self) -> tuple[PlannedPoint, ...]:
        """The planned values that are worse than the one before them; none where no way is better."""
        pairs = pairwise(self.planned)
        return tuple(
            later for earlier, later in pairs if (side := self.good_side(later.value, earlier.value)) and side < 0
        )


def _standing(side: float | None) -> Standing:
    if side is None:
        return Standing.NOT_KNOWN
    return Standing.MET if side >= 0 else Standing.MISSED
