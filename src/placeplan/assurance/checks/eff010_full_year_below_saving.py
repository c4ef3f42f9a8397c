"""EFF010: a scheme saves less in a full year than in its first."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each scheme whose full-year saving is below that of the year."""
    unit = str(case.plan.header.money)
    for scheme in case.plan.schemes:
        if scheme.full_year is not None and scheme.full_year.value < scheme.gross.value:
            yield CHECK.finding(
                subject=f"{scheme.scheme} {scheme.year}",
                location=scheme.place.at("full_year"),
                facts={
                    "title": scheme.title,
                    "year": scheme.year,
                    "full": worded(scheme.full_year.value, unit),
                    "gross": worded(scheme.gross.value, unit),
                },
            )


CHECK = Check(
    code="EFF010",
    title="A scheme saves less in a full year than in its first",
    message="{title}, {year}: {gross} is saved in the year, and only {full} in a full one",
    severity=Severity.WARNING,
    why="A full year holds at least as many months. Part of the saving is non-recurrent, or a number is wrong.",
    mend="Correct the full-year saving, or say in `recurrent_share` which part does not go on.",
    references=("NHS England, CCG financial planning template 2014/15: full-year effects",),
    find=find,
)
