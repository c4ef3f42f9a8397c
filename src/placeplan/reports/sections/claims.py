"""Claims on allocations: each with its state, what they come to, and where services would stand if granted."""

from collections.abc import Iterator, Sequence

from placeplan.finance.claims import CLAIM_WORDS, OF_STATE, ClaimMeasure
from placeplan.finance.measures import ALL_SERVICES, WORDS, Measure, figure_id
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.funding_tables import AllocationClaim, ClaimState
from placeplan.plan.header import Service
from placeplan.reports.document import Cell, Column, Row, RowKind, Section, Table, Text, Tone
from placeplan.reports.quoting import figure_cell, missing_notes, plan_cell, sentence, unit_words
from placeplan.reports.sections.side_by_side import Sides
from placeplan.reports.tabulating import Field, plain, source_cell, tabulate
from placeplan.reports.types import PlanResults

TONES = {
    ClaimState.RAISED: Tone.NEAR,
    ClaimState.AGREED: Tone.NEAR,
    ClaimState.REFUSED: Tone.BAD,
    ClaimState.TRANSACTED: Tone.GOOD,
}
POSITIONS = (
    (Measure.IN_YEAR, ClaimMeasure.IN_YEAR_IF_GRANTED),
    (Measure.CUMULATIVE, ClaimMeasure.CUMULATIVE_IF_GRANTED),
)


def claims_section(results: PlanResults) -> Section:
    """Everything about claims; empty where the plan has none."""
    if not results.plan.claims:
        return Section("money-claims", "Claims on allocations")
    tables = (_claims(results), _by_state(results), _if_granted(results))
    return Section("money-claims", "Claims on allocations", tuple(table for table in tables if table.rows))


def _claims(results: PlanResults) -> Table:
    names = {service.id: service.name for service in results.header.services}
    fields: tuple[Field[AllocationClaim], ...] = (
        Field("Claim", lambda row: plain(row.title), wide=True),
        Field("Service", lambda row: plain(names.get(row.service, row.service))),
        Field("State", lambda row: plain(str(row.state), TONES[row.state])),
        Field("Goes on", lambda row: plain(None if row.recurrent is None else "yes" if row.recurrent else "no")),
        *(_amount(results, year) for year in results.header.years),
        Field("Asked of", lambda row: plain(row.counterparty)),
        Field("Why, and what shows it", _reason, wide=True),
        Field("Risk", _risk),
        Field("Allocation line", lambda row: plain(row.allocation)),
        Field("Source", source_cell),
    )
    caption = f"Claims on allocations, {unit_words(str(results.header.money))}"
    note = (Text("A claim counts in no position of the plan until a line of the allocation holds the money."),)
    return tabulate("claims", caption, rows=results.plan.claims, fields=fields, notes=(note,))


def _amount(results: PlanResults, year: FinancialYear) -> Field[AllocationClaim]:
    return Field(
        str(year), lambda row: Cell(plan_cell(row.amounts.get(year), results.figures, year=year)), numeric=True
    )


def _reason(row: AllocationClaim) -> Cell:
    shown = f"shown by: {row.evidence}" if row.evidence else ""
    return plain(sentence("; ".join(filter(None, (row.reason, shown)))))


def _risk(row: AllocationClaim) -> Cell:
    return plain("none", Tone.BAD) if row.is_open and not row.risk else plain(row.risk)


def _groups(results: PlanResults) -> Iterator[tuple[str, str]]:
    """The services with claims, and all together when there are several."""
    asking = {claim.service for claim in results.plan.claims}
    groups = [(service.id, service.name) for service in results.header.services if service.id in asking]
    yield from groups
    if len(groups) > 1:
        yield ALL_SERVICES, "All services"


def _by_state(results: PlanResults) -> Table:
    years, rows = results.header.years, []
    for group, name in _groups(results):
        for measure in (*_states_of(results, group), ClaimMeasure.OPEN):
            cells = (figure_cell(results.figures, figure_id(group, year, measure=measure)) for year in years)
            kind = RowKind.SUBTOTAL if measure is ClaimMeasure.OPEN else RowKind.PLAIN
            rows.append(Row((plain(f"{name}: {CLAIM_WORDS[measure]}"), *cells), kind))
    return Table(
        id="claims-by-state",
        caption=f"Claims by state and year, {unit_words(str(results.header.money))}",
        columns=(Column("Service and state", wide=True), *(Column(str(year), numeric=True) for year in years)),
        rows=tuple(rows),
        notes=missing_notes(cell for row in rows for cell in row.cells),
    )


def _states_of(results: PlanResults, group: str) -> Iterator[ClaimMeasure]:
    """The sums of the states in which a service, or any, has a claim."""
    states = {claim.state for claim in results.plan.claims if group in (claim.service, ALL_SERVICES)}
    yield from (measure for state, measure in OF_STATE.items() if state in states)


def _if_granted(results: PlanResults) -> Table:
    rows = []
    for service in results.header.services:
        for year in results.header.years:
            ids = [figure_id(service.id, year, measure=each) for pair in POSITIONS for each in pair]
            if any(_is_asked(results, service.id, identifier=each) for each in ids[1::2]):
                cells = (figure_cell(results.figures, each) for each in ids)
                rows.append(Row((plain(f"{service.name}, {year}"), *cells)))
    columns = (column for planned, _ in POSITIONS for column in (sentence(WORDS[planned]), "If granted"))
    return Table(
        id="claims-if-granted",
        caption=f"Positions as planned, and if the open claims were granted, {unit_words(str(results.header.money))}",
        columns=(Column("Service and year", wide=True), *(Column(each, numeric=True) for each in columns)),
        rows=tuple(rows),
        notes=missing_notes(cell for row in rows for cell in row.cells),
    )


def _is_asked(results: PlanResults, service: str, *, identifier: str) -> bool:
    """Whether there is a position and anything that is open could move it."""
    if identifier not in results.figures:
        return False
    return any(claim.service == service and claim.is_open for claim in results.plan.claims)


def counted_section(sides: Sides, services: Sequence[Service]) -> Section:
    """Positions as the plan has them and with some claims counted, of the services that ask and of all together.

    Args:
        sides: the plan as it stands, then with the claims.
        services: that the claims are of.
    """
    rows = []
    for group, name in (*((each.id, each.name) for each in services), (ALL_SERVICES, "All services")):
        for year in sides.results.header.years:
            for measure in (Measure.ALLOCATION, Measure.IN_YEAR, Measure.CUMULATIVE, Measure.UNDERLYING):
                identifier = figure_id(group, year, measure=measure)
                if any(identifier in side.figures for side in sides.sides):
                    kind = RowKind.SUBTOTAL if measure is Measure.CUMULATIVE else RowKind.PLAIN
                    rows.append(Row((plain(f"{name}, {year}: {WORDS[measure]}"), *sides.cells(identifier)), kind))
    table = Table(
        id="claims-counted-table",
        caption=f"Positions with the claims counted, {unit_words(sides.unit)}",
        columns=(Column("Position", wide=True), *sides.columns),
        rows=tuple(rows),
    )
    return Section("claims-counted", "Where the plan would stand", (table,) if rows else ())
