"""Groups and lines of reporting for tests."""

from datetime import date

from placeplan.plan.governance_tables import Group, GroupKind, LineKind, ReportingLine


def group(name: str, *, kind: str = "group", starts: date | None = None, ends: date | None = None) -> Group:
    """A group that is called after its short name."""
    title = name.capitalize()
    return Group(
        group=name,
        title=title,
        kind=GroupKind(kind),
        chair=None,
        role=None,
        members=None,
        starts=starts,
        ends=ends,
        source=None,
    )


def line(
    who: str, whom: str, *, how: str = "reports-to", starts: date | None = None, ends: date | None = None
) -> ReportingLine:
    """A line of reporting."""
    return ReportingLine(group=who, to=whom, line=LineKind(how), starts=starts, ends=ends, source=None)
