"""ACT003: an effect has no range that evidence allows."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.missing_values import missing_values
from placeplan.plan.care_tables import CareEffect


def find(case: Case) -> Iterator[Finding]:
    """Effects without a least or a greatest share."""
    rows = case.plan.care_effects
    lacking = [row for row in rows if row.low is None or row.high is None]
    yield from missing_values(CHECK, rows, lacking=lacking, column="low", name_of=_named, noun="effect")


def _named(row: CareEffect) -> str:
    return "/".join(filter(None, (row.intervention, row.point, row.kind, row.segment)))


CHECK = Check(
    code="ACT003",
    title="An effect has no range that evidence allows",
    message="{what} range that evidence allows; it counts as certain in the probability of the claim",
    severity=Severity.WARNING,
    why=(
        "An effect without a range is taken as claimed in every run. It makes the claim look surer than anybody knows "
        "it to be."
    ),
    mend="Fill in low, likely and high, and name the evidence in the source; the library has ranges to start from.",
    references=("Placeplan's own rule",),
    find=find,
)
