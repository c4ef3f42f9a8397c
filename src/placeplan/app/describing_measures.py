"""A measure in words: what it counts, how, against which standard, where it is published and who answers for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from placeplan.app.measure_definitions import read_measure_sets, read_measures
from placeplan.app.measure_standards import SIDES, Asked, asked_of
from placeplan.assurance.levels_asked import NAME_OF_BASIS
from placeplan.indicators.measures import Measure, Method, Polarity
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.wording import worded
from placeplan.rounds.governance import Governed
from placeplan.rounds.standards import Milestone, Scope, StandingValue

MOST_OFFERED = 3
PLACE = "indicators"
UNCONFIRMED = "UNCONFIRMED"
POLARITIES = {
    Polarity.HIGHER_IS_BETTER: "Higher is better.",
    Polarity.LOWER_IS_BETTER: "Lower is better.",
    Polarity.NEITHER: "Neither higher nor lower is better by itself.",
}
METHODS = {
    Method.PROPORTION: "numerator / denominator x {multiplier}; limits by Wilson's score method",
    Method.RATE: "numerator / denominator x {multiplier}; limits by Byar's method, exact below 10",
    Method.MEAN: "sum in the numerator / number in the denominator; limits only where the single values are known",
    Method.STANDARDISED_RATIO: "observed / expected x {multiplier}; limits by Byar's method, exact below 10",
    Method.DIRECTLY_STANDARDISED_RATE: (
        "rate of each age band, weighted by a standard population, x {multiplier}; Dobson's limits; "
        "none below 10 events"
    ),
    Method.LIFE_EXPECTANCY: "abridged life table by Chiang, with Silcocks's term for the last band",
    Method.SLOPE_INDEX: (
        "slope of a weighted line through areas ranked by deprivation; limits by simulation with a given seed"
    ),
    Method.YEARS_OF_LIFE_LOST: (
        "deaths of each age band x years of life left / population x {multiplier}, standardised for age where weights "
        "are given; Dobson's limits; none below 10 deaths"
    ),
    Method.COUNT: "the count itself; limits by Byar's method, exact below 10",
    Method.AS_PUBLISHED: "the value as published; nothing is worked out, and limits only where they are published",
}


@dataclass(frozen=True, slots=True)
class DescriptionSection:
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureDescription:
    """A measure in words; ``overdue`` says that its definition should have been reviewed by the day that was given."""

    id: str
    title: str
    confirmed: bool
    overdue: bool
    sections: tuple[DescriptionSection, ...]


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure on one line of a list."""

    id: str
    title: str
    unit: str
    sets: tuple[str, ...]
    confirmed: bool


def describe(measure_id: str, *, day: date | None = None) -> MeasureDescription:
    """What a measure is; capital and small letters of its identifier are the same.

    Args:
        measure_id: identifier of the measure.
        day: the day on which the review is judged; nothing is overdue without one.

    Raises:
        InputError: there is no such measure; the message offers the nearest ones.
    """
    measure = measure_called(measure_id)
    sections = (
        DescriptionSection("What it is", tuple(_meaning(measure))),
        DescriptionSection("Standard by date", tuple(_standard(measure))),
        DescriptionSection("Method", tuple(_method(measure))),
        DescriptionSection("Where it is published", tuple(_published(measure))),
        DescriptionSection("Who answers for it", tuple(_responsible(measure, day))),
    )
    late = day is not None and measure.overdue(day)
    return MeasureDescription(measure.id, measure.title, measure.confirmed, late, sections)


def measure_called(measure_id: str) -> Measure:
    """The measure with an identifier.

    Raises:
        InputError: there is none; the message offers the nearest ones, or says why a code was left out.
    """
    measures = read_measures()
    if measure_id in measures:
        return measures[measure_id]
    for each in (one for measure_set in read_measure_sets() for one in measure_set.left_out):
        if each.code.lower() == measure_id.lower():
            raise InputError([Problem(Location(PLACE), f"{each.code} has no definition. {each.why}")])
    raise _unknown(measure_id, [each.id for each in measures.measures], kind="measure")


def list_measures(set_name: str | None = None) -> tuple[MeasureLine, ...]:
    """Every measure, or those of a set, numbers in codes in their order (EF2 before EF10).

    Raises:
        InputError: there is no such set; the message offers the nearest ones.
    """
    measures = read_measures()
    if set_name is not None and set_name not in measures.sets:
        raise _unknown(set_name, [each.id for each in read_measure_sets()], kind="set of measures")
    chosen = measures.measures if set_name is None else measures.in_set(set_name)
    return tuple(
        MeasureLine(each.id, each.title, each.unit, each.sets, each.confirmed) for each in sorted(chosen, key=_in_order)
    )


def _in_order(measure: Measure) -> tuple[str, int, str]:
    """Codes by their number, then by name."""
    letters = measure.id.rstrip("0123456789")
    number = measure.id.removeprefix(letters)
    return (letters, int(number or 0), measure.id)


def _unknown(name: str, known: list[str], *, kind: str) -> InputError:
    small = {one.lower(): one for one in known}
    near = [small[one] for one in get_close_matches(name.lower(), list(small), n=MOST_OFFERED, cutoff=0.5)]
    mend = f"Did you mean {' or '.join(near)}?" if near else "`placeplan indicators describe` lists them."
    return InputError(
        [Problem(Location(PLACE), f"there is no {kind} '{name}'", f"one of the {len(known)} that are known", mend)]
    )


def _meaning(measure: Measure) -> Iterator[str]:
    yield measure.why
    if measure.numerator is not None:
        yield f"Numerator: {measure.numerator.words} (column {measure.numerator.column})."
    if measure.denominator is not None:
        yield f"Denominator: {measure.denominator.words} (column {measure.denominator.column})."
    for exclusion in measure.exclusions:
        yield f"Left out: {exclusion}."
    yield f"Unit: {measure.unit}. One value for each {_plain(measure.frequency)}. {POLARITIES[measure.polarity]}"
    if measure.at_a_moment:
        yield "It counts what there is at a moment, so the values of several periods do not add up."
    if measure.note:
        yield f"Note: {measure.note}"


def _method(measure: Measure) -> Iterator[str]:
    formula = METHODS[measure.method].format(multiplier=f"{measure.multiplier:,}")
    yield f"{_plain(measure.method).capitalize()}: {formula}."
    if measure.counts_people:
        rule = f" Its data have a rule of their own: {measure.disclosure}." if measure.disclosure else ""
        yield f"It counts people: choose a disclosure rule before small numbers are shown to others.{rule}"


def _plain(name: str) -> str:
    """The name of a choice as words."""
    return name.replace("-", " ")


def _published(measure: Measure) -> Iterator[str]:
    for source in measure.sources:
        unlocked = f" Unlocked by the data set {source.dataset} of a data folder." if source.dataset else ""
        yield f"{source.publisher}: {source.title}.{unlocked}"
    if not any(source.dataset for source in measure.sources):
        yield "No data set that Placeplan knows holds it; give it in a tidy file of your own."


def _responsible(measure: Measure, day: date | None) -> Iterator[str]:
    yield f"Owner: {measure.owner}. Author: {measure.author}. Checker: {measure.checker}."
    yield f"Reference: {measure.reference.rstrip('.')}{'' if measure.confirmed else f' ({UNCONFIRMED})'}."
    review = measure.review
    yield f"Reviewed on {review.reviewed} by {review.reviewer}; the next review is due on {review.review_due}."
    if day is not None and measure.overdue(day):
        yield f"OVERDUE: the review is {(day - review.review_due).days} days late on {day}."


def _standard(measure: Measure) -> Iterator[str]:
    """Each level once, with the rounds that ask for it."""
    asked = asked_of(measure)
    if not asked:
        yield "No planning round sets a level."
        return
    rounds: dict[str, list[str]] = {}
    for each in asked:
        for text in _levels(each):
            rounds.setdefault(text, []).append(each.round.id)
    if not rounds:
        yield f"No level is printed. Asked for in {', '.join(each.round.id for each in asked)}."
    for text, names in rounds.items():
        yield f"{text} Round{'s' if len(names) > 1 else ''}: {', '.join(names)}."


def _levels(asked: Asked) -> Iterator[str]:
    """The levels of a round, each with its source."""
    standard = asked.standard
    for standing in standard.constitutional_standard:
        level = f"{_level(asked, standing)}, {NAME_OF_BASIS[standing.basis]}{_days(standing)}."
        yield f"{level} {_source(standing)}"
    for milestone in standard.national_milestones:
        who = "each organisation" if milestone.scope is Scope.ORGANISATION else "the country"
        yield f"{_level(asked, milestone)} by {milestone.due}, milestone for {who}. {_source(milestone)}"
    if standard.improvement is not None:
        yield f"No year worse than the one before. {_source(standard.improvement)}"


def _level(asked: Asked, origin: StandingValue | Milestone) -> str:
    direction = asked.standard.direction
    side = f"{SIDES[direction]} " if direction else ""
    parts = [f"{side}{worded(origin.value, origin.unit)}"] if origin.value is not None else []
    if isinstance(origin, Milestone) and origin.change is not None:
        parts.append(f"a change of {origin.change:+f} from the baseline")
    text = " or ".join(parts)
    return text[:1].upper() + text[1:]


def _days(standing: StandingValue) -> str:
    since = f" from {standing.effective_from}" if standing.effective_from else ""
    until = f" until {standing.effective_until}" if standing.effective_until else ""
    return since + until


def _source(value: Governed) -> str:
    note = f" {value.note.rstrip('.')}." if value.note else ""
    return f"Source: {value.reference.rstrip('.')}{'' if value.confirmed else f' ({UNCONFIRMED})'}.{note}"
