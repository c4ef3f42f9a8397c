"""A ward simulated beside simpy and beside a plain list of events; a bed table beside the same cell by cell."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from benchmarks.capacity.peers import beds_cell_by_cell, ward_in_simpy, ward_of_events
from placeplan.capacity.bed_simulation import SimulatedWard, simulate_ward
from placeplan.capacity.beds import BedTable, bed_table, days_in
from placeplan.capacity.patients import Arrivals, ExponentialStay
from placeplan.capacity.queueing import mean_wait
from placeplan.kernel.periods import FinancialYear

RUNS = 3
PATIENTS, FOR_EVENTS, FOR_SIMPY = 1_000_000, 200_000, 50_000
REPLICATIONS = 10
WARDS = ((14, 2.0, 5.5), (76, 10.0, 6.3), (700, 100.0, 6.3))
SITES, YEARS = 100, 10
LARGEST = 40_000
Answer = TypeVar("Answer")
WANTED_PATIENTS, WANTED_TABLE = 300_000, 0.010


@dataclass(frozen=True)
class Ward:
    """Beds, arrivals a day and mean stay in days."""

    beds: int
    rate: float
    mean_stay: float


def main(arguments: Sequence[str] = ()) -> None:
    """Print a line for each ward and one for the bed table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks capacity")
    parser.add_argument("--patients", type=int, default=PATIENTS)
    parser.add_argument("--runs", type=int, default=RUNS)
    given = parser.parse_args(arguments)
    _say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; best of {given.runs}, one process, one thread")
    for ward in (Ward(*one) for one in WARDS):
        _simulation(ward, patients=given.patients, runs=given.runs)
    _bed_table(runs=given.runs)


def _simulation(ward: Ward, *, patients: int, runs: int) -> None:
    ours, seen = _best(lambda: _ours(ward, patients), runs=runs)
    events, _ = _best(lambda: _peer(ward_of_events, ward, patients=FOR_EVENTS), runs=runs)
    in_simpy, _ = _best(lambda: _peer(ward_in_simpy, ward, patients=FOR_SIMPY), runs=1)
    rates = [count / seconds for count, seconds in ((patients, ours), (FOR_EVENTS, events), (FOR_SIMPY, in_simpy))]
    wait = seen.estimate("mean_wait")
    exact = float(mean_wait(ward.beds, ward.rate * ward.mean_stay, mean_stay=ward.mean_stay))
    _say(
        f"{ward.beds:>4} beds: {rates[0]:>10,.0f} patients/s; list of events {rates[1]:>8,.0f} (ratio "
        f"{rates[0] / rates[1]:.1f}); simpy {rates[2]:>7,.0f} (ratio {rates[0] / rates[2]:.0f}); "
        f"wanted: {WANTED_PATIENTS:,}/s; mean wait {wait}, exact {exact:.3f}"
    )


def _ours(ward: Ward, patients: int) -> SimulatedWard:
    days = patients / REPLICATIONS / ward.rate
    return simulate_ward(
        ward.beds,
        Arrivals(ward.rate),
        stay=ExponentialStay(ward.mean_stay),
        when_full="queue",
        days=days * 0.95,
        warm_up_days=days * 0.05,
        replications=REPLICATIONS,
        seed=2017,
    )


def _peer(simulate: Callable[..., float], ward: Ward, *, patients: int) -> float:
    return simulate(beds=ward.beds, rate=ward.rate, mean_stay=ward.mean_stay, patients=patients, seed=2017)


def _bed_table(*, runs: int) -> None:
    years = tuple(FinancialYear(2016 + number) for number in range(YEARS))
    bed_days = np.random.default_rng(2017).uniform(500, LARGEST, (SITES, YEARS))
    there = np.ceil(bed_days[:, :1] / 365 / 0.85)
    sites = [f"site {number}" for number in range(SITES)]

    def ours() -> BedTable:
        return bed_table(sites, years, bed_days=bed_days, there=there, occupancy=0.85, probability=0.02)

    def by_hand() -> list[tuple[float, int]]:
        days = days_in(years).tolist()
        return beds_cell_by_cell(bed_days.tolist(), days=days, occupancy=0.85, probability=0.02)

    seconds, table = _best(ours, runs=runs * 3)
    slow, cells = _best(by_hand, runs=runs)
    assert [beds for _, beds in cells] == table.needed_by_queue.ravel().tolist()
    _say(
        f"bed table, {SITES} sites x {YEARS} years: {seconds * 1000:.1f} ms (wanted: below {WANTED_TABLE * 1000:.0f}); "
        f"cell by cell {slow * 1000:.1f} ms, without the chance that no bed is free; ratio {slow / seconds:.1f}"
    )


def _best(work: Callable[[], Answer], *, runs: int) -> tuple[float, Answer]:
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        answer = work()
        times.append(time.perf_counter() - started)
    return min(times), answer


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
