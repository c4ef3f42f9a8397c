"""Siting as textbooks write it: a variable for each point at each site, handed to the solver of SciPy as it stands.

Slower than what it checks, and written from the formulations alone: ReVelle and Swain 1970 (p-median), Balinski 1964
(charges), Church and ReVelle 1974 (coverage), Hakimi 1964 (the centre).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

FloatArray = npt.NDArray[np.float64]


class Served:
    """Variables x[i, j] (point i at site j, row by row) and y[j] (site j is chosen), then extra ones."""

    def __init__(self, points: int, sites: int, *, extra: int = 0) -> None:
        self.points, self.sites = points, sites
        self.size = points * sites + sites + extra
        self.rows: list[LinearConstraint] = []
        for point in range(points):
            row = self.row()
            row[self.x(point, 0) : self.x(point, 0) + sites] = 1
            self.add(row, low=1, high=1)
            for site in range(sites):
                row = self.row()
                row[self.x(point, site)], row[self.y(site)] = 1, -1
                self.add(row, high=0)

    def row(self) -> FloatArray:
        """Zeros for each variable."""
        return np.zeros(self.size)

    def x(self, point: int, site: int) -> int:
        """The number of the variable of a point at a site."""
        return point * self.sites + site

    def y(self, site: int) -> int:
        """The number of the variable of a site."""
        return self.points * self.sites + site

    def add(self, row: FloatArray, *, low: float = -np.inf, high: float = np.inf) -> None:
        """Add a row."""
        self.rows.append(LinearConstraint(row[np.newaxis, :], low, high))

    def number(self, p: int) -> None:
        """So many sites are chosen."""
        row = self.row()
        row[self.y(0) : self.y(0) + self.sites] = 1
        self.add(row, low=p, high=p)

    def least(self, cost: FloatArray, *, whole_points: bool = False, top: float = 1.0) -> float | None:
        """The least cost; nothing where there is no way."""
        whole = np.zeros(self.size)
        whole[self.y(0) : self.y(0) + self.sites] = 1
        if whole_points:
            whole[: self.points * self.sites] = 1
        upper = np.ones(self.size)
        upper[self.y(0) + self.sites :] = top
        found = milp(
            cost, integrality=whole, bounds=Bounds(0, upper), constraints=self.rows, options={"mip_rel_gap": 0.0}
        )
        return float(found.fun) if found.success else None


def p_median(
    cost: FloatArray,
    demand: FloatArray,
    p: int,
    *,
    capacities: Sequence[float] = (),
    catchments: Sequence[float] = (),
    charges: Sequence[float] = (),
    single: bool = True,
) -> float | None:
    """The least weighted travel of ``p`` sites, or of any number where ``p`` is 0, with charges added."""
    model = Served(*cost.shape)
    if p:
        model.number(p)
    for site in range(model.sites):
        filled = model.row()
        filled[[model.x(point, site) for point in range(model.points)]] = demand
        if len(capacities):
            full = filled.copy()
            full[model.y(site)] = -capacities[site]
            model.add(full, high=0)
        if len(catchments):
            full = filled.copy()
            full[model.y(site)] = -catchments[site]
            model.add(full, low=0)
    price = model.row()
    price[: model.points * model.sites] = (cost * demand[:, np.newaxis]).ravel()
    if len(charges):
        price[model.y(0) :] = charges
    return model.least(price, whole_points=single)


def p_centre(cost: FloatArray, p: int) -> float | None:
    """The least way of the furthest point."""
    model = Served(*cost.shape, extra=1)
    model.number(p)
    for point in range(model.points):
        row = model.row()
        row[model.x(point, 0) : model.x(point, 0) + model.sites] = cost[point]
        row[-1] = -1
        model.add(row, high=0)
    price = model.row()
    price[-1] = 1
    return model.least(price, top=float(cost.max()))


def not_covered(cost: FloatArray, demand: FloatArray, p: int, *, within: float) -> float | None:
    """The least demand out of reach: going beyond reach costs the demand, going within it costs nothing."""
    return p_median(np.where(cost <= within, 0.0, 1.0), demand, p, single=False)
