"""Estimates and a projection as one series, with the break between them shown, and mended where that is asked for.

Estimates are rebased after each census; a projection keeps the base that it was made from. Where the two meet, the
series may jump or fall though nobody moved. The break of an area is what the projection says in its first year less
what the last estimate would be in that year at the projection's own growth.

Rebasing multiplies the projection by a constant, so that it starts where the estimates end and keeps its growth:

- ``BY_AREA``: one constant for each area. Every age grows as projected and the age structure is that of the projection.
- ``BY_CELL``: one constant for each area, sex and age. The age structure is that of the estimates; where cohorts are
  uneven, a bulge stays at its age instead of growing older, so this suits short horizons and wide bands only.

Where both tables hold a common year, the constant is taken there. Otherwise the projection is first carried back to the
last estimate by its growth in its own first year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from placeplan.population.errors import PopulationError, refuse
from placeplan.population.types import AGE_AXIS, SEX_AXIS, FloatArray, PopulationTable, frozen


class Rebasing(StrEnum):
    """How a projection is moved to where the estimates end."""

    NONE = "none"
    BY_AREA = "by-area"
    BY_CELL = "by-cell"


@dataclass(frozen=True, eq=False)
class Join:
    """A series joined from estimates and a projection.

    Attributes:
        table: the years of the estimates, then those of the projection after them.
        last_estimate: the last year of the estimates.
        break_people: persons by area, as published and before any rebasing: the projection at the join less the last
            estimate carried on at the projection's own growth. Below 0 where the projection starts too low.
        break_per_cent: the same per cent of the estimate carried on.
        rebasing: what was done about it.
    """

    table: PopulationTable
    last_estimate: int
    break_people: FloatArray
    break_per_cent: FloatArray
    rebasing: Rebasing

    def __post_init__(self) -> None:
        for name in ("break_people", "break_per_cent"):
            object.__setattr__(self, name, frozen(name, getattr(self, name)))


def joined(
    estimates: PopulationTable, projection: PopulationTable, *, rebasing: Rebasing | str = Rebasing.NONE
) -> Join:
    """Put a projection after estimates.

    Args:
        estimates: years before the join, and the join itself.
        projection: the same areas, sexes and ages; its years go on without a gap, and there are at least two of them.
        rebasing: whether and how the projection is moved to where the estimates end.

    Raises:
        PopulationError: the tables differ in areas, sexes or ages, a year is missing between them, the projection does
            not reach past the estimates, an area has nobody, or a cell would have to come from nothing.
    """
    way = _way(rebasing)
    refuse(_fit_problems(estimates, projection))
    last = estimates.years[-1]
    later = tuple(year for year in projection.years if year > last)
    refuse(_year_problems(projection, last=last, later=later))
    base = _at_the_join(projection, last=last)
    final = estimates.people[..., -1]
    refuse(_nobody(final, estimates, what="estimate"))
    refuse(_nobody(base, projection, what="projection"))
    ahead = projection.select(years=later).people * _constant(final, base, way=way, table=estimates)[..., np.newaxis]
    table = estimates.with_people(
        np.concatenate([estimates.people, ahead], axis=-1),
        years=(*estimates.years, *later),
        variant=projection.variant,
        source=" ".join(dict.fromkeys(filter(None, (estimates.source, projection.source)))),
        synthetic=estimates.synthetic or projection.synthetic,
    )
    stated, carried = base.sum(axis=(SEX_AXIS, AGE_AXIS)), final.sum(axis=(SEX_AXIS, AGE_AXIS))
    growth = projection.select(years=later[:1]).totals()[:, 0] / stated
    return Join(table, last, (stated - carried) * growth, 100 * (stated / carried - 1), way)


def _way(rebasing: Rebasing | str) -> Rebasing:
    try:
        return Rebasing(rebasing)
    except ValueError as error:
        raise PopulationError(
            [f"rebasing: '{rebasing}' is not known; expected one of: {', '.join(Rebasing)}"]
        ) from error


def _at_the_join(projection: PopulationTable, *, last: int) -> FloatArray:
    """The projection in the year of the last estimate: as published, or carried back at its growth in its first year.

    The total of each area is carried back, and each cell with it, so that a cohort that is about to leave an age does
    not bend the constant of that age.
    """
    if last in projection.years:
        return np.asarray(projection.select(years=[last]).people[..., 0])
    first, second = projection.years[:2]
    totals = projection.totals()
    refuse(_nobody(projection.people[..., 1], projection, what="projection"))
    back = (totals[:, 0] / totals[:, 1]) ** (1 / (second - first))
    return np.asarray(projection.people[..., 0] * back[:, np.newaxis, np.newaxis])


def _constant(final: FloatArray, base: FloatArray, *, way: Rebasing, table: PopulationTable) -> FloatArray:
    """What the projection is multiplied by, areas x sexes x ages."""
    if way is Rebasing.NONE:
        return np.ones_like(final)
    if way is Rebasing.BY_AREA:
        share = final.sum(axis=(SEX_AXIS, AGE_AXIS)) / base.sum(axis=(SEX_AXIS, AGE_AXIS))
        return np.broadcast_to(share[:, np.newaxis, np.newaxis], final.shape)
    refuse(
        f"people: {table.where((*cell, -1))}: the estimate cannot come from a projection of nobody; rebase by-area"
        for cell in np.argwhere((base == 0) & (final > 0))
    )
    return np.divide(final, base, out=np.ones_like(final), where=base > 0)


def _fit_problems(estimates: PopulationTable, projection: PopulationTable) -> Iterator[str]:
    for axis in ("areas", "sexes", "ages"):
        one, other = getattr(estimates, axis), getattr(projection, axis)
        if one != other:
            different = [entry for entry in (*one, *other) if (entry in one) != (entry in other)]
            what = (
                f"only one of the two has {', '.join(map(str, different[:5]))}" if different else "their order differs"
            )
            yield f"{axis}: the estimates and the projection differ: {what}; expected the same {axis} in the same order"


def _year_problems(projection: PopulationTable, *, last: int, later: tuple[int, ...]) -> Iterator[str]:
    if not later:
        yield f"years: the projection ends in {projection.years[-1]}; expected a year after the estimate of {last}"
        return
    missing = range(last + 1, later[0])
    if missing:
        words = ", ".join(map(str, missing))
        yield f"years: {words} is missing between the estimates and the projection; expected every year"
    if last not in projection.years and len(projection.years) == 1:
        yield f"years: the projection holds {later[0]} alone; expected two years, or the year {last}, to see its growth"


def _nobody(people: FloatArray, table: PopulationTable, *, what: str) -> Iterator[str]:
    for place in np.flatnonzero(people.sum(axis=(SEX_AXIS, AGE_AXIS)) == 0):
        yield f"people: nobody lives in {table.name_of(table.areas[place])} in the {what} at the join"
