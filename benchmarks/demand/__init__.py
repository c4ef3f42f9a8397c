"""256 uncertain runs of a path, and a full place in expectation, beside plain loops and NumPy by hand."""

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from benchmarks.demand.models import POINTS, YEARS, PathModel, full_place, uncertain_path
from benchmarks.demand.peers import by_hand, place_by_hand, plain_place, plain_run
from placeplan.demand.combining import combine
from placeplan.demand.distributions import Fixed
from placeplan.demand.do_nothing import do_nothing
from placeplan.demand.draws import draw
from placeplan.demand.interventions import Effect, Intervention
from placeplan.demand.ramps import Ramp
from placeplan.demand.running import model_of

RUNS, TIMES = 256, 3
INTERVENTIONS = 10
WANTED_SECONDS, WANTED_MEGABYTES, WANTED_EXPECTATION = 60.0, 400.0, 0.050
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
Answer = TypeVar("Answer")


def main(arguments: Sequence[str] = ()) -> None:
    """Print what each way takes, as ratios to ours."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks demand")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--times", type=int, default=TIMES)
    given = parser.parse_args(arguments)
    _say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; best of {given.times}, one process, one thread")
    _uncertain(runs=given.runs, times=given.times)
    _expectation(times=given.times * 10)


def _uncertain(*, runs: int, times: int) -> None:
    model = uncertain_path()

    def ours() -> np.ndarray:
        reduced = model_of(model.baseline, model.adjustments, years=YEARS)
        return reduced.run(draw(reduced.beliefs, seed=1, runs=runs)).values[:, :, 0, 0, :]

    seconds, found = _best(ours, times=times)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    draws = draw(model_of(model.baseline, model.adjustments, years=YEARS).beliefs, seed=1, runs=runs)
    hand, expected = _best(lambda: by_hand(model, draws, years=len(YEARS)), times=times)
    plain, loops = _best(lambda: _plain(model, draws.only(draws.values).values), times=1)
    assert np.allclose(found, expected, rtol=1e-10)
    assert np.allclose(found[0], loops, rtol=1e-10)
    cells = model.baseline.values.size * len(YEARS)
    _say(
        f"{runs} runs of {cells:,} cells and {len(model.factors)} factors: {seconds:.2f} s, {megabytes:.0f} MB in all "
        f"(wanted: {WANTED_SECONDS:.0f} s, {WANTED_MEGABYTES:.0f} MB); NumPy by hand {hand:.2f} s (ratio "
        f"{seconds / hand:.2f}); plain Python {plain * runs:,.0f} s, from one run (ratio {plain * runs / seconds:,.0f})"
    )


def _plain(model: PathModel, values: dict[str, np.ndarray]) -> list[list[float]]:
    return plain_run(model, {name: float(drawn[0]) for name, drawn in values.items()}, years=len(YEARS))


def _expectation(*, times: int) -> None:
    model = full_place()
    made = [_intervention(number, model.baseline.axes.segments) for number in range(INTERVENTIONS)]

    def ours() -> np.ndarray:
        path = do_nothing(model.baseline, model.adjustments, years=YEARS).path
        return combine(path, made, bed_days={}).after.values

    seconds, found = _best(ours, times=times)
    path = do_nothing(model.baseline, model.adjustments, years=YEARS).path
    alone, _ = _best(lambda: combine(path, made, bed_days={}), times=times)
    claims = [_claim(number, len(model.baseline.axes.segments)) for number in range(INTERVENTIONS)]
    hand, (left, *_) = _best(lambda: place_by_hand(path.values, claims), times=times)
    lists = [(point, list(map(float, shares)), list(map(float, grown))) for point, shares, grown in claims]
    plain, (loops, *_) = _best(lambda: plain_place(path.values.tolist(), lists), times=3)
    assert np.allclose(found, left, rtol=1e-12)
    assert np.allclose(found, loops, rtol=1e-12)
    shape = " x ".join(map(str, path.axes.shape))
    _say(
        f"expectation of {shape} cells, {len(model.factors)} factors and {INTERVENTIONS} interventions: "
        f"{seconds * 1000:.1f} ms (wanted: {WANTED_EXPECTATION * 1000:.0f} ms), interventions alone {alone * 1000:.1f} "
        f"ms; interventions with NumPy by hand {hand * 1000:.2f} ms (ratio {alone / hand:.1f}); plain Python "
        f"{plain * 1000:.1f} ms (ratio {plain / alone:.1f})"
    )


def _intervention(number: int, segments: Sequence[str]) -> Intervention:
    point, shares, _ = _claim(number, len(segments))
    reach = dict(zip(segments, map(float, shares / 0.1), strict=True))
    return Intervention(
        f"intervention-{number}",
        f"Intervention {number}",
        reach,
        (Effect(POINTS[point], Fixed(0.1)),),
        Ramp(SHARES),
        start=YEARS[1],
    )


def _claim(number: int, segments: int) -> tuple[int, np.ndarray, np.ndarray]:
    """Point, share of each segment that is taken, and maturity by year of one made-up intervention."""
    point = (0, 1, 3, 5, 6)[number % 5]
    grown = np.array([0.0, *SHARES, *[SHARES[-1]] * len(YEARS)])[: len(YEARS)]
    return point, np.linspace(0.02, 0.08, segments) * (1 + number % 3) / 3, grown


def _best(work: Callable[[], Answer], *, times: int) -> tuple[float, Answer]:
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        answer = work()
        best = min(best, time.perf_counter() - start)
    return best, answer


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
