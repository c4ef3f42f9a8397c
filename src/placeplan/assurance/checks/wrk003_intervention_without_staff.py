"""WRK003: an intervention that saves money has nobody to carry it out."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.missing_values import missing_values


def find(case: Case) -> Iterator[Finding]:
    """Interventions for which no row of staff stands."""
    rows = case.plan.care_interventions
    staffed = {row.intervention for row in case.plan.care_staff}
    lacking = [row for row in rows if row.intervention not in staffed]
    yield from missing_values(
        CHECK,
        rows,
        lacking=lacking,
        column="intervention",
        name_of=lambda row: row.intervention,
        noun="intervention",
    )


CHECK = Check(
    code="WRK003",
    title="An intervention that saves money has nobody to carry it out",
    message="{what} staff; its saving is counted and its work is not",
    severity=Severity.WARNING,
    why="An intervention is people who do something. Savings without the work behind them are not a plan.",
    mend="Add rows to care/staff.csv: role, contacts a year with each person reached, minutes.",
    references=("West Kent local care plan, 2017, section 14.1: staff for a team that serves 30,000 to 50,000 people",),
    find=find,
)
