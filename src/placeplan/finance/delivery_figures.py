"""The figures of delivery: each scheme as at the last month reported, then services, all of them, and programmes.

Two forecasts are made. In a straight line every month that is left saves as much as the months reported since the start
did on average. The owner's is what was delivered by the month of the latest forecast, and what the owner expects
after it. The owner's is taken where there is one, else the straight line; a scheme that is to start after the last
month reported is taken as planned.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from placeplan.finance.amounts import Counted
from placeplan.finance.bridge import combined
from placeplan.finance.delivery import (
    DELIVERY_WORDS,
    Delivery,
    DeliveryMeasure,
    delivered_month_id,
    deliveries_of,
    delivery_programme_start,
    delivery_scheme_id,
    delivery_scheme_start,
    delivery_start,
    months_behind,
    planned_month_id,
    programme_names,
)
from placeplan.finance.efficiency import full_year_saving, month_tolerance
from placeplan.finance.ledger import Draft, Ledger
from placeplan.finance.measures import ALL_SERVICES
from placeplan.finance.quotients import quotient_tolerance
from placeplan.kernel.figures import ZERO, CellReference, Figure, Input
from placeplan.kernel.periods import MONTHS_IN_YEAR, FinancialYear
from placeplan.kernel.printed import PrintedNumber
from placeplan.kernel.wording import PER_CENT as PER_CENT_UNIT
from placeplan.plan.cells import PER_CENT
from placeplan.plan.model import Plan

MONTHS_UNIT = "months"
_AT_RATE = "average of the months reported since the first saving, times twelve, recurrent part"
_STRAIGHT = "months reported since the start, times the months that it runs over the months reported"
SUMMED = (
    DeliveryMeasure.PLANNED,
    DeliveryMeasure.PLANNED_TO_DATE,
    DeliveryMeasure.DELIVERED,
    DeliveryMeasure.INVESTED,
    DeliveryMeasure.NET_DELIVERED,
    DeliveryMeasure.FORECAST,
    DeliveryMeasure.FULL_YEAR_PLANNED,
    DeliveryMeasure.FULL_YEAR_AT_RATE,
)
TO_DATE = (
    DeliveryMeasure.PLANNED_TO_DATE,
    DeliveryMeasure.DELIVERED,
    DeliveryMeasure.VARIANCE,
    DeliveryMeasure.DELIVERED_SHARE,
    DeliveryMeasure.MONTHS_BEHIND,
    DeliveryMeasure.INVESTED,
    DeliveryMeasure.NET_DELIVERED,
)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What figures are added of: a scheme, or several together.

    Attributes:
        start: what the identifiers of the figures begin with.
        label: what it is called.
        year: the year.
        profile: gross saving planned in each month, April first.
        last: number of the last month that is reported.
    """

    start: str
    label: str
    year: FinancialYear
    profile: tuple[Decimal, ...]
    last: int

    def draft(self, measure: DeliveryMeasure, formula: str, *, counts: Counted, unit: str) -> Draft:
        """A figure of it that is about to be added."""
        as_at = f" as at {self.year.months[self.last - 1]}" if measure in TO_DATE else ""
        return Draft(
            id=self.start + measure,
            label=f"{self.label}, {DELIVERY_WORDS[measure]}, {self.year}{as_at}",
            unit=unit,
            formula=formula,
            inputs=counts.inputs,
            tolerance=counts.tolerance,
            missing=counts.missing,
        )


def add_delivery(plan: Plan, ledger: Ledger) -> None:
    """Add the figures of every year of which a saving is reported; of no other."""
    found = deliveries_of(plan)
    for each in found:
        _add_scheme(each, ledger)
    for year in sorted({each.scheme.year for each in found}):
        of_year = tuple(each for each in found if each.scheme.year == year)
        for start, label, schemes in _groups(plan, year, schemes=of_year):
            _add_group(_subject(start, label, schemes=schemes), schemes=schemes, ledger=ledger)
        for service in (*dict.fromkeys(each.scheme.service for each in of_year), ALL_SERVICES):
            own = [each for each in of_year if service in {each.scheme.service, ALL_SERVICES}]
            label = "All services" if service == ALL_SERVICES else plan.header.service(service).name
            _add_months(service, year, label=label, schemes=own, ledger=ledger)


def _groups(
    plan: Plan, year: FinancialYear, *, schemes: tuple[Delivery, ...]
) -> Iterator[tuple[str, str, tuple[Delivery, ...]]]:
    """The services, all of them, and the programmes: beginning of identifiers, name, and schemes."""
    for service in dict.fromkeys(each.scheme.service for each in schemes):
        own = tuple(each for each in schemes if each.scheme.service == service)
        yield delivery_start(service, year), plan.header.service(service).name, own
    yield delivery_start(ALL_SERVICES, year), "All services", schemes
    names = programme_names(plan.schemes)
    for name in dict.fromkeys(names[each.scheme.programme] for each in schemes if each.scheme.programme):
        own = tuple(each for each in schemes if names.get(each.scheme.programme or "") == name)
        yield delivery_programme_start(name, year), f"Programme {own[0].scheme.programme}", own


def _subject(start: str, label: str, *, schemes: Sequence[Delivery]) -> _Subject:
    profile = tuple(sum(months, ZERO) for months in zip(*(each.profile for each in schemes), strict=True))
    return _Subject(start, label, schemes[0].scheme.year, profile, schemes[0].last)


def _add_sum(subject: _Subject, ledger: Ledger, *, measure: DeliveryMeasure, formula: str, counts: Counted) -> Figure:
    return ledger.add_sum(subject.draft(measure, formula, counts=counts, unit=ledger.unit))


def _add_scheme(delivery: Delivery, ledger: Ledger) -> None:
    scheme = delivery.scheme
    subject = _subject(delivery_scheme_start(scheme), scheme.title, schemes=[delivery])
    add = partial(_add_sum, subject, ledger)
    _add_planned_months(delivery, ledger)
    gross = _cell(delivery, "gross", number=scheme.gross)
    add(measure=DeliveryMeasure.PLANNED, formula="gross saving of the scheme", counts=gross)
    add(
        measure=DeliveryMeasure.PLANNED_TO_DATE,
        formula="planned saving of the months up to the last one reported",
        counts=_planned_to_date(delivery, ledger),
    )
    delivered = add(
        measure=DeliveryMeasure.DELIVERED,
        formula="saving reported of the months up to the last one",
        counts=_delivered(delivery),
    )
    invested = _invested(delivery)
    if invested is not None:
        spent = add(
            measure=DeliveryMeasure.INVESTED,
            formula="investment reported of the months up to the last one",
            counts=invested,
        )
        net = combined([(delivered, 1), (spent, -1)], ledger)
    else:
        net = combined([(delivered, 1)], ledger)
    add(measure=DeliveryMeasure.NET_DELIVERED, formula="gross saving delivered less investment spent", counts=net)
    _add_forecast(delivery, subject, gross=gross, ledger=ledger)
    add(
        measure=DeliveryMeasure.FULL_YEAR_PLANNED,
        formula="saving in a full year, recurrent part",
        counts=_full_year_planned(delivery),
    )
    add(measure=DeliveryMeasure.FULL_YEAR_AT_RATE, formula=_AT_RATE, counts=_full_year_at_rate(delivery))
    _add_comparisons(subject, ledger)


def _cell(delivery: Delivery, heading: str, *, number: PrintedNumber) -> Counted:
    cell = CellReference(delivery.scheme.place, heading)
    return Counted(
        [Input(f"{delivery.scheme.title}, {heading}", number.value, cell, number.value)], number.tolerance, ()
    )


def _add_planned_months(delivery: Delivery, ledger: Ledger) -> None:
    scheme = delivery.scheme
    cell = CellReference(scheme.place, "gross")
    for number, (month, saving) in enumerate(zip(scheme.year.months, delivery.profile, strict=True), start=1):
        ledger.add_sum(
            Draft(
                id=planned_month_id(scheme, number),
                label=f"{scheme.title}, gross saving planned in {month}",
                unit=ledger.unit,
                formula="gross saving of the scheme by its phasing, or evenly from its first month",
                inputs=[Input(scheme.title, scheme.gross.value, cell, saving)],
                tolerance=month_tolerance(scheme, number, saving=saving),
            )
        )


def _planned_to_date(delivery: Delivery, ledger: Ledger) -> Counted:
    months = range(1, delivery.last + 1)
    return combined([(ledger[planned_month_id(delivery.scheme, number)], 1) for number in months], ledger)


def _reported(delivery: Delivery, numbers: Iterable[int]) -> Counted:
    """Months that are reported as inputs."""
    inputs, off = [], ZERO
    for number in numbers:
        row = delivery.rows[number]
        if row.gross is not None:
            words = f"{delivery.scheme.title}, {row.month}"
            inputs.append(Input(words, row.gross.value, CellReference(row.place, "gross"), row.gross.value))
            off += row.gross.tolerance
    return Counted(inputs, off, ())


def _on_average(delivery: Delivery, numbers: Sequence[int], *, times: Decimal) -> Counted:
    """The average of months that are reported, so many times: each adds its part, the last what division leaves."""
    counts = _reported(delivery, numbers)
    count = len(numbers)
    whole = sum((given.value for given in counts.inputs), ZERO) * times / count
    *others, last = [given._replace(share=given.value * times / count) for given in counts.inputs]
    rest = whole - sum((given.share or ZERO for given in others), ZERO)
    return Counted([*others, last._replace(share=rest)], counts.tolerance * times / count, ())


def _not_reported(delivery: Delivery, until: int) -> tuple[str, ...]:
    """Why a sum up to a month is not known: the months that nobody reported."""
    months = delivery.unreported(until)
    if not months:
        return ()
    listed = ", ".join(map(str, months))
    return (f"{delivery.scheme.title} ({listed} not reported; 0 where nothing was saved)",)


def _delivered(delivery: Delivery) -> Counted:
    counts = _reported(delivery, delivery.reported)
    return Counted(counts.inputs, counts.tolerance, _not_reported(delivery, delivery.last))


def _invested(delivery: Delivery) -> Counted | None:
    """Investment reported, where any is planned or reported."""
    spent = [(row, row.investment) for row in delivery.rows.values() if row.investment is not None]
    if not spent and delivery.scheme.investment is None:
        return None
    title = delivery.scheme.title
    inputs = [
        Input(f"{title}, investment in {row.month}", each.value, CellReference(row.place, "investment"), each.value)
        for row, each in spent
    ]
    blank = [str(row.month) for row in delivery.rows.values() if row.gross is not None and row.investment is None]
    missing = (f"investment of {title} ({', '.join(blank)} not reported; 0 where nothing was spent)",) if blank else ()
    off = sum((each.tolerance for _, each in spent), ZERO)
    return Counted(inputs, off, (*_not_reported(delivery, delivery.last), *missing))


def _add_forecast(delivery: Delivery, subject: _Subject, *, gross: Counted, ledger: Ledger) -> None:
    """The straight line and the owner's forecast, where there are such, and the one of them that is taken."""
    add = partial(_add_sum, subject, ledger)
    straight = owners = None
    if delivery.running_months:
        straight = add(measure=DeliveryMeasure.STRAIGHT_LINE, formula=_STRAIGHT, counts=_straight_line(delivery))
    counts = _owners_forecast(delivery)
    if counts is not None:
        words = "saving delivered by the month of the latest forecast, and what the owner expects after it"
        owners = add(measure=DeliveryMeasure.OWNERS_FORECAST, formula=words, counts=counts)
    if owners is not None and owners.value is not None:
        add(measure=DeliveryMeasure.FORECAST, formula="the owner's forecast", counts=combined([(owners, 1)], ledger))
    elif straight is not None:
        add(
            measure=DeliveryMeasure.FORECAST,
            formula="the straight line, for want of an owner's forecast",
            counts=combined([(straight, 1)], ledger),
        )
    elif not delivery.has_begun:
        add(
            measure=DeliveryMeasure.FORECAST,
            formula="as planned: it starts after the last month that is reported",
            counts=gross,
        )
    else:
        missing = _not_reported(delivery, delivery.last)
        add(
            measure=DeliveryMeasure.FORECAST,
            formula="no month is reported and no forecast given",
            counts=Counted((), ZERO, missing),
        )


def _straight_line(delivery: Delivery) -> Counted:
    runs = MONTHS_IN_YEAR - delivery.starts + 1
    return _on_average(delivery, delivery.running_months, times=Decimal(runs))


def _owners_forecast(delivery: Delivery) -> Counted | None:
    """What was delivered by the month of the latest forecast, and the forecast."""
    given = [(number, row, row.forecast) for number, row in delivery.rows.items() if row.forecast is not None]
    if not given:
        return None
    number, row, forecast = given[-1]
    before = _reported(delivery, (each for each in delivery.reported if each <= number))
    words = f"{delivery.scheme.title}, expected after {row.month}"
    rest = Input(words, forecast.value, CellReference(row.place, "forecast"), forecast.value)
    off = before.tolerance + forecast.tolerance
    return Counted([*before.inputs, rest], off, _not_reported(delivery, number))


def _recurrent(delivery: Delivery) -> PrintedNumber:
    return delivery.scheme.recurrent_share or PrintedNumber(PER_CENT, ZERO, "100%", percent=True)


def _full_year_planned(delivery: Delivery) -> Counted:
    scheme, share = delivery.scheme, _recurrent(delivery)
    saving = full_year_saving(scheme)
    number = scheme.full_year or scheme.gross
    cell = CellReference(scheme.place, "gross" if scheme.full_year is None else "full_year")
    off = number.tolerance * abs(saving / number.value) if number.value else number.tolerance
    tolerance = (abs(share.value) * off + abs(saving) * share.tolerance) / PER_CENT
    return Counted([Input(scheme.title, number.value, cell, saving * share.value / PER_CENT)], tolerance, ())


def _full_year_at_rate(delivery: Delivery) -> Counted:
    months, share = delivery.saving_months, _recurrent(delivery)
    if not months:
        return Counted((), ZERO, _not_reported(delivery, delivery.last))
    counts = _on_average(delivery, months, times=MONTHS_IN_YEAR * share.value / PER_CENT)
    whole = sum((delivery.saved(number) for number in months), ZERO) * MONTHS_IN_YEAR / len(months)
    return Counted(counts.inputs, counts.tolerance + abs(whole) * share.tolerance / PER_CENT, ())


def _add_group(subject: _Subject, *, schemes: Sequence[Delivery], ledger: Ledger) -> None:
    """Sums over schemes; of what was invested only where any of them invests."""
    for measure in SUMMED:
        figures = [ledger.get(delivery_scheme_id(each.scheme, measure)) for each in schemes]
        if any(figures):
            counts = combined([(figure, 1) for figure in figures], ledger)
            _add_sum(subject, ledger, measure=measure, formula="sum of the schemes", counts=counts)
    _add_comparisons(subject, ledger)


def _add_comparisons(subject: _Subject, ledger: Ledger) -> None:
    """Delivered and forecast against the plan: in money, per cent, and months."""
    planned, to_date, delivered, forecast = (
        ledger[subject.start + measure]
        for measure in (
            DeliveryMeasure.PLANNED,
            DeliveryMeasure.PLANNED_TO_DATE,
            DeliveryMeasure.DELIVERED,
            DeliveryMeasure.FORECAST,
        )
    )
    compared = (
        (DeliveryMeasure.VARIANCE, DeliveryMeasure.DELIVERED_SHARE, delivered, to_date),
        (DeliveryMeasure.FORECAST_VARIANCE, DeliveryMeasure.FORECAST_SHARE, forecast, planned),
    )
    for difference, share, above, below in compared:
        counts = combined([(above, 1), (below, -1)], ledger)
        _add_sum(subject, ledger, measure=difference, formula=DELIVERY_WORDS[difference], counts=counts)
        if above.value is not None and below.value:
            value, off = above.value / below.value * PER_CENT, quotient_tolerance(above, below) * PER_CENT
            _add_value(subject, share, worked=_Worked(value, off, PER_CENT_UNIT), of=(above, below), ledger=ledger)
    if delivered.value is not None and to_date.value:
        months = months_behind(subject.profile, delivered.value, last=subject.last)
        if months is not None:
            worked = _Worked(months, ZERO, MONTHS_UNIT)
            _add_value(subject, DeliveryMeasure.MONTHS_BEHIND, worked=worked, of=(delivered, to_date), ledger=ledger)


@dataclass(frozen=True, slots=True)
class _Worked:
    """A value that is no sum, how far it may be off, and its unit."""

    value: Decimal
    tolerance: Decimal
    unit: str


_FORMULAS = {
    DeliveryMeasure.DELIVERED_SHARE: "gross saving delivered over gross saving planned, to date",
    DeliveryMeasure.FORECAST_SHARE: "forecast outturn over gross saving planned for the year",
    DeliveryMeasure.MONTHS_BEHIND: "months since the plan, evenly within a month, had reached what is delivered now",
}


def _add_value(
    subject: _Subject, measure: DeliveryMeasure, *, worked: _Worked, of: tuple[Figure, Figure], ledger: Ledger
) -> None:
    inputs = [ledger.input_from(figure)._replace(share=None) for figure in of]
    counts = Counted(inputs, worked.tolerance, ())
    draft = subject.draft(measure, _FORMULAS[measure], counts=counts, unit=worked.unit)
    ledger.add_value(replace(draft, value=worked.value))


def _add_months(service: str, year: FinancialYear, *, label: str, schemes: Sequence[Delivery], ledger: Ledger) -> None:
    """What was saved in each month up to the last one reported, over all schemes that owe it."""
    for number in range(1, schemes[0].last + 1):
        month = year.months[number - 1]
        counts = [_reported(each, [number]) for each in schemes if number in each.reported]
        missing = [
            f"{each.scheme.title} ({month} not reported)" for each in schemes if month in each.unreported(number)
        ]
        ledger.add_sum(
            Draft(
                id=delivered_month_id(service, year, number=number),
                label=f"{label}, gross saving delivered in {month}",
                unit=ledger.unit,
                formula="sum of the schemes' gross savings reported of the month",
                inputs=[given for each in counts for given in each.inputs],
                tolerance=sum((each.tolerance for each in counts), ZERO),
                missing=tuple(missing),
            )
        )
