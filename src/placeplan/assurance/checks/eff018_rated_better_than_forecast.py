"""EFF018: the owner rates a scheme better than its forecast."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.phrasing import percent
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.finance.delivery import DeliveryMeasure, deliveries_of, delivery_scheme_id, rated
from placeplan.plan.savings_tables import Rating

_WORST_FIRST = (Rating.RED, Rating.AMBER, Rating.GREEN)


def find(case: Case) -> Iterator[Finding]:
    """Each scheme whose latest rating is better than the one that its forecast gets, at the row that rates it."""
    green, amber = case.definitions.level("forecast-green"), case.definitions.level("forecast-amber")
    for each in deliveries_of(case.plan):
        share = known_figure(case, delivery_scheme_id(each.scheme, DeliveryMeasure.FORECAST_SHARE))
        told = [row for row in each.rows.values() if row.rating is not None]
        if share is None or not told or told[-1].rating is None:
            continue
        due = rated(value_of(share), green=green.value, amber=amber.value)
        if _WORST_FIRST.index(told[-1].rating) > _WORST_FIRST.index(due):
            yield CHECK.finding(
                subject=f"{each.scheme.scheme} {each.scheme.service} {told[-1].month}",
                location=told[-1].place.at("rating"),
                facts={
                    "title": each.scheme.title,
                    "month": told[-1].month,
                    "told": told[-1].rating,
                    "share": percent(value_of(share)),
                    "due": due,
                },
                figures=(share.id,),
                leans_on=unconfirmed([green, amber]),
            )


CHECK = Check(
    code="EFF018",
    title="A scheme is rated better than its forecast",
    message="{title}: rated {told} in {month}; its forecast is {share} of the plan, which is {due}",
    severity=Severity.NOTE,
    why="A rating that the numbers do not bear out hides a shortfall from those who read ratings alone.",
    mend="Give the forecast that the rating rests on, or change the rating and say why in the note.",
    references=("Placeplan's own levels; no national rule was found",),
    find=find,
)
