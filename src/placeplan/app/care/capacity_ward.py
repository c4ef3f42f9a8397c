"""Answers what a ward of so many beds would see, by formula and patient by patient."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.capacity.arrays import CapacityInputError
from placeplan.capacity.bed_simulation import MEASURES, Estimate, SimulatedWard, WhenFull, simulate_ward, warm_up_for
from placeplan.capacity.patients import Arrivals, ExponentialStay, LognormalStay, Stay
from placeplan.capacity.queueing import erlang_b, erlang_c, mean_wait, utilisation_with_blocking
from placeplan.kernel.errors import InputError, Location, Problem

WORDS = {
    "not_free": "No bed free",
    "mean_wait": "Mean wait, days",
    "occupied": "Beds in use",
    "utilisation": "Share in use",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WardQuestion:
    """A ward, and how to simulate it.

    ``arrivals`` are a day; ``stay`` is the mean in days, with its ``deviation`` (nothing: exponential stays);
    ``by_day`` are weights of Monday to Sunday (nothing: all days alike).
    """

    beds: int
    arrivals: float
    stay: float
    deviation: float | None
    by_day: tuple[float, ...] | None
    when_full: str
    days: float
    replications: int
    seed: int


def answer_ward(asked: WardQuestion) -> CapacityAnswer:
    """A ward by Erlang's formulas, and simulated.

    Raises:
        InputError: a number cannot be, or patients queue and the load is as high as the number of beds.
    """
    try:
        seen, warm_up = _simulated(asked)
    except CapacityInputError as error:
        raise InputError([Problem(Location("the ward"), str(error))]) from error
    exact = dict(_exact(asked))
    estimates = {name: seen.estimate(name) for name in MEASURES if name != "mean_wait" or seen.mean_wait.any()}
    return CapacityAnswer(
        title=f"A ward of {asked.beds:,} beds: {asked.arrivals * asked.stay:,.1f} needed if there were always one free",
        says=tuple(_says(asked, seen, warm_up=warm_up)),
        tables=(_table(estimates, exact),),
        document={
            "offered_load": asked.arrivals * asked.stay,
            "warm_up_days": warm_up,
            "patients": int(seen.patients.sum()),
            "by_formula": exact,
            "simulated": {name: _interval(one) for name, one in estimates.items()},
        },
    )


def _simulated(asked: WardQuestion) -> tuple[SimulatedWard, float]:
    week = None if asked.by_day is None else np.array(asked.by_day)
    arrivals, stay = Arrivals(asked.arrivals, by_day=week), _stay(asked)
    warm_up = warm_up_for(asked.beds, arrivals, stay=stay, when_full=asked.when_full)
    seen = simulate_ward(
        asked.beds,
        arrivals,
        stay=stay,
        when_full=asked.when_full,
        days=asked.days,
        warm_up_days=warm_up,
        replications=asked.replications,
        seed=asked.seed,
    )
    return seen, warm_up


def _stay(asked: WardQuestion) -> Stay:
    return ExponentialStay(asked.stay) if asked.deviation is None else LognormalStay(asked.stay, asked.deviation)


def _exact(asked: WardQuestion) -> Iterator[tuple[str, float]]:
    """What formulas give: of an uneven week, and of a queue with other than exponential stays, next to nothing."""
    load = asked.arrivals * asked.stay
    if asked.by_day is not None:
        if asked.when_full == WhenFull.QUEUE:
            yield "occupied", load
            yield "utilisation", load / asked.beds
        return
    if asked.when_full == WhenFull.TURN_AWAY:
        share = float(utilisation_with_blocking(asked.beds, load))
        yield "not_free", float(erlang_b(asked.beds, load))
    else:
        share = load / asked.beds
        if asked.deviation is None:
            yield "not_free", float(erlang_c(asked.beds, load))
            yield "mean_wait", float(mean_wait(asked.beds, load, mean_stay=asked.stay))
    yield "occupied", share * asked.beds
    yield "utilisation", share


def _says(asked: WardQuestion, seen: SimulatedWard, *, warm_up: float) -> Iterator[str]:
    stays = "exponential" if asked.deviation is None else f"lognormal with a deviation of {asked.deviation:g} days"
    week = "" if asked.by_day is None else " with a week of its own shape"
    yield f"{asked.arrivals:g} arrivals a day{week}; stays of {asked.stay:g} days, {stays}."
    yield f"When the ward is full: {asked.when_full}."
    yield (
        f"Simulated: {seen.patients.sum():,} patients in {asked.replications:,} replications, after a warm-up of "
        f"{warm_up:,.0f} days; seed {asked.seed}."
    )


def _table(estimates: dict[str, Estimate], exact: dict[str, float]) -> TextTable:
    rows = tuple(
        (
            WORDS[name],
            f"{exact[name]:.3f}" if name in exact else "none",
            f"{one.mean:.3f}",
            f"{one.lower:.3f} to {one.upper:.3f}",
        )
        for name, one in estimates.items()
    )
    return TextTable(("", "By formula", "Simulated", "95% confidence"), rows)


def _interval(one: Estimate) -> dict[str, Any]:
    return {"mean": one.mean, "lower": one.lower, "upper": one.upper, "confidence": one.confidence}
