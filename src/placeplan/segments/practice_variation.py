"""What a practice has beside what people like its own have elsewhere: indirect standardisation by segment, age and sex.

Expected is what a practice would have if each of its people had what people of the same group have on average over all
practices. Observed and expected add up to the same over all practices.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import narwhals.stable.v2 as nw

from placeplan.segments.contract import PERSON_KEY
from placeplan.segments.engine import Frame
from placeplan.segments.features import ACTIVITY_COLUMNS, SPEND
from placeplan.segments.periods import Period
from placeplan.segments.results import PEOPLE, Dimension
from placeplan.segments.variance_explained import Groups, Sums

TOTAL, SQUARES = "total", "squares"
MIX = (Dimension.PRACTICE, Dimension.SEGMENT, Dimension.AGE_BAND, Dimension.SEX)


@dataclass(frozen=True, slots=True)
class Cell:
    """People of one practice and one group, and what was counted of them, by name."""

    practice: str
    group: tuple[str, ...]
    people: int
    counted: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AgainstExpected:
    """What was counted in a practice, and what its mix of people would lead one to expect."""

    practice: str
    measure: str
    people: int
    observed: int
    expected: float

    @property
    def ratio(self) -> float | None:
        """Observed over expected; None where nothing is expected."""
        return self.observed / self.expected if self.expected else None


def cells_of(rows: Iterable[Sequence[object]]) -> tuple[Cell, ...]:
    """The rows of ``matrix(people, MIX)``: practice, segment, age band, sex, people, events, bed days, pence."""
    found = []
    for practice, *group_and_figures in rows:
        keys, (people, *figures) = group_and_figures[: len(MIX) - 1], group_and_figures[len(MIX) - 1 :]
        numbers = [_whole(figure) for figure in figures]
        counted = dict(zip(ACTIVITY_COLUMNS, numbers, strict=True))
        found.append(Cell(str(practice), tuple(str(key) for key in keys), _whole(people), counted))
    return tuple(found)


def _whole(number: object) -> int:
    if not isinstance(number, int):
        message = f"{number!r} is not a whole number"
        raise TypeError(message)
    return number


def people_in_segments(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Cells of age band and sex in which people of each segment are counted, from cells of segment, age band and sex.

    So a practice's people in a segment can be held against what its ages and sexes would lead one to expect.
    """
    every = list(cells)
    segments = sorted({cell.group[0] for cell in every})
    people: dict[tuple[str, tuple[str, ...]], dict[str, int]] = defaultdict(lambda: dict.fromkeys(segments, 0))
    for cell in every:
        people[(cell.practice, cell.group[1:])][cell.group[0]] += cell.people
    return tuple(
        Cell(practice, group, sum(counted.values()), counted) for (practice, group), counted in sorted(people.items())
    )


def against_expected(cells: Iterable[Cell]) -> tuple[AgainstExpected, ...]:
    """Each measure of each practice beside its expectation, in order of practice and then as the cells name measures.

    A practice with nothing counted is there with 0. Sums of expected are rounded once, so they do not depend on order.
    """
    every = list(cells)
    measures = list(dict.fromkeys(name for cell in every for name in cell.counted))
    people: dict[tuple[str, ...], int] = defaultdict(int)
    counted: dict[tuple[tuple[str, ...], str], int] = defaultdict(int)
    of_practice: dict[str, list[Cell]] = defaultdict(list)
    for cell in every:
        people[cell.group] += cell.people
        of_practice[cell.practice].append(cell)
        for name in measures:
            counted[(cell.group, name)] += cell.counted.get(name, 0)
    return tuple(
        AgainstExpected(
            practice,
            name,
            sum(cell.people for cell in own),
            sum(cell.counted.get(name, 0) for cell in own),
            fsum(cell.people * counted[(cell.group, name)] / people[cell.group] for cell in own if cell.people),
        )
        for practice, own in sorted(of_practice.items())
        for name in measures
    )


def event_sums(people: Frame, activity: Frame, *, period: Period, setting: str) -> Frame:
    """People of each combination of ``MIX``, their events in a setting, and the squares of each person's number.

    Args:
        people: one row a person, from ``placed``.
        activity: the table of activity.
        period: the days.
        setting: as the contract names it, such as ``emergency-admission``.
    """
    keys = [str(one) for one in MIX]
    days = nw.col("date")
    chosen = activity.filter(days >= period.first, days <= period.last, nw.col("setting") == setting)
    each = chosen.group_by(PERSON_KEY).agg(nw.len().alias(TOTAL))
    joined = people.select(PERSON_KEY, *keys).join(each, on=PERSON_KEY, how="left")
    counted = joined.with_columns(nw.col(TOTAL).fill_null(0).cast(nw.Int64))
    squared = counted.with_columns((nw.col(TOTAL) * nw.col(TOTAL)).alias(SQUARES))
    found = squared.group_by(keys).agg(nw.len().alias(PEOPLE), nw.col(TOTAL, SQUARES).sum())
    return (
        found.with_columns(nw.col(PEOPLE, TOTAL, SQUARES).cast(nw.Int64))
        .select(*keys, PEOPLE, TOTAL, SQUARES)
        .sort(keys)
    )


def event_groups(rows: Iterable[Sequence[object]]) -> dict[str, Groups]:
    """The rows of ``event_sums`` by practice and group."""
    found: dict[str, dict[tuple[str, ...], Sums]] = defaultdict(dict)
    for practice, *rest in rows:
        names, numbers = rest[: len(MIX) - 1], rest[len(MIX) - 1 :]
        found[str(practice)][tuple(map(str, names))] = Sums(*(_whole(number) for number in numbers))
    return dict(found)


def cells_of_spend(practices: Mapping[str, Groups]) -> tuple[Cell, ...]:
    """Cells with the spend of each practice and group, as budgets take them."""
    return tuple(
        Cell(practice, group, sums.people, {SPEND: sums.total})
        for practice, groups in practices.items()
        for group, sums in groups.items()
    )
