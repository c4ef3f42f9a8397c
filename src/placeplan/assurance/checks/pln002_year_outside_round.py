"""PLN002: a year of the plan lies outside its planning round."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import listed


def find(case: Case) -> Iterator[Finding]:
    """Each year that the round does not speak about."""
    for number, year in enumerate(case.plan.header.years):
        if year not in case.round.years:
            yield CHECK.finding(
                subject=str(year),
                location=case.plan.where("years", number),
                facts={"year": year, "round": case.round.id, "years": listed([str(each) for each in case.round.years])},
            )


CHECK = Check(
    code="PLN002",
    title="A year of the plan lies outside its planning round",
    message="{year} is not a year of the round {round}, which covers {years}; no rule of the round is tested for it",
    severity=Severity.WARNING,
    why=(
        "The rules of a round hold for its own years. A plan that reaches further looks checked in years that nothing"
        " was checked for."
    ),
    mend="Name the round that the plan was written for, or leave out the year.",
    references=("Planning guidance of each round names the years that its plans cover",),
    find=find,
)
