"""GOV006: a group ends soon."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.governed import NOTICE, governance_of
from placeplan.registers.governance import Life


def find(case: Case) -> Iterator[Finding]:
    """Each group whose last day is no further from the day of the check than the level allows."""
    level = case.definitions.level(NOTICE)
    for row in governance_of(case).of_life(Life.ENDS_SOON):
        if row.ends is not None:
            yield CHECK.finding(
                subject=row.group,
                location=row.place.at("ends"),
                facts={"group": row.title, "ends": row.ends, "left": (row.ends - case.as_at).days, "day": case.as_at},
                leans_on=unconfirmed([level]),
            )


CHECK = Check(
    code="GOV006",
    title="A group ends soon",
    message="{group} ends on {ends}, {left} days after {day}",
    severity=Severity.NOTE,
    why="What a group leaves undone has to be handed to another before it ends, and its last report has to be planned.",
    mend="Say who takes over what is left, or move its last day.",
    references=("Placeplan's own level for the days of notice; no national rule was found",),
    find=find,
)
