"""POP001: a printed change of a population contradicts the numbers beside it."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.indicators.naming import observed_id
from placeplan.kernel.printed import Verdict
from placeplan.population.printed_figures import printed_checks


def find(case: Case) -> Iterator[Finding]:
    """Each printed change that its levels, or another change from the same year, do not allow within rounding."""
    for check in printed_checks(case.plan.observations):
        if check.verdict is Verdict.FAILS:
            row = check.row
            yield CHECK.finding(
                subject=observed_id(row.indicator, row.area, period=row.period),
                location=row.place.at("value"),
                facts={"title": row.title or row.indicator, "words": check.words.rstrip(".")},
            )


CHECK = Check(
    code="POP001",
    title="A printed change of a population contradicts the numbers beside it",
    message="{title}: {words}",
    severity=Severity.ERROR,
    why=(
        "Growth of a population drives demand, beds and money. A change that its own levels do not give, or that rests "
        "on other people than a second change from the same year, is wrong in one of its numbers."
    ),
    mend="Correct the number that is wrong, or print the population that the change was counted from.",
    references=("Placeplan's design: stated and derived are different things",),
    find=find,
)
