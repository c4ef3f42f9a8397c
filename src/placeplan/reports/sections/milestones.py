"""Milestones: what is to be reached, and when."""

from placeplan.plan.tables import Milestone
from placeplan.reports.document import Section, Tone
from placeplan.reports.tabulating import Field, plain, source_cell, tabulate
from placeplan.reports.types import PlanResults


def milestones(results: PlanResults) -> Section:
    """One table."""
    if not results.plan.milestones:
        return Section("milestones", "Milestones")
    fields: tuple[Field[Milestone], ...] = (
        Field("Milestone", lambda row: plain(row.title), wide=True),
        Field("Programme", lambda row: plain(row.programme)),
        Field("Due", lambda row: plain(row.due) if row.due else plain("no date", Tone.NEAR)),
        Field("Owner", lambda row: plain(row.owner)),
        Field("Source", source_cell),
    )
    table = tabulate(
        "milestone-list", "Milestones in the order of the plan", rows=results.plan.milestones, fields=fields
    )
    return Section("milestones", "Milestones", (table,))
