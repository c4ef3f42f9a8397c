"""Contracts that end within the plan or need a decision."""

from placeplan.kernel.wording import UNKNOWN
from placeplan.plan.tables import Contract
from placeplan.reports.document import Section, Tone, day_words
from placeplan.reports.tabulating import Field, plain, source_cell, tabulate
from placeplan.reports.types import PlanResults


def contracts(results: PlanResults) -> Section:
    """One table."""
    if not results.plan.contracts:
        return Section("contracts", "Contracts")
    fields: tuple[Field[Contract], ...] = (
        Field("Contract", lambda row: plain(row.title), wide=True),
        Field("Provider", lambda row: plain(row.provider)),
        Field("Kind", lambda row: plain(row.kind)),
        Field("Area", lambda row: plain(row.area)),
        Field("Starts", lambda row: plain(day_words(row.starts) if row.starts else None)),
        Field("Ends", lambda row: plain(day_words(row.ends)) if row.ends else plain(UNKNOWN, Tone.NEAR)),
        Field("Value of a year", lambda row: plain(str(row.value) if row.value is not None else None), numeric=True),
        Field("Can be extended", lambda row: plain(_months(row.extension_months))),
        Field("Decision", lambda row: plain(str(row.decision) if row.decision else None)),
        Field("Source", source_cell, wide=True),
    )
    table = tabulate(
        "contract-list", "Contracts that end or need a decision", rows=results.plan.contracts, fields=fields
    )
    return Section("contracts", "Contracts", (table,))


def _months(months: int | None) -> str | None:
    return None if months is None else f"{months} months"
