"""PLN012: a cell links to a figure that does not exist."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import nearest
from placeplan.assurance.reading_plans import row_label, word_cells
from placeplan.kernel.errors import Place
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.cells import Link
from placeplan.plan.model import Plan


def find(case: Case) -> Iterator[Finding]:
    """Each link, in a money table or a trajectory, whose figure is not computed."""
    for row, year, place, link in _links(case.plan):
        if link.named(year, case.figures) not in case.figures:
            subject = f"{row} {year}"
            yield CHECK.finding(
                subject=subject,
                location=place.at(str(year)),
                facts={"link": link, "row": subject},
                suggestion=nearest(link.figure, case.figures),
            )


def _links(plan: Plan) -> Iterator[tuple[str, FinancialYear, Place, Link]]:
    for each in word_cells(plan):
        if isinstance(each.cell, Link):
            yield row_label(each.row), each.year, each.row.place, each.cell
    for row in plan.trajectories:
        for year, cell in row.planned.items():
            if isinstance(cell, Link):
                yield row.indicator, year, row.place, cell


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
