"""Which side of a value is the better one."""

from placeplan.indicators.measures import Measure, Polarity

_SIDES = {Polarity.HIGHER_IS_BETTER: 1, Polarity.LOWER_IS_BETTER: -1, Polarity.NEITHER: 0}


def better_side(measure: Measure) -> int:
    """1 where higher is better, -1 where lower is, 0 where no way is."""
    return _SIDES[measure.polarity]
