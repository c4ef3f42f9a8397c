"""Demand for screening and immunisation: the cohort of each year times uptake, with what uptake changes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placeplan.population.banding import people_aged
from placeplan.population.errors import PopulationError
from placeplan.population.programmes import Programme
from placeplan.population.types import PERSONS, FloatArray, PopulationTable, frozen

PER_CENT = 100


@dataclass(frozen=True, eq=False)
class CohortDemand:
    """What a programme has to provide, by area and year (all arrays areas x years).

    Attributes:
        programme: whom it is for and how many come.
        areas: codes of the areas.
        years: calendar years.
        eligible: people of its sexes and ages.
        invited: those whose turn it is in a year: of people invited every three years, a third.
    """

    programme: Programme
    areas: tuple[str, ...]
    years: tuple[int, ...]
    eligible: FloatArray
    invited: FloatArray

    def __post_init__(self) -> None:
        for name in ("eligible", "invited"):
            object.__setattr__(self, name, frozen(name, getattr(self, name)))

    @property
    def low(self) -> FloatArray:
        """How many come at the lowest uptake."""
        return self.at(float(self.programme.uptake.low))

    @property
    def expected(self) -> FloatArray:
        """How many come as expected."""
        return self.at(float(self.programme.uptake.expected))

    @property
    def high(self) -> FloatArray:
        """How many come at the highest uptake."""
        return self.at(float(self.programme.uptake.high))

    @property
    def per_point(self) -> FloatArray:
        """How many more come for each point of uptake."""
        return np.asarray(self.invited / PER_CENT)

    def at(self, uptake: float) -> FloatArray:
        """How many come at an uptake in per cent.

        Raises:
            PopulationError: it is no per cent from 0 to 100.
        """
        if not 0 <= uptake <= PER_CENT:
            raise PopulationError([f"uptake: {uptake:g} is out of range; expected per cent from 0 to 100"])
        return np.asarray(self.per_point * uptake)


def cohort_demand(table: PopulationTable, programme: Programme) -> CohortDemand:
    """How many people a programme is for, invites and sees.

    Args:
        table: people by sex and single year of age, or in bands that begin where the ages of the programme do.
        programme: the programme.

    Raises:
        PopulationError: the programme is for one sex and the table does not tell them apart, or its ages lie inside
            bands of the table.
    """
    positions = _positions(table, programme)
    shape = (len(table.areas), len(table.years))
    eligible, invited = np.zeros(shape), np.zeros(shape)
    for cohort in programme.cohorts:
        people = people_aged(table, first=cohort.first_age, before=cohort.before)[:, positions].sum(axis=1)
        eligible += people
        invited += people / cohort.every_years
    return CohortDemand(programme, table.areas, table.years, eligible, invited)


def _positions(table: PopulationTable, programme: Programme) -> Sequence[int]:
    """Where the sexes of a programme stand on the axis of a table."""
    both = len(set(programme.sexes)) > 1
    if table.sexes == (PERSONS,):
        if both:
            return [0]
        message = f"{programme.id}: it is for {programme.sexes[0]} only; expected a population by sex"
        raise PopulationError([message])
    missing = [sex for sex in programme.sexes if sex not in table.sexes]
    if missing:
        raise PopulationError([f"{programme.id}: the population has no {', '.join(missing)}"])
    return [table.sexes.index(sex) for sex in programme.sexes]
