"""CLM002: a claim that is transacted is not what the allocation holds."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Related, Severity
from placeplan.assurance.line_amounts import line_amount
from placeplan.assurance.phrasing import listed, nearest
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.finance.claims import claim_id
from placeplan.kernel.figures import ZERO
from placeplan.kernel.wording import worded
from placeplan.plan.funding_tables import AllocationClaim, ClaimState
from placeplan.plan.tables import AllocationKind, AllocationLine


def find(case: Case) -> Iterator[Finding]:
    """Each transacted claim without a line of its service that is new money, and each adjustment of another amount.

    A claim that came in with a newly notified allocation cannot be told from the rest of it, so no amount is compared.
    """
    lines = {(line.service, line.line): line for line in case.plan.allocations}
    held: dict[tuple[str, str], list[AllocationClaim]] = {}
    for claim in case.plan.claims:
        if claim.state is not ClaimState.TRANSACTED:
            continue
        key = claim.service, claim.allocation or ""
        what = _no_line(claim, lines.get(key))
        if what:
            names = [line.line for line in case.plan.allocations if line.service == claim.service]
            yield CHECK.finding(
                subject=claim.claim,
                location=claim.place.at("allocation"),
                facts={"title": claim.title, "what": what},
                suggestion=nearest(claim.allocation, names) if claim.allocation else "",
            )
        elif lines[key].kind is AllocationKind.ADJUSTMENT:
            held.setdefault(key, []).append(claim)
    for key, claims in held.items():
        yield from _differing(case, lines[key], claims=claims)


def _no_line(claim: AllocationClaim, line: AllocationLine | None) -> str:
    """What is wrong with the line that a claim names; empty when it is one that can hold the money."""
    if not claim.allocation:
        return "no line of the allocation is named that holds it"
    if line is None:
        return f"the allocation of its service has no line {claim.allocation!r}"
    if line.kind is AllocationKind.BROUGHT_FORWARD:
        return f"the line {line.line!r} is a balance brought forward, and no money that was given for a claim"
    return ""


def _differing(case: Case, line: AllocationLine, *, claims: list[AllocationClaim]) -> Iterator[Finding]:
    for year in case.plan.header.years:
        amount = line_amount(case, line, year=year)
        figures = [known_figure(case, claim_id(claim, year)) for claim in claims]
        if amount is None or None in figures:
            continue
        claimed = sum((value_of(figure) for figure in figures), ZERO)
        tolerance = amount.tolerance + sum((figure.tolerance for figure in figures if figure), ZERO)
        if abs(amount.value - claimed) > tolerance:
            unit = str(case.plan.header.money)
            what = f"{worded(claimed, unit)} is transacted in {year}, and the line {line.line!r} holds"
            yield CHECK.finding(
                subject=f"{line.service} {line.line} {year}",
                location=line.place.at(str(year)),
                facts={
                    "title": listed([claim.title for claim in claims]),
                    "what": f"{what} {worded(amount.value, unit)}",
                },
                severity=Severity.WARNING,
                related=tuple(Related(claim.place.at(str(year)), f"claims for {claim.title}") for claim in claims),
                figures=tuple(claim_id(claim, year) for claim in claims),
            )


CHECK = Check(
    code="CLM002",
    title="A claim that is transacted is not what the allocation holds",
    message="{title}: {what}",
    severity=Severity.ERROR,
    why="Money that was given must be seen in the allocation, at the amount that was given.",
    mend=(
        "Enter an adjustment in finance/allocations.csv with the amounts that were transacted, and name its line in "
        "the column allocation of the claim. A link to the figure of the claim keeps the two together."
    ),
    references=("Placeplan's design: one chain, no re-keying",),
    find=find,
)
