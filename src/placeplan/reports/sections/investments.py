"""Investments: each with what it is paid from and its business case, the totals, and headroom as a running balance."""

from collections.abc import Iterator

from placeplan.finance.headroom import balance_id, from_headroom
from placeplan.finance.investments import INVESTMENT_WORDS, InvestmentMeasure, investment_id, investments_id
from placeplan.finance.measures import ALL_SERVICES
from placeplan.kernel.figures import ZERO, Figure
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.wording import worded
from placeplan.plan.funding_tables import BusinessCase, Investment
from placeplan.plan.header import Service
from placeplan.reports.charts import StepKind, Waterfall, WaterfallStep
from placeplan.reports.document import Block, Cell, Chart, Column, Row, RowKind, Section, Table, Tone, day_words
from placeplan.reports.quoting import NOTHING, figure_cell, in_column, missing_notes, plan_cell, sentence, unit_words
from placeplan.reports.sections.bridge import CUT_SCALE, ZERO_SCALE
from placeplan.reports.tabulating import Field, plain, source_cell, tabulate
from placeplan.reports.types import PlanResults

TONES = {
    BusinessCase.APPROVED: Tone.GOOD,
    BusinessCase.NOT_NEEDED: Tone.PLAIN,
    BusinessCase.REFUSED: Tone.BAD,
}


def investments_section(results: PlanResults) -> Section:
    """Everything about investments; empty where the plan lists none."""
    if not results.plan.investments:
        return Section("money-investments", "Investments and headroom")
    blocks: list[Block] = [_investments(results)]
    blocks.extend(_totals(results, year) for year in results.header.years)
    for service in results.header.services:
        for year in results.header.years:
            blocks.extend(_running_balance(results, service, year=year))
    return Section("money-investments", "Investments and headroom", tuple(blocks))


def _investments(results: PlanResults) -> Table:
    names = {service.id: service.name for service in results.header.services}
    fields: tuple[Field[Investment], ...] = (
        Field("Investment", lambda row: plain(row.title), wide=True),
        Field("Service", lambda row: plain(names.get(row.service, row.service))),
        Field("Paid from", _paid_from),
        *(_amount(results, year) for year in results.header.years),
        Field("Business case", _case),
        Field("Committed from", lambda row: plain(day_words(row.committed) if row.committed else None)),
        Field("Owner", lambda row: plain(row.owner)),
        Field("Intention", lambda row: plain(row.intention)),
        Field("Line of the bridge", lambda row: plain(row.line)),
        Field("Source", source_cell),
    )
    caption = f"Investments, {unit_words(str(results.header.money))}"
    return tabulate("investments", caption, rows=results.plan.investments, fields=fields)


def _amount(results: PlanResults, year: FinancialYear) -> Field[Investment]:
    return Field(
        str(year), lambda row: Cell(plan_cell(row.amounts.get(year), results.figures, year=year)), numeric=True
    )


def _paid_from(row: Investment) -> Cell:
    words = f"{row.funding}, {'goes on' if row.goes_on else 'once'}"
    return plain(f"{words}, for transformation" if row.transformation else words)


def _case(row: Investment) -> Cell:
    if row.business_case is None:
        return plain("not said", Tone.NEAR)
    words = row.business_case.replace("-", " ")
    if row.business_case is BusinessCase.APPROVED and row.approved:
        words += f" on {day_words(row.approved)}"
    return plain(words, TONES.get(row.business_case, Tone.NEAR))


def _groups(results: PlanResults) -> Iterator[tuple[str, str]]:
    """The services with investments, and all together when there are several."""
    investing = {row.service for row in results.plan.investments}
    groups = [(service.id, service.name) for service in results.header.services if service.id in investing]
    yield from groups
    if len(groups) > 1:
        yield ALL_SERVICES, "All services"


def _totals(results: PlanResults, year: FinancialYear) -> Table:
    groups = tuple(_groups(results))
    rows = []
    for measure in InvestmentMeasure:
        ids = [investments_id(group, year, measure=measure) for group, _ in groups]
        if any(each in results.figures for each in ids):
            cells = (figure_cell(results.figures, each) for each in ids)
            kind = RowKind.SUBTOTAL if measure in (InvestmentMeasure.TOTAL, InvestmentMeasure.UNCOMMITTED) else None
            rows.append(Row((plain(sentence(INVESTMENT_WORDS[measure])), *cells), kind or RowKind.PLAIN))
    return Table(
        id=f"investments-totals-{year}",
        caption=f"Investments and headroom in {year}, {unit_words(str(results.header.money))}",
        columns=(Column("Measure", wide=True), *(Column(name, numeric=True) for _, name in groups)),
        rows=tuple(rows),
        notes=missing_notes(cell for row in rows for cell in row.cells),
    )


def _running_balance(results: PlanResults, service: Service, *, year: FinancialYear) -> Iterator[Block]:
    """Headroom as it runs down the investments: a chart with its table; the table alone where a number is not known."""
    rows = [row for row in from_headroom(results.plan, service.id) if _is_planned(results, row, year=year)]
    headroom = results.figures.get(investments_id(service.id, year, measure=InvestmentMeasure.HEADROOM))
    left = results.figures.get(investments_id(service.id, year, measure=InvestmentMeasure.UNCOMMITTED))
    if not rows or headroom is None or left is None:
        return
    table = _balance_table(results, service, year=year, rows=rows)
    if headroom.value is None or left.value is None:
        yield table
        return
    steps = (
        _end("Headroom", headroom, moves=float(headroom.value)),
        *(_taken(results.figures[investment_id(row, year)], row) for row in rows),
        _end("Not committed", left, moves=0),
    )
    picture = Waterfall(steps)
    title = f"{service.name}, {year}: how headroom is given to investments"
    yield Chart(
        id=f"headroom-{service.id}-{year}",
        title=title,
        picture=picture,
        note=f"{sentence(unit_words(headroom.unit))}. {ZERO_SCALE if picture.starts_at_zero else CUT_SCALE}",
        says=f"{title}. From top to bottom: " + "; ".join(f"{step.name} {step.label}" for step in steps) + ".",
        data=table,
    )


def _is_planned(results: PlanResults, row: Investment, *, year: FinancialYear) -> bool:
    return results.figures[investment_id(row, year)].value != ZERO


def _end(name: str, figure: Figure, *, moves: float) -> WaterfallStep:
    return WaterfallStep(name, moves, in_column(worded(figure.value, figure.unit)), StepKind.TOTAL)


def _taken(figure: Figure, row: Investment) -> WaterfallStep:
    value = -(figure.value or ZERO)
    kind = StepKind.FALL if value <= 0 else StepKind.RISE
    return WaterfallStep(row.title, float(value), in_column(worded(value, figure.unit)), kind)


def _balance_table(results: PlanResults, service: Service, *, year: FinancialYear, rows: list[Investment]) -> Table:
    headroom, taken, left = (
        figure_cell(results.figures, investments_id(service.id, year, measure=each))
        for each in (InvestmentMeasure.HEADROOM, InvestmentMeasure.FROM_HEADROOM, InvestmentMeasure.UNCOMMITTED)
    )
    shown = [
        Row((plain("Headroom"), plain(NOTHING), headroom), RowKind.SUBTOTAL),
        *(
            Row(
                (
                    plain(row.title),
                    figure_cell(results.figures, investment_id(row, year)),
                    figure_cell(results.figures, balance_id(row, year)),
                )
            )
            for row in rows
        ),
        Row((plain("Not committed"), taken, left), RowKind.TOTAL),
    ]
    return Table(
        id=f"headroom-{service.id}-{year}-data",
        caption=f"{service.name}, {year}: headroom and what is left of it, {unit_words(str(results.header.money))}",
        columns=(Column("Investment", wide=True), Column("Amount", numeric=True), Column("Left", numeric=True)),
        rows=tuple(shown),
        notes=missing_notes(cell for row in shown for cell in row.cells),
    )
