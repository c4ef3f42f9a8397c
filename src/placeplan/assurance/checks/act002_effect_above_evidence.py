"""ACT002: an effect is claimed to be stronger than the greatest that evidence allows."""

from collections.abc import Iterator
from decimal import Decimal

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import many
from placeplan.assurance.reading_care import ZERO
from placeplan.plan.care_tables import CareEffect


def find(case: Case) -> Iterator[Finding]:
    """Each intervention with such effects, at the one that is furthest above."""
    above: dict[str, list[CareEffect]] = {}
    for row in case.plan.care_effects:
        if row.high is not None and row.share.value > row.high.value:
            above.setdefault(row.intervention, []).append(row)
    for intervention, rows in above.items():
        worst = max(rows, key=_excess)
        every = [row for row in case.plan.care_effects if row.intervention == intervention]
        where = f"{worst.point}, {worst.segment}" if worst.segment else worst.point
        yield CHECK.finding(
            subject=intervention,
            location=worst.place.at("share"),
            facts={
                "intervention": intervention,
                "count": f"{len(rows)} of {many(len(every), 'effect')}",
                "where": where,
                "share": worst.share,
                "high": worst.high,
            },
        )


def _excess(row: CareEffect) -> Decimal:
    """How far a claim is above what evidence allows."""
    return row.share.value - row.high.value if row.high is not None else ZERO


CHECK = Check(
    code="ACT002",
    title="An effect is claimed to be stronger than the greatest that evidence allows",
    message=(
        "{intervention}: {count} claimed above what evidence allows; furthest on {where}: {share} is claimed, and at "
        "most {high} has been seen"
    ),
    severity=Severity.WARNING,
    why="A claim beyond the best result that was ever published needs a reason why it would be better here.",
    mend="Claim at most the greatest share, or widen the range and name the evidence for it in the source.",
    references=("The ranges stand in care/effects.csv; those of Placeplan's library name their publications",),
    find=find,
)
