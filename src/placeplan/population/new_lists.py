"""Growth as a new list: when more people have come to an area than a new practice would need.

The number that a new list has to reach is a rule of the place (more than 8,000 in the plan of West Kent, 2017) and is
handed in; so are people of developments, which a trend-based projection may already hold in part.
"""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from placeplan.population.errors import PopulationError
from placeplan.population.types import FloatArray, PopulationTable, frozen


@dataclass(frozen=True, eq=False)
class NewList:
    """How many people more there are in each area and year than in the base year, against a list size.

    Attributes:
        areas: codes of the areas.
        years: the years after the base year.
        more_people: areas x years; below 0 where people left. Read-only.
        over: the list size that has to be passed.
    """

    areas: tuple[str, ...]
    years: tuple[int, ...]
    more_people: FloatArray
    over: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "more_people", frozen("more people", self.more_people))

    @property
    def first_year(self) -> dict[str, int | None]:
        """For each area the first year with more people than the list size; None where there is none."""
        passed = self.more_people > self.over
        return {
            area: self.years[int(np.argmax(row))] if row.any() else None
            for area, row in zip(self.areas, passed, strict=True)
        }


def new_list(table: PopulationTable, *, base_year: int, over: float) -> NewList:
    """Compare growth with the list size of a new practice.

    Args:
        table: people by area.
        base_year: the year to which growth is counted.
        over: the list size that growth has to pass.

    Raises:
        PopulationError: the base year is not in the table or is its last, or the list size is not above 0.
    """
    if base_year not in table.years[:-1]:
        known = f"{table.years[0]} to {table.years[-1]}"
        raise PopulationError([f"years: {base_year} is not before the last of this table; it holds {known}"])
    if not isfinite(over) or over <= 0:
        raise PopulationError([f"list size: {over:g}; expected a number of people above 0"])
    later = [year for year in table.years if year > base_year]
    base = table.select(years=[base_year]).totals()
    return NewList(table.areas, tuple(later), table.select(years=later).totals() - base, over)
