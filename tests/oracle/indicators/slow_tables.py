"""Life tables and years lost, row by row as in the textbook."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass
class Row:
    """One row of an abridged life table."""

    start: int
    width: float
    lived: float
    mortality: float
    dying: float
    alive: float = 0.0
    years: float = 0.0
    expected: float = math.nan
    error: float = math.nan


def life_table(deaths: Sequence[int], populations: Sequence[int], starts: Sequence[int]) -> list[Row]:
    """Rows of a table; ``expected`` and ``error`` stay unknown at ages that nobody reaches."""
    rows = []
    last = len(starts) - 1
    for band, start in enumerate(starts):
        mortality = deaths[band] / populations[band]
        width = 2 / mortality if band == last else float(starts[band + 1] - start)
        lived = 0.1 if start == 0 and starts[1] == 1 else 0.5
        if band == last or mortality * width * lived > 1:
            dying = 1.0
        else:
            dying = mortality * width / (1 + mortality * width * (1 - lived))
        rows.append(Row(start, width, lived, mortality, dying))
    alive = 100_000.0
    for row in rows:
        row.alive = alive
        dead = alive * row.dying
        alive -= dead
        row.years = row.width * (alive + row.lived * dead)
    rows[-1].years = rows[-1].alive / rows[-1].mortality
    for band, row in enumerate(rows):
        if row.alive > 0:
            row.expected = sum(later.years for later in rows[band:]) / row.alive
    for band, row in enumerate(rows):
        if row.alive > 0:
            row.error = math.sqrt(sum(_variance(rows, later, deaths) for later in range(band, last + 1))) / row.alive
    return rows


def _variance(rows: Sequence[Row], band: int, deaths: Sequence[int]) -> float:
    row = rows[band]
    if band == len(rows) - 1:
        return (row.alive / 2) ** 2 * 4 / (deaths[band] * row.mortality**2)
    if deaths[band] == 0 or rows[band + 1].alive == 0:
        return 0.0
    of_dying = row.dying**2 * (1 - row.dying) / deaths[band]
    return row.alive**2 * ((1 - row.lived) * row.width + rows[band + 1].expected) ** 2 * of_dying


def years_lost(deaths: Sequence[int], starts: Sequence[int], until: int) -> float:
    total = 0.0
    for band, start in enumerate(starts[:-1]):
        if start < until:
            width = starts[band + 1] - start
            age = start + width * (0.1 if start == 0 and width == 1 else 0.5)
            total += deaths[band] * (until - age)
    return total
