"""Deaths, moves away and changes of practice, year by year."""

from dataclasses import dataclass

import numpy as np

from placeplan.segments.synthetic.arrays import DAYS_OF_A_YEAR, FEMALE, Floats, Ints, Truths, by_age, whole_ages
from placeplan.segments.synthetic.models import Lives
from placeplan.segments.synthetic.people import Cohort, Run, practices_of
from placeplan.segments.synthetic.places import SyntheticPlace

YEARS_OF_A_BAND = 5


@dataclass(frozen=True, eq=False)
class Courses:
    """What becomes of each person; days since 1970, infinite where it does not happen.

    ``until`` is the day after the last that they are here. ``changed`` is the first day on the list of
    ``new_practice``.
    """

    died: Floats
    left: Floats
    changed: Floats
    new_practice: Ints

    @property
    def gone(self) -> Floats:
        """The day of death or the last day before moving away, whichever comes first."""
        return np.minimum(self.died, self.left)

    def until(self, run: Run) -> Floats:
        """The day after the last on which something can be known of them."""
        return np.minimum(self.gone + 1, run.end)

    def with_others(self, others: "Courses") -> "Courses":
        """These people and then the others."""
        return Courses(
            np.concatenate([self.died, others.died]),
            np.concatenate([self.left, others.left]),
            np.concatenate([self.changed, others.changed]),
            np.concatenate([self.new_practice, others.new_practice]),
        )


def relative(values: Floats, *, people: Cohort, ages: Ints, among: Floats | Truths) -> Floats:
    """Values over their mean among people of the same sex and five years of age, so that they leave a rate as it is.

    ``among`` says how much each person counts towards the mean.
    """
    band = ages // YEARS_OF_A_BAND * 2 + people.sex
    size = int(band.max(initial=0)) + 1
    total = np.bincount(band, weights=values * among, minlength=size)
    count = np.bincount(band, weights=among, minlength=size)
    mean = np.divide(total, count, out=np.ones(size), where=(count > 0) & (total > 0))
    found: Floats = values / mean[band]
    return found


def courses(
    people: Cohort, lives: Lives, *, begun: Floats, place: SyntheticPlace, run: Run, draw: np.random.Generator
) -> Courses:
    """What becomes of people.

    Args:
        people: the people.
        lives: the model.
        begun: when each condition that shortens life begins.
        place: where another practice may be.
        run: the run.
        draw: random numbers.
    """
    died, left, changed = (np.full(people.size, np.inf) for _ in range(3))
    leaving, changing = (by_age(one, lives.ages, scale=1000) for one in (lives.leaving, lives.changing))
    for start, end in zip(run.bounds[:-1], run.bounds[1:], strict=True):
        here = (people.joined < end) & ~np.isfinite(np.minimum(died, left))
        since = np.maximum(people.joined, start)
        ages = whole_ages(people.born, start)
        hazard = _mortality(people, lives, ages=ages, ill=(begun < start).sum(axis=1), here=here)
        death = since + draw.standard_exponential(people.size) / hazard * DAYS_OF_A_YEAR
        move = since + draw.standard_exponential(people.size) / leaving[people.sex, ages] * DAYS_OF_A_YEAR
        change = since + draw.standard_exponential(people.size) / changing[people.sex, ages] * DAYS_OF_A_YEAR
        died = np.where(here & (death < end) & (death <= move), np.floor(death), died)
        left = np.where(here & (move < end) & (move < death), np.floor(move), left)
        first = here & (change < end) & (change < np.minimum(death, move)) & ~np.isfinite(changed)
        changed = np.where(first, np.floor(change), changed)
    new = practices_of(place, people.area, draw=draw)
    real = (new != people.practice) & (changed > np.maximum(people.listed, people.joined))
    return Courses(died, left, np.where(real, changed, np.inf), new)


def _mortality(people: Cohort, lives: Lives, *, ages: Ints, ill: Ints, here: Truths) -> Floats:
    model = lives.mortality
    level, slope = (
        np.where(people.sex == FEMALE, float(of_women), float(of_men))
        for of_women, of_men in zip(model.women, model.men, strict=True)
    )
    hazard = np.exp(level + slope * ages) + np.where(ages == 0, float(model.first_year), 0)
    harder = float(model.per_condition) ** ill
    poorer = float(model.deprivation) ** people.deprivation
    found: Floats = hazard * relative(harder, people=people, ages=ages, among=here) * poorer
    return found
