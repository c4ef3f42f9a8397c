"""Screening and immunisation programmes as data: whom they are for, how often, and how many take them up."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Number, Words
from placeplan.population.types import FEMALE, MALE
from placeplan.rounds.governance import Confidence, Review

MOST_PER_CENT = 100


class Cohort(DocumentModel):
    """The people of one rule of a programme: from ``first_age`` to ``last_age``, both included, once in so many years.

    ``last_age`` is absent for everybody from the first age on.
    """

    first_age: Annotated[int, Field(strict=True, ge=0)]
    last_age: Annotated[int, Field(strict=True, ge=0)] | None = None
    every_years: Annotated[int, Field(strict=True, ge=1)] = 1

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_age is not None and self.last_age < self.first_age:
            message = f"the last age ({self.last_age}) comes before the first ({self.first_age})"
            raise ValueError(message)
        return self

    @property
    def before(self) -> int | None:
        """The first age that is not in it; None where it has no end."""
        return None if self.last_age is None else self.last_age + 1


class Uptake(DocumentModel):
    """Per cent of those invited who come, at least, as expected and at most."""

    low: Number
    expected: Number
    high: Number

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if not 0 <= self.low <= self.expected <= self.high <= MOST_PER_CENT:
            message = f"found {self.low}, {self.expected}, {self.high}: expected rising per cents from 0 to 100"
            raise ValueError(message)
        return self


class Programme(DocumentModel):
    """A screening or immunisation programme."""

    id: Words
    title: Words
    sexes: Annotated[tuple[Words, ...], Field(min_length=1)] = (FEMALE, MALE)
    cohorts: Annotated[tuple[Cohort, ...], Field(min_length=1)]
    uptake: Uptake
    reference: Words
    uptake_reference: Words
    confidence: Confidence
    note: str = ""

    @model_validator(mode="after")
    def _known_sexes(self) -> Self:
        unknown = [sex for sex in self.sexes if sex not in (FEMALE, MALE)]
        if unknown:
            message = f"'{unknown[0]}' is no sex: expected {FEMALE} or {MALE}"
            raise ValueError(message)
        return self


class Programmes(DocumentModel):
    """Every programme, and when they were reviewed."""

    review: Review
    programmes: Annotated[tuple[Programme, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        names = [one.id for one in self.programmes]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            message = f"a programme stands here twice: {', '.join(twice)}"
            raise ValueError(message)
        return self
