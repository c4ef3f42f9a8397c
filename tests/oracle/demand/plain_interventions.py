"""Interventions the slow and obvious way: one cell after another, one claim after another, in plain Python.

Whatever is left after one claim is what the next one can take from. An admission that does not happen takes its bed
days along; a shorter stay acts on the days that are left.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    point: str
    share: float
    shorter_stay: bool = False
    stay_ratio: float = 1.0
    segments: tuple[str, ...] = ()
    ramp: tuple[float, ...] = ()


@dataclass(frozen=True)
class Plain:
    name: str
    reach: Mapping[str, float]
    claims: tuple[Claim, ...]
    ramp: tuple[float, ...]
    start: int
    areas: tuple[str, ...] = ()


def left_in_cell(
    activity: float,
    interventions: Iterable[Plain],
    *,
    point: str,
    segment: str,
    area: str,
    year: int,
    bed_days: Mapping[str, str],
    admissions_only: bool = False,
) -> float:
    """What is left of the activity of one cell; with ``admissions_only`` shorter stays are not counted."""
    left = activity
    for one in interventions:
        if one.areas and area not in one.areas:
            continue
        for claim in one.claims:
            grown = maturity_of(one, year, claim.ramp)
            if segment not in (claim.segments or one.reach):
                continue
            taken = one.reach[segment] * claim.share * grown
            if claim.point == point and not admissions_only:
                left -= left * taken
            if not claim.shorter_stay and bed_days.get(point) == claim.point:
                left -= left * taken * claim.stay_ratio
    return left


def maturity_of(one: Plain, year: int, own: tuple[float, ...] = ()) -> float:
    since, ramp = year - one.start, own or one.ramp
    if since < 0:
        return 0.0
    return ramp[min(since, len(ramp) - 1)]


def closed(saved: Sequence[float], *, step: float, lag: int) -> list[float]:
    """Capacity closed, year by year: as many whole steps as the least that was saved in the last ``lag`` + 1 years."""
    found = []
    for year in range(len(saved)):
        if year < lag:
            found.append(0.0)
            continue
        lasting = min(saved[year - back] for back in range(lag + 1))
        steps = 0
        while (steps + 1) * step <= lasting:
            steps += 1
        found.append(steps * step)
    return found


def paid(planned: float, value: float, *, above: Sequence[tuple[float, float]], below: Sequence[tuple[float, float]]):
    """What rates make of a value, pound by pound in steps of a hundredth of the plan's distance."""
    rates, sign = (above, 1) if value >= planned else (below, -1)
    distance = abs(value - planned)
    total, done, pieces = 0.0, 0.0, 100_000
    for _ in range(pieces):
        rate = [rate for beyond, rate in rates if done >= beyond * planned][-1]
        total += rate * distance / pieces
        done += distance / pieces
    return planned + sign * total
