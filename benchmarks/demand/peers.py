"""The same work in plain Python loops, and as NumPy by hand for this one model."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from benchmarks.demand.models import PathModel
from placeplan.demand.draws import Draws
from placeplan.demand.factors import Growth, Scaled

Floats = npt.NDArray[np.float64]


def plain_run(model: PathModel, values: Mapping[str, float], *, years: int) -> list[list[float]]:
    """One run by nested loops: a sum for each point and year."""
    base = model.baseline.values[..., 0].tolist()
    shape = (*model.baseline.axes.shape[:3], years)
    tables = [_table(factor, shape) for factor in model.factors]
    drawn = [(isinstance(one, Growth), values[one.identifier]) for one in model.factors]
    sums = []
    for p, segments in enumerate(base):
        by_year = [0.0] * years
        for s, areas in enumerate(segments):
            for a, cell in enumerate(areas):
                for y in range(years):
                    found = cell
                    for table, (grows, value) in zip(tables, drawn, strict=True):
                        entry = table[p][s][a][y]
                        found *= (1 + value) ** entry if grows else 1 + value * (entry - 1)
                    by_year[y] += found
        sums.append(by_year)
    return sums


def _table(factor: object, shape: tuple[int, ...]) -> list[list[list[list[float]]]]:
    assert isinstance(factor, Growth | Scaled)
    whole = np.broadcast_to(factor.elapsed if isinstance(factor, Growth) else factor.table, shape)
    found: list[list[list[list[float]]]] = whole.tolist()
    return found


def by_hand(model: PathModel, draws: Draws, *, years: int) -> Floats:
    """Every run with NumPy, knowing that two factors differ in every cell and all others by point and year alone."""
    shape = (*model.baseline.axes.shape[:3], years)
    wide = [one for one in model.factors if isinstance(one, Scaled) and one.shape == shape]
    narrow = [one for one in model.factors if one not in wide]
    base = np.ascontiguousarray(np.broadcast_to(model.baseline.values, shape).transpose(0, 3, 1, 2))
    rests = [np.ascontiguousarray((one.table - 1).transpose(0, 3, 1, 2)) for one in wide]
    first, second = np.empty_like(base), np.empty_like(base)
    found = np.empty((draws.runs, shape[0], years))
    for run in range(draws.runs):
        np.multiply(rests[0], draws[wide[0].identifier][run], out=first)
        first += 1
        first *= base
        for rest, one in zip(rests[1:], wide[1:], strict=True):
            np.multiply(rest, draws[one.identifier][run], out=second)
            second += 1
            first *= second
        summed = first.sum(axis=(2, 3))
        for one in narrow:
            summed *= np.broadcast_to(one.at(draws[one.identifier][run]), (shape[0], 1, 1, years))[:, 0, 0]
        found[run] = summed
    return found


def plain_place(path: Sequence, taken: Sequence[tuple[int, list[float], list[float]]]) -> tuple[list, list, list]:
    """What interventions leave, what each takes alone, and what they do together, cell by cell in nested loops.

    Args:
        path: activity by point, segment, area and year, as lists.
        taken: for each claim its point, its share of each segment, and its maturity by year.
    """
    left = [[[list(years) for years in areas] for areas in segments] for segments in path]
    own = [[[[[0.0] * len(years) for years in areas] for areas in segments] for segments in path] for _ in taken]
    together = [[[[0.0] * len(years) for years in areas] for areas in segments] for segments in path]
    for p, segments in enumerate(path):
        for s, areas in enumerate(segments):
            for a, years in enumerate(areas):
                for y, cell in enumerate(years):
                    alone = 0.0
                    for number, (point, of_segment, maturity) in enumerate(taken):
                        share = of_segment[s] * maturity[y] if point == p else 0.0
                        left[p][s][a][y] *= 1 - share
                        own[number][p][s][a][y] = -cell * share
                        alone -= cell * share
                    together[p][s][a][y] = left[p][s][a][y] - cell - alone
    return left, own, together


def place_by_hand(path: Floats, taken: Sequence[tuple[int, Floats, Floats]]) -> tuple[Floats, Floats, Floats]:
    """The same with NumPy, knowing that an intervention here acts on one point in all areas alike."""
    left = path.copy()
    own = np.zeros((len(taken), *path.shape))
    for number, (point, of_segment, maturity) in enumerate(taken):
        share = of_segment[:, np.newaxis, np.newaxis] * maturity
        np.multiply(path[point], -share, out=own[number, point])
        left[point] *= 1 - share
    return left, own, left - path - own.sum(axis=0)
