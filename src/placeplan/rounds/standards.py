"""National standards and milestones, with four kinds of target kept apart.

A standard in law or constitution, a milestone on the way to it, a trajectory that a place set for itself and a
threshold in a contract are four different things, however alike they look in a plan. The third belongs to the plan.
"""

from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, model_validator

from placeplan.documents.models import Number, Words
from placeplan.rounds.governance import Value
from placeplan.rounds.money_rules import Slug, latest

Part = TypeVar("Part", "StandingValue", "Milestone", "Improvement")


class Direction(StrEnum):
    """Which side of the level is the good one."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"


class Basis(StrEnum):
    """What makes a level a standing standard."""

    CONSTITUTION = "constitution"
    NATIONAL_STANDARD = "national-standard"
    TECHNICAL_GUIDANCE = "technical-guidance"


class Scope(StrEnum):
    """Who has to reach a milestone: the country as a whole, or each organisation by itself."""

    NATIONAL = "national"
    ORGANISATION = "organisation"


class StandingValue(Value):
    """A level that holds until it is changed."""

    value: Number
    basis: Basis
    rounds: tuple[Slug, ...] = ()


class ContractThreshold(Value):
    """A level that a contract turns on."""

    value: Number
    contract: Words


class Milestone(Value):
    """A level to be reached by a day, or a change from a baseline; with both, whichever asks for more."""

    due: date
    scope: Scope = Scope.NATIONAL
    value: Number | None = None
    change: Number | None = None
    measured_over: str = ""
    rounds: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        """Refuse a milestone without a level and without a change."""
        if self.value is None and self.change is None:
            message = "a milestone needs a value, a change, or both"
            raise ValueError(message)
        return self


class Improvement(Value):
    """The planned level may not fall from one year to the next (or rise, where less is better)."""

    required: Literal[True]
    rounds: tuple[Slug, ...] = ()


def _in_order(milestones: tuple[Milestone, ...]) -> tuple[Milestone, ...]:
    """Milestones stand in the order of their days, one a day, scope and round."""
    seen: set[tuple[date, Scope, str]] = set()
    for earlier, later in pairwise(milestones):
        if later.due < earlier.due:
            message = f"the milestone due on {later.due} stands after the one due on {earlier.due}"
            raise ValueError(message)
    for milestone in milestones:
        for round_id in milestone.rounds or ("",):
            key = (milestone.due, milestone.scope, round_id)
            if key in seen:
                message = f"two milestones are due on {milestone.due}"
                raise ValueError(message)
            seen.add(key)
    return milestones


class Standard(Value):
    """An indicator and the national levels that are asked of it.

    ``direction`` is absent where the sources ask a question instead of setting a level. ``improvement`` is there only
    where a source says that the level must not get worse from year to year. ``rounds`` lists the rounds that ask
    for the indicator (all values in a round's own folder belong to that round).
    """

    id: Slug
    title: Words
    service: Slug
    direction: Direction | None = None
    improvement: Improvement | None = None
    constitutional_standard: tuple[StandingValue, ...] = ()
    national_milestones: Annotated[tuple[Milestone, ...], AfterValidator(_in_order)] = ()
    local_trajectory: Literal["in-the-plan"] = "in-the-plan"
    contract_threshold: tuple[ContractThreshold, ...] = ()
    rounds: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _level_has_direction(self) -> Self:
        """Refuse levels without a direction: nobody could say whether they are met."""
        levels = (*self.constitutional_standard, *self.national_milestones, *self.contract_threshold)
        if self.direction is None and (levels or self.improvement):
            message = f"'{self.id}' has a level and no direction"
            raise ValueError(message)
        return self

    @property
    def improvement_required(self) -> bool:
        """Whether a source says that the level must not get worse from year to year."""
        return self.improvement is not None

    def constitutional(self, as_at: date | None = None) -> StandingValue | None:
        """The standing standard in force on a day; the latest when no day is given."""
        return latest(self.constitutional_standard, as_at)

    def threshold(self, as_at: date | None = None) -> ContractThreshold | None:
        """The contract threshold in force on a day; the latest when no day is given."""
        return latest(self.contract_threshold, as_at)

    def milestone_at(self, day: date, scope: Scope = Scope.NATIONAL) -> Milestone | None:
        """The last milestone due on or before a day: what has to be held by then."""
        due = [milestone for milestone in self.national_milestones if milestone.scope is scope and milestone.due <= day]
        return due[-1] if due else None

    def next_milestone(self, day: date, scope: Scope = Scope.NATIONAL) -> Milestone | None:
        """The first milestone due after a day: what is being worked towards."""
        ahead = (one for one in self.national_milestones if one.scope is scope and one.due > day)
        return next(ahead, None)

    def for_round(self, round_id: str) -> "Standard | None":
        """The standard as one round asks for it; ``None`` when the round does not."""
        if round_id not in self.rounds:
            return None
        return self.model_copy(
            update={
                "constitutional_standard": _of_round(self.constitutional_standard, round_id),
                "national_milestones": _of_round(self.national_milestones, round_id),
                "improvement": next(iter(_of_round((self.improvement,) if self.improvement else (), round_id)), None),
            }
        )

    def as_at(self, day: date | None) -> "Standard":
        """The standard with only the levels in force on a day."""
        if day is None:
            return self
        return self.model_copy(
            update={
                "constitutional_standard": tuple(one for one in self.constitutional_standard if one.in_force(day)),
                "contract_threshold": tuple(one for one in self.contract_threshold if one.in_force(day)),
                "national_milestones": tuple(one for one in self.national_milestones if one.in_force(day)),
            }
        )


def _of_round(parts: tuple[Part, ...], round_id: str) -> tuple[Part, ...]:
    """The parts that belong to a round: those that name it, and those that name none."""
    return tuple(part for part in parts if not part.rounds or round_id in part.rounds)
