"""What of an illness is written down: which code, on which day, by whom."""

from dataclasses import dataclass

import numpy as np

from placeplan.segments.synthetic.arrays import DAYS_OF_A_YEAR, Floats, Ints
from placeplan.segments.synthetic.illness import Codes, Happenings, Span
from placeplan.segments.synthetic.models import Illness
from placeplan.segments.synthetic.people import Cohort, Run

SOURCES = ("gp", "hospital", "community", "mental-health", "social-care")
HOSPITAL = 1
YEARS_BEFORE = 3
SHARE_UNTIDY = 0.1
CATEGORY = 3


@dataclass(frozen=True, eq=False)
class Recorded:
    """Diagnoses, each once: person, code, day and source. ``code`` and ``source`` point into their labels."""

    person: Ints
    code: Ints
    day: Ints
    source: Ints
    codes: tuple[str, ...]
    sources: tuple[str, ...] = SOURCES


class Recorder:
    """Collects the diagnoses of a block.

    A person has one code for a lasting condition, wherever it is written.

    Args:
        illness: the model.
        people: everybody in the block.
        begun: when each lasting condition begins.
        run: the run.
        draw: random numbers.
    """

    def __init__(self, illness: Illness, people: Cohort, *, begun: Floats, run: Run, draw: np.random.Generator) -> None:
        self._illness, self._people, self._begun, self._run, self._draw = illness, people, begun, run, draw
        self._codes = Codes.of([*(one.codes for one in illness.lasting), *(one.codes for one in illness.episodes)])
        drawn = [self._codes.drawn(number, sex=people.sex, draw=draw) for number in range(len(illness.lasting))]
        self._own = np.stack(drawn, axis=1)
        self._parts: list[tuple[Ints, Ints, Ints, Ints]] = []

    def lasting(self, *, span: Span) -> None:
        """Somebody writes down the day on which a condition begins, and some conditions every year after."""
        for number, one in enumerate(self._illness.lasting):
            begun = self._begun[:, number]
            person = np.flatnonzero(begun < span.until)
            source = SOURCES.index(one.source)
            self._add(person, self._own[person, number], day=begun[person], source=source)
            for year in range(-YEARS_BEFORE, self._run.years if one.again else -YEARS_BEFORE):
                day = self._run.start + (year + self._draw.random(len(person))) * DAYS_OF_A_YEAR
                kept = (day > begun[person]) & (day < span.until[person])
                self._add(person[kept], self._own[person[kept], number], day=day[kept], source=source)

    def happened(self, events: Happenings) -> None:
        """What happens is written down by whoever the model says."""
        for number, one in enumerate(self._illness.episodes):
            some = events.episode == number
            person = events.person[some]
            place = len(self._illness.lasting) + number
            code = self._codes.drawn(place, sex=self._people.sex[person], draw=self._draw)
            self._add(person, code, day=events.day[some], source=SOURCES.index(one.source))

    def in_hospital(self, person: Ints, day: Ints) -> None:
        """A hospital writes down some of the conditions that an inpatient has."""
        has = self._begun[person] <= day[:, None]
        has &= np.array([one.in_hospital for one in self._illness.lasting])
        lot = np.where(has, self._draw.random(has.shape, dtype=np.float32), np.float32(-1))
        most = self._illness.copied_to_hospital
        picked = np.argpartition(-lot, most, axis=1)[:, :most]
        row, place = np.nonzero(np.take_along_axis(lot, picked, axis=1) >= 0)
        self._add(person[row], self._own[person[row], picked[row, place]], day=day[row], source=HOSPITAL)

    def rows(self, *, untidy: bool = False) -> Recorded:
        """Every diagnosis once, by person, day and code; if ``untidy``, some as a careless system writes them."""
        person, code, day, source = (np.concatenate(some) for some in zip(*self._parts, strict=True))
        # One number for a row, so that sorting and taking out doubles is one pass.
        early = int(day.min(initial=0))
        sizes = (int(day.max(initial=0)) - early + 1, len(self._codes.labels), len(SOURCES))
        number = ((person * sizes[0] + day - early) * sizes[1] + code) * sizes[2] + source
        number, source = np.divmod(np.unique(number), sizes[2])
        number, code = np.divmod(number, sizes[1])
        person, late = np.divmod(number, sizes[0])
        codes = self._codes.labels
        if untidy:
            careless = self._draw.random(len(code)) < SHARE_UNTIDY
            code = np.where(careless, code + len(codes), code)
            codes = (*codes, *(_as_written_carelessly(label) for label in codes))
        return Recorded(person, code, late + early, source, codes)

    def _add(self, person: Ints, code: Ints, *, day: Floats | Ints, source: int) -> None:
        whole = np.floor(day).astype(np.int64)
        self._parts.append((person.astype(np.int64), code.astype(np.int64), whole, np.full(len(person), source)))


def _as_written_carelessly(code: str) -> str:
    """A code with a dot where it has a fourth character, else in small letters."""
    return f"{code[:CATEGORY]}.{code[CATEGORY:]}" if len(code) > CATEGORY else code.lower()
