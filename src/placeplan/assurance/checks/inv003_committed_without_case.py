"""INV003: money is committed and no business case for it is approved."""

from collections.abc import Iterator
from datetime import date

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.plan.cells import Amount
from placeplan.plan.funding_tables import BusinessCase, Investment


def find(case: Case) -> Iterator[Finding]:
    """Each investment whose money was committed by the day of the plan before its business case was approved.

    One that was approved later is a warning: the money was at risk in between.
    """
    for row in case.plan.investments:
        committed = committed_from(row)
        if row.business_case is BusinessCase.NOT_NEEDED or committed is None or committed > case.as_at:
            continue
        approved = row.business_case is BusinessCase.APPROVED
        if approved and (row.approved is None or row.approved <= committed):
            continue
        yield CHECK.finding(
            subject=row.investment,
            location=row.place.at("approved" if approved else "business_case"),
            facts={"title": row.title, "committed": committed, "status": _status(row)},
            severity=Severity.WARNING if approved else Severity.ERROR,
        )


def committed_from(row: Investment) -> date | None:
    """The day from which the money is committed: as said, else the first day of the first year with an amount."""
    if row.committed is not None:
        return row.committed
    years = (year for year, cell in row.amounts.items() if cell is not None and not _is_nothing(cell))
    first = next(years, None)
    return None if first is None else first.first_day


def _is_nothing(cell: object) -> bool:
    return isinstance(cell, Amount) and not cell.number.value


def _status(row: Investment) -> str:
    if row.business_case is BusinessCase.APPROVED:
        return f"approved only on {row.approved}"
    return row.business_case.replace("-", " ") if row.business_case else "not spoken of"


CHECK = Check(
    code="INV003",
    title="Money is committed and no business case for it is approved",
    message="{title}: the money is committed from {committed}, and its business case is {status}",
    severity=Severity.ERROR,
    why="Money that is promised before somebody has judged what it buys is hard to take back.",
    mend="Have the business case approved, enter the day, or move the day from which the money is committed.",
    references=("HM Treasury, Managing Public Money: approval comes before commitment",),
    find=find,
)
