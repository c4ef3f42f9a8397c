"""CLM001: money that is claimed and not transacted is counted in the allocation."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Related, Severity
from placeplan.plan.cells import Amount
from placeplan.plan.funding_tables import AllocationClaim, ClaimState
from placeplan.plan.tables import AllocationKind, AllocationLine


def find(case: Case) -> Iterator[Finding]:
    """Each claim that names its line too early, and each adjustment that is called like a claim or holds its amounts.

    That the amounts are the same may be chance, so it is a warning.
    """
    early = [claim for claim in case.plan.claims if claim.state is not ClaimState.TRANSACTED]
    transacted = {(claim.service, claim.allocation) for claim in case.plan.claims if claim not in early}
    adjustments = [
        line
        for line in case.plan.allocations
        if line.kind is AllocationKind.ADJUSTMENT and (line.service, line.line) not in transacted
    ]
    for claim in early:
        if claim.allocation:
            what = f"it names the line {claim.allocation!r} of the allocation"
            yield CHECK.finding(
                subject=claim.claim, location=claim.place.at("allocation"), facts=_facts(claim, what), suggestion=EMPTY
            )
        for line in adjustments:
            if line.service == claim.service and line.line != claim.allocation:
                yield from _counted(claim, line)


EMPTY = "Leave the column allocation empty until the money is there."


def _counted(claim: AllocationClaim, line: AllocationLine) -> Iterator[Finding]:
    called, same = _is_called_like(claim, line), _holds_its_amounts(claim, line)
    if not called and not same:
        return
    how = "is called like it" if called else "holds the same amounts"
    yield CHECK.finding(
        subject=f"{claim.claim} {line.line}",
        location=line.place.at("line"),
        facts=_facts(claim, f"the line {line.line!r} of the allocation {how}"),
        severity=Severity.ERROR if called else Severity.WARNING,
        related=(Related(claim.place.at("state"), f"says that the claim is {claim.state}"),),
    )


def _facts(claim: AllocationClaim, what: str) -> dict[str, str]:
    return {"title": claim.title, "state": claim.state, "what": what}


def _is_called_like(claim: AllocationClaim, line: AllocationLine) -> bool:
    called = _words(line.line)
    return any(f" {_words(name)} " in f" {called} " for name in (claim.claim, claim.title))


def _words(name: str) -> str:
    return " ".join(name.replace("-", " ").casefold().split())


def _holds_its_amounts(claim: AllocationClaim, line: AllocationLine) -> bool:
    claimed = {year: cell.number.value for year, cell in claim.amounts.items() if isinstance(cell, Amount)}
    held = {year: cell.number.value for year, cell in line.amounts.items() if isinstance(cell, Amount)}
    return any(claimed.values()) and all(held.get(year) == value for year, value in claimed.items())


CHECK = Check(
    code="CLM001",
    title="Money that is claimed and not transacted is counted in the allocation",
    message="{title}: the claim is {state}, and {what}",
    severity=Severity.ERROR,
    why=(
        "An allocation that is hoped for makes a plan look as if it balances. What is raised or agreed may still not "
        "come, and what was refused does not."
    ),
    mend="Take the line out of finance/allocations.csv, or set the claim to transacted once the money was given.",
    references=("NHS England (Kent and Medway) operational plan 2014-16, para 162: no allocation transfer is assumed",),
    find=find,
)
