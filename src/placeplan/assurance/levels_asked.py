"""The levels that a round asks of an indicator in a year, each kind kept apart and named, and whether a planned value
reaches them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from placeplan.assurance.findings import Case
from placeplan.indicators.in_plans.trajectories import planned_number
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.printed import PrintedNumber
from placeplan.kernel.wording import worded
from placeplan.plan.tables import Trajectory
from placeplan.rounds.governance import Value
from placeplan.rounds.standards import Basis, Direction, Standard


class Kind(StrEnum):
    """Kinds of level: a standard in law or guidance, a milestone on the way, a threshold in a contract."""

    STANDARD = "standard"
    MILESTONE = "national milestone"
    THRESHOLD = "contract threshold"


NAME_OF_BASIS = {
    Basis.CONSTITUTION: "constitutional standard",
    Basis.NATIONAL_STANDARD: "national standard",
    Basis.TECHNICAL_GUIDANCE: "standard of the technical guidance",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level that is asked for, its name in words, and where it comes from."""

    kind: Kind
    name: str
    value: Decimal
    origin: Value

    @property
    def words(self) -> str:
        """Name and value: ``constitutional standard of 92%``."""
        return f"{self.name} of {worded(self.value, self.origin.unit)}"


@dataclass(frozen=True, slots=True)
class Miss:
    """A planned value on the wrong side of a level."""

    year: FinancialYear
    planned: PrintedNumber
    level: Level


def standards_by_id(case: Case) -> Mapping[str, Standard]:
    """The round's standards by their identifiers."""
    return {standard.id: standard for standard in case.round.standards}


def levels(standard: Standard, year: FinancialYear) -> Iterator[Level]:
    """What is asked for at the end of a year."""
    standing = standard.constitutional(year.last_day)
    if standing is not None:
        yield Level(Kind.STANDARD, NAME_OF_BASIS[standing.basis], standing.value, standing)
    milestone = standard.milestone_at(year.last_day)
    if milestone is not None and milestone.value is not None:
        yield Level(Kind.MILESTONE, f"national milestone due on {milestone.due}", milestone.value, milestone)
    threshold = standard.threshold(year.last_day)
    if threshold is not None:
        yield Level(Kind.THRESHOLD, f"threshold of {threshold.contract}", threshold.value, threshold)


def reaches(standard: Standard, value: Decimal, *, level: Decimal) -> bool:
    """Whether a value is on the good side of a level."""
    return value <= level if standard.direction is Direction.AT_MOST else value >= level


def misses(row: Trajectory, standard: Standard) -> Iterator[Miss]:
    """Every planned value of a trajectory that misses a level."""
    for year, number in planned_numbers(row):
        for level in levels(standard, year):
            if not reaches(standard, number.value, level=level.value):
                yield Miss(year, number, level)


def planned_numbers(row: Trajectory) -> Iterator[tuple[FinancialYear, PrintedNumber]]:
    """The years of a trajectory that hold a number."""
    for year, cell in row.planned.items():
        number = planned_number(cell)
        if number is not None:
            yield year, number


def excused_by_milestone(miss: Miss, standard: Standard) -> bool:
    """Whether a missed standard has a national milestone on the way to it: reached in the same year, or still ahead."""
    if miss.level.kind is not Kind.STANDARD:
        return False
    last_day = miss.year.last_day
    due, ahead = standard.milestone_at(last_day), standard.next_milestone(last_day)
    if due is None or due.value is None:
        return ahead is not None
    return reaches(standard, miss.planned.value, level=due.value)


def name_of(row: Trajectory) -> str:
    """Stable name of a trajectory: the indicator, and the area where one is given."""
    return f"{row.indicator} {row.area}" if row.area else row.indicator
