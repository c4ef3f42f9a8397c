"""Efficiency schemes: each scheme with what it saves, needs and is sure of, then the totals and the months."""

from collections.abc import Iterator

from placeplan.finance.efficiency import SCHEME_WORDS, SchemeMeasure, efficiency_id, month_id, scheme_id
from placeplan.finance.measures import ALL_SERVICES
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.tables import EfficiencyScheme
from placeplan.reports.document import Cell, Column, Row, Section, Table, Tone
from placeplan.reports.quoting import figure_cell, missing_notes, sentence, unit_words
from placeplan.reports.tabulating import Field, plain, source_cell, tabulate
from placeplan.reports.types import PlanResults


def efficiency_section(results: PlanResults) -> Section:
    """Everything about efficiency schemes."""
    if not results.plan.schemes:
        return Section("money-efficiency", "Efficiency schemes")
    years = sorted({scheme.year for scheme in results.plan.schemes})
    totals = (table for year in years for table in (_totals(results, year), _months(results, year)) if table.rows)
    return Section("money-efficiency", "Efficiency schemes", (_schemes(results), *totals))


def _schemes(results: PlanResults) -> Table:
    names = {service.id: service.name for service in results.header.services}
    several = len({scheme.service for scheme in results.plan.schemes}) > 1
    fields: tuple[Field[EfficiencyScheme], ...] = (
        Field("Scheme", lambda row: plain(row.title), wide=True),
        Field("Service", lambda row: plain(names.get(row.service, row.service) if several else None)),
        Field("Year", lambda row: plain(str(row.year))),
        Field("Programme", lambda row: plain(row.programme if row.programme != row.title else None)),
        Field("Gross", lambda row: plain(str(row.gross)), numeric=True),
        Field("Investment", lambda row: plain(str(row.investment) if row.investment else None), numeric=True),
        Field("Net", lambda row: figure_cell(results.figures, scheme_id(row, SchemeMeasure.NET)), numeric=True),
        Field("Starts", lambda row: plain(str(row.starts) if row.starts else None)),
        Field("Goes on", lambda row: plain(str(row.recurrent_share) if row.recurrent_share else None), numeric=True),
        Field("Full year", lambda row: plain(str(row.full_year) if row.full_year else None), numeric=True),
        Field("Likely", lambda row: plain(str(row.confidence) if row.confidence else None), numeric=True),
        Field("Identified", _identified),
        Field("Owner", lambda row: plain(row.owner)),
        Field("Provider", lambda row: plain(row.provider)),
        Field("Source", source_cell),
    )
    caption = f"Efficiency schemes, {unit_words(str(results.header.money))}"
    return tabulate("schemes", caption, rows=results.plan.schemes, fields=fields)


def _identified(scheme: EfficiencyScheme) -> Cell:
    return plain("no", Tone.BAD) if scheme.identified is False else plain("yes")


def _groups(results: PlanResults) -> Iterator[tuple[str, str]]:
    """The services with schemes, and all together when there are several."""
    with_schemes = {scheme.service for scheme in results.plan.schemes}
    groups = [(service.id, service.name) for service in results.header.services if service.id in with_schemes]
    yield from groups
    if len(groups) > 1:
        yield ALL_SERVICES, "All services"


def _totals(results: PlanResults, year: FinancialYear) -> Table:
    groups = tuple(_groups(results))
    used = [
        measure
        for measure in SchemeMeasure
        if any(efficiency_id(group, year, measure=measure) in results.figures for group, _ in groups)
    ]
    rows = tuple(
        Row(
            (
                plain(sentence(SCHEME_WORDS[measure])),
                *(figure_cell(results.figures, efficiency_id(group, year, measure=measure)) for group, _ in groups),
            )
        )
        for measure in used
    )
    return Table(
        id=f"schemes-totals-{year}",
        caption=f"Efficiency in {year}, amounts in {unit_words(str(results.header.money))}",
        columns=(Column("Measure", wide=True), *(Column(name, numeric=True) for _, name in groups)),
        rows=rows,
        notes=missing_notes(cell for row in rows for cell in row.cells),
    )


def _months(results: PlanResults, year: FinancialYear) -> Table:
    groups = [group for group in _groups(results) if month_id(group[0], year, number=1) in results.figures]
    rows = tuple(
        Row(
            (
                plain(f"{month}"),
                *(figure_cell(results.figures, month_id(group, year, number=number)) for group, _ in groups),
            )
        )
        for number, month in enumerate(year.months, start=1)
        if groups
    )
    return Table(
        id=f"schemes-months-{year}",
        caption=f"Gross saving by month, {year}, {unit_words(str(results.header.money))}",
        columns=(Column("Month"), *(Column(name, numeric=True) for _, name in groups)),
        rows=rows,
    )
