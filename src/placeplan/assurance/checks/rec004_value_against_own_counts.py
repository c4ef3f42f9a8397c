"""REC004: a printed value contradicts its own numerator and denominator."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.indicators.in_plans.observing import reconciled_observations
from placeplan.indicators.naming import observed_id
from placeplan.kernel.printed import Verdict
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each observation whose value is not numerator over denominator, within rounding."""
    for each in reconciled_observations(case.plan.observations):
        if each.verdict is Verdict.FAILS:
            row = each.row
            yield CHECK.finding(
                subject=observed_id(row.indicator, row.area, period=row.period),
                location=row.place.at("value"),
                facts={
                    "title": row.title or row.indicator,
                    "area": row.area,
                    "value": each.printed,
                    "numerator": row.numerator,
                    "denominator": row.denominator,
                    "derived": worded(each.derived, each.unit),
                },
            )


CHECK = Check(
    code="REC004",
    title="A printed value contradicts its own numerator and denominator",
    message="{title}, {area}: {value} is printed, but {numerator} of {denominator} is {derived}",
    severity=Severity.ERROR,
    why="One of the three numbers is wrong, or they do not belong together.",
    mend="Correct the one that is wrong, or take the counts out if they are of something else.",
    references=("Placeplan's design: stated and derived are different things",),
    find=find,
)
