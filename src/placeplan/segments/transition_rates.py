"""What the moves of one year say of the next: rates of leaving, dying and moving, and people who come in.

A forecast of one year from these, begun with the population before, ends with the population after, to the person,
wherever no row had to be pooled. A row (sex, age band, segment) with few people behind it is pooled upward: its rates
are those of all ages of the sex, and where these are few too, those of everybody in the segment.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

import numpy as np
from pydantic import Field

from placeplan.rounds.governance import Review
from placeplan.segments.conditions import Sourced
from placeplan.segments.forecast_flows import FloatArray, Rates
from placeplan.segments.forecasting import Forecast, forecast_segments
from placeplan.segments.transitions import ARRIVED, BORN, DIED, ENTERING, LEAVING, LEFT, Move, Transitions

OWN, ALL_AGES, EVERYBODY, NOBODY = "", "rates of all ages", "rates of all ages and both sexes", "nobody to learn from"


class PoolingRules(Sourced):
    """How many people must stand behind a row of rates for it to be used."""

    fewest_people: Annotated[int, Field(ge=1)]
    review: Review


@dataclass(frozen=True, slots=True, order=True)
class State:
    """People told apart in a forecast."""

    sex: str
    age_band: str
    segment: str

    def __str__(self) -> str:
        """Print as a table shows it."""
        return f"{self.segment}, {self.sex}, {self.age_band}"


@dataclass(frozen=True, slots=True)
class PooledRow:
    """A row whose rates are not its own: how many people stood behind it, and whose rates it has."""

    state: State
    people: int
    note: str

    def __str__(self) -> str:
        """Print as a sentence."""
        return f"{self.state}: {self.people:,} people, too few for rates of their own; {self.note}"


@dataclass(frozen=True, eq=False)
class YearOfMoves:
    """What happens in a year, for ``forecast_segments``; states in one order throughout.

    Attributes:
        states: who is told apart: those who were there before or after.
        before: people of each state before.
        after: people of each state after, from which a forecast begins.
        departures: rates of leaving, of those who are there.
        deaths: rates of dying, of those who did not leave.
        moves: where those go who stay; ageing is part of it.
        births: people who were born, by the state in which they are first seen.
        arrivals: people who came.
        pooled: rows whose rates are not their own.
    """

    states: tuple[State, ...]
    before: FloatArray
    after: FloatArray
    departures: FloatArray
    deaths: FloatArray
    moves: FloatArray
    births: FloatArray
    arrivals: FloatArray
    pooled: tuple[PooledRow, ...]

    def forecast(self, years: int, *, initial: FloatArray | None = None) -> Forecast:
        """So many years like this one, from the population after.

        Raises:
            ValueError: see ``forecast_segments``.
        """
        return forecast_segments(
            self.after if initial is None else initial,
            self.moves,
            births=self.births,
            net_migration=self.arrivals,
            deaths=Rates(self.deaths),
            departures=Rates(self.departures),
            years=years,
            states=[str(state) for state in self.states],
        )


@dataclass
class _Tally:
    """People behind a row: how many were there, left and died, and where those who stayed went."""

    there: int = 0
    left: int = 0
    died: int = 0
    states: Counter[State] = field(default_factory=Counter)
    segments: Counter[str] = field(default_factory=Counter)
    bands: Counter[str] = field(default_factory=Counter)

    def add(self, move: Move) -> None:
        self.there += move.people
        self.left += move.people * (move.to_segment == LEFT)
        self.died += move.people * (move.to_segment == DIED)
        if move.stays:
            band = str(move.to_age_band)
            self.states[State(move.sex, band, move.to_segment)] += move.people
            self.segments[move.to_segment] += move.people
            self.bands[band] += move.people

    @property
    def stayed(self) -> int:
        return self.there - self.left - self.died


_Key = tuple[str | None, str | None, str | None]


def year_of_moves(transitions: Transitions, rules: PoolingRules) -> YearOfMoves:
    """The rates and flows of the year between two snapshots, by sex, age band and segment."""
    tallies = _tallies(transitions)
    states = _states(transitions)
    place = {state: number for number, state in enumerate(states)}
    before, after = _people_before(transitions, place), _people_after(transitions, place)
    departures, deaths, moves = np.zeros(len(states)), np.zeros(len(states)), np.zeros((len(states),) * 2)
    pooled = []
    for state, number in place.items():
        tally, note = _enough(tallies, state, rules=rules)
        departures[number] = _share(tally.left, tally.there)
        deaths[number] = _share(tally.died, tally.there - tally.left)
        if note and (before[number] or after[number]):
            pooled.append(PooledRow(state, int(before[number]), note))
        for to, share in _going(state, tally, ages=tallies[(state.sex, state.age_band, None)] if note else None):
            moves[number, place[to]] += share
    return YearOfMoves(
        states,
        before=before,
        after=after,
        departures=departures,
        deaths=deaths,
        moves=moves,
        births=_people_after(transitions, place, came=BORN),
        arrivals=_people_after(transitions, place, came=ARRIVED),
        pooled=tuple(pooled),
    )


def _states(transitions: Transitions) -> tuple[State, ...]:
    """Every combination of the sexes, age bands and segments that occur, in the order of the scheme."""
    bands = {move.from_age_band for move in transitions.moves} | {move.to_age_band for move in transitions.moves}
    return tuple(
        State(sex, band, segment)
        for sex in transitions.sexes
        for band in transitions.age_bands
        if band in bands
        for segment in transitions.segments
    )


def _tallies(transitions: Transitions) -> defaultdict[_Key, _Tally]:
    """A tally of each row, of all ages of a sex and segment, of a segment, and of a sex and age band."""
    found: defaultdict[_Key, _Tally] = defaultdict(_Tally)
    for move in transitions.moves:
        if move.from_segment not in ENTERING:
            sex, band, segment = move.sex, move.from_age_band, move.from_segment
            for key in ((sex, band, segment), (sex, None, segment), (None, None, segment), (sex, band, None)):
                found[key].add(move)
    return found


def _enough(tallies: Mapping[_Key, _Tally], state: State, *, rules: PoolingRules) -> tuple[_Tally, str]:
    """The tally whose rates a row has, and a note where it is not its own."""
    for key, note in (
        ((state.sex, state.age_band, state.segment), OWN),
        ((state.sex, None, state.segment), ALL_AGES),
        ((None, None, state.segment), EVERYBODY),
    ):
        tally = tallies[key]
        if tally.there >= rules.fewest_people or (note == EVERYBODY and tally.there):
            return tally, note
    return _Tally(), NOBODY


def _going(state: State, tally: _Tally, *, ages: _Tally | None) -> Iterator[tuple[State, float]]:
    """Where those who stay go, as shares that add up to 1.

    A pooled row (``ages`` given) takes segments from its tally, and age bands from everybody of its sex and age.
    """
    if ages is None:
        yield from (
            ((to, people / tally.stayed) for to, people in tally.states.items()) if tally.stayed else ((state, 1),)
        )
        return
    segments = _shares(tally.segments, alone=state.segment)
    bands = _shares(ages.bands, alone=state.age_band)
    for segment, share in segments.items():
        for band, part in bands.items():
            yield State(state.sex, band, segment), share * part


def _shares(people: Mapping[str, int], *, alone: str) -> dict[str, float]:
    whole = sum(people.values())
    return {name: one / whole for name, one in people.items()} if whole else {alone: 1.0}


def _share(people: int, whole: int) -> float:
    return people / whole if whole else 0.0


def _people_before(transitions: Transitions, place: Mapping[State, int]) -> FloatArray:
    found = np.zeros(len(place))
    for move in transitions.moves:
        if move.from_segment not in ENTERING:
            found[place[State(move.sex, str(move.from_age_band), move.from_segment)]] += move.people
    return found


def _people_after(transitions: Transitions, place: Mapping[State, int], *, came: str | None = None) -> FloatArray:
    """People after by state; only those who came in one way where it is named."""
    found = np.zeros(len(place))
    for move in transitions.moves:
        if move.to_segment not in LEAVING and came in {None, move.from_segment}:
            found[place[State(move.sex, str(move.to_age_band), move.to_segment)]] += move.people
    return found
