"""EST001: the activity that is left needs more beds than there are."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_care import greatest_shortage


def find(case: Case) -> Iterator[Finding]:
    """Each point of delivery with too few beds in any year, in the year in which most are missing."""
    rows = {row.point: row for row in reversed(case.plan.care_beds)}
    for point in dict.fromkeys(row.point for row in case.plan.care_beds):
        found = greatest_shortage(case, f"capacity.beds.{point}", there="there")
        if found is not None:
            yield CHECK.finding(
                subject=found.figure,
                location=rows[point].place.at("beds"),
                facts={
                    "point": point.replace("-", " "),
                    "year": found.year,
                    "needed": found.needed,
                    "there": found.there,
                    "short": found.short,
                },
                figures=(found.figure,),
            )


CHECK = Check(
    code="EST001",
    title="The activity that is left needs more beds than there are",
    message="{point}, {year}: {needed} beds needed at the planned occupancy and {there} there; {short} are missing",
    severity=Severity.WARNING,
    why="Where beds are missing, people wait in corridors and operations are cancelled, whatever is saved on paper.",
    mend="Open beds, shorten stays or avoid more admissions, or plan for a higher occupancy and say what that risks.",
    references=("Placeplan's own rule: activity, money, beds and staff agree",),
    find=find,
)
