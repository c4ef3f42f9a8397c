"""Whether a value is a count, or a count over something, and whether counts of short periods add up."""

from placeplan.indicators.measures import Measure, Method

COUNTED_OVER = frozenset({Method.PROPORTION, Method.RATE})


def adds_up(measure: Measure) -> bool:
    """Whether values of short periods add up to that of a long one: counts of events, and not of what there is on a day
    (staff in post, a waiting list).
    """
    return is_count(measure) and not measure.at_a_moment


def per_of(measure: Measure) -> float | None:
    """What a count over its denominator is multiplied with; 1 for a plain count, nothing for other values."""
    if measure.method in COUNTED_OVER:
        return float(measure.multiplier)
    return 1.0 if is_count(measure) else None


def is_count(measure: Measure) -> bool:
    """Whether the value is itself a count, of people, posts or events."""
    counted = measure.numerator is not None and measure.denominator is None
    return measure.method is Method.COUNT or (measure.method is Method.AS_PUBLISHED and counted)
