"""REC002: a stated value agrees with the derived one only within rounding."""

from collections.abc import Iterator
from decimal import Decimal

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.finance.ledger import Reconciliation
from placeplan.kernel.printed import Verdict
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each stated value that would be another if its parts were not rounded; one printed with fewer digits is left
    alone.
    """
    told: set[tuple[str, Decimal]] = set()
    for each in case.reconciliations:
        if each.verdict is not Verdict.WITHIN_ROUNDING or _is_rounded(each):
            continue
        if (each.figure, each.stated) not in told:
            told.add((each.figure, each.stated))
            yield CHECK.finding(
                subject=each.figure,
                location=each.row.place.at("value"),
                facts={
                    "label": each.label,
                    "stated": worded(each.stated, each.unit),
                    "derived": worded(each.derived, each.unit),
                    "gap": worded(each.gap, each.unit),
                },
                figures=(each.figure,),
            )


def _is_rounded(each: Reconciliation) -> bool:
    """Whether the stated value is the derived one, printed with as many digits as it has."""
    return abs(each.gap) <= each.row.value.tolerance


CHECK = Check(
    code="REC002",
    title="A stated value agrees with the derived one only within rounding",
    message="{label}: {stated} is stated, the lines give {derived}; {gap} is within their rounding",
    severity=Severity.NOTE,
    why="Sums of rounded numbers differ from a rounded sum without anybody being wrong. Readers who add up will ask.",
    mend="Nothing has to be done. A footnote that numbers are rounded answers the question.",
    references=("Placeplan's design: three verdicts: exact, within rounding, fails",),
    find=find,
)
