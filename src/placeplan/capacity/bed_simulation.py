"""One ward simulated patient by patient: what formulas assume away (uneven weeks, long tails) can be put in.

Patients come in order of time and take the bed that is free first. Those who find none are either turned away or wait
in order of arrival, as in Erlang-B and Erlang-C. Each bed is the time from which it is free; the beds are a heap, so
that a patient costs one look and one replacement (Kiefer and Wolfowitz, On the theory of queues with many servers,
1955). Time is in days.

A run is a number of replications, each with its own streams of arrivals and of stays. Streams depend on the seed and on
nothing else: two wards with different numbers of beds see the same patients (common random numbers).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from heapq import heapreplace

import numpy as np
from scipy import special

from placeplan.capacity.arrays import (
    CapacityInputError,
    FloatArray,
    WholeArray,
    amounts,
    freeze,
    positive,
    probabilities,
    single,
    whole_numbers,
)
from placeplan.capacity.patients import Arrivals, Stay

FEWEST_REPLICATIONS = 2
MOST_PATIENTS = 20_000_000
CONFIDENCE = 0.95
STAYS_UNTIL_FULL, TIMES_TO_FORGET = 10, 4
ODONI_AND_ROTH = 2.8


class WhenFull(StrEnum):
    """What becomes of a patient who finds no bed free."""

    TURN_AWAY = "turn away"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Estimate:
    """The mean over replications with its confidence interval (Student's t)."""

    mean: float
    lower: float
    upper: float
    confidence: float

    def __contains__(self, value: object) -> bool:
        """Whether a value lies in the interval."""
        return isinstance(value, int | float | np.number) and self.lower <= float(value) <= self.upper

    def __str__(self) -> str:
        """Print as ``0.110 (95% confidence 0.107 to 0.113)``."""
        return f"{self.mean:.3f} ({self.confidence:.0%} confidence {self.lower:.3f} to {self.upper:.3f})"


@dataclass(frozen=True, eq=False, kw_only=True)
class SimulatedWard:
    """What was seen after the warm-up; arrays have one number for each replication.

    ``patients`` arrived, ``not_free`` is the share of them who found no bed free, ``mean_wait`` in days is over all who
    arrived (0 where they are turned away), ``occupied`` the mean number of beds in use. ``census`` counts the beds in
    use, and ``queue`` the people who wait, at each midnight: replications x days.
    """

    beds: int
    when_full: WhenFull
    patients: WholeArray
    not_free: FloatArray
    mean_wait: FloatArray
    occupied: FloatArray
    census: WholeArray
    queue: WholeArray

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def utilisation(self) -> FloatArray:
        """Share of beds in use."""
        return np.asarray(self.occupied / self.beds)

    def estimate(self, of: str, *, confidence: float = CONFIDENCE) -> Estimate:
        """Mean and confidence interval of ``not_free``, ``mean_wait``, ``occupied`` or ``utilisation``.

        Raises:
            CapacityInputError: there is no such measure, or the confidence is not between 0 and 1.
        """
        if of not in MEASURES:
            raise CapacityInputError(f"of: expected one of {', '.join(MEASURES)}; found '{of}'.")
        return estimated(getattr(self, of), confidence=confidence)


MEASURES = ("not_free", "mean_wait", "occupied", "utilisation")


def estimated(seen: FloatArray, *, confidence: float = CONFIDENCE) -> Estimate:
    """The mean of a measure that cannot be negative over independent replications, and its interval.

    Raises:
        CapacityInputError: there are fewer than two, or the confidence is not between 0 and 1.
    """
    level = single("confidence", probabilities("confidence", confidence))
    count = len(seen)
    if count < FEWEST_REPLICATIONS:
        raise CapacityInputError(f"seen: expected {FEWEST_REPLICATIONS} replications or more, found {count}.")
    mean = float(seen.mean())
    half = float(special.stdtrit(count - 1, (1 + level) / 2) * seen.std(ddof=1) / np.sqrt(count))
    return Estimate(mean, max(mean - half, 0.0), mean + half, level)


def warm_up_for(beds: int, arrivals: Arrivals, *, stay: Stay, when_full: WhenFull | str) -> float:
    """Days after which a ward that starts empty is as full as it will be, to within a few in a hundred.

    Ten mean stays, since some stays are long; and where patients queue four times the time in which a queue of one
    server as fast as the whole ward forgets its start, which grows without end as the load nears the beds.

    Raises:
        CapacityInputError: as ``simulate_ward``.

    Source of the second: Odoni and Roth, An empirical investigation of the transient behavior of stationary queueing
    systems, Operations Research 1983;31:432-455, with coefficients of variation of 1.
    """
    count = int(single("beds", whole_numbers("beds", beds, least=1)))
    days = STAYS_UNTIL_FULL * stay.mean
    if _rule(when_full) is WhenFull.TURN_AWAY:
        return days
    _refuse_endless_queue(count, arrivals, stay=stay)
    apart = 1 - np.sqrt(arrivals.per_day * stay.mean / count)
    return float(max(days, TIMES_TO_FORGET * 2 / (ODONI_AND_ROTH * count / stay.mean * apart**2)))


def simulate_ward(
    beds: int,
    arrivals: Arrivals,
    *,
    stay: Stay,
    when_full: WhenFull | str,
    days: float,
    warm_up_days: float,
    replications: int,
    seed: int,
) -> SimulatedWard:
    """Simulate a ward that starts empty, and report on the days after the warm-up.

    Args:
        beds: how many, from 1.
        arrivals: who comes.
        stay: how long they stay.
        when_full: ``"turn away"`` or ``"queue"``.
        days: days to report on.
        warm_up_days: days before them that are left out, until a ward that starts empty is as full as it will be; see
            ``warm_up_for``.
        replications: independent runs, 2 or more; intervals rest on them.
        seed: the same seed gives the same answer.

    Raises:
        CapacityInputError: a number cannot be, there are more than 20 million patients in a replication or none, or
            patients queue and the load is as high as the number of beds.
    """
    count = int(single("beds", whole_numbers("beds", beds, least=1)))
    runs = int(single("replications", whole_numbers("replications", replications, least=FEWEST_REPLICATIONS)))
    window = _Window(
        start=single("warm_up_days", amounts("warm_up_days", warm_up_days)),
        days=single("days", positive("days", days)),
    )
    rule = _rule(when_full)
    if rule is WhenFull.QUEUE:
        _refuse_endless_queue(count, arrivals, stay=stay)
    _refuse_too_many(arrivals, days=window.end)
    root = int(single("seed", whole_numbers("seed", seed)))
    seen = [
        window.seen(run, rule=rule)
        for run in _replications(count, arrivals, stay=stay, rule=rule, days=window.end, runs=runs, seed=root)
    ]
    if not all(one.patients for one in seen):
        raise CapacityInputError("days: nobody came in a replication, so that no share can be told; give more days.")
    return SimulatedWard(
        beds=count,
        when_full=rule,
        patients=np.array([one.patients for one in seen], dtype=np.int64),
        not_free=np.array([one.not_free for one in seen]),
        mean_wait=np.array([one.mean_wait for one in seen]),
        occupied=np.array([one.occupied for one in seen]),
        census=np.array([one.census for one in seen], dtype=np.int64),
        queue=np.array([one.queue for one in seen], dtype=np.int64),
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """One replication: when patients came, got a bed (never: NaN) and left."""

    came: FloatArray
    began: FloatArray
    left: FloatArray


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one replication shows; see ``SimulatedWard``."""

    patients: int
    not_free: float
    mean_wait: float
    occupied: float
    census: WholeArray
    queue: WholeArray


@dataclass(frozen=True, slots=True)
class _Window:
    """The days that are reported on."""

    start: float
    days: float

    @property
    def end(self) -> float:
        return self.start + self.days

    def seen(self, run: _Run, *, rule: WhenFull) -> _Seen:
        """What a replication shows of these days."""
        inside = run.came >= self.start
        patients = int(inside.sum())
        waits = (run.began - run.came)[inside]
        without = np.isnan(waits) if rule is WhenFull.TURN_AWAY else waits > 0
        admitted = ~np.isnan(run.began)
        began, left = run.began[admitted], run.left[admitted]
        in_bed = np.clip(left, self.start, self.end) - np.clip(began, self.start, self.end)
        midnights = np.arange(np.ceil(self.start), self.end)
        in_beds = _present(began, left, at=midnights)
        here = _present(run.came[admitted], left, at=midnights)
        return _Seen(
            patients=patients,
            not_free=float(without.sum() / max(patients, 1)),
            mean_wait=float(waits.sum() / max(patients, 1)) if rule is WhenFull.QUEUE else 0.0,
            occupied=float(in_bed.sum() / self.days),
            census=in_beds,
            queue=here - in_beds,
        )


def _present(came: FloatArray, left: FloatArray, *, at: FloatArray) -> WholeArray:
    """How many have come and not left at each moment; both orders of arrival are already sorted."""
    gone = np.searchsorted(np.sort(left), at, side="right")
    return np.asarray(np.searchsorted(came, at, side="right") - gone, dtype=np.int64)


def _replications(
    beds: int, arrivals: Arrivals, *, stay: Stay, rule: WhenFull, days: float, runs: int, seed: int
) -> Iterator[_Run]:
    place = turn_away_when_full if rule is WhenFull.TURN_AWAY else queue_when_full
    for stream in np.random.SeedSequence(seed).spawn(runs):
        coming, staying = (np.random.default_rng(one) for one in stream.spawn(2))
        came = arrivals.drawn(coming, days=days)
        stays = stay.drawn(staying, count=len(came))
        began = place(beds, came, stays=stays)
        yield _Run(came, began, began + stays)


def turn_away_when_full(beds: int, came: FloatArray, *, stays: FloatArray) -> FloatArray:
    """When each of the patients, in order of time, gets a bed: on arrival, or never (NaN).

    Args:
        beds: how many, from 1.
        came: times of arrival, in order.
        stays: how long each would stay.
    """
    free = [-np.inf] * beds
    let_in: list[int] = []
    note = let_in.append
    for at, leaves in zip(came.tolist(), (came + stays).tolist()):
        if free[0] <= at:
            heapreplace(free, leaves)
            note(1)
        else:
            note(0)
    return np.where(np.array(let_in, dtype=np.bool_), came, np.nan)


def queue_when_full(beds: int, came: FloatArray, *, stays: FloatArray) -> FloatArray:
    """When each of the patients, in order of time, gets a bed: on arrival, or when the first one is free.

    Args:
        beds: how many, from 1.
        came: times of arrival, in order.
        stays: how long each stays.
    """
    free = [-np.inf] * beds
    began: list[float] = []
    note = began.append
    for at, length in zip(came.tolist(), stays.tolist()):
        start = free[0]
        if start < at:
            start = at
        heapreplace(free, start + length)
        note(start)
    return np.array(began, dtype=np.float64)


def _rule(when_full: WhenFull | str) -> WhenFull:
    try:
        return WhenFull(when_full)
    except ValueError as error:
        words = " or ".join(f'"{rule}"' for rule in WhenFull)
        raise CapacityInputError(f"when_full: expected {words}; found '{when_full}'.") from error


def _refuse_endless_queue(beds: int, arrivals: Arrivals, *, stay: Stay) -> None:
    load = arrivals.per_day * stay.mean
    if load >= beds:
        message = f"beds: {load:,.2f} erlangs fill all of {beds:,} beds: the queue is unstable and grows without end"
        raise CapacityInputError(f"{message}; give more beds, or turn patients away.")


def _refuse_too_many(arrivals: Arrivals, *, days: float) -> None:
    if arrivals.per_day * days > MOST_PATIENTS:
        message = f"days: about {arrivals.per_day * days:,.0f} patients in a replication"
        raise CapacityInputError(f"{message}; expected {MOST_PATIENTS:,} or fewer. More replications do as well.")
