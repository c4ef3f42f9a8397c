"""Definitions of measures: what is counted, over what, why it matters, which way is better and who answers for it.

A definition is a file of ``definitions/`` and no code. It is read at the edge and handed in.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Number, Truth, Words
from placeplan.kernel.spans import Frequency
from placeplan.rounds.governance import Governed
from placeplan.rounds.money_rules import Slug

HUNDRED = Decimal(100)


class Polarity(StrEnum):
    """Which way is better."""

    HIGHER_IS_BETTER = "higher-is-better"
    LOWER_IS_BETTER = "lower-is-better"
    NEITHER = "neither"


class Method(StrEnum):
    """How a value comes from its counts; see ``placeplan.indicators.methods``."""

    PROPORTION = "proportion"
    RATE = "rate"
    MEAN = "mean"
    STANDARDISED_RATIO = "standardised-ratio"
    DIRECTLY_STANDARDISED_RATE = "directly-standardised-rate"
    LIFE_EXPECTANCY = "life-expectancy"
    SLOPE_INDEX = "slope-index"
    YEARS_OF_LIFE_LOST = "years-of-life-lost"
    COUNT = "count"
    AS_PUBLISHED = "as-published"

    @property
    def has_denominator(self) -> bool:
        """Whether the value is a count over something."""
        return self not in {Method.COUNT, Method.AS_PUBLISHED, Method.SLOPE_INDEX}


class Part(DocumentModel):
    """A numerator or denominator: what is counted, in words, and the column of a tidy extract that holds it."""

    words: Words
    column: Words


class Publication(DocumentModel):
    """Where a measure is published; ``dataset`` names the file of a data folder that holds it."""

    publisher: Words
    title: Words
    dataset: Slug | None = None


class Measure(Governed):
    """One measure.

    ``standard`` is the identifier of its levels in the planning rounds; ``counts_people`` says that a small numerator
    could give a person away; ``disclosure`` names the rule for it where the data have their own. ``at_a_moment`` says
    that it counts what there is on a day (a waiting list, staff in post), so that periods do not add up. ``theme``
    groups measures whose outliers are added up.
    """

    id: Slug
    title: Words
    why: Words
    sets: Annotated[tuple[Slug, ...], Field(min_length=1)]
    numerator: Part | None = None
    denominator: Part | None = None
    exclusions: tuple[Words, ...] = ()
    polarity: Polarity
    unit: Words
    method: Method
    multiplier: Number = HUNDRED
    frequency: Frequency
    sources: Annotated[tuple[Publication, ...], Field(min_length=1)]
    standard: Slug | None = None
    counts_people: Truth
    at_a_moment: Truth = False
    disclosure: Slug | None = None
    theme: Slug | None = None
    owner: Words
    author: Words
    checker: Words

    @model_validator(mode="after")
    def _counted_over_something(self) -> Self:
        """Refuse a measure whose method needs counts that it does not name."""
        if self.method.has_denominator and (self.numerator is None or self.denominator is None):
            message = f"'{self.id}' is a {self.method} and needs a numerator and a denominator"
            raise ValueError(message)
        if self.method is Method.COUNT and (self.numerator is None or self.denominator is not None):
            message = f"'{self.id}' is a count and needs a numerator and no denominator"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _checked_by_another(self) -> Self:
        """Refuse a definition that its author checked."""
        if self.author == self.checker:
            message = f"'{self.id}' must be checked by another person than its author"
            raise ValueError(message)
        return self

    def overdue(self, day: date) -> bool:
        """Whether somebody should have looked at the definition again by ``day``."""
        return self.review.review_due < day


class LeftOut(DocumentModel):
    """A code that readers may look for in a set, and why it has no definition."""

    code: Slug
    why: Words


class MeasureSet(DocumentModel):
    """A set of measures: what it is, where it comes from, and which codes it leaves out."""

    id: Slug
    title: Words
    about: Words
    left_out: tuple[LeftOut, ...] = ()


class MeasureSets(DocumentModel):
    """Every set, in the order in which sets are shown."""

    sets: tuple[MeasureSet, ...]


class Measures(DocumentModel):
    """Every definition, in the order of their identifiers.

    Raises:
        pydantic.ValidationError: an identifier used twice.
    """

    measures: tuple[Measure, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        """Refuse an identifier used twice."""
        if len(self._by_id) < len(self.measures):
            message = "an identifier of a measure is used twice"
            raise ValueError(message)
        return self

    @cached_property
    def _by_id(self) -> dict[str, Measure]:
        return {measure.id.lower(): measure for measure in self.measures}

    def __getitem__(self, measure_id: str) -> Measure:
        """The measure with this identifier; capital and small letters are the same.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[measure_id.lower()]

    def __contains__(self, measure_id: object) -> bool:
        """Whether there is a measure with this identifier."""
        return isinstance(measure_id, str) and measure_id.lower() in self._by_id

    def in_set(self, name: str) -> tuple[Measure, ...]:
        """The measures of a set."""
        return tuple(measure for measure in self.measures if name in measure.sets)

    @property
    def sets(self) -> tuple[str, ...]:
        """Names of all sets."""
        return tuple(dict.fromkeys(name for measure in self.measures for name in measure.sets))


def overdue(measures: Iterable[Measure], *, day: date) -> tuple[Measure, ...]:
    """The definitions whose review is overdue on a day."""
    return tuple(measure for measure in measures if measure.overdue(day))
