"""Traceability: which project serves which must-do and which outcome, and what nobody serves."""

from collections.abc import Callable, Iterable

from placeplan.plan.tables import Project
from placeplan.reports.document import Cell, Column, Row, Section, Table, Text, Tone
from placeplan.reports.quoting import marked
from placeplan.reports.sections.goals import goals_tables
from placeplan.reports.tabulating import Field, plain, source_cell, tabulate
from placeplan.reports.types import PlanResults

Served = Callable[[Project], tuple[str, ...]]


def traceability(results: PlanResults) -> Section:
    """Coverage of must-dos and outcomes, the matrix, and the list of projects."""
    plan = results.plan
    tables: list[Table] = []
    if plan.projects and results.round.must_dos:
        tables.append(_must_dos(results))
    if plan.outcomes:
        tables.append(_outcomes(results))
    if plan.goals:
        tables.extend(goals_tables(results))
    if plan.projects:
        tables.extend(table for table in (_matrix(results),) if table is not None)
        tables.append(_projects(plan.projects))
    return Section("traceability", "What serves what", tuple(tables))


def _must_dos(results: PlanResults) -> Table:
    rows = tuple(
        Row(
            (
                plain(str(must_do.number)),
                Cell(marked(must_do.text, confirmed=must_do.confirmed)),
                _serving(results.plan.projects, must_do.id, served=_must_dos_of),
            )
        )
        for must_do in results.round.must_dos
    )
    columns = (Column("Number"), Column("Must-do", wide=True), Column("Projects that serve it", wide=True))
    return Table(id="must-dos", caption=f"National must-dos of {results.round.title}", columns=columns, rows=rows)


def _outcomes(results: PlanResults) -> Table:
    rows = tuple(
        Row(
            (
                plain(row.outcome),
                plain(row.title),
                plain(row.strategy),
                _serving(results.plan.projects, row.outcome, served=_outcomes_of),
                source_cell(row),
            )
        )
        for row in results.plan.outcomes
    )
    columns = (
        Column("Outcome"),
        Column("What it is", wide=True),
        Column("Strategy"),
        Column("Projects that serve it", wide=True),
        Column("Source"),
    )
    return Table(id="outcomes", caption="Outcomes of strategies", columns=columns, rows=rows)


def _must_dos_of(project: Project) -> tuple[str, ...]:
    return project.must_dos or ()


def _outcomes_of(project: Project) -> tuple[str, ...]:
    return project.outcomes or ()


def _serving(projects: Iterable[Project], wanted: str, *, served: Served) -> Cell:
    titles = [project.title for project in projects if wanted in served(project)]
    return plain("; ".join(titles)) if titles else plain("no project", Tone.BAD)


def _matrix(results: PlanResults) -> Table | None:
    """Projects down, must-dos and outcomes across; only those that some project serves."""
    projects = results.plan.projects
    must_dos = [
        (must_do.id, f"Must-do {must_do.number}")
        for must_do in results.round.must_dos
        if _any(projects, must_do.id, served=_must_dos_of)
    ]
    outcomes = [
        (row.outcome, row.outcome) for row in results.plan.outcomes if _any(projects, row.outcome, served=_outcomes_of)
    ]
    if not must_dos and not outcomes:
        return None
    rows = tuple(
        Row(
            (
                plain(project.title),
                *(_mark(wanted in _must_dos_of(project)) for wanted, _ in must_dos),
                *(_mark(wanted in _outcomes_of(project)) for wanted, _ in outcomes),
            )
        )
        for project in projects
    )
    return Table(
        id="traceability-matrix",
        caption="Projects against must-dos and outcomes",
        columns=(Column("Project", wide=True), *(Column(heading) for _, heading in (*must_dos, *outcomes))),
        rows=rows,
    )


def _any(projects: Iterable[Project], wanted: str, *, served: Served) -> bool:
    return any(wanted in served(project) for project in projects)


def _mark(serves: bool) -> Cell:  # noqa: FBT001 - a cell of yes and no
    return Cell((Text("yes"),), Tone.GOOD) if serves else Cell((Text("–"),), Tone.QUIET)


def _projects(projects: Iterable[Project]) -> Table:
    fields: tuple[Field[Project], ...] = (
        Field("Project", lambda row: plain(row.title), wide=True),
        Field("Owner", lambda row: plain(row.owner) if row.owner else plain("not named", Tone.NEAR)),
        Field("Source", source_cell),
    )
    return tabulate("projects", "Projects", rows=projects, fields=fields)
