"""Ages gathered in bands, and a part of the ages alone. People are added, so that nobody is lost or counted twice."""

from collections.abc import Iterator, Sequence

import numpy as np

from placeplan.population.ages import age_axis_problems, band_name, parse_band
from placeplan.population.errors import PopulationError, refuse
from placeplan.population.types import AGE_AXIS, SEX_AXIS, FloatArray, PopulationTable

ALL_AGES = "all ages"


def banded(table: PopulationTable, lower_bounds: Sequence[int]) -> PopulationTable:
    """The same people in wider bands of ages.

    Args:
        table: in single years or in bands.
        lower_bounds: first ages of the new bands, rising; the last is open. Each has to be one of the table's own, for
            a band cannot be split; the first has to be the table's first, so that nobody is left out.

    Raises:
        PopulationError: the bounds are no rising ages, or they do not fit those of the table.
    """
    bounds = tuple(lower_bounds)
    refuse(age_axis_problems(bounds))
    refuse(_bound_problems(table, bounds))
    starts = [table.ages.index(bound) for bound in bounds]
    return table.with_people(np.add.reduceat(table.people, starts, axis=AGE_AXIS), ages=bounds)


def people_aged(table: PopulationTable, *, first: int, before: int | None = None) -> FloatArray:
    """People of some ages, areas x sexes x years: those from ``first`` on and below ``before``.

    Args:
        table: in single years or in bands.
        first: the first age; it begins a band of the table.
        before: the first age that is not counted; it begins a band too. None: no upper end.

    Raises:
        PopulationError: an age does not begin a band, so that a band would have to be split, or the end is not after
            the start.
    """
    refuse(_range_problems(table, first=first, before=before))
    start = table.ages.index(first)
    end = None if before is None else table.ages.index(before)
    return np.asarray(table.people[:, :, start:end].sum(axis=AGE_AXIS))


def people_by_band(table: PopulationTable, bands: Sequence[str]) -> dict[str, FloatArray]:
    """People of all ages together and of some bands, all sexes, each areas x years.

    Args:
        table: people in single years or bands.
        bands: ages such as ``85+`` or ``16-64``; each has to begin and end where bands of the table do.

    Raises:
        PopulationError: a band is none or would split one; all of them are named.
    """
    found = {ALL_AGES: table.totals()}
    problems: list[str] = []
    for band in bands:
        try:
            first, before = parse_band(band)
            found[band] = np.asarray(people_aged(table, first=first, before=before).sum(axis=SEX_AXIS))
        except PopulationError as error:
            problems.extend(error.messages)
    refuse(problems)
    return found


def _bound_problems(table: PopulationTable, bounds: tuple[int, ...]) -> Iterator[str]:
    for bound in bounds:
        if bound not in table.ages:
            yield _cannot_begin(table, bound)
    if bounds[0] != table.ages[0]:
        yield f"ages: the bands begin at {bounds[0]}; expected {table.ages[0]}, so that nobody is left out"


def _range_problems(table: PopulationTable, *, first: int, before: int | None) -> Iterator[str]:
    yield from (_cannot_begin(table, age) for age in (first, before) if age is not None and age not in table.ages)
    if before is not None and before <= first:
        yield f"ages: {first} to below {before} holds no age; expected an end after the start"


def _cannot_begin(table: PopulationTable, age: int) -> str:
    """Why no band can begin at an age."""
    lower = [one for one in table.ages if one < age]
    if not lower:
        return f"ages: nobody below {table.ages[0]} is in this table; {age} cannot begin a band"
    place = len(lower) - 1
    following = table.ages[place + 1] if place + 1 < len(table.ages) else None
    held = band_name(table.ages[place], following=following)
    return f"ages: {age} lies inside the band {held}, which cannot be split; expected a first age of a band"
