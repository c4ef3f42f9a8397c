"""The trajectories of a plan beside its observations, as the checks of delivery look at them."""

from decimal import Decimal

from placeplan.assurance.findings import Case
from placeplan.indicators.in_plans.plan_deliveries import PlanDelivery, deliveries_of_plan
from placeplan.indicators.in_plans.plan_readings import Reading
from placeplan.kernel.errors import Location
from placeplan.kernel.wording import worded


def plan_deliveries(case: Case) -> tuple[PlanDelivery, ...]:
    """Every trajectory with the observations of its indicator and area, and the standard of the round."""
    return deliveries_of_plan(case.plan, case.measures, standards=case.round.standards)


def measured(value: float | None, unit: str) -> str:
    """A number of a delivery in words."""
    return worded(None if value is None else Decimal(str(value)), unit)


def latest_value(found: PlanDelivery) -> str:
    """The latest value with its unit and its period; an empty text where there is none."""
    latest = found.delivery.latest
    return f"{measured(latest.value, found.delivery.unit)} in {latest.period}" if latest else ""


def place_of(reading: Reading) -> Location:
    """The cell that an observed value comes from."""
    return reading.row.place.at("value" if reading.row.value is not None else "numerator")
