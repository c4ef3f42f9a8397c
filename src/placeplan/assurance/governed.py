"""Groups and lines of reporting as the checks ask about them: on the day of the check, with the usual notice."""

from datetime import date

from placeplan.assurance.findings import Case
from placeplan.registers.governance import Governance, governance_at

NOTICE = "group-ends-soon"


def governance_of(case: Case, day: date | None = None) -> Governance:
    """The groups and lines of a plan on a day; without one, on that of the check."""
    notice = int(case.definitions.level(NOTICE).value)
    return governance_at(case.plan.groups, case.plan.reporting_lines, day=day or case.as_at, notice_days=notice)
