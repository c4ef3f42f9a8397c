"""Figures of population that a plan prints, each checked by the others: levels, changes, per cents, two horizons."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from placeplan.kernel.printed import PrintedNumber, Verdict, reconcile
from placeplan.plan.tables import Observation
from placeplan.population.errors import PopulationError
from placeplan.population.printed_changes import PrintedChange, Range, chained

ABOUT_PEOPLE = "population"
CHANGE, SHARE = "-increase", "-increase-share"
HUNDRED = Decimal(100)
_ENDS = re.compile(r"(\S+) to (.+)")


@dataclass(frozen=True, slots=True)
class PrintedCheck:
    """A printed figure of population, and whether the others bear it out.

    Attributes:
        row: the observation that was checked.
        words: what was checked and found, as a sentence.
        verdict: exact, within rounding or fails.
    """

    row: Observation
    words: str
    verdict: Verdict


def population_rows(observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """The observations of population that have a value: those whose indicator names it."""
    return tuple(row for row in observations if ABOUT_PEOPLE in row.indicator and row.value is not None)


def printed_checks(observations: Sequence[Observation]) -> Iterator[PrintedCheck]:
    """Check what is printed about population: changes by levels, and two changes from one year by what they rest on.

    An indicator ``x-increase`` is the change of ``x`` in number, ``x-increase-share`` in per cent; their period is
    ``2015 to 2035``. A figure that nothing else says anything about is not checked.
    """
    rows = population_rows(observations)
    yield from _level_checks(rows)
    changes = list(_changes(rows))
    for first, (one, change) in enumerate(changes):
        for other, later in changes[first + 1 :]:
            of_one_year = (one.indicator, one.area, _start(one)) == (other.indicator, other.area, _start(other))
            if of_one_year and change.factor.low > 0:  # nothing can follow from a fall to nobody
                yield _chained_check(one, first=change, second=later)


def _level_checks(rows: tuple[Observation, ...]) -> Iterator[PrintedCheck]:
    """Changes between two printed levels: as a number, and per cent."""
    levels = {(row.indicator, row.area, row.period): row.value for row in rows}
    for row in rows:
        ends = _ENDS.fullmatch(row.period or "")
        suffix = next((one for one in (SHARE, CHANGE) if row.indicator.endswith(one)), "")
        if ends is None or not suffix or row.value is None:
            continue
        name = row.indicator.removesuffix(suffix)
        first, last = (levels.get((name, row.area, end)) for end in ends.groups())
        if first is None or last is None:
            continue
        if suffix == CHANGE:
            yield _change_check(row, row.value, first=first, last=last)
        elif first.value > 0:  # nobody grows by no per cent
            yield _share_check(row, row.value, first=first, last=last)


def _change_check(
    row: Observation, printed: PrintedNumber, *, first: PrintedNumber, last: PrintedNumber
) -> PrintedCheck:
    change = last.value - first.value
    verdict = reconcile(printed, derived=change, tolerance=first.tolerance + last.tolerance)
    words = f"{row.area}, {row.period}: {last.text} less {first.text} is {change:,}; {printed.text} is printed."
    return PrintedCheck(row, words, verdict)


def _share_check(
    row: Observation, printed: PrintedNumber, *, first: PrintedNumber, last: PrintedNumber
) -> PrintedCheck:
    share = (last.value / first.value - 1) * HUNDRED
    slack = HUNDRED * (first.tolerance + last.tolerance) / first.value
    verdict = reconcile(printed, derived=share, tolerance=slack)
    words = f"{row.area}, {row.period}: from {first.text} to {last.text} is {share:.3f}%; {printed.text} is printed."
    return PrintedCheck(row, words, verdict)


def _changes(rows: tuple[Observation, ...]) -> Iterator[tuple[Observation, PrintedChange]]:
    """Changes that are printed both as people and per cent, for the same area and period."""
    shares = {(row.indicator, row.area, row.period): row for row in rows if row.indicator.endswith(SHARE)}
    for row in rows:
        share = shares.get((f"{row.indicator}-share", row.area, row.period))
        if row.indicator.endswith(CHANGE) and share and share.value and row.value:
            try:
                yield row, PrintedChange(f"{row.title}, {row.area}, {row.period}", row.value, share.value)
            except PopulationError:
                continue  # a change of 0% says nothing about its base


def _chained_check(row: Observation, *, first: PrintedChange, second: PrintedChange) -> PrintedCheck:
    found = chained(first, second)
    bases = " and ".join(f"{_told(one.base)} ({one.per_cent.text}, {one.people.text})" for one in (first, second))
    between = f"{_per_cent(found.between.low)} to {_per_cent(found.between.high)}"
    common = f"together {_told(found.base)}" if found.base else "they have no base in common"
    words = (
        f"{row.title}, {row.area}, from {_start(row)}: the printed changes rest on {bases} people; {common}. "
        f"Between their ends the growth is {between}."
    )
    return PrintedCheck(row, words, Verdict.WITHIN_ROUNDING if found.agrees else Verdict.FAILS)


def _told(numbers: Range) -> str:
    return f"{numbers.low:,.0f} to {numbers.high:,.0f}"


def _per_cent(factor: Decimal) -> str:
    return f"{(factor - 1) * HUNDRED:+.1f}%"


def _start(row: Observation) -> str:
    ends = _ENDS.fullmatch(row.period or "")
    return ends[1] if ends else row.period or ""
