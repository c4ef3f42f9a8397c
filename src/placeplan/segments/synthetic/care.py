"""Care packages and measurements."""

from dataclasses import dataclass

import numpy as np

from placeplan.segments.synthetic.arrays import Floats, Ints, Truths, by_age, whole_ages
from placeplan.segments.synthetic.illness import onsets
from placeplan.segments.synthetic.models import Care
from placeplan.segments.synthetic.people import Cohort, Run

MOST_DEFICITS = 36
PENCE = 100
DEFICITS, BODY_MASS, SMOKER = "frailty-deficits", "body-mass-index", "smoker"


@dataclass(frozen=True, eq=False)
class Packages:
    """Care packages: person, number of the kind in the model, first day, last day (infinite while running), pence."""

    person: Ints
    kind: Ints
    start: Floats
    end: Floats
    weekly_pence: Ints


@dataclass(frozen=True, eq=False)
class Measured:
    """Measurements: person, number of the measure in ``measure_names``, day and value."""

    person: Ints
    measure: Ints
    day: Floats
    value: Floats


def measure_names(care: Care) -> tuple[str, ...]:
    """The measures of the model, in the order of their numbers."""
    return (DEFICITS, BODY_MASS, SMOKER, *(mark.id for mark in care.marks))


def packages(people: Cohort, care: Care, *, gone: Floats, run: Run, draw: np.random.Generator) -> Packages:
    """Packages that run at some time of the run. One lasts until the person dies or moves away.

    Args:
        people: the people.
        care: the model.
        gone: the last day of each person, infinite for those who stay.
        run: the run.
        draw: random numbers.
    """
    begun = np.floor(onsets(people, care.packages, ages=care.ages, draw=draw))
    last = np.minimum(gone, run.end)
    person, kind = np.nonzero((begun <= last[:, None]) & (begun < run.end) & (last[:, None] >= run.start))
    means = np.array([float(one.weekly) for one in care.packages])[kind] * PENCE
    spread = np.array([float(one.spread) for one in care.packages])[kind]
    weekly = np.rint(means * np.exp(spread * draw.standard_normal(len(person)) - spread**2 / 2))
    end = np.where(gone < run.end, gone, np.inf)[person]
    return Packages(person, kind, begun[person, kind], end, np.maximum(weekly, 1).astype(np.int64))


def measured(
    people: Cohort, care: Care, *, begun: Floats, since: Floats, until: Floats, run: Run, draw: np.random.Generator
) -> Measured:
    """Measurements of every year.

    Args:
        people: the people.
        care: the model.
        begun: when each long-term condition begins.
        since: from when each person is here.
        until: until when, not included.
        run: the run.
        draw: random numbers.
    """
    marks = onsets(people, care.marks, ages=care.ages, draw=draw)
    smokes = _smokes(people, care, run=run, draw=draw)
    own = draw.standard_normal((2, people.size))
    parts: list[tuple[Ints, Ints, Floats, Floats]] = []
    for start, end in zip(run.bounds[:-1], run.bounds[1:], strict=True):
        first, last = np.maximum(since, start), np.minimum(until, end)
        ages = whole_ages(people.born, start)
        values = [
            (_some(ages, care.deficits.from_age, share=float(care.deficits.measured), draw=draw),
             _deficits(care, ages=ages, ill=(begun < start).sum(axis=1), own=own[0] + people.body)),
            (_some(ages, care.body_mass.from_age, share=float(care.body_mass.measured), draw=draw),
             _body_mass(people, care, ages=ages, own=own[1], draw=draw)),
            (_some(ages, care.body_mass.from_age, share=float(care.smoking_measured), draw=draw), smokes),
            *((marks[:, number] < first, np.ones(people.size)) for number in range(len(care.marks))),
        ]  # fmt: skip
        for number, (taken, value) in enumerate(values):
            person = np.flatnonzero(taken & (last > first))
            day = first[person] + draw.random(len(person)) * (last[person] - first[person])
            parts.append((person, np.full(len(person), number), np.floor(day), value[person]))
    person, measure, day, value = (np.concatenate(some) for some in zip(*parts, strict=True))
    return Measured(person, measure, day, value)


def _some(ages: Ints, from_age: int, *, share: float, draw: np.random.Generator) -> Truths:
    chosen: Truths = (ages >= from_age) & (draw.random(len(ages)) < share / 100)
    return chosen


def _deficits(care: Care, *, ages: Ints, ill: Ints, own: Floats) -> Floats:
    model = care.deficits
    older = np.maximum(ages - model.from_age, 0)
    held = float(model.base) + float(model.per_year_after) * older + float(model.per_condition) * ill
    found: Floats = np.clip(np.rint(held + float(model.spread) * own), 0, MOST_DEFICITS)
    return found


def _body_mass(people: Cohort, care: Care, *, ages: Ints, own: Floats, draw: np.random.Generator) -> Floats:
    model = care.body_mass
    mean = by_age(model.mean, care.ages, scale=1)[people.sex, ages] + float(model.deprivation) * people.deprivation
    spread = float(model.spread) * own + 0.5 * draw.standard_normal(people.size)
    # A normal distribution has no long right side; weight has.
    found: Floats = np.round(np.clip(mean * np.exp(spread / mean), 12, 75), 1)
    return found


def _smokes(people: Cohort, care: Care, *, run: Run, draw: np.random.Generator) -> Floats:
    share = by_age(care.smoking, care.ages, scale=100)[people.sex, whole_ages(people.born, run.start)]
    odds = share / (1 - share) * np.exp(float(care.smoking_deprivation) * people.deprivation)
    found: Floats = (draw.random(people.size) < odds / (1 + odds)).astype(float)
    return found
