"""REC001: a stated value differs from the derived one by more than rounding."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.kernel.printed import Verdict
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Every stated value that fails."""
    for each in case.reconciliations:
        if each.verdict is Verdict.FAILS:
            yield CHECK.finding(
                subject=each.figure,
                location=each.row.place.at("value"),
                facts={
                    "label": each.label,
                    "stated": worded(each.stated, each.unit),
                    "derived": worded(each.derived, each.unit),
                    "gap": worded(each.gap, each.unit),
                    "source": each.row.source,
                },
                figures=(each.figure,),
            )


CHECK = Check(
    code="REC001",
    title="A stated value differs from the derived one by more than rounding",
    message="{label}: {source} states {stated}, but the plan's lines give {derived}; the gap is {gap}",
    severity=Severity.ERROR,
    why="A total that does not follow from its lines means that one of them is wrong, and nobody can tell which from the total alone.",
    mend="Correct the line or the stated value; `placeplan explain` shows what the derived value is made of.",
    references=("Section 4 of the design: stated and derived are different things",),
    find=find,
)
