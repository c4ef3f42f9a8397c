"""Efficiency (QIPP) schemes: gross, investment, net, phasing, full-year effect, what is likely or identified.

A saving is a positive number. Net is gross less investment. Without a phasing of its own a scheme saves evenly from its
first month.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from placeplan.finance.ledger import Draft, Ledger
from placeplan.finance.measures import ALL_SERVICES
from placeplan.finance.quotients import quotient_tolerance
from placeplan.kernel.figures import ZERO, CellReference, Figure, Input
from placeplan.kernel.periods import MONTHS_IN_YEAR, FinancialYear
from placeplan.kernel.printed import PrintedNumber
from placeplan.kernel.wording import PER_CENT as PER_CENT_UNIT
from placeplan.plan.cells import PER_CENT
from placeplan.plan.model import Plan
from placeplan.plan.tables import EfficiencyScheme


class SchemeMeasure(StrEnum):
    """What is computed of the efficiency schemes of a service and year."""

    GROSS = "gross"
    INVESTMENT = "investment"
    NET = "net"
    RECURRENT = "recurrent"
    FULL_YEAR_EFFECT = "full-year-effect"
    RISK_ADJUSTED = "risk-adjusted"
    IDENTIFIED = "identified"
    UNIDENTIFIED = "unidentified"
    UNIDENTIFIED_SHARE = "unidentified-share"


SCHEME_WORDS: dict[SchemeMeasure, str] = {
    SchemeMeasure.GROSS: "gross saving of the efficiency schemes",
    SchemeMeasure.INVESTMENT: "investment that the efficiency schemes need",
    SchemeMeasure.NET: "net saving of the efficiency schemes",
    SchemeMeasure.RECURRENT: "recurrent part of the net saving",
    SchemeMeasure.FULL_YEAR_EFFECT: "further saving in a full year",
    SchemeMeasure.RISK_ADJUSTED: "net saving thought likely",
    SchemeMeasure.IDENTIFIED: "net saving of identified schemes",
    SchemeMeasure.UNIDENTIFIED: "net saving not yet identified",
    SchemeMeasure.UNIDENTIFIED_SHARE: "share of the net saving not yet identified",
}
_NOTHING = PrintedNumber(ZERO, ZERO, "")
_ALL = PrintedNumber(PER_CENT, ZERO, "100%", percent=True)
PLACES_OF_A_MONTH = 6


@dataclass(frozen=True, slots=True)
class Part:
    """What a scheme adds to a measure, how far that may be off, and in which words."""

    share: Decimal
    tolerance: Decimal
    words: str


def efficiency_id(service: str, year: FinancialYear, *, measure: SchemeMeasure) -> str:
    """Identifier of an efficiency figure: ``efficiency.swale.2016-17.net``."""
    return f"efficiency.{service}.{year}.{measure}"


def scheme_id(scheme: EfficiencyScheme, measure: SchemeMeasure) -> str:
    """Identifier of a figure of one scheme: ``efficiency.swale.2016-17.scheme.urgent-care.net``."""
    return f"efficiency.{scheme.service}.{scheme.year}.scheme.{scheme.scheme}.{measure}"


def month_id(service: str, year: FinancialYear, *, number: int) -> str:
    """Identifier of the gross saving in one month of the year (1 is April): ``efficiency.swale.2016-17.month.1``."""
    return f"efficiency.{service}.{year}.month.{number}"


def net_saving(scheme: EfficiencyScheme) -> Decimal:
    """Gross saving less the investment that it needs."""
    return scheme.gross.value - (scheme.investment or _NOTHING).value


def first_month(scheme: EfficiencyScheme) -> int:
    """Number of the first month of saving in the scheme's year.

    1 (April) when it started before the year; 13 when it starts after it. Where no month is given, the phasing tells.
    """
    if scheme.starts is None:
        shares = enumerate(scheme.phasing or (), start=1)
        return next((number for number, share in shares if share.value), 1)
    if scheme.starts.financial_year < scheme.year:
        return 1
    return scheme.starts.number_in_financial_year if scheme.starts.financial_year == scheme.year else MONTHS_IN_YEAR + 1


def monthly_savings(scheme: EfficiencyScheme) -> tuple[Decimal, ...]:
    """Gross saving in each month, April first: by the scheme's phasing, or evenly from its first month.

    The months add up to the gross saving when the phasing adds up to 100%; an even phasing always does (the last month
    takes what division leaves).
    """
    if scheme.phasing is not None:
        return tuple(scheme.gross.value * share.value / PER_CENT for share in scheme.phasing)
    start = first_month(scheme)
    months = MONTHS_IN_YEAR - start + 1
    if months <= 0:
        return (ZERO,) * MONTHS_IN_YEAR
    each = (scheme.gross.value / months).quantize(scheme.gross.resolution.scaleb(-PLACES_OF_A_MONTH))
    last = scheme.gross.value - each * (months - 1)
    return (ZERO,) * (start - 1) + (each,) * (months - 1) + (last,)


def _full_year_factor(scheme: EfficiencyScheme) -> Decimal:
    """How many times the saving of the year a full year saves beyond it, going by the months that it runs."""
    months = MONTHS_IN_YEAR - first_month(scheme) + 1
    return (MONTHS_IN_YEAR - months) / Decimal(months) if months > 0 else ZERO


def full_year_effect(scheme: EfficiencyScheme) -> Decimal:
    """What the recurrent part of the scheme saves in a full year beyond what it saves in this one.

    From the full-year value where it is given; otherwise from the number of months that the scheme runs in its year.
    """
    if scheme.full_year is not None:
        further = scheme.full_year.value - scheme.gross.value
    else:
        further = scheme.gross.value * _full_year_factor(scheme)
    return further * (scheme.recurrent_share or _ALL).value / PER_CENT


def full_year_saving(scheme: EfficiencyScheme) -> Decimal:
    """Gross saving in a full year, what does not go on included."""
    if scheme.full_year is not None:
        return scheme.full_year.value
    return scheme.gross.value * (1 + _full_year_factor(scheme))


def lasting_saving(scheme: EfficiencyScheme) -> Decimal:
    """What the scheme saves in a full year to come: the recurrent part of its net saving, and its growth."""
    return net_saving(scheme) * (scheme.recurrent_share or _ALL).value / PER_CENT + full_year_effect(scheme)


def _shared(scheme: EfficiencyScheme, share: PrintedNumber | None, *, words: str) -> Part:
    part = share or _ALL
    net = net_saving(scheme)
    tolerance = (abs(part.value) * _tolerance(scheme) + abs(net) * part.tolerance) / PER_CENT
    return Part(net * part.value / PER_CENT, tolerance, f"{scheme.title}: {part.value}% {words}")


def _further(scheme: EfficiencyScheme) -> Part:
    share, further = scheme.recurrent_share or _ALL, full_year_effect(scheme)
    if scheme.full_year is not None:
        gap, off = scheme.full_year.value - scheme.gross.value, scheme.full_year.tolerance + scheme.gross.tolerance
    else:
        gap, off = scheme.gross.value * _full_year_factor(scheme), scheme.gross.tolerance * _full_year_factor(scheme)
    return Part(further, (abs(share.value) * off + abs(gap) * share.tolerance) / PER_CENT, scheme.title)


def _printed(scheme: EfficiencyScheme, number: PrintedNumber) -> Part:
    return Part(number.value, number.tolerance, scheme.title)


_PARTS: dict[SchemeMeasure, tuple[str, Callable[[EfficiencyScheme], Part]]] = {
    SchemeMeasure.GROSS: ("sum of the schemes' gross savings", lambda scheme: _printed(scheme, scheme.gross)),
    SchemeMeasure.INVESTMENT: (
        "sum of the schemes' investments",
        lambda scheme: _printed(scheme, scheme.investment or _NOTHING),
    ),
    SchemeMeasure.RECURRENT: (
        "net saving times recurrent share",
        lambda scheme: _shared(scheme, scheme.recurrent_share, words="recurrent"),
    ),
    SchemeMeasure.RISK_ADJUSTED: (
        "net saving times confidence",
        lambda scheme: _shared(scheme, scheme.confidence, words="likely"),
    ),
    SchemeMeasure.FULL_YEAR_EFFECT: ("saving in a full year less saving in this one, recurrent part", _further),
}


def _cell(scheme: EfficiencyScheme, measure: SchemeMeasure) -> tuple[Decimal, CellReference]:
    """What stands in the cell that a measure starts from, and where."""
    if measure is SchemeMeasure.INVESTMENT and scheme.investment is not None:
        return scheme.investment.value, CellReference(scheme.place, "investment")
    return scheme.gross.value, CellReference(scheme.place, "gross")


def add_efficiency(plan: Plan, ledger: Ledger) -> None:
    """Add the figures of every service and year that has schemes, and of all services together."""
    unit = str(plan.header.money)
    names = {service.id: service.name for service in plan.header.services}
    for scheme in plan.schemes:
        _add_scheme(scheme, unit, ledger=ledger)
    groups = dict.fromkeys((scheme.service, scheme.year) for scheme in plan.schemes)
    for service, year in groups:
        schemes = [scheme for scheme in plan.schemes if (scheme.service, scheme.year) == (service, year)]
        _add_group(service, year, label=names[service], schemes=schemes, unit=unit, ledger=ledger)
    for year in sorted({scheme.year for scheme in plan.schemes}):
        schemes = [scheme for scheme in plan.schemes if scheme.year == year]
        _add_group(ALL_SERVICES, year, label="All services", schemes=schemes, unit=unit, ledger=ledger)


def _tolerance(scheme: EfficiencyScheme) -> Decimal:
    return scheme.gross.tolerance + (scheme.investment or _NOTHING).tolerance


def _net_inputs(scheme: EfficiencyScheme) -> list[Input]:
    inputs = [
        Input(f"{scheme.title}, gross", scheme.gross.value, CellReference(scheme.place, "gross"), scheme.gross.value)
    ]
    if scheme.investment is not None:
        value = scheme.investment.value
        inputs.append(Input(f"{scheme.title}, investment", value, CellReference(scheme.place, "investment"), -value))
    return inputs


def _add_scheme(scheme: EfficiencyScheme, unit: str, *, ledger: Ledger) -> None:
    ledger.add_sum(
        Draft(
            id=scheme_id(scheme, SchemeMeasure.NET),
            label=f"{scheme.title}, net saving, {scheme.year}",
            unit=unit,
            formula="gross saving less investment",
            inputs=_net_inputs(scheme),
            tolerance=_tolerance(scheme),
        )
    )


def _add_group(
    service: str, year: FinancialYear, *, label: str, schemes: Sequence[EfficiencyScheme], unit: str, ledger: Ledger
) -> None:
    def draft(measure: SchemeMeasure, formula: str, *, inputs: Iterable[Input], tolerance: Decimal) -> Draft:
        return Draft(
            id=efficiency_id(service, year, measure=measure),
            label=f"{label}, {SCHEME_WORDS[measure]}, {year}",
            unit=unit,
            formula=formula,
            inputs=tuple(inputs),
            tolerance=tolerance,
        )

    for measure, (formula, part) in _PARTS.items():
        of_these = [each for each in schemes if measure is not SchemeMeasure.INVESTMENT or each.investment is not None]
        parts = [(scheme, part(scheme)) for scheme in of_these]
        inputs = [Input(each.words, *_cell(scheme, measure), each.share) for scheme, each in parts]
        ledger.add_sum(
            draft(measure, formula, inputs=inputs, tolerance=sum((each.tolerance for _, each in parts), ZERO))
        )
    nets = [(scheme, ledger[scheme_id(scheme, SchemeMeasure.NET)]) for scheme in schemes]

    def add_net(measure: SchemeMeasure, formula: str, *, chosen: list[Figure]) -> Figure:
        inputs = [ledger.input_from(figure) for figure in chosen]
        return ledger.add_sum(
            draft(measure, formula, inputs=inputs, tolerance=sum((figure.tolerance for figure in chosen), ZERO))
        )

    total = add_net(SchemeMeasure.NET, "sum of the schemes' net savings", chosen=[figure for _, figure in nets])
    identified = [figure for scheme, figure in nets if scheme.identified is not False]
    add_net(SchemeMeasure.IDENTIFIED, "net savings of schemes that are identified", chosen=identified)
    unidentified = [figure for scheme, figure in nets if scheme.identified is False]
    missing = add_net(SchemeMeasure.UNIDENTIFIED, "net savings of schemes that are not identified", chosen=unidentified)
    _add_unidentified_share(draft, total=total, unidentified=missing, ledger=ledger)
    _add_months(service, year, label=label, schemes=schemes, unit=unit, ledger=ledger)


def _add_unidentified_share(make: Callable[..., Draft], *, total: Figure, unidentified: Figure, ledger: Ledger) -> None:
    if not total.value or unidentified.value is None:
        return
    share = unidentified.value / total.value * PER_CENT
    tolerance = quotient_tolerance(unidentified, total) * PER_CENT
    bare = make(SchemeMeasure.UNIDENTIFIED_SHARE, "unidentified net saving over net saving", inputs=(), tolerance=ZERO)
    inputs = [
        Input(figure.label, figure.value or ZERO, ledger.input_from(figure).origin) for figure in (unidentified, total)
    ]
    ledger.add_value(replace(bare, unit=PER_CENT_UNIT, inputs=inputs, value=share, tolerance=tolerance))


def _add_months(
    service: str, year: FinancialYear, *, label: str, schemes: Sequence[EfficiencyScheme], unit: str, ledger: Ledger
) -> None:
    profiles = [(scheme, monthly_savings(scheme)) for scheme in schemes]
    for number, month in enumerate(year.months, start=1):
        inputs = [
            Input(scheme.title, *_cell(scheme, SchemeMeasure.GROSS), profile[number - 1])
            for scheme, profile in profiles
        ]
        tolerance = sum(
            (month_tolerance(scheme, number, saving=profile[number - 1]) for scheme, profile in profiles), ZERO
        )
        ledger.add_sum(
            Draft(
                id=month_id(service, year, number=number),
                label=f"{label}, gross saving in {month}",
                unit=unit,
                formula="sum of the schemes' gross savings in the month",
                inputs=inputs,
                tolerance=tolerance,
            )
        )


def month_tolerance(scheme: EfficiencyScheme, number: int, *, saving: Decimal) -> Decimal:
    """How far a month may be off: its part of what the gross saving may be off, and what its share may be off."""
    part = abs(saving / scheme.gross.value) * scheme.gross.tolerance if scheme.gross.value else ZERO
    share = scheme.phasing[number - 1] if scheme.phasing else _ALL
    return part + abs(scheme.gross.value) * share.tolerance / PER_CENT
