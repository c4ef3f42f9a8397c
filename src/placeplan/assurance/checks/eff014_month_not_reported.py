"""EFF014: a month before the last one reported is missing."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import listed
from placeplan.finance.delivery import DeliveryMeasure, deliveries_of, delivery_scheme_id


def find(case: Case) -> Iterator[Finding]:
    """Each scheme that owes a month, at its last row, or at the scheme where it has none."""
    for each in deliveries_of(case.plan):
        months = each.unreported(each.last)
        if months:
            places = [row.place.at("month") for row in each.rows.values()]
            yield CHECK.finding(
                subject=f"{each.scheme.scheme} {each.scheme.service} {each.scheme.year}",
                location=places[-1] if places else each.scheme.place.at("scheme"),
                facts={
                    "title": each.scheme.title,
                    "months": listed([str(month) for month in months]),
                    "last": each.scheme.year.months[each.last - 1],
                },
                figures=(delivery_scheme_id(each.scheme, DeliveryMeasure.DELIVERED),),
            )


CHECK = Check(
    code="EFF014",
    title="A month of a scheme is not reported while a later one is",
    message="{title}: {months} not reported, while savings are reported up to {last}; what it delivered is not known",
    severity=Severity.WARNING,
    why="A month without a report is unknown, not zero, and so is every total that it belongs to.",
    mend="Report the month; enter 0 where nothing was saved.",
    references=("Placeplan's design: blank is unknown, never zero",),
    find=find,
)
