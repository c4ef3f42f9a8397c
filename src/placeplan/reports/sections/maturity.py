"""Maturity scales: the levels that organisations are to climb."""

from placeplan.plan.tables import MaturityLevel
from placeplan.reports.document import Section, Table
from placeplan.reports.quoting import sentence
from placeplan.reports.tabulating import Field, plain, source_cell, tabulate
from placeplan.reports.types import PlanResults


def maturity(results: PlanResults) -> Section:
    """A table for each scale."""
    scales = dict.fromkeys(row.scale for row in results.plan.maturity)
    return Section("maturity", "Maturity", tuple(_table(results, scale) for scale in scales))


def _table(results: PlanResults, scale: str) -> Table:
    fields: tuple[Field[MaturityLevel], ...] = (
        Field("Level", lambda row: plain(row.level)),
        Field("What it means", lambda row: plain(row.title), wide=True),
        Field("Source", source_cell),
    )
    rows = [row for row in results.plan.maturity if row.scale == scale]
    return tabulate(f"maturity-{scale}", f"{sentence(scale.replace('-', ' '))}: levels", rows=rows, fields=fields)
