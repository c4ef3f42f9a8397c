"""The library of adjustments as data, and how an entry becomes an adjustment on given axes."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from placeplan.demand.activity import FloatArray
from placeplan.demand.adjustments import Adjustment, elapsed_years, levels
from placeplan.demand.alternatives import Alternatives, Choice
from placeplan.demand.axes import Axes
from placeplan.demand.belief_definitions import Belief
from placeplan.demand.errors import DemandError
from placeplan.demand.factors import Factor, Growth, Scaled
from placeplan.documents.models import DocumentModel, Number, Truth, Words
from placeplan.rounds.governance import Confidence, Review
from placeplan.rounds.money_rules import Slug

LOST_ALL = -1.0


class How(StrEnum):
    """Where the factors of an adjustment come from."""

    SIZE = "population-size"
    STRUCTURE = "population-structure"
    VARIANTS = "population-variants"
    HEALTH = "health-status"
    GROWTH = "growth"
    LEVEL = "level"


POPULATION = frozenset({How.SIZE, How.STRUCTURE, How.HEALTH})
WORKED_OUT = frozenset({How.SIZE, How.STRUCTURE, How.VARIANTS})


class Term(DocumentModel):
    """One uncertain number of an adjustment and where it acts: everywhere along an axis that is not named.

    ``belief`` is about the yearly rate (growth), or about the strength (health status, level; 1 when left out).
    ``by_year`` are the factors of a level. ``first`` and ``last`` are the years in which growth begins and ends.
    """

    points: tuple[Slug, ...] = ()
    segments: tuple[Words, ...] = ()
    areas: tuple[Words, ...] = ()
    belief: Belief | None = None
    by_year: Mapping[Words, Number] = Field(default_factory=dict)
    first: str = ""
    last: str = ""


class AdjustmentDefinition(DocumentModel):
    """An entry of the library; ``applied`` says whether it is part of doing nothing unless somebody takes it out."""

    id: Slug
    title: Words
    how: How
    applied: Truth
    terms: tuple[Term, ...] = ()
    reference: Words
    confidence: Confidence
    review: Review
    note: str = ""

    @model_validator(mode="after")
    def _says_what_it_needs(self) -> Self:
        """Refuse growth without a rate, an applied level without factors, and terms that its kind does not have."""
        if self.how is How.GROWTH and (not self.terms or any(term.belief is None for term in self.terms)):
            message = "growth needs terms, each with a 'belief' about its yearly rate"
            raise ValueError(message)
        if self.how is How.LEVEL and self.applied and not any(term.by_year for term in self.terms):
            message = "a level that is applied needs a term with 'by_year'"
            raise ValueError(message)
        if self.how in WORKED_OUT and self.terms:
            message = "its factors are worked out from the population, so it has no terms"
            raise ValueError(message)
        return self


class AdjustmentLibrary(DocumentModel):
    """Every entry, in the order of a waterfall."""

    adjustments: Annotated[tuple[AdjustmentDefinition, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _has_each_once(self) -> Self:
        """Refuse an identifier that stands twice."""
        names = [one.id for one in self.adjustments]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            message = f"the adjustment '{twice[0]}' stands here twice"
            raise ValueError(message)
        return self

    def applying(self, how: How) -> "AdjustmentLibrary":
        """The library in which every entry of a kind is applied."""
        return AdjustmentLibrary(
            adjustments=tuple(
                one.model_copy(update={"applied": True}) if one.how is how else one for one in self.adjustments
            )
        )

    def with_own(self, own: "AdjustmentLibrary") -> "AdjustmentLibrary":
        """The library in which another's entries take the place of those with the same identifier, or come last."""
        given = {one.id: one for one in own.adjustments}
        kept = [given.pop(one.id, one) for one in self.adjustments]
        return AdjustmentLibrary(adjustments=(*kept, *given.values()))

    @property
    def applied(self) -> tuple[AdjustmentDefinition, ...]:
        """The entries that are part of doing nothing."""
        return tuple(one for one in self.adjustments if one.applied)


def adjustment_of(
    definition: AdjustmentDefinition,
    axes: Axes,
    *,
    population: Mapping[How, FloatArray] | None = None,
    variants: Mapping[str, FloatArray] | None = None,
) -> Adjustment:
    """An adjustment from its definition.

    Args:
        definition: an entry of the library.
        axes: of the path.
        population: tables worked out from the population: size, structure, and health status at a full shift of ages.
        variants: demographic factor by each projection, over that of the one that size and structure are from, in the
            order of what they come to; each as likely.

    Raises:
        DemandError: a name is not on its axis, or the population is needed and not given.
    """
    if definition.how is How.VARIANTS:
        factors: tuple[Factor, ...] = (_alternatives(definition, variants or {}),)
    else:
        factors = tuple(_factors(definition, axes, population=population or {}))
    return Adjustment(definition.id, definition.title, factors, definition.reference, definition.confidence)


def _factors(definition: AdjustmentDefinition, axes: Axes, *, population: Mapping[How, FloatArray]) -> Iterator[Factor]:
    if definition.how in POPULATION:
        if definition.how not in population:
            raise DemandError([f"{definition.id}: it needs a population with ages, and none is given"])
        term = definition.terms[0] if definition.terms else Term()
        yield _scaled(definition.id, population[definition.how], term=term)
        return
    for number, term in enumerate(definition.terms):
        name = _term_name(definition, number)
        if definition.how is How.GROWTH and term.belief is not None:
            elapsed = elapsed_years(
                axes, points=term.points, segments=term.segments, areas=term.areas, first=term.first, last=term.last
            )
            yield Growth(name, elapsed, term.belief.distribution(at_least=LOST_ALL))
        else:
            by_year = {year: float(factor) for year, factor in term.by_year.items()}
            where = {"points": term.points, "segments": term.segments, "areas": term.areas}
            yield _scaled(name, levels(axes, by_year, **where), term=term)


def _alternatives(definition: AdjustmentDefinition, variants: Mapping[str, FloatArray]) -> Alternatives:
    if not variants:
        raise DemandError([f"{definition.id}: it needs other projections of the population, and none is given"])
    tables = np.stack([np.asarray(table) for table in variants.values()])
    return Alternatives(definition.id, tuple(variants), tables, Choice.equal(len(variants)))


def _scaled(name: str, table: FloatArray, *, term: Term) -> Scaled:
    return Scaled(name, table) if term.belief is None else Scaled(name, table, term.belief.distribution())


def _term_name(definition: AdjustmentDefinition, number: int) -> str:
    """Identifier of the factor, which names its draws: by the first place that it acts on, not by its number."""
    if len(definition.terms) == 1:
        return definition.id
    term = definition.terms[number]
    where = next((names[0] for names in (term.points, term.segments, term.areas) if names), str(number + 1))
    return f"{definition.id}/{where}"
