"""What enters or leaves each segment in each year of a forecast: people, a total spread by shares, or rates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

FloatArray: TypeAlias = npt.NDArray[np.float64]
WITHIN = 1e-9  # how far doubles may be from what they stand for: a row from 1, a population below 0


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """A number of people in all, for each year or for all years alike, spread over the segments by shares.

    ``shares``: one for each segment, or a row of them for each year. They need not add up to 1; what they add up to is
    what share of the total is spread (published examples have had shares that do not).
    """

    totals: npt.ArrayLike
    shares: npt.ArrayLike


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """A share of the people who are in each segment when the step is taken.

    ``rates``: one for each segment, or a row of them for each year. ``totals``: where it is given, for each year or
    for all alike, the people whom the rates give are scaled so that they add up to it.
    """

    rates: npt.ArrayLike
    totals: npt.ArrayLike | None = None


Flow: TypeAlias = npt.ArrayLike | Spread | Rates


@dataclass(frozen=True, slots=True, eq=False)
class YearlyFlow:
    """A flow with a figure for each year (rows) and segment (columns): people, or rates where ``are_rates``."""

    name: str
    figures: FloatArray
    are_rates: bool = False
    totals: FloatArray | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether nobody enters or leaves in any year."""
        return self.totals is None and not self.figures.any()

    def people(self, year: int, population: FloatArray) -> FloatArray:
        """People of each segment in a year (counted from 0), when so many are there.

        Raises:
            ValueError: people are to be scaled to a total though the rates give nobody.
        """
        if not self.are_rates:
            return np.asarray(self.figures[year])
        expected = self.figures[year] * population
        if self.totals is None:
            return np.asarray(expected)
        whole, total = float(expected.sum()), float(self.totals[year])
        if not whole and total:
            message = f"{self.name} of year {year + 1} cannot be scaled to {total:,.1f}: the rates give nobody"
            raise ValueError(message)
        return np.asarray(expected * (total / whole)) if whole else np.asarray(expected)


def yearly_flow(name: str, given: Flow, *, states: Sequence[str], years: int, signed: bool) -> YearlyFlow:
    """A flow year by year, from whichever form it was given in.

    Args:
        name: what it is, for messages.
        given: an array (segments, or years by segments), 0 for nobody, ``Spread`` or ``Rates``.
        states: the segments in their order.
        years: how many years the forecast has.
        signed: whether people may be below zero, as in net migration.

    Raises:
        ValueError: a shape does not fit, or a figure is missing, negative, or a rate above 1.
    """
    if isinstance(given, Rates):
        rates = by_year_and_state(f"rates of {name}", given.rates, states=states, years=years)
        _refuse(rates < 0, rates, name=f"rates of {name}", states=states, why="below 0")
        _refuse(rates > 1 + WITHIN, rates, name=f"rates of {name}", states=states, why="above 1")
        totals = None if given.totals is None else _by_year(f"totals of {name}", given.totals, years=years)
        return YearlyFlow(name, rates, are_rates=True, totals=totals)
    if isinstance(given, Spread):
        totals = _by_year(f"totals of {name}", given.totals, years=years)
        figures = totals[:, np.newaxis] * by_year_and_state(
            f"shares of {name}", given.shares, states=states, years=years
        )
    else:
        figures = by_year_and_state(name, given, states=states, years=years)
    if not signed:
        _refuse(figures < 0, figures, name=name, states=states, why="below 0")
    return YearlyFlow(name, np.asarray(figures))


def by_year_and_state(name: str, given: npt.ArrayLike, *, states: Sequence[str], years: int) -> FloatArray:
    """Figures for each year (rows) and segment (columns).

    One row stands for every year. A single number other than 0 is refused, since it does not say in which segment.

    Raises:
        ValueError: a shape does not fit, or a figure is missing.
    """
    figures = finite(name, given)
    if figures.ndim == 0 and not figures:
        return np.zeros((years, len(states)))
    if figures.ndim == 0:
        message = f"{name}: {float(figures):g} does not say in which segment; give shares too: Spread(total, shares)"
        raise ValueError(message)
    if figures.shape not in {(len(states),), (years, len(states))}:
        wanted = f"{len(states)} segments, or {years} years by {len(states)} segments"
        message = f"{name}: expected {wanted}; found {' by '.join(map(str, figures.shape))}"
        raise ValueError(message)
    return np.array(np.broadcast_to(figures, (years, len(states))))


def finite(name: str, given: npt.ArrayLike) -> FloatArray:
    """Figures as doubles.

    Raises:
        ValueError: one is missing, infinite or not a number.
    """
    try:
        figures = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        message = f"{name}: expected numbers in rows of one length"
        raise ValueError(message) from error
    if not np.isfinite(figures).all():
        message = f"{name}: a figure is missing or infinite"
        raise ValueError(message)
    return figures


def _by_year(name: str, given: npt.ArrayLike, *, years: int) -> FloatArray:
    """A figure for each year; a single one stands for every year."""
    figures = finite(name, given)
    if figures.shape not in {(), (years,)}:
        message = f"{name}: expected one figure, or {years} years; found {' by '.join(map(str, figures.shape))}"
        raise ValueError(message)
    return np.array(np.broadcast_to(figures, (years,)))


def _refuse(wrong: npt.NDArray[np.bool_], figures: FloatArray, *, name: str, states: Sequence[str], why: str) -> None:
    """Raise for the first figure that is wrong, with its year and segment."""
    if wrong.any():
        year, state = (int(number) for number in np.argwhere(wrong)[0])
        message = f"{name}: {figures[year, state]:g} of '{states[state]}' in year {year + 1} is {why}"
        raise ValueError(message)
