"""Who is in a block: people on the lists on the first day, people who come later, and children who are born."""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import IntEnum
from typing import Self

import numpy as np

from placeplan.segments.synthetic.arrays import DAYS_OF_A_YEAR, FEMALE, Floats, Ints, by_age, whole_ages
from placeplan.segments.synthetic.models import Lives, Models
from placeplan.segments.synthetic.places import TENTHS, SyntheticPlace

BLOCK = 50_000
_FIRST_DAY = date(1970, 1, 1)


class Purpose(IntEnum):
    """What random numbers are for. Each has its own stream, so that one model changes without the others."""

    START = 1
    ARRIVALS = 2
    BIRTHS = 3
    LIVES = 4
    BABIES_LIVES = 5
    ILLNESS = 6
    BABIES_ILLNESS = 7
    EPISODES = 8
    RECORDS = 9
    ACTIVITY = 10
    CARE = 11
    NOISE = 12


@dataclass(frozen=True)
class Run:
    """How many people, from which day, for how many years, from which seed."""

    people: int
    years: int
    seed: int
    first_day: date

    @property
    def blocks(self) -> int:
        """Into how many blocks the people are split; it does not depend on how many work at once."""
        return -(-self.people // BLOCK)

    @property
    def bounds(self) -> tuple[int, ...]:
        """The first day of each year and the day after the last, as days since 1970."""
        years = range(self.first_day.year, self.first_day.year + self.years + 1)
        return tuple((self.first_day.replace(year=year) - _FIRST_DAY).days for year in years)

    @property
    def start(self) -> int:
        """The first day, as days since 1970."""
        return self.bounds[0]

    @property
    def end(self) -> int:
        """The day after the last, as days since 1970."""
        return self.bounds[-1]

    @property
    def last_day(self) -> date:
        """The last day of all."""
        return _FIRST_DAY + timedelta(days=self.end - 1)

    @property
    def names(self) -> tuple[str, ...]:
        """The years as people write them, such as 2016-17."""
        first = self.first_day.year
        return tuple(f"{year}-{(year + 1) % 100:02d}" for year in range(first, first + self.years))

    def draw(self, block: int, purpose: Purpose) -> np.random.Generator:
        """The stream of random numbers of a block for a purpose."""
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(block, int(purpose))))


@dataclass(frozen=True, eq=False)
class Cohort:
    """People as arrays of one length; days are days since 1970.

    ``joined`` is the first day that they are here, ``listed`` the first day on their list. ``deprivation`` is 1 in the
    most deprived tenth and -1 in the least. ``body`` and ``mind`` are the hidden traits, standard normal.
    """

    born: Floats
    joined: Floats
    listed: Floats
    sex: Ints
    area: Ints
    practice: Ints
    deprivation: Floats
    body: Floats
    mind: Floats

    @property
    def size(self) -> int:
        """How many people."""
        return len(self.born)

    def taken(self, some: Ints) -> Self:
        """These people."""
        return replace(self, **{one.name: getattr(self, one.name)[some] for one in fields(self)})

    def with_others(self, others: Self) -> Self:
        """These people and then the others."""
        joined = {
            one.name: np.concatenate([getattr(self, one.name), getattr(others, one.name)]) for one in fields(self)
        }
        return replace(self, **joined)


def grown_up(place: SyntheticPlace, models: Models, *, run: Run, block: int) -> Cohort:
    """The people of a block who are not born in it: those of the first day, then those who arrive."""
    start = _on_first_day(place, models, run=run, block=block)
    return start.with_others(_arrivals(start, models, run=run, block=block, place=place))


def _on_first_day(place: SyntheticPlace, models: Models, *, run: Run, block: int) -> Cohort:
    """Every so-manieth person of the place, in the order of areas and ages: each cell gets its share, to one person."""
    draw = run.draw(block, Purpose.START)
    cells = np.cumsum(place.areas.people.ravel())
    numbers = np.arange(block, run.people, run.blocks)
    # One random start for all blocks, so that together they are one systematic sample.
    offset = np.random.default_rng(np.random.SeedSequence(run.seed)).random()
    cell = np.searchsorted(cells, (numbers + offset) * (cells[-1] / run.people), side="right")
    area, age = np.divmod(np.minimum(cell, len(cells) - 1), place.areas.people.shape[1])
    female = draw.random(len(age)) < place.areas.share_female[place.areas.deciles[area] - 1, age]
    exact = age + draw.random(len(age))
    beyond = draw.exponential(float(models.lives.beyond_ninety), len(age))
    exact = np.where(age == place.areas.people.shape[1] - 1, np.minimum(age + beyond, age + 15), exact)
    born = np.minimum(run.start - exact * DAYS_OF_A_YEAR, run.start - 1)
    on_list = draw.exponential(float(models.lives.years_on_list) * DAYS_OF_A_YEAR, len(age))
    listed = np.maximum(np.floor(born), np.floor(run.start - on_list))
    joined = np.full(len(age), float(run.start))
    return _person(place, models.illness.together, draw=draw, area=area).of(
        born=born, joined=joined, listed=listed, sex=np.where(female, FEMALE, 1 - FEMALE)
    )


@dataclass(frozen=True, eq=False)
class _Traits:
    """What does not depend on when somebody was born or came."""

    area: Ints
    practice: Ints
    deprivation: Floats
    body: Floats
    mind: Floats

    def of(self, *, born: Floats, joined: Floats, listed: Floats, sex: Ints) -> Cohort:
        return Cohort(
            born, joined, listed, sex, self.area, self.practice, self.deprivation, self.body, self.mind
        )  # fmt: skip


def _person(place: SyntheticPlace, together: object, *, draw: np.random.Generator, area: Ints) -> _Traits:
    correlation = float(str(together))
    body, other = draw.standard_normal((2, len(area)))
    middle = (TENTHS + 1) / 2
    return _Traits(
        area=area,
        practice=practices_of(place, area, draw=draw),
        deprivation=(middle - place.areas.deciles[area]) / (TENTHS - middle),
        body=body,
        mind=correlation * body + np.sqrt(1 - correlation**2) * other,
    )


def practices_of(place: SyntheticPlace, area: Ints, *, draw: np.random.Generator) -> Ints:
    """A practice for each person, by the shares of the people of their area."""
    upper = np.cumsum(place.attendance.shares, axis=1)
    upper[:, -1] = 1
    # Areas lie one after another on one line, each one unit long, so that one search finds all.
    line = (upper + np.arange(len(upper))[:, None]).ravel()
    found = np.searchsorted(line, area + draw.random(len(area)), side="right")
    return place.attendance.practices.ravel()[np.minimum(found, len(line) - 1)]


def _arrivals(start: Cohort, models: Models, *, run: Run, block: int, place: SyntheticPlace) -> Cohort:
    """People who move in: as old as those who move out, on any day, into areas as people are."""
    draw = run.draw(block, Purpose.ARRIVALS)
    leaving = _leaving(start, models.lives, run=run)
    count = int(draw.poisson(leaving.sum() * float(models.lives.arriving) * run.years))
    alike = draw.choice(start.size, count, p=leaving / leaving.sum())
    joined = np.floor(draw.uniform(run.start, run.end, count))
    born = np.minimum(start.born[alike] + joined - run.start, joined - 1)
    sex = start.sex[alike]
    traits = _person(place, models.illness.together, draw=draw, area=start.area[alike])
    return traits.of(born=born, joined=joined, listed=joined, sex=sex)


def _leaving(people: Cohort, lives: Lives, *, run: Run) -> Floats:
    rates = by_age(lives.leaving, lives.ages, scale=1000)
    found: Floats = rates[people.sex, whole_ages(people.born, run.start)]
    return found


def babies(mothers: Cohort, days: Floats, *, run: Run, block: int, models: Models) -> Cohort:
    """One child for each delivery, in the area and on the list of the mother.

    Args:
        mothers: the mothers, one for each delivery.
        days: when they were delivered.
        run: the run.
        block: the number of the block.
        models: every model.
    """
    draw = run.draw(block, Purpose.BIRTHS)
    correlation = float(models.illness.together)
    female = draw.random(mothers.size) < float(models.lives.share_female[0]) / 100
    body, other = draw.standard_normal((2, mothers.size))
    return replace(
        mothers,
        born=days,
        joined=days,
        listed=days,
        sex=np.where(female, FEMALE, 1 - FEMALE),
        body=body,
        mind=correlation * body + np.sqrt(1 - correlation**2) * other,
    )
