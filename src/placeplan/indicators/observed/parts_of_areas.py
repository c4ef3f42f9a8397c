"""Which areas' figures make up an organisation or a footprint in one period, and what stands in the way."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from math import isclose

from placeplan.indicators.observed.remarks import RemarkKind
from placeplan.kernel.organisations import ANY_PURPOSE, OrganisationGraph, covers

WHOLE = 1.0
Weights = Mapping[tuple[str, str], float]


class Met(StrEnum):
    """What was met on the way down from a target to areas with figures."""

    FIGURES = "figures"
    MISSING = "missing"
    SPLIT = "split"
    DOUBLED = "doubled"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing met: the area, the share of it that belongs to the target, and the others that it concerns."""

    met: Met
    area: str
    share: float = WHOLE
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """The areas with figures that make up a target, with the share of each; and what stands in the way of adding."""

    steps: tuple[Step, ...]

    @property
    def shares(self) -> dict[str, float]:
        """The share of each area that has figures."""
        shares: dict[str, float] = {}
        for step in self.met(Met.FIGURES):
            # An area in two footprints of one footprint counts once; shares of a split come together again.
            shares[step.area] = min(WHOLE, shares.get(step.area, 0.0) + step.share)
        return shares

    def met(self, what: Met) -> tuple[Step, ...]:
        """The steps of one kind, each area once for figures that are whole."""
        return tuple(step for step in dict.fromkeys(self.steps) if step.met is what)

    @property
    def obstacle(self) -> RemarkKind | None:
        """Why the parts cannot be added; nothing where they can."""
        kinds = {step.met for step in self.steps}
        if Met.SPLIT in kinds:
            return RemarkKind.SPLIT
        if Met.DOUBLED in kinds:
            return RemarkKind.DUPLICATE
        return RemarkKind.INCOMPLETE if kinds & {Met.MISSING, Met.CHANGED} else None


@dataclass(frozen=True)
class TakeOvers:
    """Take-overs up to a day: whose work each area or organisation carries on, and how a split is shared."""

    graph: OrganisationGraph
    on: date
    weights: Weights

    @cached_property
    def before(self) -> dict[str, tuple[str, ...]]:
        """Whose work each took over directly."""
        return _grouped((step.successor, step.predecessor) for step in self.graph.successions if step.on <= self.on)

    @cached_property
    def after(self) -> dict[str, tuple[str, ...]]:
        """Who took over from each directly."""
        return _grouped((step.predecessor, step.successor) for step in self.graph.successions if step.on <= self.on)

    def heirs(self, area: str) -> tuple[str, ...]:
        """Who carries on the work of an area on the day."""
        return self.graph.successors(area, self.on) if area in self.after else (area,)

    def all_before(self, area: str) -> set[str]:
        """Everybody whose work came to an area, directly or through others."""
        found: set[str] = set()
        ring = list(self.before.get(area, ()))
        while ring:
            one = ring.pop()
            if one not in found:
                found.add(one)
                ring.extend(self.before.get(one, ()))
        return found

    def share(self, predecessor: str, successor: str) -> float | None:
        """Which share of a predecessor came to a successor; nothing where it was split and the weights do not say."""
        direct = self.after[predecessor]
        if len(direct) == 1 or len(self.heirs(predecessor)) == 1:
            return WHOLE
        given = [self.weights.get((predecessor, heir)) for heir in direct]
        shares = [share for share in given if share is not None and share >= 0]
        if len(shares) < len(direct) or not isclose(sum(shares), WHOLE, abs_tol=1e-9):
            return None
        return self.weights[predecessor, successor]


@dataclass(frozen=True)
class Period:
    """Memberships that hold in a period, and the footprints whose members changed within it."""

    members: Mapping[str, tuple[str, ...]]
    changed: Collection[str]


def period_of(graph: OrganisationGraph, purpose: str, *, starts: date, ends: date) -> Period:
    """The memberships of a period: those that hold on its first day; its last day shows what changed."""
    links = [link for link in graph.memberships if link.purpose in (purpose, ANY_PURPOSE)]
    first, last = (
        _grouped((link.footprint, link.member) for link in links if covers(link.since, link.until, day=day))
        for day in (starts, ends)
    )
    footprints = first.keys() | last.keys()
    changed = {name for name in footprints if set(first.get(name, ())) != set(last.get(name, ()))}
    return Period({name: first.get(name, ()) or last.get(name, ()) for name in footprints}, changed)


def parts_of(target: str, *, present: frozenset[str], take_overs: TakeOvers, period: Period) -> Parts:
    """The parts of a target in a period.

    A figure of its own comes first. A footprint without one is made up of its members, an organisation without one of
    those whose work it took over, and so on down; one that has neither is missing, never zero.

    Args:
        target: an area, a footprint or an organisation.
        present: the areas that have figures.
        take_overs: up to the day that is asked for.
        period: memberships.
    """
    way = _Way(present, take_overs, period)
    return Parts(tuple(way.down(target, WHOLE)))


@dataclass(frozen=True)
class _Way:
    """The way down from a target to the areas that have figures."""

    present: frozenset[str]
    take_overs: TakeOvers
    period: Period

    def down(self, node: str, share: float) -> Iterator[Step]:
        if node in self.present:
            yield Step(Met.FIGURES, node, share)
            twice = sorted(self.take_overs.all_before(node) & self.present)
            if twice:
                yield Step(Met.DOUBLED, node, others=tuple(twice))
        elif node in self.period.members:
            if node in self.period.changed:
                yield Step(Met.CHANGED, node)
            for member in self.period.members[node]:
                yield from self.down(member, share)
        elif node in self.take_overs.before:
            for predecessor in self.take_overs.before[node]:
                yield from self._taken_over(predecessor, node, share=share)
        else:
            yield Step(Met.MISSING, node)

    def _taken_over(self, predecessor: str, successor: str, *, share: float) -> Iterator[Step]:
        part = self.take_overs.share(predecessor, successor)
        if part is None:
            yield Step(Met.SPLIT, predecessor, others=self.take_overs.after[predecessor])
        yield from self.down(predecessor, share * (WHOLE if part is None else part))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, dict[str, None]] = {}
    for key, value in pairs:
        grouped.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in grouped.items()}
