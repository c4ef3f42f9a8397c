"""The summary against targets: each service's position beside the surplus required, and what several owe together."""

from collections.abc import Iterator
from decimal import Decimal

from placeplan.finance.measures import ALL_SERVICES, WORDS, Measure, figure_id
from placeplan.finance.outlook import collective_id
from placeplan.kernel.figures import ZERO, Figure
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.wording import worded
from placeplan.plan.tables import CollectiveTarget
from placeplan.reports.document import Cell, Column, Row, RowKind, Section, Table, Tone
from placeplan.reports.quoting import NOTHING, figure_cell, missing_notes, quote, sentence, unit_words
from placeplan.reports.tabulating import Field, plain, source_cell, tabulate
from placeplan.reports.types import PlanResults

COLUMNS = (
    Measure.RESOURCES,
    Measure.TOTAL,
    Measure.IN_YEAR,
    Measure.CUMULATIVE,
    Measure.SURPLUS_REQUIRED,
    Measure.SURPLUS_GAP,
    Measure.SAVINGS_REQUIREMENT,
)


def targets_section(results: PlanResults) -> Section:
    """One table a year, then the targets that several services share."""
    tables = [table for year in results.header.years if (table := _year_table(results, year)) is not None]
    if results.plan.collective_targets:
        tables.append(_collective_table(results))
    return Section("money-targets", "Summary against targets", tuple(tables))


def _year_table(results: PlanResults, year: FinancialYear) -> Table | None:
    names = [(service.id, service.name) for service in results.header.services]
    rows = tuple(
        _row(results, year, service=service, name=name)
        for service, name in names
        if _has_money(results, service, year=year)
    )
    if not rows:
        return None
    if len(rows) > 1:
        rows = (*rows, _row(results, year, service=ALL_SERVICES, name="All services"))
    used = [
        measure
        for measure in COLUMNS
        if any(figure_id(service, year, measure=measure) in results.figures for service, _ in names)
    ]
    kept = (0, *(COLUMNS.index(measure) + 1 for measure in used), len(COLUMNS) + 1)
    rows = tuple(Row(tuple(row.cells[number] for number in kept), row.row_kind) for row in rows)
    unit = unit_words(str(results.header.money))
    headings = (Column(sentence(WORDS[measure]), numeric=True) for measure in used)
    return Table(
        id=f"targets-{year}",
        caption=f"Position against the surplus required, {year}, {unit}",
        columns=(Column("Service"), *headings, Column("Verdict on the cumulative position")),
        rows=rows,
        notes=missing_notes(cell for row in rows for cell in row.cells),
    )


def _has_money(results: PlanResults, service: str, *, year: FinancialYear) -> bool:
    return (
        figure_id(service, year, measure=Measure.TOTAL) in results.figures
        or figure_id(service, year, measure=Measure.RESOURCES) in results.figures
    )


def _row(results: PlanResults, year: FinancialYear, *, service: str, name: str) -> Row:
    total = service == ALL_SERVICES
    cells = (figure_cell(results.figures, figure_id(service, year, measure=measure)) for measure in COLUMNS)
    position = results.figures.get(figure_id(service, year, measure=Measure.CUMULATIVE))
    required = results.figures.get(figure_id(service, year, measure=Measure.SURPLUS_REQUIRED))
    verdict = plain(NOTHING, Tone.QUIET) if total else _against_rule(position, required)
    return Row((plain(name), *cells, verdict), RowKind.TOTAL if total else RowKind.PLAIN)


def _against_rule(position: Figure | None, required: Figure | None) -> Cell:
    if required is None:
        return plain("no rule of the round", Tone.QUIET)
    if position is None or required.value is None:
        return plain("not known", Tone.NEAR)
    return verdict(position, required.value, tolerance=required.tolerance)


def verdict(position: Figure, at_least: Decimal, *, tolerance: Decimal = ZERO) -> Cell:
    """Whether a position reaches what is asked of it, in words."""
    if position.value is None:
        return plain("not known", Tone.NEAR)
    if position.value >= at_least:
        return plain("met", Tone.GOOD)
    if position.value + position.tolerance >= at_least - tolerance:
        return plain("met within rounding only", Tone.NEAR)
    return plain("missed", Tone.BAD)


def _collective_table(results: PlanResults) -> Table:
    unit = str(results.header.money)

    def joint(target: CollectiveTarget) -> Figure | None:
        return results.figures.get(collective_id(target))

    def position(target: CollectiveTarget) -> Cell:
        figure = joint(target)
        return plain(NOTHING) if figure is None else Cell((quote(figure),))

    def judged(target: CollectiveTarget) -> Cell:
        figure = joint(target)
        return (
            plain("not known")
            if figure is None
            else verdict(figure, target.at_least.value, tolerance=target.at_least.tolerance)
        )

    fields: tuple[Field[CollectiveTarget], ...] = (
        Field("Target", lambda row: plain(row.title), wide=True),
        Field("Year", lambda row: plain(str(row.year))),
        Field("Services", lambda row: plain(", ".join(_names(results, row)))),
        Field("At least", lambda row: plain(worded(row.at_least.value, unit)), numeric=True),
        Field("Joint cumulative position", position, numeric=True),
        Field("Verdict", judged),
        Field("Source", source_cell),
    )
    return tabulate(
        "targets-collective",
        "Targets that services must reach together",
        rows=results.plan.collective_targets,
        fields=fields,
    )


def _names(results: PlanResults, target: CollectiveTarget) -> Iterator[str]:
    names = {service.id: service.name for service in results.header.services}
    return (names.get(service, service) for service in target.services)
