"""GOV003: a group whose life is fixed has no last day."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.plan.governance_tables import GroupKind


def find(case: Case) -> Iterator[Finding]:
    """Each such group."""
    for row in case.plan.groups:
        if row.kind is GroupKind.FIXED_LIFE and row.ends is None:
            yield CHECK.finding(subject=row.group, location=row.place.at("ends"), facts={"group": row.title})


CHECK = Check(
    code="GOV003",
    title="A group whose life is fixed has no last day",
    message="{group}: its life is fixed, and nothing says when it ends",
    severity=Severity.WARNING,
    why="A group that was set up for one piece of work goes on for ever unless its end is said at the start.",
    mend="Say the last day in the column ends, or call it a group of another kind.",
    references=("NHS West Kent CCG, Local Care Plan 2017, section 16: sub-groups with a fixed life",),
    find=find,
)
