"""PER003: the plan says that it misses a standard."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.levels_asked import levels, name_of, standards_by_id
from placeplan.plan.tables import Position


def find(case: Case) -> Iterator[Finding]:
    """Each trajectory whose position is that it misses the standard, with its exception text."""
    standards = standards_by_id(case)
    for row in case.plan.trajectories:
        if row.position is not Position.MISSES_STANDARD:
            continue
        standard = standards.get(row.indicator)
        asked = list(levels(standard, case.plan.header.years[-1])) if standard else []
        words = "; ".join(level.words for level in asked)
        yield CHECK.finding(
            subject=name_of(row),
            location=row.place.at("position"),
            facts={
                "title": row.title,
                "indicator": name_of(row),
                "levels": f" ({words})" if words else "",
                "exception": row.exception or "no exception text",
            },
            leans_on=unconfirmed(level.origin for level in asked),
        )


CHECK = Check(
    code="PER003",
    title="The plan says that it misses a standard",
    message="{title} ({indicator}): the plan says that it misses the standard{levels}: {exception}",
    severity=Severity.WARNING,
    why=(
        "What a plan says of itself is the first thing that its assurers have to agree to, with the reason that it "
        "gives."
    ),
    mend="Plan for the standard, or have the exception accepted by a named person and waive the finding until a day.",
    references=("NHS England (Kent and Medway) operational plan 2014-16, public health indicators, EF26",),
    find=find,
)
