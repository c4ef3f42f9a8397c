"""Backcasting: what a method would have foretold from an earlier year, held against what was counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from placeplan.demand.activity import FloatArray
from placeplan.demand.errors import refuse


@dataclass(frozen=True, slots=True)
class BackcastYear:
    """One year of a backcast."""

    year: str
    counted: float
    foretold: float

    @property
    def error(self) -> float:
        """Foretold less counted."""
        return self.foretold - self.counted

    @property
    def share(self) -> float:
        """The error as a share of what was counted: above 0, too much was foretold."""
        return self.error / self.counted


@dataclass(frozen=True, slots=True)
class Backcast:
    """What a method would have foretold, with the error of each year after the origin.

    Attributes:
        origin: the year that the method started from; it has no error.
        years: those after it, in order.
    """

    origin: str
    years: tuple[BackcastYear, ...]

    @property
    def mean_absolute_percentage_error(self) -> float:
        """Mean size of the errors, as a share of what was counted (MAPE)."""
        return float(np.abs(self._shares).mean())

    @property
    def bias(self) -> float:
        """Mean of the errors with their sign, as a share of what was counted: above 0, too much was foretold."""
        return float(self._shares.mean())

    @property
    def root_mean_square_error(self) -> float:
        """In the unit of the series."""
        return float(np.sqrt(np.mean([one.error**2 for one in self.years])))

    @property
    def _shares(self) -> FloatArray:
        return np.array([one.share for one in self.years])


def backcast(counted: Mapping[str, float], foretold: Mapping[str, float], *, origin: str) -> Backcast:
    """Compare year by year from the one after the origin to the last that both have.

    Args:
        counted: the actual series, by year.
        foretold: the path of the method from the origin, by year.
        origin: the year that the method started from, which both have.

    Raises:
        DemandError: the origin is missing, no later year is in both, or a counted year is not above 0, so that there is
            no error as a share of it.
    """
    refuse(
        f"backcast: the origin {origin} is not among the {what} years; expected one of {', '.join(series)}"
        for what, series in (("counted", counted), ("foretold", foretold))
        if origin not in series
    )
    years = sorted(year for year in counted if year in foretold and year > origin)
    refuse(_year_problems(counted, foretold, years=years, origin=origin))
    return Backcast(origin, tuple(BackcastYear(year, counted[year], foretold[year]) for year in years))


def _year_problems(
    counted: Mapping[str, float], foretold: Mapping[str, float], *, years: list[str], origin: str
) -> Iterator[str]:
    if not years:
        yield f"backcast: no year after {origin} is both counted and foretold"
    for year in years:
        if not (np.isfinite(counted[year]) and counted[year] > 0):
            yield f"backcast: {counted[year]:g} was counted in {year}; expected more than 0, to take a share of"
        if not np.isfinite(foretold[year]):
            yield f"backcast: what was foretold for {year} is missing"
