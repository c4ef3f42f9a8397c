"""ACT004: interventions together claim more of the same activity than there is."""

from collections.abc import Iterator
from decimal import Decimal

from placeplan.assurance.findings import Case, Check, Finding, Related, Severity
from placeplan.assurance.phrasing import listed, percent
from placeplan.assurance.reading_care import FULL, Claim, claims
from placeplan.plan.cells import PER_CENT


def find(case: Case) -> Iterator[Finding]:
    """Each point and segment whose claims add up to more than all of it, in the first year in which they do."""
    cells: dict[tuple[str, str, str], dict[object, list[Claim]]] = {}
    for claim in claims(case.plan):
        cell = claim.effect.point, claim.effect.kind, claim.segment
        cells.setdefault(cell, {}).setdefault(claim.year, []).append(claim)
    for (point, _, segment), years in cells.items():
        for year, found in years.items():
            total = sum((claim.share for claim in found), Decimal(0))
            if total > FULL:
                yield _finding(found, name=f"{point}/{segment}", year=year, total=total)
                break


def _finding(found: list[Claim], *, name: str, year: object, total: Decimal) -> Finding:
    found = sorted(found, key=lambda claim: -claim.share)
    first, *others = found
    return CHECK.finding(
        subject=name,
        location=first.effect.place.at("share"),
        facts={
            "point": first.effect.point,
            "segment": first.segment,
            "year": year,
            "total": percent(total * PER_CENT),
            "interventions": listed([claim.effect.intervention for claim in found]),
        },
        related=tuple(
            Related(claim.effect.place.at("share"), f"claims {percent(claim.share * PER_CENT)} of it")
            for claim in others
        ),
    )


CHECK = Check(
    code="ACT004",
    title="Interventions together claim more of the same activity than there is",
    message="{point} of {segment} in {year}: {interventions} together claim {total} of it",
    severity=Severity.ERROR,
    why=(
        "Each business case counts its own saving from all of the activity. Added up, they avoid the same admission "
        "more than once; the model takes it out once, so that it saves less than the sum of the cases."
    ),
    mend="Divide the people between the interventions, or claim less for each.",
    references=("West Kent local care plan, 2017, section 14.1: benefits may be counted twice",),
    find=find,
)
