"""People of a place by the variant projections, which are published by five-year bands."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from placeplan.app.care.do_nothing_files import AGES, SEXES
from placeplan.app.care.do_nothing_inputs import DemandInputs
from placeplan.app.population.reading import principal, variants
from placeplan.datasets.folder import DataFolder
from placeplan.demand.activity import FloatArray
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.population.types import PopulationTable


def with_variants(inputs: DemandInputs, folder: DataFolder) -> DemandInputs:
    """The same with the people of every variant projection.

    At each single year of age a variant has as many times the people of the principal projection as it has in the
    five-year band. Years before the projections are the same in all of them.

    Raises:
        InputError: the variant projections are not in the folder or cannot be read, or they lack an area or a year.
    """
    base = principal(folder)
    found = {name: inputs.people * _ratio(inputs, base, table=table) for name, table in variants(folder).items()}
    note = f"Which of {len(found) + 1} projections of the population comes true is uncertain, each as likely."
    return replace(inputs, variants=found, notes=(*inputs.notes, note))


def _ratio(inputs: DemandInputs, base: PopulationTable, *, table: PopulationTable) -> FloatArray:
    """People of a variant over those of the principal projection, areas x sexes x ages x years; 1 in earlier years."""
    years = [year for year in map(int, inputs.years) if year in base.years]
    _refuse_missing(inputs, table, years=years)
    ratio = np.ones_like(inputs.people)
    bands = np.searchsorted(np.array(table.ages), np.array(AGES), side="right") - 1
    for place, area in enumerate(inputs.areas):
        for number, sex in enumerate(SEXES):
            other = _people(table, area, sex=sex, years=years)
            same = _banded(_people(base, area, sex=sex, years=years), base.ages, bands=table.ages)
            by_band = np.divide(other, same, out=np.ones_like(other), where=same > 0)
            ratio[place, number, :, len(inputs.years) - len(years) :] = by_band[bands]
    return ratio


def _people(table: PopulationTable, area: str, *, sex: str, years: list[int]) -> FloatArray:
    """Ages x years of one area and sex."""
    rows = table.people[table.areas.index(area), table.sexes.index(sex)]
    return np.asarray(rows[:, [table.years.index(year) for year in years]])


def _banded(people: FloatArray, ages: tuple[int, ...], *, bands: tuple[int, ...]) -> FloatArray:
    """Single years of age added up to bands, the last of which is open."""
    edges = [*bands, max(ages) + 1]
    inside = [[start <= age < end for age in ages] for start, end in pairwise(edges)]
    return np.array(inside, dtype=np.float64) @ people


def _refuse_missing(inputs: DemandInputs, table: PopulationTable, *, years: list[int]) -> None:
    absent = [area for area in inputs.areas if area not in table.areas]
    absent += [str(year) for year in years if year not in table.years]
    if absent:
        message = f"the projection '{table.variant}' has no people for {absent[0]}"
        raise InputError([Problem(Location("variants"), message, "every area and year of the principal projection")])
