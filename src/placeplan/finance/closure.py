"""When a distance from target closes, if it goes on at the pace of the last two years that are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from placeplan.kernel.periods import FinancialYear


@dataclass(frozen=True, slots=True)
class Closure:
    """The pace a year, and the first year that is at target or beyond; ``None`` where it does not come nearer."""

    pace: Decimal
    year: FinancialYear | None


def closure(distances: Mapping[FinancialYear, Decimal], *, latest: FinancialYear) -> Closure | None:
    """Project a distance, in money or per cent, along a straight line through the last two years.

    Args:
        distances: by year; actual less target.
        latest: the last year that a projection may name.

    Returns:
        Nothing for fewer than two years. A year after ``latest`` is not named.
    """
    years = sorted(distances)[-2:]
    if len(years) < len(("before", "after")):
        return None
    before, after = (distances[year] for year in years)
    pace = (after - before) / (years[1].start - years[0].start)
    if after == 0:
        return Closure(pace, years[1])
    if pace == 0 or (pace > 0) == (after > 0):
        return Closure(pace, None)
    needed = int((-after / pace).to_integral_value(ROUND_CEILING))
    return Closure(pace, FinancialYear(years[1].start + needed) if years[1].start + needed <= latest.start else None)
