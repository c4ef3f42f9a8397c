"""PLN012: a cell links to a figure that does not exist."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import nearest
from placeplan.assurance.reading_plans import word_cells
from placeplan.kernel.errors import Location
from placeplan.plan.cells import Link
from placeplan.plan.model import Plan


def find(case: Case) -> Iterator[Finding]:
    """Each link, in a money table or a trajectory, whose figure is not computed."""
    for subject, location, link in _links(case.plan):
        if link.figure not in case.figures:
            yield CHECK.finding(
                subject=subject,
                location=location,
                facts={"link": link, "row": subject},
                suggestion=nearest(link.figure, case.figures),
            )


def _links(plan: Plan) -> Iterator[tuple[str, Location, Link]]:
    for each in word_cells(plan):
        if isinstance(each.cell, Link):
            yield f"{each.row.line} {each.year}", each.row.place.at(str(each.year)), each.cell
    for row in plan.trajectories:
        for year, cell in row.planned.items():
            if isinstance(cell, Link):
                yield f"{row.indicator} {year}", row.place.at(str(year)), cell


CHECK = Check(
    code="PLN012",
    title="A cell links to a figure that does not exist",
    message="{row}: {link} names no figure of this plan",
    severity=Severity.ERROR,
    why="The cell has no value, and everything that builds on it is unknown.",
    mend="Correct the identifier; `placeplan explain` lists the figures of a plan.",
    references=("Placeplan's design: a cell may be a link to a computed figure",),
    find=find,
)
