"""Who signs the plan, and the versions that it went through."""

from placeplan.plan.header import Partner, Version
from placeplan.plan.revisions import PublishedRevision
from placeplan.reports.document import Section, Table, Tone, day_words
from placeplan.reports.tabulating import Field, plain, tabulate
from placeplan.reports.types import PlanResults


def sign_off(results: PlanResults) -> Section:
    """Partners in their order, then versions and revisions in theirs."""
    tables: list[Table] = []
    if results.header.partners:
        tables.append(_partners(results.header.partners))
    if results.header.versions:
        tables.append(_versions(results.header.versions))
    if results.revisions:
        tables.append(_revisions(results.revisions))
    return Section("sign-off", "Sign-off and versions", tuple(tables))


def _partners(rows: tuple[Partner, ...]) -> Table:
    fields: tuple[Field[Partner], ...] = (
        Field("Partner", lambda row: plain(row.name), wide=True),
        Field("Role", lambda row: plain(row.role), wide=True),
        Field("Signed", lambda row: plain(day_words(row.signed)) if row.signed else plain("not signed", Tone.NEAR)),
    )
    return tabulate("partners", "Partners", rows=rows, fields=fields)


def _versions(rows: tuple[Version, ...]) -> Table:
    fields: tuple[Field[Version], ...] = (
        Field("Version", lambda row: plain(row.version)),
        Field("Date", lambda row: plain(day_words(row.date))),
        Field("Author", lambda row: plain(row.author)),
        Field("What changed", lambda row: plain(row.note), wide=True),
    )
    return tabulate("versions", "Version history", rows=rows, fields=fields)


def _revisions(rows: tuple[PublishedRevision, ...]) -> Table:
    fields: tuple[Field[PublishedRevision], ...] = (
        Field("Revision", lambda row: plain(str(row.number))),
        Field("Published", lambda row: plain(f"{day_words(row.at.date())}, {row.at:%H:%M}")),
        Field("Author", lambda row: plain(row.author)),
        Field("What changed", lambda row: plain(row.message), wide=True),
    )
    return tabulate("revisions", "Revisions, as they were published", rows=rows, fields=fields)
