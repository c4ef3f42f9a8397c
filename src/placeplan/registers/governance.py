"""Who reports to whom, as a graph at a day: which groups there are, under whom each stands, and what does not hold.

Pure: the groups and lines are rows of a plan, and the day is handed in. How many days before its last one a group is
said to end soon is data (``assurance/definitions/thresholds.yaml``).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from placeplan.plan.governance_tables import Group, LineKind, ReportingLine


class Life(StrEnum):
    """Where a group stands in its life on a day."""

    NOT_BEGUN = "not begun"
    THERE = "there"
    ENDS_SOON = "ends soon"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Governance:
    """Groups and their lines of reporting on a day.

    Attributes:
        day: the day.
        groups: every group of the plan, by its short name, in the order of the plan.
        lives: where each group stands in its life.
        lines: the lines in force that day, those to groups that nobody knows included.
    """

    day: date
    groups: Mapping[str, Group]
    lives: Mapping[str, Life]
    lines: tuple[ReportingLine, ...]

    def title(self, name: str) -> str:
        """What a group is called; its short name where the plan has no such group."""
        return self.groups[name].title if name in self.groups else name

    def of_life(self, *lives: Life) -> tuple[Group, ...]:
        """The groups at some points of their life."""
        return tuple(group for name, group in self.groups.items() if self.lives[name] in lives)

    @cached_property
    def known(self) -> tuple[ReportingLine, ...]:
        """The lines both of whose ends the plan has."""
        return tuple(line for line in self.lines if line.group in self.groups and line.to in self.groups)

    @property
    def to_nobody(self) -> tuple[ReportingLine, ...]:
        """The lines to a group that the plan has not."""
        return tuple(line for line in self.lines if line.to not in self.groups)

    @cached_property
    def above(self) -> Mapping[str, tuple[ReportingLine, ...]]:
        """For each group, its lines; formal ones first."""
        found: dict[str, list[ReportingLine]] = {name: [] for name in self.groups}
        for line in self.known:
            found[line.group].append(line)
        return {name: tuple(sorted(lines, key=_informal)) for name, lines in found.items()}

    @cached_property
    def circles(self) -> tuple[tuple[str, ...], ...]:
        """Groups that report, by way of others, to themselves: each circle in the order of the plan."""
        return circles_in({name: [line.to for line in lines] for name, lines in self.above.items()})

    @property
    def several(self) -> Iterator[tuple[Group, tuple[ReportingLine, ...]]]:
        """Groups that formally report to more than one other, with those lines."""
        for name, lines in self.above.items():
            formal = tuple(line for line in lines if line.line is LineKind.REPORTS_TO)
            if len(formal) > 1:
                yield self.groups[name], formal

    @property
    def of_the_expired(self) -> Iterator[tuple[ReportingLine, Group]]:
        """Lines in force that begin or end at a group that has expired, with that group."""
        for line in self.known:
            for name in dict.fromkeys((line.group, line.to)):
                if self.lives[name] is Life.EXPIRED:
                    yield line, self.groups[name]

    @cached_property
    def alone(self) -> tuple[Group, ...]:
        """The groups that there are and that no line begins or ends at."""
        tied = {name for line in self.lines for name in (line.group, line.to)}
        return tuple(group for group in self.of_life(Life.THERE, Life.ENDS_SOON) if group.group not in tied)

    @cached_property
    def unreported(self) -> tuple[Group, ...]:
        """The groups that there are and that nobody reports to."""
        heard = {line.to for line in self.known}
        return tuple(group for group in self.of_life(Life.THERE, Life.ENDS_SOON) if group.group not in heard)

    @cached_property
    def roots(self) -> tuple[Group, ...]:
        """The groups in a line that report to nobody whom the plan has."""
        tied = {name for line in self.known for name in (line.group, line.to)}
        return tuple(group for name, group in self.groups.items() if name in tied and not self.above[name])


def _informal(line: ReportingLine) -> bool:
    return line.line is not LineKind.REPORTS_TO


@dataclass(frozen=True, slots=True)
class Placed:
    """A group in the outline: how deep it stands, by which line (``None``: at the head), and its other lines."""

    group: Group
    depth: int
    by: ReportingLine | None
    others: tuple[ReportingLine, ...]


def governance_at(
    groups: Iterable[Group], lines: Iterable[ReportingLine], *, day: date, notice_days: int
) -> Governance:
    """Groups and lines as they stand on a day.

    Args:
        groups: the groups of a plan.
        lines: its lines of reporting.
        day: the day.
        notice_days: a group whose last day is no further off than this ends soon.
    """
    known = {group.group: group for group in groups}
    lives = {name: life_at(group, day=day, notice_days=notice_days) for name, group in known.items()}
    return Governance(day, known, lives, tuple(line for line in lines if in_force(line, day)))


def life_at(group: Group, *, day: date, notice_days: int) -> Life:
    """Where a group stands in its life on a day."""
    if group.ends is not None and group.ends < day:
        return Life.EXPIRED
    if group.starts is not None and group.starts > day:
        return Life.NOT_BEGUN
    if group.ends is not None and group.ends - day <= timedelta(days=notice_days):
        return Life.ENDS_SOON
    return Life.THERE


def in_force(line: ReportingLine, day: date) -> bool:
    """Whether a line holds on a day; its first and its last day count."""
    return (line.starts is None or line.starts <= day) and (line.ends is None or day <= line.ends)


def outline(governance: Governance) -> tuple[Placed, ...]:
    """Every group of a line once, each below the first that it reports to; then those that no line touches.

    The first group of a circle stands at the head where nothing else leads to it. Expired groups stand in the outline
    while a line in force still names them.
    """
    below: dict[str, list[str]] = {name: [] for name in governance.groups}
    for name, lines in governance.above.items():
        if lines:
            below[lines[0].to].append(name)
    tied = {name for line in governance.lines for name in (line.group, line.to)}
    heads = [group.group for group in governance.roots]
    heads += [name for name in governance.groups if name in tied and not governance.above[name]]
    heads += [name for circle in governance.circles for name in circle]
    placed: dict[str, Placed] = {}
    for head in heads:
        _place(governance, below, head=head, placed=placed)
    alone = (Placed(group, 0, None, ()) for group in governance.alone)
    return (*placed.values(), *alone)


def _place(governance: Governance, below: Mapping[str, Sequence[str]], *, head: str, placed: dict[str, Placed]) -> None:
    waiting = [(head, 0)]
    while waiting:
        name, depth = waiting.pop()
        if name in placed:
            continue
        lines = governance.above[name]
        by = lines[0] if depth else None
        placed[name] = Placed(governance.groups[name], depth, by, lines[1:] if by else lines)
        waiting.extend((each, depth + 1) for each in reversed(below[name]))


def circles_in(above: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """The circles of a graph: names each of which leads to every other, or one that leads to itself.

    After Kosaraju: what can be reached backwards, in the order in which searching forwards is done with it. No name
    is asked about twice, so a plan with very many groups takes no longer than its lines.

    Args:
        above: for each name, those that it leads to; every one of them is a key.
    """
    below: dict[str, list[str]] = {name: [] for name in above}
    for name, leads in above.items():
        for other in leads:
            below[other].append(name)
    order = _finished(above, above)
    seen: set[str] = set()
    found: list[list[str]] = []
    for name in reversed(order):
        reached = _finished(below, [name], seen=seen)
        if len(reached) > 1 or (reached and reached[0] in above[reached[0]]):
            found.append(reached)
    place = {name: number for number, name in enumerate(above)}
    circles = [tuple(sorted(each, key=place.__getitem__)) for each in found]
    return tuple(sorted(circles, key=lambda each: place[each[0]]))


def _finished(leads: Mapping[str, Sequence[str]], starts: Iterable[str], *, seen: set[str] | None = None) -> list[str]:
    """Names in the order in which a search in depth is done with them; those in ``seen`` are passed over, and added."""
    seen = set() if seen is None else seen
    done: list[str] = []
    for start in starts:
        waiting: list[tuple[str, Iterator[str]]] = []
        if start not in seen:
            seen.add(start)
            waiting.append((start, iter(leads[start])))
        while waiting:
            name, rest = waiting[-1]
            following = next((each for each in rest if each not in seen), None)
            if following is None:
                done.append(name)
                waiting.pop()
            else:
                seen.add(following)
                waiting.append((following, iter(leads[following])))
    return done
