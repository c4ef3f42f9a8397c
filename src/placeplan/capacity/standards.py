"""Standards, working time, staff modules, levels of care and rules of services as data, each with its source."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.capacity.placement import HOURS_IN_WEEK, CareLevel, ServiceRules
from placeplan.capacity.workforce import WorkingTime, wte_needed
from placeplan.documents.models import DocumentModel, Number, Truth, Words
from placeplan.rounds.governance import Confidence, Review
from placeplan.rounds.money_rules import Slug

Amount = Annotated[Number, Field(ge=0)]
Share = Annotated[Number, Field(ge=0, le=1)]
Positive = Annotated[Number, Field(gt=0)]
Hours = Annotated[Number, Field(ge=0, le=HOURS_IN_WEEK)]
PER_THOUSAND = 1000
NONE = Decimal(0)


class Sourced(DocumentModel):
    """Something that somebody says: where, how sure that is, and what it is called here."""

    id: Slug
    title: Words
    reference: Words
    confidence: Confidence
    note: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether it was read in a good source."""
        return self.confidence is Confidence.CONFIRMED


class Standard(Sourced):
    """A number that planners hold beds, rooms, clusters or access against."""

    value: Number
    unit: Words


class WorkingPattern(Sourced):
    """What a year of one whole-time equivalent holds for a kind of contract."""

    hours_a_week: Positive
    weeks_a_year: Positive
    leave_days: Amount
    public_holidays: Amount
    study_days: Amount
    sickness: Share
    without_patients: Share
    travel: Share

    @property
    def time(self) -> WorkingTime:
        """The same as plain numbers."""
        return WorkingTime(**{name: float(getattr(self, name)) for name in WorkingTime.__dataclass_fields__})


class ModuleRole(DocumentModel):
    """A role in a module: contacts a year for each 1,000 people, minutes of each, and the WTE of one head."""

    id: Slug
    title: Words
    contacts_per_thousand: Amount
    minutes: Positive
    travel_minutes: Amount
    working_time: Slug
    participation: Annotated[Number, Field(gt=0, le=1)]


class StaffModule(Sourced):
    """A team for a range of population, role by role."""

    smallest: Positive
    largest: Positive
    roles: Annotated[tuple[ModuleRole, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _a_range_of_different_roles(self) -> Self:
        if self.smallest > self.largest:
            message = f"the smallest population ({self.smallest}) is above the largest ({self.largest})"
            raise ValueError(message)
        _refuse_repeats([role.id for role in self.roles])
        return self

    @property
    def middle(self) -> float:
        """The population in the middle of the range, which ``wte`` is for."""
        return float(self.smallest + self.largest) / 2

    def wte(self, patterns: Sequence[WorkingPattern]) -> tuple[float, ...]:
        """Whole-time equivalents of each role for the population in the middle of the range.

        Raises:
            KeyError: a role has a pattern of work that is not among those given.
        """
        hours = {pattern.id: pattern.time.contact_hours for pattern in patterns}
        return tuple(
            float(
                wte_needed(
                    float(role.contacts_per_thousand) * self.middle / PER_THOUSAND,
                    minutes=float(role.minutes),
                    travel_minutes=float(role.travel_minutes),
                    contact_hours=hours[role.working_time],
                )
            )
            for role in self.roles
        )


class LevelDefinition(Sourced):
    """A level of care and what is at hand there; ``populations`` are those of its units where a place gives no own."""

    populations: Annotated[tuple[Positive, ...], Field(min_length=1)]
    building: Truth
    hours_a_week: Hours
    staff: tuple[Slug, ...] = ()
    safety: tuple[Slug, ...] = ()

    def level(self, populations: Sequence[float] | None = None) -> CareLevel:
        """The level as plain values, with the populations of a place where they are given."""
        return CareLevel(
            id=self.id,
            title=self.title,
            populations=tuple(float(people) for people in populations or self.populations),
            building=self.building,
            hours_a_week=float(self.hours_a_week),
            staff=frozenset(self.staff),
            safety=frozenset(self.safety),
        )


class ServiceDefinition(Sourced):
    """What a service needs where it is given."""

    minimum_population: Amount = NONE
    building: Truth = False
    hours_a_week: Hours = NONE
    staff: tuple[Slug, ...] = ()
    safety: tuple[Slug, ...] = ()

    @property
    def rules(self) -> ServiceRules:
        """The same as plain values."""
        return ServiceRules(
            id=self.id,
            title=self.title,
            minimum_population=float(self.minimum_population),
            building=self.building,
            hours_a_week=float(self.hours_a_week),
            staff=frozenset(self.staff),
            safety=frozenset(self.safety),
        )


class _File(DocumentModel):
    """A file of definitions: who looked at all of it, and when somebody should again."""

    review: Review


class Standards(_File):
    """Every standard."""

    standards: Annotated[tuple[Standard, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _refuse_repeats([one.id for one in self.standards])
        return self

    def __getitem__(self, identifier: str) -> Standard:
        """A standard by its identifier."""
        return next(one for one in self.standards if one.id == identifier)

    def number(self, identifier: str) -> float:
        """The value of a standard."""
        return float(self[identifier].value)


class WorkforceDefinitions(_File):
    """Patterns of work, and modules whose roles work by them."""

    working_time: Annotated[tuple[WorkingPattern, ...], Field(min_length=1)]
    modules: Annotated[tuple[StaffModule, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _known_patterns(self) -> Self:
        _refuse_repeats([one.id for one in (*self.working_time, *self.modules)])
        known = {one.id for one in self.working_time}
        for module in self.modules:
            for role in module.roles:
                if role.working_time not in known:
                    message = f"'{role.id}' works by '{role.working_time}'; expected one of {', '.join(sorted(known))}"
                    raise ValueError(message)
        return self

    def module(self, identifier: str) -> StaffModule:
        """A module by its identifier."""
        return next(one for one in self.modules if one.id == identifier)


class CareDefinitions(_File):
    """Levels of care, lowest first, and services with their rules."""

    levels: Annotated[tuple[LevelDefinition, ...], Field(min_length=1)]
    services: Annotated[tuple[ServiceDefinition, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _refuse_repeats([one.id for one in self.levels])
        _refuse_repeats([one.id for one in self.services])
        return self


def _refuse_repeats(names: Sequence[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            message = f"'{name}' stands here twice"
            raise ValueError(message)
