"""MAP004: an area that can be changed has no goal, or nobody says whether it can be changed."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.finance.spend_areas import can_be_changed
from placeplan.kernel.errors import Location
from placeplan.plan.spend_tree import parts_of


def find(case: Case) -> Iterator[Finding]:
    """Each area without parts that has no lever entered, or a lever here and no goal."""
    parts = parts_of(case.plan.spend_areas)
    for area in case.plan.spend_areas:
        if area.area in parts:
            continue
        if area.lever is None:
            yield _finding(
                area.area, area.place.at("lever"), title=area.title, what="it is not said what can be changed"
            )
        elif can_be_changed(area) and area.goal is None:
            yield _finding(area.area, area.place.at("goal"), title=area.title, what="it can be changed and has no goal")


def _finding(subject: str, location: Location, *, title: str, what: str) -> Finding:
    return CHECK.finding(subject=subject, location=location, facts={"area": title, "what": what})


CHECK = Check(
    code="MAP004",
    title="An area of spend has no lever entered, or no goal",
    message="{area}: {what}",
    severity=Severity.NOTE,
    why="What nobody looked at gives nothing, and the areas with goals are asked for more.",
    mend="Enter the lever, `none` included; set a goal, 0% included.",
    references=("NHS England (Kent and Medway), operational plan 2014-16: savings by lever and local discretion",),
    find=find,
)
