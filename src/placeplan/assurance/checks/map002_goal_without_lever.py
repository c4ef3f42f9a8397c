"""MAP002: a goal is set where nothing can be given."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.finance.spend_areas import can_be_changed, kind_of
from placeplan.plan.savings_tables import Lever
from placeplan.plan.spend_tree import parts_of

_WHY = {
    Lever.NONE: "nothing can be changed about it",
    "national": "it can be changed only nationally",
    "unknown": "it is not said what can be changed about it",
}


def find(case: Case) -> Iterator[Finding]:
    """Each area with a goal that has parts, no lever, or none that can be pulled here."""
    parts = parts_of(case.plan.spend_areas)
    for area in case.plan.spend_areas:
        parted = area.area in parts
        if area.goal is None or not area.goal.value or (can_be_changed(area) and not parted):
            continue
        yield CHECK.finding(
            subject=area.area,
            location=area.place.at("goal"),
            facts={
                "area": area.title,
                "goal": area.goal,
                "why": "it has parts, whose goals count" if parted else _WHY[kind_of(area)],
            },
        )


CHECK = Check(
    code="MAP002",
    title="A goal is set where nothing can be given",
    message="{area}: a goal of {goal} is set, and {why}; it counts for nothing",
    severity=Severity.ERROR,
    why="A saving that nobody here can make is a gap in the plan.",
    mend="Name the lever and who can pull it; set the goals of an area with parts on the parts; or take the goal away.",
    references=("NHS England (Kent and Medway), operational plan 2014-16: savings by lever and local discretion",),
    find=find,
)
