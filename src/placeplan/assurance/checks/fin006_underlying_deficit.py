"""FIN006: the underlying position is a deficit that the in-year position does not show."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, place_of_position, service_years, value_of
from placeplan.finance.measures import Measure
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each service and year with an underlying deficit that is deeper than the one in the year."""
    for at in service_years(case.plan):
        underlying = known_figure(case, at.id(Measure.UNDERLYING))
        if underlying is None or value_of(underlying) >= -underlying.tolerance:
            continue
        in_year = known_figure(case, at.id(Measure.IN_YEAR))
        if value_of(underlying) >= value_of(in_year):
            continue
        yield CHECK.finding(
            subject=underlying.id,
            location=place_of_position(case, at),
            facts={
                "at": at.words,
                "underlying": worded(underlying.value, underlying.unit),
                "in_year": worded(value_of(in_year), underlying.unit),
            },
            figures=(underlying.id,),
        )


CHECK = Check(
    code="FIN006",
    title="The underlying position is a deficit that the headline does not show",
    message="{at}: {underlying} underlying (recurrent only, with full-year effects), beside {in_year} in the year",
    severity=Severity.WARNING,
    why=(
        "One-off money and one-off savings hide what the next year starts from. The underlying position takes them out."
    ),
    mend="Replace one-off measures by recurrent ones, or show how the next year's plan closes the gap.",
    references=("NHS England, CCG financial planning template 2014/15: underlying position",),
    find=find,
)
