"""The level that the planning rounds ask of a measure on a day, and how it changes over time.

Trajectories that a place set for itself and thresholds in contracts are other things, and are not given here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise

from placeplan.assurance.levels_asked import NAME_OF_BASIS
from placeplan.indicators.measures import Measure
from placeplan.kernel.figures import RuleReference
from placeplan.kernel.wording import worded
from placeplan.rounds.planning_round import PlanningRound
from placeplan.rounds.reader import list_rounds, read_round
from placeplan.rounds.standards import Direction, Milestone, Standard, StandingValue

ONE_DAY = timedelta(days=1)
SIDES = {Direction.AT_LEAST: "at least", Direction.AT_MOST: "at most"}


@dataclass(frozen=True, slots=True)
class StandingLevel:
    """A level that is asked for.

    ``basis`` says in words what makes it one; ``round_id`` is the round that asks for it. ``carried`` means that no
    round of the day speaks of the measure, so that an earlier round's standard is carried on; it is ``confirmed``
    only if a later round asks the same.
    """

    value: Decimal
    unit: str
    direction: Direction
    basis: str
    round_id: str
    rule: RuleReference
    confirmed: bool
    carried: bool = False

    @property
    def words(self) -> str:
        """On one line: ``at least 95%, constitutional standard (round 2017-19)``."""
        carried = ", carried on" if self.carried else ""
        sure = "" if self.confirmed else "; UNCONFIRMED"
        level = f"{SIDES[self.direction]} {worded(self.value, self.unit)}"
        return f"{level}, {self.basis} (round {self.round_id}{carried}{sure})"


@dataclass(frozen=True, slots=True)
class LevelStep:
    """A level with the first and the last day on which it is asked for, within the days that were asked about."""

    first: date
    last: date
    level: StandingLevel


@dataclass(frozen=True, slots=True)
class Asked:
    """A standard as one round asks for it."""

    round: PlanningRound
    standard: Standard

    @property
    def first_day(self) -> date:
        """The first day of the years of the round."""
        return self.round.years[0].first_day

    @property
    def last_day(self) -> date:
        """The last day of the years of the round."""
        return self.round.years[-1].last_day


def level_on(measure: Measure, day: date) -> StandingLevel | None:
    """The level asked of a measure on a day.

    The latest round whose years hold the day answers: its standing standard; else its national milestone in force; else
    the one that comes next. Where no round of the day has an answer, the nearest earlier round's standing standard is
    carried on.
    """
    rounds = asked_of(measure)
    for asked in reversed(rounds):
        if asked.first_day <= day <= asked.last_day:
            level = _standing(asked, day) or _milestone(asked, day)
            if level is not None:
                return level
    return _carried_on(rounds, day)


def levels_between(measure: Measure, *, first: date, last: date) -> tuple[LevelStep, ...]:
    """The levels asked of a measure from one day to another, in order; days without a level are in no step.

    Raises:
        ValueError: the last day lies before the first.
    """
    if last < first:
        raise ValueError(f"the last day, {last}, lies before the first, {first}")
    inside = {day for asked in asked_of(measure) for day in _days_of_change(asked) if first < day <= last}
    starts = [first, *sorted(inside), last + ONE_DAY]
    steps: list[LevelStep] = []
    for start, following in pairwise(starts):
        level = level_on(measure, start)
        if level is None:
            continue
        end = following - ONE_DAY
        if steps and steps[-1].level == level and steps[-1].last + ONE_DAY == start:
            steps[-1] = LevelStep(steps[-1].first, end, level)
        else:
            steps.append(LevelStep(start, end, level))
    return tuple(steps)


def asked_of(measure: Measure) -> tuple[Asked, ...]:
    """The standard of a measure in each round that knows it, oldest first."""
    return _asked(measure.standard) if measure.standard else ()


@cache
def _asked(standard_id: str) -> tuple[Asked, ...]:
    rounds = (read_round(name) for name in list_rounds())
    found = (Asked(each, standard) for each in rounds for standard in each.standards if standard.id == standard_id)
    return tuple(sorted(found, key=lambda asked: (asked.first_day, asked.last_day)))


def _standing(asked: Asked, day: date) -> StandingLevel | None:
    standing = asked.standard.constitutional(day)
    return None if standing is None else _level(asked, standing, basis=NAME_OF_BASIS[standing.basis])


def _milestone(asked: Asked, day: date) -> StandingLevel | None:
    for milestone in (asked.standard.milestone_at(day), asked.standard.next_milestone(day)):
        if milestone is not None and milestone.value is not None:
            return _level(asked, milestone, basis=f"national milestone due on {milestone.due}")
    return None


def _level(asked: Asked, origin: StandingValue | Milestone, *, basis: str) -> StandingLevel | None:
    direction = asked.standard.direction
    if origin.value is None or direction is None:
        return None
    return StandingLevel(
        value=origin.value,
        unit=origin.unit,
        direction=direction,
        basis=basis,
        round_id=asked.round.id,
        rule=origin.rule_reference(),
        confirmed=origin.confirmed,
    )


def _carried_on(rounds: tuple[Asked, ...], day: date) -> StandingLevel | None:
    """The standing standard of the nearest round before a day."""
    for asked in reversed(rounds):
        level = _standing(asked, day) if asked.last_day < day else None
        if level is not None:
            ahead = next((_standing(later, later.first_day) for later in rounds if later.first_day > day), None)
            same = ahead is not None and ahead.value == level.value
            return replace(level, confirmed=level.confirmed and same, carried=True)
    return None


def _days_of_change(asked: Asked) -> Iterator[date]:
    """Days on which the level of a round may begin to be another."""
    yield asked.first_day
    yield asked.last_day + ONE_DAY
    for standing in asked.standard.constitutional_standard:
        if standing.effective_from is not None:
            yield standing.effective_from
        if standing.effective_until is not None:
            yield standing.effective_until + ONE_DAY
    for milestone in asked.standard.national_milestones:
        yield milestone.due
