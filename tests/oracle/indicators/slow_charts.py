"""XmR charts in exact fractions, one series and one rule at a time."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

LIMIT, SCREEN = Fraction(266, 100), Fraction(3267, 1000)
Point = Fraction | None


@dataclass
class Chart:
    """One segment of one series: lines (nothing without two neighbours), and a label and direction for each point."""

    mean: Fraction | None
    lower: Fraction | None
    upper: Fraction | None
    causes: list[int]
    directions: list[int]


def chart(points: Sequence[Point], *, screen: bool) -> Chart:
    known = [point for point in points if point is not None]
    ranges = [abs(b - a) for a, b in itertools.pairwise(points) if a is not None and b is not None]
    if not ranges:
        return Chart(None, None, None, [0] * len(points), [0] * len(points))
    mean, spread = sum(known) / Fraction(len(known)), sum(ranges) / Fraction(len(ranges))
    if screen:
        kept = [one for one in ranges if one <= SCREEN * spread]
        spread = sum(kept) / Fraction(len(kept))
    reach = LIMIT * spread
    causes, directions = [], []
    for place in range(len(points)):
        cause, direction = label(points, place, mean=mean, reach=reach)
        causes.append(cause)
        directions.append(direction)
    return Chart(mean, mean - reach, mean + reach, causes, directions)


def label(points: Sequence[Point], place: int, *, mean: Fraction, reach: Fraction) -> tuple[int, int]:
    """1 outside a limit, 2 a trend, 3 two of three near a limit, 4 one side of the mean; and which way."""
    point = points[place]
    if point is None:
        return 0, 0
    side = sign(point - mean)
    if abs(point - mean) > reach:
        return 1, side
    way = trend(points, place)
    if way:
        return 2, way
    if two_of_three(points, place, mean=mean, reach=reach):
        return 3, side
    if side and any(all(on_side(points, k, mean) == side for k in run) for run in runs(points, place, 7)):
        return 4, side
    return 0, 0


def sign(amount: Fraction) -> int:
    return (amount > 0) - (amount < 0)


def on_side(points: Sequence[Point], place: int, mean: Fraction) -> int:
    point = points[place]
    return 0 if point is None else sign(point - mean)


def runs(points: Sequence[Point], place: int, length: int) -> list[range]:
    """Every run of places of a length that takes in a place."""
    starts = range(max(0, place - length + 1), min(place, len(points) - length) + 1)
    return [range(start, start + length) for start in starts]


def trend(points: Sequence[Point], place: int) -> int:
    """The direction of the latest run of seven that the point is in."""
    way = 0
    for run in runs(points, place, 7):
        given = [points[k] for k in run]
        pairs = [(a, b) for a, b in itertools.pairwise(given) if a is not None and b is not None]
        if len(pairs) == 6 and all(a < b for a, b in pairs):
            way = 1
        if len(pairs) == 6 and all(a > b for a, b in pairs):
            way = -1
    return way


def two_of_three(points: Sequence[Point], place: int, *, mean: Fraction, reach: Fraction) -> bool:
    def near(k: int) -> bool:
        point = points[k]
        return point is not None and 2 * reach / 3 < abs(point - mean) <= reach

    if not near(place):
        return False
    for run in runs(points, place, 3):
        sides = {on_side(points, k, mean) for k in run}
        if sides in ({1}, {-1}) and sum(near(k) for k in run) >= 2:
            return True
    return False
