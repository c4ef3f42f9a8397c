"""Indicator methods beside a plain loop, and beside a published package where one is installed."""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.indicators import plain, published
from placeplan.indicators import methods

RUNS = 3
SEED = 2014
STARTS = (0, 1, *range(5, 95, 5))
KIBIBYTES_A_MEBIBYTE = 1024


@dataclass(frozen=True)
class Timed:
    """Something that was run on so many rows, and the quickest of a few runs."""

    rows: int
    seconds: float

    @property
    def each_second(self) -> float:
        return self.rows / self.seconds


def main() -> None:
    """Print a line for each method: ours, the other, the ratio, and what is wanted."""
    _say(f"{'method':<36}{'ours, rows/s':>14}  {'beside':<22}{'rows/s':>12}{'ratio':>9}  wanted")
    random = np.random.default_rng(SEED)
    for benchmark in (_proportions, _rates, _standardised, _life_tables, _funnels, _charts, _slopes):
        benchmark(random)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_A_MEBIBYTE
    _say(f"most memory of the whole run: {peak:,.0f} MiB (wanted for the slope index: below 1,024)")


def _proportions(random: np.random.Generator) -> None:
    people = random.integers(50, 20_000, 1_000_000)
    counts = random.binomial(people, 0.2)
    ours = _timed(lambda: methods.proportion(counts, people), len(people))
    some = 20_000
    other = _loop(plain.proportion, counts=counts[:some], people=people[:some])
    _row("proportion", ours, beside="plain loop", other=other, wanted="1,000,000/s")
    peer = published.phstats_proportion(counts[:some], people[:some])
    _peer("proportion", ours, peer="PHStatsMethods", work=peer, rows=some, wanted="ratio 50")


def _rates(random: np.random.Generator) -> None:
    people = random.integers(500, 20_000, 1_000_000)
    counts = random.poisson(9, len(people))
    ours = _timed(lambda: methods.rate(counts, people), len(people))
    some = 20_000
    other = _loop(plain.rate, counts=counts[:some], people=people[:some])
    _row("rate, half below 10 events", ours, beside="plain loop", other=other, wanted="300,000/s")
    peer = published.phstats_rate(np.maximum(counts[:some], 1), people[:some])  # it refuses no events
    _peer("rate, half below 10 events", ours, peer="PHStatsMethods", work=peer, rows=some)


def _standardised(random: np.random.Generator) -> None:
    areas, bands, some = 100_000, 19, 2_000
    counts, people = random.poisson(20, (areas, bands)), random.integers(500, 5_000, (areas, bands))
    weights = random.integers(1_000, 7_000, bands).astype(float)
    ours = _timed(lambda: methods.directly_standardised_rate(counts, people, weights), areas)
    rows = list(zip(counts[:some].tolist(), people[:some].tolist(), strict=True))
    standard = weights.tolist()
    other = _timed(lambda: [plain.standardised(*row, weights=standard) for row in rows], some)
    _row("directly standardised, 19 bands", ours, beside="plain loop", other=other, wanted="100,000/s")
    peer = published.phstats_dsr(counts[:some], people[:some], weights=weights)
    _peer("directly standardised, 19 bands", ours, peer="PHStatsMethods", work=peer, rows=some)


def _life_tables(random: np.random.Generator) -> None:
    areas, some = 14_000, 1_000
    people = random.integers(400, 5_000, (areas, len(STARTS)))
    deaths = random.binomial(people, np.linspace(0.001, 0.2, len(STARTS))) + 1
    ours = _timed(lambda: methods.life_expectancy(deaths, people, band_starts=STARTS), areas)
    rows = list(zip(deaths[:some].tolist(), people[:some].tolist(), strict=True))
    other = _timed(lambda: [plain.life_table(*row, starts=STARTS) for row in rows], some)
    name = f"life tables, {areas:,} in {ours.seconds:.2f} s"
    _row(name, ours, beside="plain loop", other=other, wanted="below 1 s")


def _funnels(random: np.random.Generator) -> None:
    units, some = 10_000, 1_000
    people = random.integers(1_000, 90_000, units)
    counts = random.binomial(people, 0.004)
    ours = _timed(lambda: methods.funnel_limits(counts, people, statistic="rate"), units)
    average = float(counts.sum() / people.sum())
    other = _timed(lambda: [plain.funnel(float(size), average) for size in people[:some]], some)
    name = f"funnel of rates, {units:,} in {ours.seconds:.3f} s"
    _row(
        name,
        ours,
        beside="plain loop",
        other=other,
        wanted="below 0.1 s",
    )


def _charts(random: np.random.Generator) -> None:
    series, points, some, few = 50_000, 24, 1_000, 50
    values = random.normal(90, 3, (series, points)).round(1)
    ours = _timed(lambda: methods.xmr(values, improvement="up", target=95.0), series)
    rows = values[:some].tolist()
    other = _timed(lambda: [plain.chart(row, 95.0) for row in rows], some)
    _row("XmR, 24 points, rules, verdicts", ours, beside="plain loop", other=other, wanted="20,000/s")
    peer = published.abspc_charts(values[:few], target=95.0)
    _peer("XmR, 24 points, rules, verdicts", ours, peer="abspc", work=peer, rows=few, wanted="ratio 20")


def _slopes(random: np.random.Generator) -> None:
    areas, quantiles, repetitions, some = 724, 10, 100_000, 2_000
    values, errors = random.normal(78, 3, (areas, quantiles)), random.uniform(0.5, 2, (areas, quantiles))
    people = random.integers(4_000, 9_000, (areas, quantiles))
    ours = _timed(
        lambda: methods.slope_index_of_inequality(values, errors, people, repetitions=repetitions, seed=SEED), areas
    )
    first = (values[0].tolist(), errors[0].tolist())
    draws = _timed(lambda: plain.slope_draws(*first, populations=people[0].tolist(), repetitions=some), some)
    other = Timed(1, draws.seconds * repetitions / some)
    name = f"slope index, {areas} areas in {ours.seconds:.1f} s"
    _row(
        name,
        ours,
        beside="plain loop, scaled up",
        other=other,
        wanted="below 10 s",
    )


def _loop(function: Callable[[float, float], object], *, counts: np.ndarray, people: np.ndarray) -> Timed:
    rows = list(zip(counts.tolist(), people.tolist(), strict=True))
    return _timed(lambda: [function(count, population) for count, population in rows], len(rows))


def _timed(work: Callable[[], object], rows: int) -> Timed:
    best = float("inf")
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return Timed(rows, best)


def _peer(name: str, ours: Timed, *, peer: str, work: Callable[[], object] | None, rows: int, wanted: str = "") -> None:
    if work is None:
        _say(f"{name:<36}{ours.each_second:>14,.0f}  {peer} is not installed")
        return
    _row(name, ours, beside=peer, other=_timed(work, rows), wanted=wanted)


def _row(name: str, ours: Timed, *, beside: str, other: Timed, wanted: str = "") -> None:
    ratio = ours.each_second / other.each_second
    _say(f"{name:<36}{ours.each_second:>14,.0f}  {beside:<22}{other.each_second:>12,.0f}{ratio:>9,.0f}  {wanted}")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
