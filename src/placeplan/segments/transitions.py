"""Who went where between two years: between segments, and in and out by birth, arrival, death and departure.

Both years are snapshots (``Membership.ON_LAST_DAY``): then those who were there before are those who stay, die or
leave, and those who are there after are those who stayed, were born or arrived. Nobody is counted twice or left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw
import numpy as np
import numpy.typing as npt

from placeplan.segments.contract import PERSON_KEY
from placeplan.segments.engine import Frame
from placeplan.segments.periods import Period
from placeplan.segments.results import PEOPLE
from placeplan.segments.schemes import UNKNOWN_AGE, Scheme
from placeplan.segments.segmenting import AGE_BAND, SEGMENT

BORN, ARRIVED = "born", "arrived"
DIED, LEFT = "died", "left"
ENTERING, LEAVING = (BORN, ARRIVED), (DIED, LEFT)
MOVE = ("sex", "from_age_band", "from_segment", "to_age_band", "to_segment")

Counts = npt.NDArray[np.int64]


def moves_between(before: Frame, after: Frame, *, people: Frame, earlier: Period, later: Period) -> Frame:
    """Whole numbers of people for each move that occurs: ``sex``, from and to ``age_band`` and ``segment``.

    Someone who is there before only ``died`` where a death up to the last day of the later year is known, and ``left``
    otherwise. Someone who is there after only was ``born`` where the month of birth comes after that of the earlier
    last day, and ``arrived`` otherwise. Their other age band is blank. Sex is as it was known last.

    Args:
        before: one row a person, segmented, on the last day of ``earlier``.
        after: the same on the last day of ``later``.
        people: the table of people, for months of birth and death.
        earlier: the first of the two years.
        later: the second.
    """
    old = before.select(PERSON_KEY, from_sex="sex", from_age_band=AGE_BAND, from_segment=SEGMENT)
    new = after.select(PERSON_KEY, to_sex="sex", to_age_band=AGE_BAND, to_segment=SEGMENT)
    both = old.join(new, on=PERSON_KEY, how="full", suffix="_after")
    both = both.with_columns(nw.coalesce(PERSON_KEY, f"{PERSON_KEY}_after").alias(PERSON_KEY))
    dated = both.join(people.select(PERSON_KEY, "birth_month", "death_month"), on=PERSON_KEY, how="left")
    born = _month(nw.col("birth_month")) > earlier.months
    died = nw.col("death_month") <= later.last
    told = dated.select(
        nw.coalesce("to_sex", "from_sex").alias("sex"),
        "from_age_band",
        _or_else("from_segment", nw.when(born).then(nw.lit(BORN)).otherwise(nw.lit(ARRIVED))),
        "to_age_band",
        _or_else("to_segment", nw.when(died).then(nw.lit(DIED)).otherwise(nw.lit(LEFT))),
    )
    counted = told.group_by(list(MOVE)).agg(nw.len().alias(PEOPLE))
    return counted.with_columns(nw.col(PEOPLE).cast(nw.Int64)).select(*MOVE, PEOPLE).sort(list(MOVE))


def _month(day: nw.Expr) -> nw.Expr:
    return day.dt.year().cast(nw.Int64) * 12 + day.dt.month().cast(nw.Int64)


def _or_else(segment: str, outside: nw.Expr) -> nw.Expr:
    return nw.when(nw.col(segment).is_null()).then(outside).otherwise(nw.col(segment)).alias(segment)


@dataclass(frozen=True, slots=True)
class Move:
    """People who went one way. The age band is None on the side where they were not there."""

    sex: str
    from_age_band: str | None
    from_segment: str
    to_age_band: str | None
    to_segment: str
    people: int

    @property
    def stays(self) -> bool:
        """Whether they were there on both days."""
        return self.from_segment not in ENTERING and self.to_segment not in LEAVING


@dataclass(frozen=True)
class Transitions:
    """Every move between two years.

    Raises:
        ValueError: a segment is named like a way in or out, or a move names a segment or age band that is not known.
    """

    segments: tuple[str, ...]
    age_bands: tuple[str, ...]
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        clash = [name for name in (*ENTERING, *LEAVING) if name in self.segments]
        if clash:
            message = f"a segment may not be called '{clash[0]}', which is a way in or out of the population"
            raise ValueError(message)
        known = {*self.segments, *ENTERING, *LEAVING, *self.age_bands, None}
        for move in self.moves:
            for name in (move.from_segment, move.to_segment, move.from_age_band, move.to_age_band):
                if name not in known:
                    message = f"'{name}' is neither a segment nor an age band of this scheme"
                    raise ValueError(message)

    @property
    def sexes(self) -> tuple[str, ...]:
        """The sexes that occur, in alphabetical order."""
        return tuple(sorted({move.sex for move in self.moves}))

    @property
    def from_names(self) -> tuple[str, ...]:
        """The rows of ``counts``: segments, then the ways in."""
        return (*self.segments, *ENTERING)

    @property
    def to_names(self) -> tuple[str, ...]:
        """The columns of ``counts``: segments, then the ways out."""
        return (*self.segments, *LEAVING)

    def counts(self, *, sex: str | None = None, age_band: str | None = None) -> Counts:
        """People from (rows, ``from_names``) to (columns, ``to_names``).

        Args:
            sex: only these.
            age_band: only people of this band before, or after where they were not there before.
        """
        rows = {name: number for number, name in enumerate(self.from_names)}
        columns = {name: number for number, name in enumerate(self.to_names)}
        found = np.zeros((len(rows), len(columns)), dtype=np.int64)
        for move in self.moves:
            band = move.from_age_band if move.from_segment in self.segments else move.to_age_band
            if sex in {None, move.sex} and age_band in {None, band}:
                found[rows[move.from_segment], columns[move.to_segment]] += move.people
        return found

    @property
    def before(self) -> int:
        """People who were there before."""
        return sum(move.people for move in self.moves if move.from_segment not in ENTERING)

    @property
    def after(self) -> int:
        """People who were there after."""
        return sum(move.people for move in self.moves if move.to_segment not in LEAVING)

    def went(self, way: str) -> int:
        """People who came in or went out in one way: born, arrived, died or left."""
        return sum(move.people for move in self.moves if way in (move.from_segment, move.to_segment))


def transitions_of(rows: Iterable[Sequence[object]], scheme: Scheme) -> Transitions:
    """The moves that an engine counted, in the order of ``moves_between``.

    Raises:
        ValueError: as ``Transitions``.
    """
    moves = tuple(Move(*row) for row in rows)  # type: ignore[arg-type]  # an engine's rows are not typed
    return Transitions(scheme.segment_ids, (*(band.id for band in scheme.age_bands), UNKNOWN_AGE), moves)
