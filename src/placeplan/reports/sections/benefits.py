"""Savings and investments of programmes as stated, in each of the ways in which somebody cut the total."""

from placeplan.finance.benefits import NET, benefit_id
from placeplan.plan.tables import BenefitKind, BenefitLine
from placeplan.reports.document import Cell, Column, Row, RowKind, Section, Table
from placeplan.reports.quoting import figure_cell, missing_notes, plan_cell, sentence, unit_words
from placeplan.reports.tabulating import plain, source_cell
from placeplan.reports.types import PlanResults


def benefits_section(results: PlanResults) -> Section:
    """A table for each programme and way of cutting."""
    views = dict.fromkeys((line.programme, line.view) for line in results.plan.benefits)
    tables = tuple(_table(results, programme, view=view) for programme, view in views)
    return Section("money-benefits", "Savings and investments as stated", tables)


def _table(results: PlanResults, programme: str, *, view: str) -> Table:
    rows: list[Row] = []
    for kind in BenefitKind:
        lines = [
            line for line in results.plan.benefits if (line.programme, line.view, line.kind) == (programme, view, kind)
        ]
        rows.extend(_line(results, line) for line in lines)
        rows.append(_total(results, programme, view=view, measure=kind))
    rows.append(_total(results, programme, view=view, measure=NET))
    kept = tuple(row for row in rows if any(cell.runs for cell in row.cells[1:-1]))
    return Table(
        id=f"benefits-{programme}-{view}",
        caption=f"{_words(programme)}: by {view.replace('-', ' ')}, {unit_words(str(results.header.money))}",
        columns=(
            Column("Line", wide=True),
            *(Column(str(year), numeric=True) for year in results.header.years),
            Column("Source", wide=True),
        ),
        rows=kept,
        notes=missing_notes(cell for row in kept for cell in row.cells),
    )


def _line(results: PlanResults, line: BenefitLine) -> Row:
    cells = (Cell(plan_cell(line.amounts.get(year), results.figures, year=year)) for year in results.header.years)
    return Row((plain(line.line), *cells, source_cell(line)))


def _total(results: PlanResults, programme: str, *, view: str, measure: str) -> Row:
    ids = [benefit_id(programme, view, year=year, measure=measure) for year in results.header.years]
    known = any(each in results.figures for each in ids)
    cells = (figure_cell(results.figures, each) if known else Cell() for each in ids)
    name = "Net benefit" if measure == NET else f"All {measure}s"
    return Row((plain(name), *cells, Cell()), RowKind.TOTAL)


def _words(identifier: str) -> str:
    return sentence(identifier.replace("-", " "))
