"""What serves what: projects against must-dos, outcomes and ambitions; what nobody serves stands first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from placeplan.plan.tables import Project
from placeplan.reports.types import PlanResults

MUST_DOS, DOMAINS, AMBITIONS = "National must-dos", "Domains of the outcomes framework", "Ambitions"


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that projects are to serve: its identifier, its short name, what it says and the framework it is of."""

    id: str
    name: str
    text: str
    framework: str
    served_by: tuple[str, ...]
    source: str

    @property
    def orphan(self) -> bool:
        """Whether no project serves it."""
        return not self.served_by


@dataclass(frozen=True, slots=True)
class Traced:
    """A project with the goals that it serves, by identifier, and those that it names and nobody knows."""

    row: Project
    serves: frozenset[str]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Projects against goals. ``frameworks`` holds, in order, each framework with its goals that a column is for."""

    goals: tuple[Goal, ...]
    projects: tuple[Traced, ...]

    @property
    def frameworks(self) -> tuple[tuple[str, tuple[Goal, ...]], ...]:
        """The frameworks in their order, each with its goals, those that nobody serves first."""
        names = dict.fromkeys(goal.framework for goal in self.goals)
        return tuple((name, tuple(goal for goal in self.goals if goal.framework == name)) for name in names)

    @property
    def orphans(self) -> tuple[Goal, ...]:
        """The goals that no project serves."""
        return tuple(goal for goal in self.goals if goal.orphan)

    @property
    def idle(self) -> tuple[Traced, ...]:
        """The projects that serve nothing."""
        return tuple(each for each in self.projects if not each.serves)

    @property
    def complete(self) -> bool:
        """Whether every goal is served and every project serves one."""
        return not self.orphans and not self.idle and bool(self.goals)

    def goal(self, identifier: str) -> Goal | None:
        """The goal of an identifier."""
        return next((goal for goal in self.goals if goal.id == identifier), None)

    def project(self, identifier: str) -> Traced | None:
        """The project of an identifier."""
        return next((each for each in self.projects if each.row.project == identifier), None)


def matrix_of(results: PlanResults) -> Matrix:
    """The matrix of a plan. Domains and ambitions of the round stand in it unless the plan has an outcome so called."""
    projects = results.plan.projects
    goals = tuple(sorted(_goals(results), key=lambda goal: (_ORDER.get(goal.framework, len(_ORDER)), not goal.orphan)))
    known = {goal.id for goal in goals}
    traced = tuple(_traced(row, known) for row in projects)
    return Matrix(goals, tuple(sorted(traced, key=lambda each: bool(each.serves))))


_ORDER = {MUST_DOS: 0}


def _goals(results: PlanResults) -> Iterator[Goal]:
    projects = results.plan.projects
    for each in results.round.must_dos:
        yield Goal(each.id, str(each.number), each.text, MUST_DOS, _by(projects, each.id), each.reference)
    own = set()
    for row in results.plan.outcomes:
        own.add(row.outcome)
        yield Goal(row.outcome, row.outcome, row.title, row.strategy, _by(projects, row.outcome), row.source or "")
    for framework, goals in ((DOMAINS, results.round.outcome_domains), (AMBITIONS, results.round.outcome_ambitions)):
        for one in goals:
            if one.id not in own:
                yield Goal(one.id, one.id, one.text, framework, _by(projects, one.id), one.reference)


def _by(projects: Sequence[Project], goal: str) -> tuple[str, ...]:
    return tuple(row.title for row in projects if goal in _named(row))


def _traced(row: Project, known: set[str]) -> Traced:
    named = _named(row)
    return Traced(row, frozenset(named) & frozenset(known), tuple(name for name in named if name not in known))


def _named(row: Project) -> tuple[str, ...]:
    return (*(row.must_dos or ()), *(row.outcomes or ()))
