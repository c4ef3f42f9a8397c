"""GOV008: a group reports to nobody, and nobody reports to it."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.governed import governance_of
from placeplan.plan.governance_tables import GroupKind


def find(case: Case) -> Iterator[Finding]:
    """Each group that is there on the day of the check, networks left out, in a plan that has lines of reporting."""
    if not case.plan.reporting_lines:
        return
    for row in governance_of(case).alone:
        if row.kind is not GroupKind.NETWORK:
            yield CHECK.finding(
                subject=row.group,
                location=row.place.at("group"),
                facts={"group": row.title, "day": case.as_at},
            )


CHECK = Check(
    code="GOV008",
    title="A group stands outside every line of reporting",
    message="on {day} {group} reports to nobody, and nobody reports to it",
    severity=Severity.NOTE,
    why="Nobody hears what it does, and nobody can ask it to do more. A network may stand so, a group may not.",
    mend="Add the line by which it reports, or call it a network.",
    references=("Placeplan's own rule: whoever answers for a part of a plan answers to somebody",),
    find=find,
)
