"""Positions beyond the headline: underlying, all services, collective targets, and an uncorrected deficit.

A deficit that is carried forward and not corrected grows by the in-year deficit every year: the balance brought forward
adds to a gap that is still there. This is the "multiplier effect" of the 2014-16 planning documents.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from placeplan.finance.amounts import Counted, counted, no_base
from placeplan.finance.bridge import combined
from placeplan.finance.efficiency import SchemeMeasure, efficiency_id, lasting_saving, net_saving, scheme_id
from placeplan.finance.ledger import Draft, Ledger
from placeplan.finance.measures import ALL_SERVICES, WORDS, Measure, figure_id
from placeplan.finance.required import amounts_of
from placeplan.finance.service_lines import ServiceLines
from placeplan.kernel.figures import ZERO, CellReference, FigureReference, Input
from placeplan.kernel.periods import MONTHS_IN_YEAR, FinancialYear
from placeplan.plan.cells import Link
from placeplan.plan.header import Service
from placeplan.plan.model import Plan
from placeplan.plan.tables import AllocationKind, AllocationLine, BridgeStep, CollectiveTarget

YEARS_AHEAD = 3
TIMES = "times"
SUMMED = (
    Measure.ALLOCATION,
    Measure.BROUGHT_FORWARD,
    Measure.RESOURCES,
    Measure.TOTAL,
    Measure.IN_YEAR,
    Measure.CUMULATIVE,
    Measure.UNDERLYING,
    Measure.SURPLUS_REQUIRED,
    Measure.SURPLUS_GAP,
    Measure.SAVINGS_REQUIREMENT,
)
MAY_BE_NOTHING = (Measure.BROUGHT_FORWARD, Measure.SURPLUS_REQUIRED)


@dataclass(frozen=True, slots=True)
class UncorrectedYear:
    """One later year of a deficit that nobody corrects: the year's own deficit, and what has piled up."""

    year: FinancialYear
    in_year: Decimal
    cumulative: Decimal


def uncorrected_deficit(
    closing: Decimal, in_year: Decimal, *, last: FinancialYear, years: int
) -> tuple[UncorrectedYear, ...]:
    """What a deficit becomes when it is carried forward and the same in-year deficit recurs.

    Args:
        closing: cumulative position at the end of the last planned year.
        in_year: in-year position that recurs (negative: a deficit).
        last: last planned year.
        years: how many years to look ahead.
    """
    found: list[UncorrectedYear] = []
    year, cumulative = last, closing
    for _ in range(years):
        year, cumulative = year.next, cumulative + in_year
        found.append(UncorrectedYear(year, in_year, cumulative))
    return tuple(found)


def corrected_deficit(
    closing: Decimal, in_year: Decimal, *, last: FinancialYear, years: int, corrected_from: FinancialYear
) -> tuple[UncorrectedYear, ...]:
    """What a deficit becomes when it recurs until a year from which there is balance: what has piled up then stays.

    Args:
        closing: cumulative position at the end of the last planned year.
        in_year: in-year position that recurs (negative: a deficit).
        last: last planned year.
        years: how many years to look ahead.
        corrected_from: first year in balance.
    """
    found: list[UncorrectedYear] = []
    cumulative = closing
    for later in uncorrected_deficit(closing, in_year, last=last, years=years):
        own = in_year if later.year < corrected_from else ZERO
        cumulative += own
        found.append(UncorrectedYear(later.year, own, cumulative))
    return tuple(found)


def collective_id(target: CollectiveTarget) -> str:
    """Identifier of the joint position: ``finance.collective.break-even.2014-15.cumulative``."""
    return f"finance.collective.{target.target}.{target.year}.{Measure.CUMULATIVE}"


def add_outlook(plan: Plan, ledger: Ledger, *, lines: Mapping[str, ServiceLines]) -> None:
    """Add underlying positions, sums over services, collective positions and uncorrected deficits."""
    for service in plan.header.services:
        for year in plan.header.years:
            _add_underlying(plan, service, year=year, lines=lines[service.id], ledger=ledger)
        _add_uncorrected(plan, service, ledger=ledger)
    for year in plan.header.years:
        for measure in SUMMED:
            _add_over_services(plan, year, measure=measure, lines=lines, ledger=ledger)
    for target in plan.collective_targets:
        _add_collective(plan, target, ledger=ledger)


def _add_underlying(plan: Plan, service: Service, *, year: FinancialYear, lines: ServiceLines, ledger: Ledger) -> None:
    """In-year position without what does not recur, and with what has not yet had a full year."""
    in_year = ledger.get(figure_id(service.id, year, measure=Measure.IN_YEAR))
    spend = ledger.get(figure_id(service.id, year, measure=Measure.NON_RECURRENT_SPEND))
    if in_year is None or spend is None:
        return
    parts = (
        combined([(in_year, 1), (spend, 1)], ledger),
        amounts_of(lines.other_non_recurrent, service=service, year=year, ledger=ledger),
        _given_once(lines.allocations, year, ledger=ledger),
        _full_year_effects(plan, service, lines=lines, year=year, ledger=ledger),
        _schemes(plan, service, lines=lines, year=year, ledger=ledger),
    )
    ledger.add_sum(
        Draft(
            id=figure_id(service.id, year, measure=Measure.UNDERLYING),
            label=f"{service.name}, {WORDS[Measure.UNDERLYING]}, {year}",
            unit=str(plan.header.money),
            formula="in-year position, plus non-recurrent spend, less non-recurrent allocation, and full-year effects",
            inputs=[given for part in parts for given in part.inputs],
            tolerance=sum((part.tolerance for part in parts), ZERO),
            missing=tuple(name for part in parts for name in part.missing),
        )
    )


def _given_once(lines: Sequence[AllocationLine], year: FinancialYear, *, ledger: Ledger) -> Counted:
    once = [line for line in lines if line.kind is not AllocationKind.BROUGHT_FORWARD and line.recurrent is False]
    given = counted(once, year, base=no_base, ledger=ledger)
    inputs = [each._replace(label=f"{each.label}, non-recurrent", share=-(each.share or ZERO)) for each in given.inputs]
    return Counted(inputs, given.tolerance, given.missing)


def _full_year_effects(
    plan: Plan, service: Service, *, lines: ServiceLines, year: FinancialYear, ledger: Ledger
) -> Counted:
    """What recurrent lines that start in the course of the year will cost beyond it in a full year, as a burden.

    Where a register of schemes says what savings grow to, the lines of savings do not say it again.
    """
    registered = any((scheme.service, scheme.year) == (service.id, year) for scheme in plan.schemes)
    inputs: list[Input] = []
    missing: list[str] = []
    tolerance = ZERO
    for line in lines.starting:
        if line.starts is None or line.starts.financial_year != year:
            continue
        if registered and line.step is BridgeStep.EFFICIENCY_SCHEME:
            continue
        months = MONTHS_IN_YEAR - line.starts.number_in_financial_year + 1
        part = amounts_of([line], service=service, year=year, ledger=ledger)
        for given in part.inputs:
            further = (given.share or ZERO) * (MONTHS_IN_YEAR - months) / months
            inputs.append(given._replace(label=f"{line.name}, full-year effect", share=-further))
        tolerance += part.tolerance * (MONTHS_IN_YEAR - months) / months
        missing.extend(part.missing)
    return Counted(inputs, tolerance, tuple(missing))


def _schemes(plan: Plan, service: Service, *, lines: ServiceLines, year: FinancialYear, ledger: Ledger) -> Counted:
    """Savings that do not recur are taken out; what recurrent schemes save further in a full year is put in.

    Only where the bridge counts on savings that are not already taken out with lines that are marked non-recurrent.
    """
    counted_on = [line for line in lines.by_step.get(BridgeStep.EFFICIENCY_SCHEME, ()) if line.recurrent is not False]
    taken_out = _taken_out(lines, year)
    net = ledger.get(efficiency_id(service.id, year, measure=SchemeMeasure.NET))
    if not counted_on or net is None or net.id in taken_out:
        return Counted([], ZERO, ())
    recurrent = ledger[efficiency_id(service.id, year, measure=SchemeMeasure.RECURRENT)]
    further = ledger[efficiency_id(service.id, year, measure=SchemeMeasure.FULL_YEAR_EFFECT)]
    parts = combined([(net, -1), (recurrent, 1), (further, 1)], ledger)
    own = [scheme for scheme in plan.schemes if scheme_id(scheme, SchemeMeasure.NET) in taken_out]
    put_back = [
        Input(
            f"{scheme.title}: taken out with its line already",
            scheme.gross.value,
            CellReference(scheme.place, "gross"),
            net_saving(scheme) - lasting_saving(scheme),
        )
        for scheme in own
        if (scheme.service, scheme.year) == (service.id, year)
    ]
    return Counted([*parts.inputs, *put_back], parts.tolerance, parts.missing)


def _taken_out(lines: ServiceLines, year: FinancialYear) -> frozenset[str]:
    """The figures to which non-recurrent lines for savings link."""
    savings = [line for line in lines.other_non_recurrent if line.step is BridgeStep.EFFICIENCY_SCHEME]
    cells = [line.amounts.get(year) for line in savings]
    return frozenset(cell.figure for cell in cells if isinstance(cell, Link))


def _add_uncorrected(plan: Plan, service: Service, *, ledger: Ledger) -> None:
    last = plan.header.years[-1]
    in_year = ledger.get(figure_id(service.id, last, measure=Measure.IN_YEAR))
    closing = ledger.get(figure_id(service.id, last, measure=Measure.CUMULATIVE))
    if in_year is None or closing is None or in_year.value is None or closing.value is None or in_year.value >= 0:
        return
    before = closing
    for later in uncorrected_deficit(closing.value, in_year.value, last=last, years=YEARS_AHEAD):
        parts = combined([(before, 1), (in_year, 1)], ledger)
        before = ledger.add_sum(_outlook_draft(plan, service, year=later.year, parts=parts))
    if before.value is not None and before.value < 0:
        inputs = [Input(figure.label, figure.value or ZERO, FigureReference(figure.id)) for figure in (before, in_year)]
        ledger.add_value(
            Draft(
                id=figure_id(service.id, last, measure=Measure.MULTIPLIER),
                label=f"{service.name}, {WORDS[Measure.MULTIPLIER]} after {YEARS_AHEAD} more years",
                unit=TIMES,
                formula=f"cumulative position after {YEARS_AHEAD} more years over the in-year position of {last}",
                inputs=inputs,
                value=before.value / in_year.value,
            )
        )


def _outlook_draft(plan: Plan, service: Service, *, year: FinancialYear, parts: Counted) -> Draft:
    return Draft(
        id=figure_id(service.id, year, measure=Measure.UNCORRECTED),
        label=f"{service.name}, {WORDS[Measure.UNCORRECTED]}, {year}",
        unit=str(plan.header.money),
        formula="cumulative position of the year before, plus the same in-year position again",
        inputs=parts.inputs,
        tolerance=parts.tolerance,
        missing=parts.missing,
    )


def _add_over_services(
    plan: Plan, year: FinancialYear, *, measure: Measure, lines: Mapping[str, ServiceLines], ledger: Ledger
) -> None:
    """The sum over services; unknown when a service with money in the plan lacks what every service must have."""
    found = [(service, ledger.get(figure_id(service.id, year, measure=measure))) for service in plan.header.services]
    if all(figure is None for _, figure in found):
        return
    parts = combined([(figure, 1) for _, figure in found], ledger)
    if measure not in MAY_BE_NOTHING:
        lacking = [service for service, figure in found if figure is None and lines[service.id].any]
        missing = (*parts.missing, *(f"{service.name} has no {WORDS[measure]}" for service in lacking))
        parts = replace(parts, missing=missing)
    ledger.add_sum(
        Draft(
            id=figure_id(ALL_SERVICES, year, measure=measure),
            label=f"All services, {WORDS[measure]}, {year}",
            unit=str(plan.header.money),
            formula="sum over the services",
            inputs=parts.inputs,
            tolerance=parts.tolerance,
            missing=parts.missing,
        )
    )


def _add_collective(plan: Plan, target: CollectiveTarget, *, ledger: Ledger) -> None:
    names = {service.id: service.name for service in plan.header.services}
    figures = {
        service: ledger.get(figure_id(service, target.year, measure=Measure.CUMULATIVE)) for service in target.services
    }
    lacking = [names[service] for service, figure in figures.items() if figure is None]
    parts = combined([(figure, 1) for figure in figures.values()], ledger)
    missing = (*parts.missing, *(f"{name} has no {WORDS[Measure.CUMULATIVE]} in {target.year}" for name in lacking))
    parts = replace(parts, missing=missing)
    ledger.add_sum(
        Draft(
            id=collective_id(target),
            label=f"{target.title}, joint cumulative position, {target.year}",
            unit=str(plan.header.money),
            formula="sum of the services' cumulative positions",
            inputs=parts.inputs,
            tolerance=parts.tolerance,
            missing=parts.missing,
        )
    )
