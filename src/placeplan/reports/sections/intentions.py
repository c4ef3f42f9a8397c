"""Commissioning intentions: what is to change, with whom, and what it costs; by service, then by programme."""

from placeplan.kernel.wording import UNKNOWN
from placeplan.plan.tables import Intention
from placeplan.reports.document import Section, Table, Tone
from placeplan.reports.tabulating import Field, plain, source_cell, tabulate
from placeplan.reports.types import PlanResults


def intentions(results: PlanResults) -> Section:
    """A table for each service that has intentions, and one for those of no service."""
    services: list[tuple[str | None, str]] = [(service.id, service.name) for service in results.header.services]
    tables = (_table(results, service, name=name) for service, name in (*services, (None, "The whole plan")))
    return Section("intentions", "Commissioning intentions", tuple(table for table in tables if table.rows))


def _table(results: PlanResults, service: str | None, *, name: str) -> Table:
    rows = [row for row in results.plan.intentions if row.service == service]
    fields: tuple[Field[Intention], ...] = (
        Field("Intention", lambda row: plain(row.title), wide=True),
        Field("Programme", lambda row: plain(row.programme) if row.programme else plain("none named", Tone.NEAR)),
        Field("Status", lambda row: plain(str(row.status) if row.status else None)),
        Field("Change", lambda row: plain(row.change), wide=True),
        Field("Provider", lambda row: plain(row.provider) if row.provider else plain("none named", Tone.NEAR)),
        Field("Money", lambda row: plain(row.financial) if row.financial else plain(UNKNOWN, Tone.NEAR), wide=True),
        Field("Comment", lambda row: plain(row.comment), wide=True),
        Field("Source", source_cell),
    )
    return tabulate(f"intentions-{service or 'plan'}", f"Commissioning intentions: {name}", rows=rows, fields=fields)
