"""The provider-level framework: one row a provider or budget heading, one column a step."""

from placeplan.finance.measures import BASELINE_STEPS, MOVEMENT_STEPS, WORDS, Measure, figure_id, provider_figure_id
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.header import Service
from placeplan.reports.document import Column, Row, RowKind, Section, Table
from placeplan.reports.quoting import figure_cell, missing_notes, sentence, unit_words
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults

MEASURES: tuple[str, ...] = (*BASELINE_STEPS, Measure.BASELINE, *MOVEMENT_STEPS, Measure.TOTAL)


def providers_section(results: PlanResults) -> Section:
    """A table for each service and year whose lines name providers."""
    tables = (
        _table(results, service, year=year, providers=providers)
        for service in results.header.services
        if (providers := _providers(results, service))
        for year in results.header.years
    )
    return Section("money-providers", "By provider and budget", tuple(tables))


def _providers(results: PlanResults, service: Service) -> tuple[str, ...]:
    found = (line.provider for line in results.plan.lines if line.service == service.id and line.provider)
    return tuple(dict.fromkeys(found))


def _table(results: PlanResults, service: Service, *, year: FinancialYear, providers: tuple[str, ...]) -> Table:
    def ids(provider: str) -> dict[str, str]:
        return {
            measure: provider_figure_id(service.id, year, provider=provider, measure=measure) for measure in MEASURES
        }

    used = [measure for measure in MEASURES if any(ids(provider)[measure] in results.figures for provider in providers)]
    rows = [
        Row((plain(_name(provider)), *(figure_cell(results.figures, ids(provider)[measure]) for measure in used)))
        for provider in providers
    ]
    total = (figure_cell(results.figures, figure_id(service.id, year, measure=measure)) for measure in used)
    rows.append(Row((plain("Total"), *total), RowKind.TOTAL))
    return Table(
        id=f"providers-{service.id}-{year}",
        caption=f"{service.name}, {year}: budgets by provider, {unit_words(str(results.header.money))}",
        columns=(Column("Provider or budget"), *(Column(sentence(WORDS[measure]), numeric=True) for measure in used)),
        rows=tuple(rows),
        notes=missing_notes(cell for row in rows for cell in row.cells),
    )


def _name(provider: str) -> str:
    return sentence(provider.replace("-", " "))
