"""People in the form that rates of activity by sex and age need."""

from collections.abc import Sequence
from dataclasses import dataclass

from placeplan.population.banding import banded
from placeplan.population.errors import PopulationError
from placeplan.population.types import AGE_AXIS, SEX_AXIS, FloatArray, PopulationTable, frozen


@dataclass(frozen=True, eq=False)
class AlignedPeople:
    """People on the axes of rates.

    Attributes:
        areas: codes, in the order of the array.
        sexes: in the order of the rates.
        ages: lower bounds as the rates have them, the last open.
        years: calendar years.
        people: persons, areas x sexes x ages x years; read-only.
        left_out: persons younger than the first age of the rates, areas x years; read-only.
    """

    areas: tuple[str, ...]
    sexes: tuple[str, ...]
    ages: tuple[int, ...]
    years: tuple[int, ...]
    people: FloatArray
    left_out: FloatArray

    def __post_init__(self) -> None:
        for name in ("people", "left_out"):
            object.__setattr__(self, name, frozen(name, getattr(self, name)))


def aligned_people(
    table: PopulationTable,
    *,
    ages: Sequence[int],
    sexes: Sequence[str] | None = None,
    areas: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
) -> AlignedPeople:
    """People with the sexes and ages of some rates, in their order.

    Args:
        table: people in single years or bands.
        ages: lower bounds of the ages of the rates, the last of them open. People who are younger than the first are
            left out and counted.
        sexes: those of the rates, in their order; those of the table when left out.
        areas: codes, in order; all when left out.
        years: calendar years, in order; all when left out.

    Raises:
        PopulationError: an area, sex or year is not in the table, the ages do not rise, or one would split a band.
    """
    if not ages:
        raise PopulationError(["ages: expected at least one age, found none"])
    chosen = table.select(areas=areas, sexes=sexes, years=years)
    first, youngest = ages[0], chosen.ages[0]
    if first < youngest:
        raise PopulationError([f"ages: the rates begin at {first}, the people at {youngest}; expected younger people"])
    bounds = tuple(ages) if first == youngest else (youngest, *ages)
    every = banded(chosen, bounds)
    start = len(bounds) - len(ages)
    return AlignedPeople(
        areas=every.areas,
        sexes=every.sexes,
        ages=tuple(ages),
        years=every.years,
        people=every.people[:, :, start:],
        left_out=every.people[:, :, :start].sum(axis=(SEX_AXIS, AGE_AXIS)),
    )
