"""Distance from target: how far each year's allocation lies from what the formula gives."""

from placeplan.finance.measures import WORDS, Measure, figure_id
from placeplan.plan.tables import TargetAllocation
from placeplan.reports.document import Cell, Section
from placeplan.reports.quoting import figure_cell, sentence, unit_words
from placeplan.reports.tabulating import Field, plain, source_cell, tabulate
from placeplan.reports.types import PlanResults

MEASURES = (
    Measure.DISTANCE,
    Measure.DISTANCE_PERCENT,
    Measure.GROWTH_PERCENT,
    Measure.ACTUAL_PER_HEAD,
    Measure.TARGET_PER_HEAD,
    Measure.DISTANCE_PER_HEAD,
)


def distance_section(results: PlanResults) -> Section:
    """One table over all services and years."""
    if not results.plan.targets:
        return Section("money-distance", "Distance from target")
    names = {service.id: service.name for service in results.header.services}
    fields: list[Field[TargetAllocation]] = [
        Field("Service", lambda row: plain(names.get(row.service, row.service))),
        Field("Year", lambda row: plain(str(row.year))),
        Field("Actual", lambda row: plain(str(row.actual)), numeric=True),
        Field("Target", lambda row: plain(str(row.target)), numeric=True),
        *(_measure_field(results, measure) for measure in MEASURES),
        Field("Source", source_cell),
    ]
    caption = f"Allocation beside its target, amounts in {unit_words(str(results.header.money))}"
    table = tabulate("distance", caption, rows=results.plan.targets, fields=fields)
    return Section("money-distance", "Distance from target", (table,))


def _measure_field(results: PlanResults, measure: Measure) -> Field[TargetAllocation]:
    def fill(row: TargetAllocation) -> Cell:
        figure = figure_id(row.service, row.year, measure=measure)
        return figure_cell(results.figures, figure) if figure in results.figures else Cell()

    return Field(sentence(WORDS[measure]), fill, numeric=True)
