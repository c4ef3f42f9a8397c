"""What it takes to recover: how many people or events short of a level, and how fast the value has to change."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from placeplan.indicators.measures import Polarity
from placeplan.indicators.trajectory.delivery import ActualPoint, Delivery, PlannedPoint
from placeplan.kernel.periods import APRIL
from placeplan.kernel.spans import Span, next_span

LAST_MONTH_OF_YEAR, LAST_DAY_OF_YEAR = APRIL - 1, 31


@dataclass(frozen=True, slots=True)
class RequiredRate:
    """How much the value has to change in each period that is left, on average, to reach the plan for a year's end."""

    per_period: float
    periods_left: int
    planned: PlannedPoint


def recovery_to_standard(delivery: Delivery) -> int | None:
    """How many people or events the latest value is short of the standard of its day; 0 when met.

    Nothing where that is not known: no value, no standard, no denominator, or no count behind the value.
    """
    latest = delivery.latest
    step = delivery.standard_on(latest.span.ends) if latest else None
    return recovery_gap(delivery, latest, level=step.value) if latest and step else None


def recovery_to_plan(delivery: Delivery) -> int | None:
    """How many people or events the latest value is short of what was planned for its period; 0 when met.

    Nothing where that is not known.
    """
    latest = delivery.latest
    planned = delivery.planned_for(latest.span) if latest else None
    return recovery_gap(delivery, latest, level=planned.value) if latest and planned else None


def recovery_gap(delivery: Delivery, point: ActualPoint, *, level: float) -> int | None:
    """Whole people or events that would have had to be counted otherwise for the level to be reached; 0 when it is.

    For a share or a rate the level is multiplied with the denominator and rounded to the whole count that reaches it; a
    plain count is compared as it is. Decimal arithmetic keeps 80% of 5 at 4. Nothing where that is not known.
    """
    if point.value is None or delivery.per is None or delivery.polarity is Polarity.NEITHER:
        return None
    if point.denominator is None:
        counted, needed = Decimal(str(point.value)), Decimal(str(level))
        return _short(counted, needed, polarity=delivery.polarity) if delivery.per == 1 else None
    needed = Decimal(str(level)) * Decimal(str(point.denominator)) / Decimal(str(delivery.per))
    events = point.value * point.denominator / delivery.per if point.numerator is None else point.numerator
    return _short(Decimal(str(events)), needed, polarity=delivery.polarity)


def _short(counted: Decimal, needed: Decimal, *, polarity: Polarity) -> int:
    """How many are lacking, or too many where less is better."""
    if polarity is Polarity.HIGHER_IS_BETTER:
        short = needed - counted
    else:
        short = counted - needed
    return max(int(short.to_integral_value(ROUND_CEILING)), 0)


def required_rate(delivery: Delivery) -> RequiredRate | None:
    """The change per period from the latest value to the next plan for the end of a financial year.

    Nothing without a latest value, without such a plan, or for counts of events, which add up over the year.
    """
    latest = delivery.latest
    planned = _next_year_end(delivery)
    if latest is None or latest.value is None or planned is None or delivery.adds_up:
        return None
    left = sum(1 for _ in _spans_until(latest.span, planned.span))
    return RequiredRate((planned.value - latest.value) / left, left, planned) if left else None


def _next_year_end(delivery: Delivery) -> PlannedPoint | None:
    """The first planned value for a period that ends on 31 March after the latest observation."""
    if delivery.latest is None:
        return None
    known_until = delivery.latest.span.ends
    for point in delivery.planned:
        ends = point.span.ends
        if ends > known_until and (ends.month, ends.day) == (LAST_MONTH_OF_YEAR, LAST_DAY_OF_YEAR):
            return point
    return None


def _spans_until(span: Span, last: Span) -> Iterator[Span]:
    """The periods after one, up to the end of another."""
    following = next_span(span)
    while following.ends <= last.ends:
        yield following
        following = next_span(following)
