"""GOV002: groups report, by way of others, to themselves."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.governed import governance_of
from placeplan.assurance.phrasing import listed

MOST_NAMED = 6


def find(case: Case) -> Iterator[Finding]:
    """Each circle of lines in force on the day of the check, at a line of its first group."""
    governance = governance_of(case)
    for circle in governance.circles:
        line = next(each for each in governance.above[circle[0]] if each.to in circle)
        names = [governance.title(name) for name in circle]
        yield CHECK.finding(
            subject=circle[0],
            location=line.place.at("to"),
            facts={
                "who": listed(names, MOST_NAMED),
                "how": "reports to itself" if len(circle) == 1 else "report, by way of each other, to themselves",
                "day": case.as_at,
            },
        )


CHECK = Check(
    code="GOV002",
    title="Groups report in a circle",
    message="on {day} {who} {how}",
    severity=Severity.ERROR,
    why="In a circle nobody is above anybody, and a matter that is sent upwards comes back.",
    mend="Take out the line that is not one of reporting, or give it a last day.",
    references=("Placeplan's own rule: lines of reporting lead upwards",),
    find=find,
)
