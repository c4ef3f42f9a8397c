"""REC003: a stated value names a figure that does not exist."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import nearest


def find(case: Case) -> Iterator[Finding]:
    """Each stated value whose figure is not computed."""
    for row in case.plan.stated:
        if row.figure not in case.figures:
            yield CHECK.finding(
                subject=row.figure,
                location=row.place.at("figure"),
                facts={"figure": row.figure, "value": row.value, "source": row.source},
                suggestion=nearest(row.figure, case.figures),
            )


CHECK = Check(
    code="REC003",
    title="A stated value names a figure that does not exist",
    message="{source} states {value} for {figure}, which is no figure of this plan",
    severity=Severity.ERROR,
    why="The value looks reconciled and is compared with nothing.",
    mend="Correct the identifier, or add the lines that the figure is derived from.",
    references=("Placeplan's design: stated and derived are different things",),
    find=find,
)
