"""A calibration the slow and obvious way, with loops over names: the same cells and the same effects."""

import numpy as np
import pytest

from placeplan.demand.activity import Activity
from placeplan.demand.axes import Axes
from placeplan.demand.calibrating import StatedYear, Weight, calibrated, fitted_cells
from placeplan.demand.fitting import Margin
from placeplan.demand.interventions import EffectKind

A, D, O = "non-elective-admissions", "non-elective-bed-days", "outpatient-first"  # noqa: E741
POINTS, SEGMENTS, YEARS = (A, D, O), ("older", "others"), ("2016-17", "2017-18", "2018-19")
PRICES = {A: 2.0, D: 0.3, O: 0.1}
ACTIVITY = {
    (A, "older"): (3000, 3100, 3200),
    (A, "others"): (6000, 6100, 6150),
    (D, "older"): (30000, 30900, 31500),
    (D, "others"): (24000, 24200, 24300),
    (O, "older"): (9000, 9300, 9700),
    (O, "others"): (80000, 82000, 85000),
}
REACH = {"teams": {"older": 0.5}, "response": {"older": 0.3, "others": 0.1}, "advice": {"older": 0.4, "others": 0.5}}
EFFECTS = (
    ("teams", A, EffectKind.AVOIDED, 0.05, 0.9),
    ("teams", D, EffectKind.SHORTER_STAY, 0.03, 1.0),
    ("response", A, EffectKind.AVOIDED, 0.10, 0.6),
    ("response", D, EffectKind.SHORTER_STAY, 0.02, 1.0),
    ("advice", O, EffectKind.AVOIDED, 0.12, 1.0),
)
BY_POINT = {"2017-18": {A: 150, D: 350, O: 400}, "2018-19": {A: 400, D: 700, O: 900}}
BY_SEGMENT = {"2017-18": {"older": 450, "others": 450}, "2018-19": {"older": 1000, "others": 1000}}


def _slow_cells() -> dict[tuple[str, str, str], float]:
    found: dict[tuple[str, str, str], float] = {}
    for number, year in ((1, "2017-18"), (2, "2018-19")):
        kept, added = {}, {}
        for point in POINTS:
            for segment in SEGMENTS:
                before = found.get((point, segment, "2017-18"), 0.0)
                grown = ACTIVITY[point, segment][number] / ACTIVITY[point, segment][number - 1]
                kept[point, segment] = before * grown
                strength = sum(
                    REACH[name].get(segment, 0.0) * share for name, at, _, share, _ in EFFECTS if at == point
                )
                added[point, segment] = strength * ACTIVITY[point, segment][number] * PRICES[point]
        for _ in range(2000):
            for segment in SEGMENTS:
                wanted = BY_SEGMENT[year][segment] - sum(kept[point, segment] for point in POINTS)
                factor = wanted / sum(added[point, segment] for point in POINTS)
                for point in POINTS:
                    added[point, segment] *= factor
            for point in POINTS:
                wanted = BY_POINT[year][point] - sum(kept[point, segment] for segment in SEGMENTS)
                factor = wanted / sum(added[point, segment] for segment in SEGMENTS)
                for segment in SEGMENTS:
                    added[point, segment] *= factor
        for cell, more in added.items():
            found[(*cell, year)] = kept[cell] + more
    return found


def _slow_effects(cells: dict[tuple[str, str, str], float]) -> dict[tuple[str, str, str], list[float]]:
    """Share of all activity that each effect takes in each year."""
    taken: dict[tuple[str, str, str], list[float]] = {}
    for kind in (EffectKind.AVOIDED, EffectKind.SHORTER_STAY):
        for name, point, own_kind, share, _ in EFFECTS:
            for segment, reach in REACH[name].items():
                if own_kind is not kind:
                    continue
                total = sum(REACH[other].get(segment, 0.0) * s for other, at, _, s, _ in EFFECTS if at == point)
                shares = []
                for number, year in ((1, "2017-18"), (2, "2018-19")):
                    left = float(ACTIVITY[point, segment][number])
                    if point == D:
                        for other, at, _, _, ratio in EFFECTS:
                            if at == A and segment in REACH[other]:
                                left *= 1 - taken[other, A, segment][number - 1] * ratio
                    saved = cells[point, segment, year] / (left * PRICES[point])
                    shares.append(1 - (1 - saved) ** (reach * share / total))
                taken[name, point, segment] = shares
    return taken


def test_cells_and_effects_are_those_of_the_loops() -> None:
    axes = Axes(POINTS, SEGMENTS, ("place",), YEARS)
    values = np.array([[ACTIVITY[point, segment] for segment in SEGMENTS] for point in POINTS], dtype=float)
    path = Activity(axes, values[:, :, np.newaxis, :])
    weights = [
        Weight(
            intervention=name, point=point, kind=kind, segment=segment, reach=reach, evidence=share, stay_ratio=ratio
        )
        for name, point, kind, share, ratio in EFFECTS
        for segment, reach in REACH[name].items()
    ]
    stated = [
        StatedYear(
            year,
            tuple(Margin(point, (place,), BY_POINT[year][point]) for place, point in enumerate(POINTS)),
            tuple(Margin(segment, (place,), BY_SEGMENT[year][segment]) for place, segment in enumerate(SEGMENTS)),
            sum(BY_POINT[year].values()),
        )
        for year in ("2017-18", "2018-19")
    ]
    cells = fitted_cells(stated, path, weights=weights, prices=PRICES, unit=1)
    slow = _slow_cells()
    for (p, point), (s, segment), (y, year) in (
        (p, s, y) for p in enumerate(POINTS) for s in enumerate(SEGMENTS) for y in enumerate(("2017-18", "2018-19"))
    ):
        assert cells[p, s, y] == pytest.approx(slow[point, segment, year], rel=1e-8)
    found = calibrated(
        cells, path, years=("2017-18", "2018-19"), weights=weights, prices=PRICES, unit=1, bed_days={D: A}
    )
    effects = _slow_effects(slow)
    assert len(found) == len(effects)
    for one in found:
        key = one.weight.intervention, one.weight.point, one.weight.segment
        taken = [one.share * one.weight.reach * grown for grown in one.maturity]
        assert taken == pytest.approx(effects[key], rel=1e-8)
