"""Interventions as data: the library that a plan chooses from, with the evidence behind every effect.

A definition is a file of ``definitions/interventions/`` and no code. It is read at the edge and handed in.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.demand.belief_definitions import Belief
from placeplan.demand.errors import DemandError
from placeplan.demand.interventions import Effect, EffectKind, Intervention
from placeplan.demand.investment import Cost, CostBasis
from placeplan.demand.maturity_matrix import Stage
from placeplan.demand.ramps import Ramp
from placeplan.documents.models import DocumentModel, Number, Truth, Words
from placeplan.rounds.governance import Confidence, Governed, Review
from placeplan.rounds.money_rules import Slug

WHOLE = Decimal(1)
NONE = Decimal(0)


class Strength(DocumentModel):
    """How sure evidence is."""

    id: Slug
    title: Words
    meaning: Words


class Strengths(DocumentModel):
    """The scale, surest first."""

    review: Review
    reference: Words
    confidence: Confidence
    strengths: Annotated[tuple[Strength, ...], Field(min_length=2)]


class Evidence(DocumentModel):
    """Something published; ``confidence`` says whether the finding was read, there or where ``note`` says."""

    id: Slug
    citation: Words
    link: str = ""
    finding: Words
    confidence: Confidence
    note: str = ""


class EvidenceList(DocumentModel):
    """Everything that the library cites."""

    review: Review
    evidence: tuple[Evidence, ...]


class RampDefinition(DocumentModel):
    """A ramp with its source."""

    id: Slug
    title: Words
    shares: Annotated[tuple[Number, ...], Field(min_length=1)]
    ends: Truth = False
    reference: Words
    confidence: Confidence
    note: str = ""

    @model_validator(mode="after")
    def _is_a_ramp(self) -> Self:
        """Refuse shares that no ramp can have."""
        _tell(self.ramp)
        return self

    def ramp(self) -> Ramp:
        """As the engine has it."""
        return Ramp(tuple(map(float, self.shares)), self.ends)


class RampList(DocumentModel):
    """Every ramp of the library."""

    review: Review
    ramps: tuple[RampDefinition, ...]


class Target(DocumentModel):
    """A target segment: the share of its people to be reached at maturity, and between what that may lie."""

    segment: Slug
    reach: Number
    low: Number
    high: Number

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        """Refuse shares outside 0 to 1, or out of order."""
        if not 0 <= self.low <= self.reach <= self.high <= 1:
            message = f"'{self.segment}': expected 0 <= low <= reach <= high <= 1"
            raise ValueError(message)
        return self


class EffectDefinition(DocumentModel):
    """A claim with its evidence, by identifier, and how well that supports the share."""

    point: Slug
    share: Belief
    kind: EffectKind = EffectKind.AVOIDED
    segments: tuple[Slug, ...] = ()
    stay_ratio: Number = WHOLE
    evidence: Annotated[tuple[Slug, ...], Field(min_length=1)]
    strength: Slug
    note: str = ""

    @model_validator(mode="after")
    def _is_an_effect(self) -> Self:
        """Refuse a share below 0% or above 100%."""
        _tell(self.effect)
        return self

    def effect(self) -> Effect:
        """As the engine has it."""
        return Effect(self.point, self.share.distribution(), self.kind, self.segments, float(self.stay_ratio))


class CostDefinition(DocumentModel):
    """A cost in pounds of the price year."""

    basis: CostBasis
    amount: Number
    recurrent: Truth
    population: Number | None = None
    lead: Number = NONE

    @model_validator(mode="after")
    def _is_a_cost(self) -> Self:
        """Refuse amounts and options that do not fit."""
        _tell(self.cost)
        return self

    def cost(self) -> Cost:
        """As the engine has it."""
        population = None if self.population is None else float(self.population)
        return Cost(self.basis, float(self.amount), self.recurrent, population, float(self.lead))


class StaffContacts(DocumentModel):
    """What one person reached needs of a role in a year; roles are those of the workforce definitions."""

    role: Slug
    contacts: Number
    minutes: Number

    @model_validator(mode="after")
    def _some(self) -> Self:
        """Refuse contacts or minutes below 0."""
        if self.contacts < 0 or self.minutes < 0:
            message = f"'{self.role}': expected contacts and minutes of 0 or more"
            raise ValueError(message)
        return self


class InterventionDefinition(Governed):
    """One entry of the library.

    ``number`` is its place in the list. ``levels`` are the levels of care at which it can be given, nearest to home
    first.
    """

    id: Slug
    number: Annotated[int, Field(ge=1)]
    title: Words
    about: Words
    levels: Annotated[tuple[Slug, ...], Field(min_length=1)]
    targets: Annotated[tuple[Target, ...], Field(min_length=1)]
    targets_reference: Words
    effects: Annotated[tuple[EffectDefinition, ...], Field(min_length=1)]
    ramp: Slug
    costs: Annotated[tuple[CostDefinition, ...], Field(min_length=1)]
    costs_reference: Words
    costs_confidence: Confidence
    price_year: Words
    staff: tuple[StaffContacts, ...] = ()
    staff_reference: Words
    staff_confidence: Confidence

    @model_validator(mode="after")
    def _each_target_once(self) -> Self:
        """Refuse a segment that stands there twice, and effects that no intervention can have."""
        names = [target.segment for target in self.targets]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            message = f"the target segment '{twice[0]}' stands there twice"
            raise ValueError(message)
        _tell(lambda: self.with_ramp(Ramp((1.0,)), start="2000-01"))
        return self

    @property
    def reach(self) -> dict[str, float]:
        """Share of each target segment to be reached at maturity."""
        return {target.segment: float(target.reach) for target in self.targets}

    def with_ramp(
        self, ramp: Ramp, *, start: str, reach: Mapping[str, float] | None = None, areas: Sequence[str] = ()
    ) -> Intervention:
        """The intervention as a plan uses it; ``reach`` in place of that of the library, such as for other segments.

        Raises:
            DemandError: see ``Intervention``.
        """
        return Intervention(
            identifier=self.id,
            title=self.title,
            reach=self.reach if reach is None else reach,
            effects=tuple(effect.effect() for effect in self.effects),
            ramp=ramp,
            start=start,
            areas=tuple(areas),
            source=self.reference,
            confidence=self.confidence,
        )

    def overdue(self, day: date) -> bool:
        """Whether somebody should have looked at the definition again by ``day``."""
        return self.review.review_due < day


class StageDefinition(DocumentModel):
    """A stage of maturity."""

    id: Slug
    title: Words
    share: Number

    def stage(self) -> Stage:
        """As the engine has it."""
        return Stage(self.id, self.title, float(self.share))


class MaturityStages(DocumentModel):
    """The ladder, lowest first."""

    review: Review
    reference: Words
    confidence: Confidence
    stages: Annotated[tuple[StageDefinition, ...], Field(min_length=1)]

    def ladder(self) -> tuple[Stage, ...]:
        """As the engine has it."""
        return tuple(stage.stage() for stage in self.stages)


class InterventionLibrary(DocumentModel):
    """Every intervention, with what their entries point to."""

    interventions: tuple[InterventionDefinition, ...]
    ramps: tuple[RampDefinition, ...]
    evidence: tuple[Evidence, ...]
    strengths: tuple[Strength, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Identifiers, in the order of the list."""
        return tuple(one.id for one in self.interventions)

    def __getitem__(self, intervention_id: str) -> InterventionDefinition:
        """One entry.

        Raises:
            DemandError: there is no such intervention; the message lists what there is.
        """
        for one in self.interventions:
            if one.id == intervention_id:
                return one
        raise DemandError([f"there is no intervention '{intervention_id}'; expected one of: {', '.join(self.ids)}"])

    def intervention(
        self, intervention_id: str, *, start: str, reach: Mapping[str, float] | None = None, areas: Sequence[str] = ()
    ) -> Intervention:
        """An entry as a plan uses it, with the ramp of the library.

        Args:
            intervention_id: of the entry.
            start: the first year of the ramp.
            reach: by target segment, in place of that of the library.
            areas: where it is; everywhere when empty.

        Raises:
            DemandError: there is no such intervention, or the reach does not fit.
        """
        entry = self[intervention_id]
        ramp = next(ramp for ramp in self.ramps if ramp.id == entry.ramp)
        return entry.with_ramp(ramp.ramp(), start=start, reach=reach, areas=areas)

    def costs(self) -> dict[str, tuple[Cost, ...]]:
        """Costs of every entry, by identifier."""
        return {one.id: tuple(cost.cost() for cost in one.costs) for one in self.interventions}

    def cited(self, effect: EffectDefinition) -> tuple[Evidence, ...]:
        """The evidence of an effect, in the order in which it is cited."""
        return tuple(next(each for each in self.evidence if each.id == one) for one in effect.evidence)


def dangling(
    entry: InterventionDefinition, library: InterventionLibrary
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where an entry points at a ramp, a publication or a strength that does not exist: its path, and a message."""
    ramps = [one.id for one in library.ramps]
    if entry.ramp not in ramps:
        yield ("ramp",), f"there is no ramp '{entry.ramp}'; expected one of: {', '.join(ramps)}"
    strengths = [one.id for one in library.strengths]
    published = [one.id for one in library.evidence]
    for number, effect in enumerate(entry.effects):
        if effect.strength not in strengths:
            message = f"there is no strength '{effect.strength}'; expected one of: {', '.join(strengths)}"
            yield ("effects", number, "strength"), message
        for place, cited in enumerate(effect.evidence):
            if cited not in published:
                yield ("effects", number, "evidence", place), f"'{cited}' does not stand in the list of evidence"


def _tell(make: Callable[[], object]) -> None:
    """Make something of the engine, and say what it refuses as pydantic takes it."""
    try:
        make()
    except DemandError as error:
        raise ValueError("; ".join(error.messages)) from error
