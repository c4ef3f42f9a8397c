"""Positions beyond the headline: underlying, all services, collective targets, and an uncorrected deficit.

A deficit that is carried forward and not corrected grows by the in-year deficit every year: the balance brought forward
adds to a gap that is still there. This is the "multiplier effect" of the 2014-16 planning documents.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from placeplan.finance.amounts import Counted
from placeplan.finance.bridge import combined
from placeplan.finance.efficiency import SchemeMeasure, efficiency_id
from placeplan.finance.ledger import Draft, Ledger
from placeplan.finance.measures import ALL_SERVICES, WORDS, Measure, figure_id
from placeplan.finance.required import amounts_of
from placeplan.finance.service_lines import ServiceLines
from placeplan.kernel.figures import ZERO, CellReference, Figure, FigureReference, Input
from placeplan.kernel.periods import MONTHS_IN_YEAR, FinancialYear
from placeplan.plan.cells import Amount
from placeplan.plan.header import Service
from placeplan.plan.model import Plan
from placeplan.plan.tables import AllocationKind, AllocationLine, CollectiveTarget, FinanceLine

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
    Measure.SAVINGS_REQUIREMENT,
)


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
            _add_over_services(plan, year, measure=measure, ledger=ledger)
    for target in plan.collective_targets:
        _add_collective(plan, target, ledger=ledger)


def _add_underlying(plan: Plan, service: Service, *, year: FinancialYear, lines: ServiceLines, ledger: Ledger) -> None:
    """In-year position without what does not recur, and with what has not yet had a full year."""
    in_year = ledger.get(figure_id(service.id, year, measure=Measure.IN_YEAR))
    spend = ledger.get(figure_id(service.id, year, measure=Measure.NON_RECURRENT_SPEND))
    if in_year is None or spend is None:
        return
    counted = combined([(in_year, 1), (spend, 1)], ledger)
    given = [
        line
        for line in lines.allocations
        if line.kind is not AllocationKind.BROUGHT_FORWARD and line.recurrent is False
    ]
    inputs = [
        *counted.inputs,
        *_given_once(given, year),
        *_full_year_effects(lines.starting, service, year=year, ledger=ledger),
        *_schemes(service, year, ledger=ledger),
    ]
    ledger.add_sum(
        Draft(
            id=figure_id(service.id, year, measure=Measure.UNDERLYING),
            label=f"{service.name}, {WORDS[Measure.UNDERLYING]}, {year}",
            unit=str(plan.header.money),
            formula="in-year position, plus non-recurrent spend, less non-recurrent allocation, and full-year effects",
            inputs=inputs,
            tolerance=counted.tolerance,
            missing=counted.missing,
        )
    )


def _given_once(lines: Sequence[AllocationLine], year: FinancialYear) -> list[Input]:
    found = []
    for line in lines:
        cell = line.amounts.get(year)
        if isinstance(cell, Amount):
            value = cell.number.value
            found.append(Input(f"{line.line}, non-recurrent", value, CellReference(line.place, str(year)), -value))
    return found


def _full_year_effects(
    lines: Sequence[FinanceLine], service: Service, *, year: FinancialYear, ledger: Ledger
) -> list[Input]:
    """What recurrent lines that start in the course of the year will cost beyond it in a full year, as a burden."""
    found = []
    for line in lines:
        if line.starts is not None and line.starts.financial_year == year:
            months = MONTHS_IN_YEAR - line.starts.number_in_financial_year + 1
            for given in amounts_of([line], service=service, year=year, ledger=ledger).inputs:
                further = (given.share or ZERO) * (MONTHS_IN_YEAR - months) / months
                found.append(Input(f"{line.line}, full-year effect", given.value, given.origin, -further))
    return found


def _schemes(service: Service, year: FinancialYear, *, ledger: Ledger) -> list[Input]:
    """Savings that do not recur are taken out; what recurrent schemes save further in a full year is put in."""
    net = ledger.get(efficiency_id(service.id, year, measure=SchemeMeasure.NET))
    recurrent = ledger.get(efficiency_id(service.id, year, measure=SchemeMeasure.RECURRENT))
    further = ledger.get(efficiency_id(service.id, year, measure=SchemeMeasure.FULL_YEAR_EFFECT))
    if net is None or recurrent is None or further is None:
        return []
    return [ledger.input_from(net, sign=-1), ledger.input_from(recurrent), ledger.input_from(further)]


def _add_uncorrected(plan: Plan, service: Service, *, ledger: Ledger) -> None:
    last = plan.header.years[-1]
    in_year = ledger.get(figure_id(service.id, last, measure=Measure.IN_YEAR))
    closing = ledger.get(figure_id(service.id, last, measure=Measure.CUMULATIVE))
    if in_year is None or closing is None or in_year.value is None or closing.value is None or in_year.value >= 0:
        return
    before = closing
    for later in uncorrected_deficit(closing.value, in_year.value, last=last, years=YEARS_AHEAD):
        counted = combined([(before, 1), (in_year, 1)], ledger)
        before = ledger.add_sum(_outlook_draft(plan, service, year=later.year, counted=counted))
    if before.value is not None:
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


def _outlook_draft(plan: Plan, service: Service, *, year: FinancialYear, counted: Counted) -> Draft:
    return Draft(
        id=figure_id(service.id, year, measure=Measure.UNCORRECTED),
        label=f"{service.name}, {WORDS[Measure.UNCORRECTED]}, {year}",
        unit=str(plan.header.money),
        formula="cumulative position of the year before, plus the same in-year position again",
        inputs=counted.inputs,
        tolerance=counted.tolerance,
        missing=counted.missing,
    )


def _add_over_services(plan: Plan, year: FinancialYear, *, measure: Measure, ledger: Ledger) -> None:
    figures = [ledger.get(figure_id(service.id, year, measure=measure)) for service in plan.header.services]
    if all(figure is None for figure in figures):
        return
    counted = combined([(figure, 1) for figure in figures], ledger)
    ledger.add_sum(
        Draft(
            id=figure_id(ALL_SERVICES, year, measure=measure),
            label=f"All services, {WORDS[measure]}, {year}",
            unit=str(plan.header.money),
            formula="sum over the services",
            inputs=counted.inputs,
            tolerance=counted.tolerance,
            missing=counted.missing,
        )
    )


def _add_collective(plan: Plan, target: CollectiveTarget, *, ledger: Ledger) -> None:
    figures: list[Figure | None] = [
        ledger.get(figure_id(service, target.year, measure=Measure.CUMULATIVE)) for service in target.services
    ]
    counted = combined([(figure, 1) for figure in figures], ledger)
    ledger.add_sum(
        Draft(
            id=collective_id(target),
            label=f"{target.title}, joint cumulative position, {target.year}",
            unit=str(plan.header.money),
            formula="sum of the services' cumulative positions",
            inputs=counted.inputs,
            tolerance=counted.tolerance,
            missing=counted.missing,
        )
    )
