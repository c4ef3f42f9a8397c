"""Delivery of savings: what each efficiency scheme was planned to save by now, what it saved, and what it may come to.

The months of a year are numbered from April, 1 to 12. A year is seen as at the last month that any scheme reports: a
month up to it that a scheme owes and does not report is unknown, and so is what rests on it; a month after it is in the
future. A scheme owes the months from its first one, planned or with a saving, whichever comes sooner.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from placeplan.finance.efficiency import first_month, monthly_savings
from placeplan.finance.measures import ALL_SERVICES
from placeplan.kernel.figures import ZERO
from placeplan.kernel.periods import MONTHS_IN_YEAR, FinancialYear, Month
from placeplan.plan.model import Plan
from placeplan.plan.savings_tables import Rating, SavingDelivered
from placeplan.plan.tables import EfficiencyScheme


class DeliveryMeasure(StrEnum):
    """What is computed of a scheme, a programme or a service in a year of which months are reported."""

    PLANNED = "planned"
    PLANNED_TO_DATE = "planned-to-date"
    DELIVERED = "delivered"
    VARIANCE = "variance"
    DELIVERED_SHARE = "delivered-share"
    MONTHS_BEHIND = "months-behind"
    INVESTED = "invested"
    NET_DELIVERED = "net-delivered"
    STRAIGHT_LINE = "straight-line"
    OWNERS_FORECAST = "owners-forecast"
    FORECAST = "forecast"
    FORECAST_VARIANCE = "forecast-variance"
    FORECAST_SHARE = "forecast-share"
    FULL_YEAR_PLANNED = "full-year-planned"
    FULL_YEAR_AT_RATE = "full-year-at-rate"


DELIVERY_WORDS: Mapping[DeliveryMeasure, str] = {
    DeliveryMeasure.PLANNED: "gross saving planned for the year",
    DeliveryMeasure.PLANNED_TO_DATE: "gross saving planned to date",
    DeliveryMeasure.DELIVERED: "gross saving delivered to date",
    DeliveryMeasure.VARIANCE: "delivered less planned to date",
    DeliveryMeasure.DELIVERED_SHARE: "delivered as a share of what was planned to date",
    DeliveryMeasure.MONTHS_BEHIND: "months behind the plan",
    DeliveryMeasure.INVESTED: "investment spent to date",
    DeliveryMeasure.NET_DELIVERED: "net saving delivered to date",
    DeliveryMeasure.STRAIGHT_LINE: "outturn in a straight line",
    DeliveryMeasure.OWNERS_FORECAST: "outturn as its owner expects it",
    DeliveryMeasure.FORECAST: "forecast outturn",
    DeliveryMeasure.FORECAST_VARIANCE: "forecast outturn less the plan for the year",
    DeliveryMeasure.FORECAST_SHARE: "forecast outturn as a share of the plan",
    DeliveryMeasure.FULL_YEAR_PLANNED: "recurrent saving planned for a full year",
    DeliveryMeasure.FULL_YEAR_AT_RATE: "recurrent saving of a full year at the rate reached",
}


def delivery_start(service: str, year: FinancialYear) -> str:
    """What identifiers of figures of a service, or of ``all``, begin with; a measure follows."""
    return f"delivery.{service}.{year}."


def delivery_scheme_start(scheme: EfficiencyScheme) -> str:
    """What identifiers of figures of a scheme begin with: ``delivery.swale.2016-17.scheme.urgent-care.``."""
    return f"{delivery_start(scheme.service, scheme.year)}scheme.{scheme.scheme}."


def delivery_programme_start(programme: str, year: FinancialYear) -> str:
    """What identifiers of figures of a programme begin with; it is named as figures do (:func:`programme_names`)."""
    return f"{delivery_start(ALL_SERVICES, year)}programme.{programme}."


def delivery_scheme_id(scheme: EfficiencyScheme, measure: DeliveryMeasure) -> str:
    """Identifier of a figure of a scheme: ``delivery.swale.2016-17.scheme.urgent-care.delivered``."""
    return f"{delivery_scheme_start(scheme)}{measure}"


def delivered_month_id(service: str, year: FinancialYear, *, number: int) -> str:
    """Identifier of what was saved in a month of the year (1 is April): ``delivery.swale.2016-17.month.1``."""
    return f"{delivery_start(service, year)}month.{number}"


def planned_month_id(scheme: EfficiencyScheme, number: int) -> str:
    """Identifier of what a scheme was planned to save in a month."""
    return f"{delivery_scheme_start(scheme)}month.{number}"


def programme_names(schemes: Iterable[EfficiencyScheme]) -> Mapping[str, str]:
    """The name that figures have for each programme, by the programme as written; such as ``urgent-care``."""
    names: dict[str, str] = {}
    for scheme in schemes:
        if scheme.programme and scheme.programme not in names:
            letters = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in scheme.programme.lower())
            names[scheme.programme] = "-".join(letters.split()) or f"number-{len(names) + 1}"
    return names


@dataclass(frozen=True, slots=True)
class Delivery:
    """A scheme in its year, as at the last month that any scheme of the plan reports.

    Attributes:
        scheme: as planned.
        rows: what is reported of it, by the number of the month.
        last: number of the last month that any scheme reports.
    """

    scheme: EfficiencyScheme
    rows: Mapping[int, SavingDelivered]
    last: int

    @property
    def profile(self) -> tuple[Decimal, ...]:
        """Gross saving planned in each month, April first."""
        return monthly_savings(self.scheme)

    @property
    def reported(self) -> tuple[int, ...]:
        """Numbers of the months whose saving is reported."""
        return tuple(number for number, row in self.rows.items() if row.gross is not None)

    @property
    def saving_months(self) -> tuple[int, ...]:
        """Numbers of the months reported since the first one with a saving."""
        first = next((number for number in self.reported if self.saved(number)), MONTHS_IN_YEAR + 1)
        return tuple(number for number in self.reported if number >= first)

    @property
    def starts(self) -> int:
        """The first month that is owed: 13 where the scheme has not begun by the end of the year."""
        return min((first_month(self.scheme), *self.saving_months[:1]))

    @property
    def has_begun(self) -> bool:
        """Whether any month of it is owed by now."""
        return self.starts <= self.last

    @property
    def running_months(self) -> tuple[int, ...]:
        """Numbers of the months reported since it started."""
        return tuple(number for number in self.reported if number >= self.starts)

    def unreported(self, until: int) -> tuple[Month, ...]:
        """Months up to a number that are owed and not reported."""
        reported = self.reported
        owed = range(self.starts, min(until, self.last) + 1)
        return tuple(self.scheme.year.months[number - 1] for number in owed if number not in reported)

    def saved(self, number: int) -> Decimal:
        """Gross saving reported of a month; a month without a report is asked of nobody."""
        gross = self.rows[number].gross
        return ZERO if gross is None else gross.value


def deliveries_of(plan: Plan) -> tuple[Delivery, ...]:
    """Every scheme of every year of which a saving is reported, in the order of the schemes."""
    keys = {(scheme.scheme, scheme.service, scheme.year) for scheme in plan.schemes}
    rows: dict[tuple[str, str, FinancialYear], dict[int, SavingDelivered]] = {}
    last: dict[FinancialYear, int] = {}
    for row in sorted(plan.deliveries, key=lambda each: each.month):
        year, number = row.month.financial_year, row.month.number_in_financial_year
        if (key := (row.scheme, row.service, year)) in keys:
            rows.setdefault(key, {})[number] = row
            if row.gross is not None:
                last[year] = max(number, last.get(year, 0))
    return tuple(
        Delivery(scheme, rows.get((scheme.scheme, scheme.service, scheme.year), {}), last[scheme.year])
        for scheme in plan.schemes
        if scheme.year in last
    )


def months_behind(profile: Sequence[Decimal], delivered: Decimal, *, last: int) -> Decimal | None:
    """How many months ago the plan had reached what is delivered now; 0 where that is on or ahead of plan.

    The plan is taken to save evenly within a month. Nothing is said of a plan that takes savings back in some month.

    Args:
        profile: planned saving of each month, April first.
        delivered: saving made by the end of month ``last``.
        last: number of the last month that is reported.
    """
    if any(each < 0 for each in profile):
        return None
    reached, by_now = ZERO, sum(profile[:last], ZERO)
    for number, planned in enumerate(profile[:last]):
        if planned and delivered < by_now and delivered <= reached + planned:
            return last - number - max(delivered - reached, ZERO) / planned
        reached += planned
    return ZERO


def rated(share: Decimal, *, green: Decimal, amber: Decimal) -> Rating:
    """The rating of a forecast.

    Args:
        share: forecast outturn, per cent of the plan.
        green: from which share on it is green.
        amber: from which share on it is amber; below, it is red.
    """
    if share >= green:
        return Rating.GREEN
    return Rating.AMBER if share >= amber else Rating.RED
