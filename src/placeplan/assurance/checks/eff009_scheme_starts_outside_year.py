"""EFF009: a scheme starts in another year than the one it is entered for."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """Each scheme that starts after its year (an error), or before it (a note: it may go on from then)."""
    for scheme in case.plan.schemes:
        if scheme.starts is None or scheme.starts.financial_year == scheme.year:
            continue
        after = scheme.starts.financial_year > scheme.year
        yield CHECK.finding(
            subject=f"{scheme.scheme} {scheme.year}",
            location=scheme.place.at("starts"),
            facts={
                "title": scheme.title,
                "year": scheme.year,
                "starts": scheme.starts,
                "where": "after the end of" if after else "before",
            },
            severity=Severity.ERROR if after else Severity.NOTE,
        )


CHECK = Check(
    code="EFF009",
    title="A scheme starts outside the year that it saves in",
    message="{title}, {year}: the scheme starts in {starts}, {where} its year",
    severity=Severity.ERROR,
    why="A scheme cannot save before it starts; and one that started the year before may have been counted then.",
    mend="Correct the month or the year; enter a scheme that goes on without a month.",
    references=("NHS England, CCG financial planning template 2014/15: phasing of QIPP",),
    find=find,
)
