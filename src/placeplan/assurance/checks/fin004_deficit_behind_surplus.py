"""FIN004: the in-year and the cumulative position point different ways."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, place_of_position, service_years, value_of
from placeplan.finance.measures import Measure
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each service and year in deficit in the year and in surplus over all (a warning), or the reverse (a note)."""
    for at in service_years(case.plan):
        in_year = known_figure(case, at.id(Measure.IN_YEAR))
        cumulative = known_figure(case, at.id(Measure.CUMULATIVE))
        if in_year is None or cumulative is None or value_of(in_year) * value_of(cumulative) >= 0:
            continue
        hidden = value_of(in_year) < 0
        yield CHECK.finding(
            subject=in_year.id,
            location=place_of_position(case, at),
            facts={
                "at": at.words,
                "in_year": worded(in_year.value, in_year.unit),
                "cumulative": worded(cumulative.value, cumulative.unit),
                "way": "an in-year deficit stands behind a cumulative surplus"
                if hidden
                else "an in-year surplus stands behind a cumulative deficit",
            },
            severity=Severity.WARNING if hidden else Severity.NOTE,
            figures=(in_year.id, cumulative.id),
        )


CHECK = Check(
    code="FIN004",
    title="An in-year deficit stands behind a cumulative surplus, or the reverse",
    message="{at}: {way} ({in_year} in the year, {cumulative} with the balance brought forward)",
    severity=Severity.WARNING,
    why=(
        "A balance from earlier years can be spent once. The next plan starts from the in-year position, not from the"
        " headline."
    ),
    mend="Show both positions, and say how the in-year deficit ends before the balance does.",
    references=(
        "NHS England (Kent and Medway) operational plan 2014-16, para 160: the headline surplus is cumulative",
    ),
    find=find,
)
