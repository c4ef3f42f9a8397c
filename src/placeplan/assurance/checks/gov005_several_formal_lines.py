"""GOV005: a group formally reports to more than one other."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Related, Severity
from placeplan.assurance.governed import governance_of
from placeplan.assurance.phrasing import listed

MOST_NAMED = 6


def find(case: Case) -> Iterator[Finding]:
    """Each group with several lines called "reports to" that are in force on the day of the check."""
    governance = governance_of(case)
    for group, lines in governance.several:
        yield CHECK.finding(
            subject=group.group,
            location=lines[0].place.at("to"),
            facts={
                "group": group.title,
                "whom": listed([governance.title(line.to) for line in lines], MOST_NAMED),
                "count": len(lines),
                "day": case.as_at,
            },
            related=tuple(Related(line.place.at("to"), "another formal line") for line in lines[1:]),
        )


CHECK = Check(
    code="GOV005",
    title="A group formally reports to more than one other",
    message="{group} formally reports to {count} on {day}: {whom}",
    severity=Severity.WARNING,
    why="With two above it a group can be told two things, and each may think that the other looks.",
    mend="Keep one line that reports to, and let the group report into the others.",
    references=(
        "NHS West Kent CCG, Local Care Plan 2017, section 16: a body that answers elsewhere reports into the board",
    ),
    find=find,
)
