"""An invented population with the shape of an English place, for where no data folder is given. Nobody in it exists."""

from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Number, Words
from placeplan.population.components import Components, cohort_projection
from placeplan.population.errors import PopulationError
from placeplan.population.planning_values import Sourced
from placeplan.population.types import FEMALE, MALE, FloatArray, PopulationTable
from placeplan.rounds.governance import Review

SOURCE = "Invented by Placeplan; nobody in it exists."
VARIANT = "synthetic"
Age = Annotated[int, Field(strict=True, ge=0)]
Years = Annotated[int, Field(strict=True, ge=1)]


class Mortality(DocumentModel):
    """Yearly risk of death by age: ``level x exp(slope x age)``, a risk in the first year, and women's part of both."""

    level: Number
    slope: Number
    infant: Number
    women: Number


class Fertility(DocumentModel):
    """Children that a woman has in her life, spread over ages as a bell."""

    children: Number
    mean_age: Number
    spread: Number
    first_age: Age
    last_age: Age


class Migration(DocumentModel):
    """Net migration for each person a year, spread over ages as a bell, and those who leave at some ages."""

    rate: Number
    mean_age: Number
    spread: Number
    leaving_rate: Number
    leaving_from: Age
    leaving_to: Age


class Swings(DocumentModel):
    """How far cohorts and sizes of areas swing, and over how many years of age each wave of cohorts runs."""

    cohorts: Number
    areas: Number
    waves: Annotated[tuple[Years, ...], Field(min_length=1)]


class StandInModel(Sourced):
    """What an invented population is made of."""

    review: Review
    first_year: Age
    last_estimate: Age
    last_year: Age
    oldest: Age
    areas: Annotated[int, Field(strict=True, ge=1)]
    people_of_an_area: Age
    mortality: Mortality
    fertility: Fertility
    sex_ratio_at_birth: Number
    migration: Migration
    swings: Swings

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.first_year < self.last_estimate < self.last_year - 1:
            message = "expected first_year before last_estimate, and last_estimate two years or more before last_year"
            raise ValueError(message)
        return self


def invented_population(
    model: StandInModel, *, areas: dict[Words, Words], seed: int
) -> tuple[PopulationTable, PopulationTable]:
    """Estimates and a projection of invented people, in single years of age.

    Each area begins with the ages that the model's risk of death leaves, bent by cohorts that the seed draws, and goes
    on by births, deaths and migration of the model.

    Args:
        model: what they are made of.
        areas: names by code.
        seed: the same seed gives the same people.

    Raises:
        PopulationError: there is no area, or the seed is negative.
    """
    if not areas or seed < 0:
        raise PopulationError([f"expected an area and a seed of 0 or more, found {len(areas)} areas and {seed}"])
    start = _first_year(model, areas=areas, seed=seed)
    steps = [_components(model, start.people[..., 0])] * (model.last_year - model.first_year)
    every = cohort_projection(start, steps).table
    whole = every.with_people(np.rint(every.people))
    estimated = [year for year in whole.years if year <= model.last_estimate]
    projected = [year for year in whole.years if year > model.last_estimate]
    return whole.select(years=estimated), whole.select(years=projected)


def _first_year(model: StandInModel, *, areas: dict[Words, Words], seed: int) -> PopulationTable:
    """Ages as survivors of the risk of death, bent by cohorts."""
    rng = np.random.default_rng(seed)
    ages, lengths = np.arange(model.oldest + 1), model.swings.waves
    alive = np.cumprod(_survival(model), axis=-1)
    people = np.empty((len(areas), 2, len(ages), 1))
    for number in range(len(areas)):
        phases = rng.uniform(0, 2 * np.pi, size=len(lengths))
        waves = sum(np.sin(2 * np.pi * ages / wave + phase) for wave, phase in zip(lengths, phases, strict=True))
        bent = alive * (1 + float(model.swings.cohorts) * waves / len(lengths))
        size = model.people_of_an_area * (1 + float(model.swings.areas) * rng.uniform(-1, 1))
        people[number, ..., 0] = bent / bent.sum() * size
    return PopulationTable(
        areas=tuple(areas),
        sexes=(FEMALE, MALE),
        ages=tuple(range(model.oldest + 1)),
        years=(model.first_year,),
        people=people,
        area_names=areas,
        variant=VARIANT,
        source=SOURCE,
        synthetic=True,
    )


def _survival(model: StandInModel) -> FloatArray:
    """Shares of people who live to the age, from the age before, 2 sexes x ages."""
    risk = model.mortality
    ages = np.arange(model.oldest + 1)
    men = float(risk.level) * np.exp(float(risk.slope) * np.maximum(ages - 1, 0))
    men[0] = float(risk.infant)
    return np.exp(-np.stack([men * float(risk.women), men]))


def _components(model: StandInModel, start: FloatArray) -> Components:
    ages = np.arange(model.oldest + 1)
    births, moves = model.fertility, model.migration
    bell = _bell(ages, mean=births.mean_age, spread=births.spread)
    bell[(ages < births.first_age) | (ages > births.last_age)] = 0
    coming = _bell(ages, mean=moves.mean_age, spread=moves.spread)
    totals = start.sum(axis=(1, 2))[:, np.newaxis, np.newaxis]
    leaving = (ages >= moves.leaving_from) & (ages <= moves.leaving_to)
    migrants = totals * float(moves.rate) * coming / coming.sum() / 2 - start * leaving * float(moves.leaving_rate)
    return Components(
        survival=_survival(model)[np.newaxis],
        fertility=(float(births.children) * bell / bell.sum())[np.newaxis],
        sex_ratio_at_birth=float(model.sex_ratio_at_birth),
        net_migration=migrants,
    )


def _bell(ages: np.ndarray, *, mean: Number, spread: Number) -> FloatArray:
    return np.asarray(np.exp(-(((ages - float(mean)) / float(spread)) ** 2) / 2))
