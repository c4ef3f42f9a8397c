"""Where a service belongs: at the lowest level of care that has the people, the building, the staff and the safety.

Levels run from the patient's home over practice, cluster and hub to the place as a whole. A service is placed at the
lowest level that meets all of its rules; for each lower level every rule that fails is named. Somebody may place it
elsewhere with a reason; what fails there stays visible.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from placeplan.capacity.arrays import CapacityInputError, amounts, distinct, positive

HOURS_IN_WEEK = 168


class Rule(StrEnum):
    """What a service may ask of a level."""

    POPULATION = "population"
    BUILDING = "building"
    HOURS = "hours"
    STAFF = "staff"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True, kw_only=True)
class CareLevel:
    """A level of care. ``populations`` are those of its units (of each cluster, say), one or more.

    ``building``: whether care is given in a building there. ``hours_a_week``: how long it is staffed. ``staff`` and
    ``safety`` are words for roles and for safeguards that are at hand (``"resuscitation"``, ``"x-ray"``).
    """

    id: str
    title: str
    populations: tuple[float, ...]
    building: bool
    hours_a_week: float
    staff: frozenset[str] = frozenset()
    safety: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.populations:
            raise CapacityInputError(f"{self.id}: expected the population of at least one unit.")
        positive(f"{self.id}, populations", self.populations)
        _refuse_hours(self.id, self.hours_a_week)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRules:
    """What a service needs where it is given; what is left out it does not need.

    ``minimum_population``: fewer people than this would not keep staff in practice, or would cost too much for each.
    """

    id: str
    title: str
    minimum_population: float = 0.0
    building: bool = False
    hours_a_week: float = 0.0
    staff: frozenset[str] = frozenset()
    safety: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        amounts(f"{self.id}, minimum_population", self.minimum_population)
        _refuse_hours(self.id, self.hours_a_week)


@dataclass(frozen=True, slots=True)
class Override:
    """A decision to place a service at a level, whatever the rules say."""

    level: str
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise CapacityInputError(f"{self.level}: an override needs a reason.")


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule of a service that a level does not meet, in words."""

    level: str
    rule: Rule
    words: str

    def __str__(self) -> str:
        """Print as ``cluster: needs 100,000 people; …``."""
        return f"{self.level}: {self.words}"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a service goes. ``level`` is nothing where no level meets its rules.

    ``lowest`` is the lowest level that meets all rules; ``level`` differs from it only by an ``override``. ``failures``
    are those of every level below ``lowest`` (of all, where there is none); ``accepted`` are the failures of the level
    that was chosen against the rules.
    """

    service: ServiceRules
    level: str | None
    lowest: str | None
    failures: tuple[Failure, ...]
    override: Override | None = None
    accepted: tuple[Failure, ...] = field(default=())

    def why_not(self, level: str) -> tuple[Failure, ...]:
        """The rules that a level fails, of those below the lowest that meets all."""
        return tuple(failure for failure in self.failures if failure.level == level)


def placed(
    services: Sequence[ServiceRules], levels: Sequence[CareLevel], *, overrides: Mapping[str, Override] | None = None
) -> tuple[Placement, ...]:
    """Place every service.

    Args:
        services: with their rules.
        levels: the lowest first.
        overrides: decisions by the identifier of a service.

    Raises:
        CapacityInputError: an identifier stands twice, or an override names a service or a level that is not there.
    """
    decided = dict(overrides or {})
    distinct("services", (service.id for service in services))
    distinct("levels", (level.id for level in levels))
    _refuse_strangers(decided, services=services, levels=levels)
    return tuple(_place(service, levels, override=decided.get(service.id)) for service in services)


def failures_of(service: ServiceRules, level: CareLevel) -> tuple[Failure, ...]:
    """Every rule of a service that a level does not meet."""
    return tuple(Failure(level.id, rule, words) for rule, words in _failing(service, level))


def _place(service: ServiceRules, levels: Sequence[CareLevel], *, override: Override | None) -> Placement:
    found = {level.id: failures_of(service, level) for level in levels}
    lowest = next((level for level, failing in found.items() if not failing), None)
    below = list(found) if lowest is None else list(found)[: list(found).index(lowest)]
    failures = tuple(failure for level in below for failure in found[level])
    if override is None:
        return Placement(service, lowest, lowest, failures)
    return Placement(service, override.level, lowest, failures, override, found[override.level])


def _failing(service: ServiceRules, level: CareLevel) -> Iterator[tuple[Rule, str]]:
    small = [people for people in level.populations if people < service.minimum_population]
    if small:
        yield Rule.POPULATION, _too_few(service, level, small=small)
    if service.building and not level.building:
        yield Rule.BUILDING, "needs a building, and there is none"
    if service.hours_a_week > level.hours_a_week:
        yield Rule.HOURS, f"needs staff for {service.hours_a_week:g} hours a week, and has {level.hours_a_week:g}"
    for rule, needs, has in (
        (Rule.STAFF, service.staff, level.staff),
        (Rule.SAFETY, service.safety, level.safety),
    ):
        if missing := sorted(needs - has):
            yield rule, f"has no {', no '.join(missing)}"


def _too_few(service: ServiceRules, level: CareLevel, *, small: Sequence[float]) -> str:
    units = len(level.populations)
    who = f"the smallest of {units:,} serves" if units > 1 else "it serves"
    some = f"; {len(small):,} of {units:,} serve fewer" if 1 < len(small) < units else ""
    return f"needs {service.minimum_population:,.0f} people, and {who} {min(small):,.0f}{some}"


def _refuse_hours(name: str, hours: float) -> None:
    if not 0 <= hours <= HOURS_IN_WEEK:
        raise CapacityInputError(f"{name}: {hours:g} hours a week are not between 0 and {HOURS_IN_WEEK}.")


def _refuse_strangers(
    overrides: Mapping[str, Override], *, services: Sequence[ServiceRules], levels: Sequence[CareLevel]
) -> None:
    known, steps = {service.id for service in services}, [level.id for level in levels]
    for service, override in overrides.items():
        if service not in known:
            raise CapacityInputError(f"overrides: there is no service '{service}'.")
        if override.level not in steps:
            message = f"overrides: there is no level '{override.level}' for '{service}'"
            raise CapacityInputError(f"{message}; expected one of {', '.join(steps)}.")
