"""A cohort-component projection: people grow older, die, give birth and move, one step at a time.

A step is as long as each band of ages is wide (one year for single years). Its order is that of Preston, Heuveline and
Guillot, Demography: Measuring and Modeling Population Processes, 2001, section 6.3 (their box 6.2 is reproduced in the
tests):

1. half of the net migrants of the step are added to the population at its start;
2. everybody is survived into the next band, the last two bands together into the open one;
3. the other half of the migrants is added;
4. births of a band of women are ``step x fertility x`` the mean of the women in it at the start, with the first half of
   the migrants, and at the end, with both; they are split into sexes by the sex ratio at birth;
5. births are survived to the end of the step, into the first band.

Fertility is that of women of their own area; no man is needed ("female dominant"). A step in which more people would
leave a cell than are there is refused. It is not set to zero, for the people would then come from nowhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from placeplan.population.errors import refuse
from placeplan.population.types import FEMALE, MALE, SHOWN, FloatArray, PopulationTable, frozen

HALF = 0.5
SEX_COUNT = 2


@dataclass(frozen=True, eq=False, kw_only=True)
class Components:
    """What happens to a population in one step. Sexes are in the order women, men.

    Attributes:
        survival: areas (or 1 for all) x 2 sexes x ages, shares from 0 to 1. The entry of an age is the share of people
            of the band below who are in this band a step later; that of the first age is the share of births of the
            step who are there at its end; that of the open last band is for the people of the last two bands.
        fertility: areas (or 1) x ages, live births to a woman a year.
        sex_ratio_at_birth: boys born for each girl, such as 1.05.
        net_migration: areas x 2 sexes x ages, persons who came less those who left in the step, by their age when they
            move: half of them at its start, half at its end.

    Raises:
        PopulationError: shapes do not go together, a share is outside 0 to 1, a rate is negative, or a number is
            missing.
    """

    survival: FloatArray
    fertility: FloatArray
    sex_ratio_at_birth: float
    net_migration: FloatArray

    def __post_init__(self) -> None:
        for name in ("survival", "fertility", "net_migration"):
            object.__setattr__(self, name, frozen(name, getattr(self, name)))
        refuse(self._shape_problems())
        refuse(self._number_problems())

    def _shape_problems(self) -> Iterator[str]:
        if self.survival.ndim != 3 or self.survival.shape[1] != SEX_COUNT:
            yield f"survival: expected areas (or 1) x 2 sexes x ages, found {_by(self.survival.shape)}"
            return
        ages = self.survival.shape[2]
        if self.fertility.ndim != 2 or self.fertility.shape[1] != ages:
            yield f"fertility: expected areas (or 1) x {ages} ages, found {_by(self.fertility.shape)}"
        if self.net_migration.ndim != 3 or self.net_migration.shape[1:] != (SEX_COUNT, ages):
            yield f"net migration: expected areas x 2 sexes x {ages} ages, found {_by(self.net_migration.shape)}"

    def _number_problems(self) -> Iterator[str]:
        for name in ("survival", "fertility", "net_migration"):
            if not np.isfinite(getattr(self, name)).all():
                yield f"{name.replace('_', ' ')}: a number is missing or infinite"
        if (self.survival < 0).any() or (self.survival > 1).any():
            yield "survival: expected shares from 0 to 1; 98% is 0.98"
        if (self.fertility < 0).any():
            yield "fertility: a rate is below 0; expected births to a woman a year"
        if self.fertility[:, 0].any():
            yield "fertility: the first band gives birth; expected 0, for it is filled by births of the step itself"
        if not np.isfinite(self.sex_ratio_at_birth) or self.sex_ratio_at_birth <= 0:
            yield f"sex ratio at birth: {self.sex_ratio_at_birth:g}; expected boys for each girl, such as 1.05"


@dataclass(frozen=True, eq=False)
class CohortProjection:
    """People step by step, and what changed them: ``after = before + births - deaths + net migration`` in each area.

    Attributes:
        table: the first year and the year after each step.
        births: areas x steps, both sexes.
        deaths: areas x steps.
        net_migration: areas x steps.
    """

    table: PopulationTable
    births: FloatArray
    deaths: FloatArray
    net_migration: FloatArray

    def __post_init__(self) -> None:
        for name in ("births", "deaths", "net_migration"):
            object.__setattr__(self, name, frozen(name, getattr(self, name)))


def cohort_projection(base: PopulationTable, steps: Sequence[Components]) -> CohortProjection:
    """Project a population by its components.

    Args:
        base: women and men in bands of one width from age 0; its last year is where the projection starts.
        steps: the components of each step, in order.

    Raises:
        PopulationError: the population is not by sex, its bands differ in width, components do not fit it, or more
            people leave than are there.
    """
    refuse(_base_problems(base))
    width = base.ages[1]
    refuse(problem for number, one in enumerate(steps) for problem in _fit_problems(base, one, number=number))
    now = base.select(sexes=(FEMALE, MALE)).people[..., -1]
    people, births = [now], []
    for number, components in enumerate(steps):
        year = base.years[-1] + width * number
        refuse(_below_zero(now + HALF * components.net_migration, base, year=year))
        after, born = _stepped(now, components, width=width)
        refuse(_below_zero(after, base, year=year + width))
        people.append(np.maximum(after, 0.0))
        births.append(born)
        now = people[-1]
    years = tuple(base.years[-1] + width * number for number in range(len(people)))
    table = base.with_people(np.stack(people, axis=-1), sexes=(FEMALE, MALE), years=years)
    return _accounted(table, births, steps=steps)


def _stepped(start: FloatArray, components: Components, *, width: int) -> tuple[FloatArray, FloatArray]:
    """People at the end of a step, areas x sexes x ages, and births by area."""
    survival, migrants = components.survival, HALF * components.net_migration
    here = start + migrants
    end = np.zeros_like(here)
    end[..., 1:] = here[..., :-1] * survival[..., 1:]
    end[..., -1] = (here[..., -2] + here[..., -1]) * survival[..., -1]
    end += migrants
    women = HALF * (here[:, 0] + end[:, 0])
    born = width * (components.fertility * women).sum(axis=-1)
    boys = components.sex_ratio_at_birth / (1 + components.sex_ratio_at_birth)
    by_sex = np.stack([born * (1 - boys), born * boys], axis=-1)
    end[..., 0] += by_sex * survival[..., 0]
    return end, np.asarray(born)


def _accounted(
    table: PopulationTable, births: Sequence[FloatArray], *, steps: Sequence[Components]
) -> CohortProjection:
    totals = table.totals()
    born = np.array(births).T.reshape(len(table.areas), len(steps))
    moved = np.array([one.net_migration.sum(axis=(1, 2)) for one in steps]).T.reshape(born.shape)
    died = totals[:, :-1] + born + moved - totals[:, 1:]
    return CohortProjection(table, born, died, moved)


def _base_problems(base: PopulationTable) -> Iterator[str]:
    if set(base.sexes) != {FEMALE, MALE}:
        yield f"sexes: found {', '.join(base.sexes)}; expected women and men, for only women give birth"
    widths = {after - before for before, after in pairwise(base.ages)}
    if base.ages[0] != 0 or len(widths) != 1:
        yield "ages: expected bands of one width from age 0, of which the last is open"


def _fit_problems(base: PopulationTable, components: Components, *, number: int) -> Iterator[str]:
    step = f"step {number + 1}"
    areas, ages = len(base.areas), len(base.ages)
    if components.survival.shape[2] != ages:
        yield f"{step}: components of {components.survival.shape[2]} ages; expected {ages}, as the population has"
    for name in ("survival", "fertility"):
        if getattr(components, name).shape[0] not in (1, areas):
            yield f"{step}: {name} of {getattr(components, name).shape[0]} areas; expected {areas}, or 1 for all"
    if components.net_migration.shape[0] != areas:
        yield f"{step}: net migration of {components.net_migration.shape[0]} areas; expected {areas}"


def _below_zero(people: FloatArray, base: PopulationTable, *, year: int) -> Iterator[str]:
    slack = -1e-9 * max(1.0, float(np.abs(people).max(initial=0.0)))
    cells = np.argwhere(people < slack)
    for area, sex, age in cells[:SHOWN]:
        who = f"{base.name_of(base.areas[area])}, {(FEMALE, MALE)[sex]}, {base.bands[age]}, {year}"
        yield f"net migration: {who}: more people leave than are there ({people[area, sex, age]:,.1f} would be left)"
    if len(cells) > SHOWN:
        yield f"net migration: {len(cells) - SHOWN:,} more cells: more people leave than are there"


def _by(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape)) or "one number"
