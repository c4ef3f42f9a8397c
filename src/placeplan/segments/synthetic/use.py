"""Use of services: how many events each person has in a year at each point of delivery, when, how long, at what cost.

The rate of a person is the rate of their age and sex times their own risk over the mean risk of people of that sex and
five years of age, so that a published rate comes out as published while those with more conditions have more of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from placeplan.segments.synthetic.arrays import DAYS_OF_A_YEAR, Floats, Ints, by_age, whole_ages
from placeplan.segments.synthetic.lives import relative
from placeplan.segments.synthetic.models import Activity, Cost, Stay, Use
from placeplan.segments.synthetic.people import Cohort

PENCE = 100
SIXTY, DECADE = 60, 10


@dataclass(frozen=True, slots=True)
class PublishedRates:
    """Events a person a year at some ages, as published."""

    ages: tuple[int, ...]
    women: tuple[float, ...]
    men: tuple[float, ...]

    def laid_over(self, modelled: Floats) -> Floats:
        """The modelled rates, with the published ones at the ages that they cover; the last one holds beyond."""
        first, whole = self.ages[0], np.arange(modelled.shape[1])
        laid = np.stack([np.interp(whole, self.ages, values) for values in (self.women, self.men)])
        return np.where(whole < first, modelled, np.maximum(laid, 0))


Published = Mapping[str, PublishedRates]
Rates = Mapping[str, Floats]


@dataclass(frozen=True, eq=False)
class Year:
    """People in one year: from which day and until which day (not included) they are here, and how ill they are.

    ``conditions`` counts long-term conditions, ``dying`` says who dies in the year, ``has`` who has each condition by
    its name.
    """

    start: int
    end: int
    since: Floats
    until: Floats
    conditions: Ints
    dying: Ints
    has: Mapping[str, Ints]

    @property
    def share(self) -> Floats:
        """The share of a year that each person is here."""
        found: Floats = np.maximum(self.until - self.since, 0) / DAYS_OF_A_YEAR
        return found


@dataclass(frozen=True, eq=False)
class Events:
    """Events of one point of delivery: person, day, number within person and year (from 1), nights (or none), pence."""

    use: Use
    person: Ints
    day: Ints
    number: Ints
    nights: Ints | None
    pence: Ints


def rates_of(activity: Activity, published: Published) -> Rates:
    """Events a person a year of each point of delivery: a row for each sex, a column for each age.

    Args:
        activity: the model.
        published: rates by published group, from a data folder; empty where there is none.
    """
    return {use.id: _rate(use, activity, published=published) for use in activity.uses}


def _rate(use: Use, activity: Activity, *, published: Published) -> Floats:
    """The modelled rate, or the sum of the published groups where all are there; children as the model has them."""
    modelled = by_age(use, activity.ages, scale=1000)
    if not use.published or any(group not in published for group in use.published):
        return modelled
    nothing = np.zeros_like(modelled)
    total: Floats = np.sum([published[group].laid_over(nothing) for group in use.published], axis=0)
    first = max(published[group].ages[0] for group in use.published)
    return np.where(np.arange(modelled.shape[1]) < first, modelled, total)


def habits(people: Cohort, activity: Activity, *, draw: np.random.Generator) -> Floats:
    """How much more often than others alike each person (row) uses each point of delivery (column), for all years."""
    spread = np.array([float(use.risk.spread) for use in activity.uses])
    found: Floats = np.exp(spread * draw.standard_normal((people.size, len(spread))) - spread**2 / 2)
    return found


def events_of(
    use: Use, people: Cohort, *, year: Year, rates: Floats, habit: Floats, most: int, draw: np.random.Generator
) -> Events:
    """The events of a year at one point of delivery.

    Args:
        use: the point of delivery.
        people: the people.
        year: what is known of them in the year.
        rates: events a person a year by sex and age.
        habit: how much more often each person comes.
        most: conditions beyond this many add no risk.
        draw: random numbers.
    """
    ages = whole_ages(people.born, (year.start + year.end) / 2)
    risk = habit * float(use.risk.per_condition) ** np.minimum(year.conditions, most)
    risk = risk * float(use.risk.dying) ** year.dying * float(use.risk.deprivation) ** people.deprivation
    for name, times in use.risk.conditions.items():
        risk = risk * float(times) ** year.has[name]
    among = relative(risk, people=people, ages=ages, among=year.share)
    rate: Floats = rates[people.sex, ages] * among * year.share
    counts = draw.poisson(rate)
    person = np.repeat(np.arange(people.size), counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    day = year.since[person] + draw.random(len(person)) * (year.until[person] - year.since[person])
    nights = _nights(use.stay, ages=ages[person], draw=draw) if use.stay else None
    return Events(
        use=use,
        person=person,
        day=np.floor(day).astype(np.int64),
        number=np.arange(len(person)) - first + 1,
        nights=nights,
        pence=_pence(use.cost, nights=nights, size=len(person), draw=draw),
    )


def _nights(stay: Stay, *, ages: Ints, draw: np.random.Generator) -> Ints:
    older = 1 + float(stay.per_decade_after_sixty) * np.maximum(ages - SIXTY, 0) / DECADE
    spread = float(stay.spread)
    length = float(stay.mean) * older * np.exp(spread * draw.standard_normal(len(ages)) - spread**2 / 2)
    same_day = draw.random(len(ages)) < float(stay.same_day) / 100
    found: Ints = np.where(same_day, 0, np.maximum(np.rint(length), 1)).astype(np.int64)
    return found


def _pence(cost: Cost, *, nights: Ints | None, size: int, draw: np.random.Generator) -> Ints:
    pounds = np.full(size, float(cost.event)) if nights is None else float(cost.event) + float(cost.night) * nights
    spread = float(cost.spread)
    found: Ints = np.rint(
        pounds * PENCE * np.exp(spread * draw.standard_normal(size, dtype=np.float32) - spread**2 / 2)
    ).astype(np.int64)
    return np.maximum(found, 1)
