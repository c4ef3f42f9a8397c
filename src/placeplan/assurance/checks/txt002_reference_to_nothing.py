"""TXT002: the text refers to a figure that does not exist."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import nearest
from placeplan.kernel.errors import Location
from placeplan.plan.narrative_references import references


def find(case: Case) -> Iterator[Finding]:
    """Each reference whose figure is not computed."""
    for narrative in case.plan.narrative:
        for each in references(narrative.text):
            if each.figure not in case.figures:
                yield CHECK.finding(
                    subject=each.figure or "nothing",
                    location=Location(narrative.file, each.line, each.figure, each.column),
                    facts={"figure": each.figure or "nothing"},
                    suggestion=nearest(each.figure, case.figures) if each.figure else "",
                )


CHECK = Check(
    code="TXT002",
    title="The text refers to a figure that does not exist",
    message="the text refers to {figure}, which is no figure of this plan",
    severity=Severity.ERROR,
    why="The sentence has no number, or one that nothing stands behind.",
    mend="Correct the identifier; `placeplan explain` lists the figures of a plan.",
    references=("Placeplan's design: text whose figures are references cannot contradict a table",),
    find=find,
)
