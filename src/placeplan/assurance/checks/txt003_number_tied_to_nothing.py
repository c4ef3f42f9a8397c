"""TXT003: an amount of money or a percentage in the text is tied to no figure."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import listed
from placeplan.kernel.errors import Location
from placeplan.plan.narrative_references import LooseNumber, loose_numbers


def find(case: Case) -> Iterator[Finding]:
    """Each line of the text with such numbers."""
    for narrative in case.plan.narrative:
        by_line: dict[int, list[LooseNumber]] = {}
        for each in loose_numbers(narrative.text):
            by_line.setdefault(each.line, []).append(each)
        for line, found in by_line.items():
            yield CHECK.finding(
                subject=f"{narrative.file} {found[0].text}",
                location=Location(narrative.file, line, "", found[0].column),
                facts={"numbers": listed([each.text for each in found])},
            )


CHECK = Check(
    code="TXT003",
    title="A number in the text is tied to no figure",
    message="{numbers}: tied to no figure, so that nobody is told when it is no longer true",
    severity=Severity.NOTE,
    why="A number that was typed stays as it is when the plan changes.",
    mend="Tie it to a figure, as in [£2.4m](figure:finance.dental.2014-15.total), or let the text quote the figure.",
    references=("Placeplan's design: text whose figures are references cannot contradict a table",),
    find=find,
)
