"""Who reports to whom on any day, and what comes to its end: for the page of governance and its reminders."""

from dataclasses import dataclass
from datetime import date

from placeplan.app.check_definitions import read_definitions
from placeplan.app.plan_chapters import Chapter, chapter_of_sections
from placeplan.assurance.governed import NOTICE, governance_of
from placeplan.registers.governance import Governance, Life
from placeplan.reports.sections.governance import governance_section
from placeplan.reports.types import PlanResults


@dataclass(frozen=True, slots=True)
class GroupsOnADay:
    """How many groups are at each point of their life, and the lines between them that do not hold."""

    there: int
    ends_soon: int
    expired: int
    alone: int
    broken: int


def notice_days() -> int:
    """How many days before its last one a group or a board is said to end soon."""
    return int(read_definitions().level(NOTICE).value)


def governance_on(results: PlanResults, day: date) -> Governance:
    """The groups and lines of a plan on a day."""
    return governance_of(results.case, day)


def governance_chapter(results: PlanResults, day: date) -> Chapter:
    """The chapter of governance as it is on a day."""
    return chapter_of_sections(results, (governance_section(governance_on(results, day)),))


def groups_on(found: Governance) -> GroupsOnADay:
    """The counts at the head of the page."""
    return GroupsOnADay(
        there=len(found.of_life(Life.THERE, Life.ENDS_SOON)),
        ends_soon=len(found.of_life(Life.ENDS_SOON)),
        expired=len(found.of_life(Life.EXPIRED)),
        alone=len(found.alone),
        broken=len(found.circles) + len(found.to_nobody) + len(tuple(found.of_the_expired)),
    )
