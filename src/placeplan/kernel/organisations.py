"""Areas and organisations through time: who exists, who took over from whom, who belongs where, who commissions what.

Organisations open, merge and close while people and places stay. A series therefore hangs on areas that survive and is
rolled up by date. Every day here is inclusive: ``until`` and ``closed`` name the last day; ``None`` means open-ended or
unknown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from placeplan.kernel.errors import PlaceplanError

ANY_PURPOSE = "any"
WHOLE = Decimal(1)
ZERO = Decimal(0)


class OrganisationType(StrEnum):
    """What kind of body an organisation is."""

    NATIONAL = "national"
    REGION = "region"
    AREA_TEAM = "area-team"
    CCG = "ccg"
    ICB = "icb"
    SYSTEM = "system"
    LOCAL_AUTHORITY = "local-authority"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a dated fact comes from, and whether it was read there (``confirmed``) or still needs a person to look."""

    reference: str
    confirmed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A piece of the map, or a footprint made of other areas."""

    id: str
    name: str
    source: Source
    opened: date | None = None
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that plans, pays or provides."""

    id: str
    name: str
    type: OrganisationType
    source: Source
    opened: date | None = None
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """``successor`` carries on the work of ``predecessor`` from the day ``on``."""

    predecessor: str
    successor: str
    on: date
    source: Source


@dataclass(frozen=True, slots=True)
class Membership:
    """``member`` is part of ``footprint``; an area may be in several at once, also for different purposes."""

    member: str
    footprint: str
    source: Source
    purpose: str = ANY_PURPOSE
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """``commissioner`` is accountable for commissioning ``service`` for the people of ``area``."""

    service: str
    area: str
    commissioner: str
    source: Source
    since: date | None = None
    until: date | None = None


Record = Area | Organisation | Succession | Membership | Responsibility


@dataclass(frozen=True, slots=True)
class Accountable:
    """The one accountable commissioner, and the fact that says so."""

    organisation: Organisation
    responsibility: Responsibility


@dataclass(frozen=True, slots=True)
class NoCommissioner:
    """No single accountable commissioner is known, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be true of the graph, and the records that say it."""

    message: str
    records: tuple[Record, ...]


class ContradictionError(PlaceplanError, ValueError):
    """Records that cannot all be true; every fault found is listed."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.message for fault in self.faults))


class SplitError(PlaceplanError, ValueError):
    """A value cannot be shared between several successors without weights that add to one."""


@dataclass(frozen=True, slots=True)
class RollUp:
    """A total over the members of a footprint; ``total`` is ``None`` while the value of a member is unknown."""

    footprint: str
    on: date
    parts: Mapping[str, Decimal]
    missing: tuple[str, ...]

    @property
    def total(self) -> Decimal | None:
        """The sum of the parts, or nothing when one is missing."""
        return None if self.missing else sum(self.parts.values(), ZERO)


def covers(since: date | None, until: date | None, *, day: date) -> bool:
    """Whether ``day`` lies in an inclusive span with open ends."""
    return (since is None or since <= day) and (until is None or day <= until)


@dataclass(frozen=True)
class OrganisationGraph:
    """Everything known about areas, organisations and duties, checked as a whole when it is made.

    Raises:
        ContradictionError: an identifier used twice or not known, a span that ends before it starts, a circle of
            successors or footprints, two organisations accountable for one service in one area on one day.
    """

    areas: tuple[Area, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    successions: tuple[Succession, ...] = ()
    memberships: tuple[Membership, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    _by_id: dict[str, Area | Organisation] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {thing.id: thing for thing in self.things})
        faults = (
            list(_shape_faults(self)) or [*_order_faults(self), *_circle_faults(self)] or list(_double_faults(self))
        )
        if faults:
            raise ContradictionError(faults)

    @property
    def things(self) -> tuple[Area | Organisation, ...]:
        """Every area and organisation."""
        return (*self.areas, *self.organisations)

    def __getitem__(self, thing_id: str) -> Area | Organisation:
        """The area or organisation with this identifier."""
        return self._by_id[thing_id]

    def __contains__(self, thing_id: object) -> bool:
        """Whether there is an area or organisation with this identifier."""
        return thing_id in self._by_id

    def open_on(self, day: date) -> tuple[Organisation, ...]:
        """The organisations that exist on a day, in the order of the data."""
        return tuple(body for body in self.organisations if covers(body.opened, body.closed, day=day))

    def successors(self, thing_id: str, day: date) -> tuple[str, ...]:
        """Who carries on the work of an area or organisation on ``day``, through every take-over up to then.

        Itself while nobody has taken over; several after a split; never one that was itself taken over by then.
        """
        taken_over = [step.successor for step in self.successions if step.predecessor == thing_id and step.on <= day]
        if not taken_over:
            return (thing_id,)
        final = (last for heir in taken_over for last in self.successors(heir, day))
        return tuple(dict.fromkeys(final))

    def predecessors(self, thing_id: str) -> tuple[str, ...]:
        """Whose work an area or organisation took over, directly."""
        return tuple(step.predecessor for step in self.successions if step.successor == thing_id)

    def members(self, footprint: str, day: date, *, purpose: str = ANY_PURPOSE) -> tuple[str, ...]:
        """The areas directly in a footprint on ``day``: those in it for every purpose, and those for ``purpose``."""
        return tuple(dict.fromkeys(link.member for link in self._links(day, purpose) if link.footprint == footprint))

    def footprints_of(self, area: str, day: date, *, purpose: str | None = None) -> tuple[str, ...]:
        """Every footprint that an area lies in on ``day``, nearest first, through footprints of footprints.

        Args:
            area: the area.
            day: the date.
            purpose: only footprints for this purpose (and for every purpose); all of them when ``None``.
        """
        found: dict[str, None] = {}
        ring = [area]
        while ring:
            wider = [link.footprint for link in self._links(day, purpose) if link.member in ring]
            ring = [footprint for footprint in dict.fromkeys(wider) if footprint not in found]
            found.update(dict.fromkeys(ring))
        return tuple(found)

    def commissioner(self, service: str, area: str, *, day: date) -> Accountable | NoCommissioner:
        """Who is accountable for a service for the people of an area on a day: one body, or the reason why none.

        Raises:
            KeyError: the area is not in the data.
        """
        name = self[area].name
        known = [duty for duty in self.responsibilities if duty.service == service]
        if not known:
            return NoCommissioner(f"nothing is recorded about who commissions '{service}'")
        held = self._duties(known, area, day=day)
        if held:
            body = self._by_id[held[0].commissioner]
            assert isinstance(body, Organisation)  # noqa: S101 - checked when the graph was made
            return Accountable(body, held[0])
        parts = self._held_in_parts(known, area, day=day)
        if parts:
            return NoCommissioner(f"'{service}' is commissioned for parts of {name} separately: {'; '.join(parts)}")
        return NoCommissioner(f"nothing is recorded about who commissions '{service}' in {name} on {day.isoformat()}")

    def roll_up(self, values: Mapping[str, Decimal], *, footprint: str, on: date, purpose: str = ANY_PURPOSE) -> RollUp:
        """Add the values of a footprint's members on a day, through footprints of footprints.

        A member without a value of its own is replaced by its members; one that has neither is named, never taken as
        zero.
        """
        parts: dict[str, Decimal] = {}
        missing: dict[str, None] = {}
        ring = list(self.members(footprint, on, purpose=purpose)) or [footprint]
        while ring:
            member = ring.pop(0)
            inside = self.members(member, on, purpose=purpose)
            if member in values:
                parts[member] = values[member]
            elif inside:
                ring.extend(inside)
            else:
                missing[member] = None
        return RollUp(footprint, on, parts, tuple(missing))

    def carried_to(
        self,
        values: Mapping[str, Decimal],
        *,
        on: date,
        weights: Mapping[tuple[str, str], Decimal] | None = None,
    ) -> dict[str, Decimal]:
        """Values of areas or organisations as they would stand under the ones that carry on their work on ``on``.

        Merged predecessors are added. A predecessor with several successors is shared by ``weights``.

        Args:
            values: value by identifier, as recorded.
            on: the date whose organisations to use.
            weights: share of the predecessor that goes to the successor, by (predecessor, successor).

        Raises:
            SplitError: several successors, and no weights for all of them that add to one exactly.
        """
        carried: dict[str, Decimal] = {}
        for thing_id, value in values.items():
            for heir, share in self._shares(thing_id, on, weights=weights or {}):
                carried[heir] = carried.get(heir, ZERO) + value * share
        return carried

    def _links(self, day: date, purpose: str | None) -> Iterator[Membership]:
        """Memberships that hold on ``day`` for ``purpose``."""
        for link in self.memberships:
            fits = purpose is None or link.purpose in (purpose, ANY_PURPOSE)
            if fits and covers(link.since, link.until, day=day):
                yield link

    def _duties(self, duties: Iterable[Responsibility], area: str, *, day: date) -> list[Responsibility]:
        """Those of ``duties`` that hold for an area on a day, its own first, then its footprints'."""
        reach = (area, *self.footprints_of(area, day))
        current = [duty for duty in duties if duty.area in reach and covers(duty.since, duty.until, day=day)]
        return sorted(current, key=lambda duty: reach.index(duty.area))

    def _held_in_parts(self, duties: Iterable[Responsibility], area: str, *, day: date) -> list[str]:
        """Who holds a service for parts of an area, in words."""
        current = [duty for duty in duties if covers(duty.since, duty.until, day=day)]
        return [
            f"{self[duty.commissioner].name} for {self[duty.area].name}"
            for duty in current
            if area in self.footprints_of(duty.area, day)
        ]

    def _shares(
        self, thing_id: str, on: date, *, weights: Mapping[tuple[str, str], Decimal]
    ) -> Iterator[tuple[str, Decimal]]:
        """Who gets which share of a value on a day."""
        heirs = self.successors(thing_id, on)
        if len(heirs) == 1:
            yield heirs[0], WHOLE
            return
        given = [weights.get((thing_id, heir)) for heir in heirs]
        shares = [share for share in given if share is not None]
        if len(shares) < len(heirs) or sum(shares, ZERO) != WHOLE or min(shares) < ZERO:
            message = f"'{thing_id}' was split between {', '.join(heirs)}: give weights for each that add to 1"
            raise SplitError(message)
        yield from zip(heirs, shares, strict=True)


def _shape_faults(graph: OrganisationGraph) -> Iterator[Fault]:
    """Identifiers used twice, and identifiers of nothing."""
    seen: dict[str, Area | Organisation] = {}
    for thing in graph.things:
        if thing.id in seen:
            yield Fault(f"the identifier '{thing.id}' is used twice", (seen[thing.id], thing))
        seen[thing.id] = thing
    areas = {area.id for area in graph.areas}
    bodies = {body.id for body in graph.organisations}
    for step in graph.successions:
        yield from _unknown(
            step, "organisation or area", wanted=[step.predecessor, step.successor], known=areas | bodies
        )
    for link in graph.memberships:
        yield from _unknown(link, "area", wanted=[link.member, link.footprint], known=areas)
    for duty in graph.responsibilities:
        yield from _unknown(duty, "area", wanted=[duty.area], known=areas)
        yield from _unknown(duty, "organisation", wanted=[duty.commissioner], known=bodies)


def _unknown(record: Record, kind: str, *, wanted: Iterable[str], known: set[str]) -> Iterator[Fault]:
    """A fault for each identifier that is not among the known ones."""
    for name in wanted:
        if name not in known:
            yield Fault(f"there is no {kind} called '{name}'", (record,))


def _order_faults(graph: OrganisationGraph) -> Iterator[Fault]:
    """Spans that end before they start, and duties or take-overs by bodies that do not exist yet or any more."""
    for thing in graph.things:
        if thing.opened and thing.closed and thing.closed < thing.opened:
            yield Fault(f"'{thing.id}' closes on {thing.closed} before it opens on {thing.opened}", (thing,))
    spans: tuple[Membership | Responsibility, ...] = (*graph.memberships, *graph.responsibilities)
    for held in spans:
        if held.since and held.until and held.until < held.since:
            yield Fault(f"this ends on {held.until} before it starts on {held.since}", (held,))
    for duty in graph.responsibilities:
        body = graph[duty.commissioner]
        if body.closed and (duty.until is None or duty.until > body.closed):
            yield Fault(
                f"'{body.id}' closes on {body.closed} but still commissions '{duty.service}' after it", (duty, body)
            )
        if body.opened and (duty.since is None or duty.since < body.opened):
            yield Fault(f"'{body.id}' opens on {body.opened} but commissions '{duty.service}' before it", (duty, body))


def _circle_faults(graph: OrganisationGraph) -> Iterator[Fault]:
    """Successors of themselves, and footprints inside themselves."""
    linked: tuple[tuple[tuple[Succession | Membership, ...], list[tuple[str, str]]], ...] = (
        (graph.successions, [(step.predecessor, step.successor) for step in graph.successions]),
        (graph.memberships, [(link.member, link.footprint) for link in graph.memberships]),
    )
    for records, pairs in linked:
        looped = _in_circles(pairs)
        for record, pair in zip(records, pairs, strict=True):
            if looped.issuperset(pair):
                yield Fault(f"'{pair[0]}' and '{pair[1]}' lead round in a circle", (record,))


def _in_circles(pairs: Iterable[tuple[str, str]]) -> set[str]:
    """What is left when ends are cut off again and again: names on, or between, circles."""
    edges = set(pairs)
    while True:
        sources, targets = {first for first, _ in edges}, {second for _, second in edges}
        kept = {(first, second) for first, second in edges if first in targets and second in sources}
        if kept == edges:
            return sources | targets
        edges = kept


def _double_faults(graph: OrganisationGraph) -> Iterator[Fault]:
    """Two commissioners for one service in one area on one day, also through footprints."""
    if not graph.responsibilities:
        return
    by_area: dict[str, list[Responsibility]] = {}
    for duty in graph.responsibilities:
        by_area.setdefault(duty.area, []).append(duty)
    told: set[tuple[Responsibility, ...]] = set()
    for day in _days_of_change(graph):
        for area in graph.areas:
            reach = (area.id, *graph.footprints_of(area.id, day))
            for service, held in _held(by_area, reach, day=day).items():
                if len({duty.commissioner for duty in held}) > 1 and held not in told:
                    told.add(held)
                    latest_last = tuple(sorted(held, key=lambda duty: duty.since or date.min))
                    yield Fault(_double(service, graph[held[0].area].name, held=latest_last), latest_last)


def _days_of_change(graph: OrganisationGraph) -> list[date]:
    """The days on which something starts to hold, and the beginning of time: an overlap shows on one of them."""
    starts = [*(link.since for link in graph.memberships), *(duty.since for duty in graph.responsibilities)]
    return [date.min, *sorted({day for day in starts if day})]


def _held(
    by_area: Mapping[str, list[Responsibility]], reach: Iterable[str], *, day: date
) -> dict[str, tuple[Responsibility, ...]]:
    """The duties that hold in any of some areas on a day, by service."""
    held: dict[str, tuple[Responsibility, ...]] = {}
    for area in reach:
        for duty in by_area.get(area, ()):
            if covers(duty.since, duty.until, day=day):
                held[duty.service] = (*held.get(duty.service, ()), duty)
    return held


def _double(service: str, area: str, *, held: Iterable[Responsibility]) -> str:
    """Two commissioners at once, in words."""
    claims = " and ".join(
        f"{duty.commissioner} ({duty.since or 'always'} to {duty.until or 'now'}, for {duty.area})" for duty in held
    )
    return f"'{service}' in {area} has two accountable commissioners at once: {claims}"
