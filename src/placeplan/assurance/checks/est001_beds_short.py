"""EST001: the activity that is left needs more beds than there are."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each point of delivery with too few beds in any year, in the year in which most are missing."""
    for point in dict.fromkeys(row.point for row in case.plan.care_beds):
        start = f"capacity.beds.{point}"
        known = [(known_figure(case, f"{start}.{year}.gap"), year) for year in case.plan.header.years]
        gaps = [(value_of(figure), year) for figure, year in known if figure is not None]
        if not gaps or min(gaps)[0] >= 0:
            continue
        gap, year = min(gaps)
        needed, there = known_figure(case, f"{start}.{year}.needed"), known_figure(case, f"{start}.there")
        first = next(row for row in case.plan.care_beds if row.point == point)
        yield CHECK.finding(
            subject=f"{start}.{year}.gap",
            location=first.place.at("beds"),
            facts={
                "point": point.replace("-", " "),
                "year": year,
                "needed": worded(value_of(needed)),
                "there": worded(value_of(there)),
                "short": worded(-gap),
            },
            figures=(f"{start}.{year}.gap",),
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
