"""Illness: on which day each lasting condition begins, and which events happen.

A lasting condition has a hidden level for each person: in part one of two traits that all conditions share (Pearson's
tetrachoric model, one-factor normal copula), in part its own. The person has it as soon as the level lies below the
threshold that gives the wanted share of people of that age. Shares never fall with age, so there is one such day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from placeplan.segments.synthetic.arrays import DAYS_OF_A_YEAR, SEXES, Floats, Ints, Truths, by_age, numbers, whole_ages
from placeplan.segments.synthetic.models import CodeShare, Episode, Factor, Illness, Lasting
from placeplan.segments.synthetic.people import Cohort, Run

SMALLEST_SHARE = 1e-6
# Thresholds must rise for the inverse to be one day: a step that no person notices.
STEP = 1e-9
YEARS_OF_HISTORY = 2


def trait(people: Cohort, factor: Factor) -> Floats:
    """The hidden trait of each person."""
    return people.mind if factor is Factor.MIND else people.body


def onsets(people: Cohort, lasting: Sequence[Lasting], *, ages: Sequence[int], draw: np.random.Generator) -> Floats:
    """The day on which each person (row) begins to have each thing (column), as days since 1970; never is infinite."""
    found = np.full((people.size, len(lasting)), np.inf)
    for number, one in enumerate(lasting):
        loading = float(one.loading)
        own = draw.standard_normal(people.size)
        # A high trait is a low level: whoever is frail crosses the threshold early.
        level = np.sqrt(1 - loading**2) * own - loading * trait(people, one.factor)
        level -= float(one.deprivation) * people.deprivation
        for sex, values in enumerate((one.women, one.men)):
            of_sex = people.sex == sex
            years = np.interp(level[of_sex], _thresholds(numbers(values)), ages, left=ages[0], right=np.inf)
            found[of_sex, number] = people.born[of_sex] + years * DAYS_OF_A_YEAR
    return found


def _thresholds(shares: Floats) -> Floats:
    normal = NormalDist()
    levels = [normal.inv_cdf(max(SMALLEST_SHARE, float(share) / 100)) for share in shares]
    found: Floats = np.array(levels) + STEP * np.arange(len(levels))
    return found


@dataclass(frozen=True, eq=False)
class Codes:
    """Every code that is used, and for each thing which ones and how often."""

    labels: tuple[str, ...]
    lists: tuple[tuple[CodeShare, ...], ...]

    @classmethod
    def of(cls, lists: Sequence[Sequence[CodeShare]]) -> "Codes":
        """The codes of lists of codes."""
        labels = dict.fromkeys(one.code for some in lists for one in some)
        return cls(tuple(labels), tuple(tuple(some) for some in lists))

    def drawn(self, number: int, *, sex: Ints, draw: np.random.Generator) -> Ints:
        """A code of the list of this number for each person of these sexes."""
        some = self.lists[number]
        places = np.array([self.labels.index(one.code) for one in some])
        picked = np.zeros(len(sex), dtype=np.int64)
        lot = draw.random(len(sex))
        for place, name in enumerate(SEXES):
            shares = np.array([float(one.share) * (one.only is None or one.only.value == name) for one in some])
            upper = np.cumsum(shares) / shares.sum()
            of_sex = sex == place
            picked[of_sex] = places[np.minimum(np.searchsorted(upper, lot[of_sex], side="right"), len(some) - 1)]
        return picked


@dataclass(frozen=True, eq=False)
class Happenings:
    """Events: the person, the day, and the number of the episode in the model."""

    person: Ints
    day: Floats
    episode: Ints


@dataclass(frozen=True, eq=False)
class Span:
    """From when events of a person can be known, and until when; both as days since 1970."""

    known_from: Floats
    until: Floats

    def holds(self, person: Ints, day: Floats) -> Truths:
        """Whether a day lies in the span of a person."""
        inside: Truths = (day >= self.known_from[person]) & (day < self.until[person])
        return inside


def happenings(
    people: Cohort, illness: Illness, *, begun: Floats, span: Span, died: Floats, run: Run, draw: np.random.Generator
) -> Happenings:
    """Everything that happens to people in the years of the run and the two before.

    Args:
        people: the people.
        illness: the model.
        begun: when each lasting condition begins, from ``onsets``.
        span: from birth until death, moving away or the last day.
        died: the day of death, infinite for the living.
        run: the run.
        draw: random numbers.
    """
    first = run.start - YEARS_OF_HISTORY * DAYS_OF_A_YEAR
    starts = np.arange(YEARS_OF_HISTORY + run.years) * DAYS_OF_A_YEAR + first
    places = {one.id: number for number, one in enumerate(illness.lasting)}
    parts: list[tuple[Ints, Floats, Ints]] = []
    for number, one in enumerate(illness.episodes):
        needed = begun[:, places[one.given]] if one.given else np.full(people.size, -np.inf)
        rates = by_age(one, illness.ages, scale=1000)
        found = [_in_a_year(people, one, rates=rates, start=start, needed=needed, draw=draw) for start in starts]
        if one.before_death:
            found.append(_before_death(one, died=died, needed=needed, draw=draw))
        person = np.concatenate([some for some, _ in found])
        day = np.concatenate([some for _, some in found])
        kept = span.holds(person, day) & (day > needed[person])
        parts.append((person[kept], np.floor(day[kept]), np.full(int(kept.sum()), number)))
    person, day, episode = (np.concatenate(some) for some in zip(*parts, strict=True))
    return Happenings(person, day, episode)


def _in_a_year(
    people: Cohort, one: Episode, *, rates: Floats, start: float, needed: Floats, draw: np.random.Generator
) -> tuple[Ints, Floats]:
    middle = start + DAYS_OF_A_YEAR / 2
    loading = float(one.loading)
    rate = rates[people.sex, whole_ages(people.born, middle)] * (needed < start + DAYS_OF_A_YEAR)
    rate = rate * np.exp(loading * trait(people, one.factor) - loading**2 / 2)
    rate = rate * np.exp(float(one.deprivation) * people.deprivation)
    # Nobody is delivered, or breaks a hip, twice within a year.
    person = np.flatnonzero(draw.random(people.size) < -np.expm1(-rate))
    return person, start + draw.random(len(person)) * DAYS_OF_A_YEAR


def _before_death(one: Episode, *, died: Floats, needed: Floats, draw: np.random.Generator) -> tuple[Ints, Floats]:
    chosen = np.isfinite(died) & (needed < died) & (draw.random(len(died)) < float(one.before_death) / 100)
    person = np.flatnonzero(chosen)
    # Most of it in the last weeks.
    return person, died[person] - draw.random(len(person)) ** 2 * DAYS_OF_A_YEAR
