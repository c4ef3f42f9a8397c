"""EFF015: a scheme is forecast to save less than was planned."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.phrasing import percent
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.finance.delivery import DeliveryMeasure, deliveries_of, delivery_scheme_id, rated
from placeplan.kernel.wording import worded
from placeplan.plan.savings_tables import Rating


def find(case: Case) -> Iterator[Finding]:
    """Each scheme whose forecast is not green: an error where it is red."""
    green, amber = case.definitions.level("forecast-green"), case.definitions.level("forecast-amber")
    for each in deliveries_of(case.plan):
        share = known_figure(case, delivery_scheme_id(each.scheme, DeliveryMeasure.FORECAST_SHARE))
        if share is None:
            continue
        rating = rated(value_of(share), green=green.value, amber=amber.value)
        if rating is not Rating.GREEN:
            forecast = case.figures[delivery_scheme_id(each.scheme, DeliveryMeasure.FORECAST)]
            yield CHECK.finding(
                subject=share.id,
                location=each.scheme.place.at("gross"),
                facts={
                    "title": each.scheme.title,
                    "year": each.scheme.year,
                    "forecast": worded(forecast.value, forecast.unit),
                    "planned": worded(each.scheme.gross.value, forecast.unit),
                    "share": percent(value_of(share)),
                    "how": forecast.formula,
                    "rating": rating,
                },
                severity=Severity.ERROR if rating is Rating.RED else CHECK.severity,
                figures=(share.id,),
                leans_on=unconfirmed([green, amber]),
            )


CHECK = Check(
    code="EFF015",
    title="A scheme is forecast to save less than was planned",
    message="{title}, {year}: {forecast} is forecast ({how}), {share} of the {planned} planned: {rating}",
    severity=Severity.WARNING,
    why="What a scheme does not save in the year is spent, and the position of the plan is worse by as much.",
    mend="Agree what brings the scheme back to plan, or find the saving elsewhere and say where.",
    references=("Placeplan's own levels; no national rule was found",),
    find=find,
)
