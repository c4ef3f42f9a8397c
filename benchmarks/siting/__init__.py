"""The p-median beside spopt and beside its classic formulation in HiGHS; and larger networks, with bound and gap."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.siting.networks import made_network
from benchmarks.siting.peers import FloatArray, p_median_in_milp
from placeplan.capacity.siting import Siting, p_median

NODES, SITES = 200, 5
LARGEST = 900
TABLE = (
    (100, 5),
    (100, 33),
    (200, 67),
    (300, 100),
    (400, 5),
    (400, 133),
    (600, 5),
    (600, 60),
    (900, 5),
    (900, 10),
    (900, 90),
)
RUNS, LIMIT = 3, 120.0
WANTED = 20
SCRIPT = Path(__file__).with_name("in_spopt.py")


def main(arguments: Sequence[str] = ()) -> None:
    """Print the comparison, then a line for each network."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks siting")
    parser.add_argument("--spopt", type=Path, metavar="PYTHON", help="A Python in which spopt is installed.")
    parser.add_argument("--largest", type=int, default=LARGEST, help="Nodes of the largest network of the table.")
    parser.add_argument("--runs", type=int, default=RUNS)
    given = parser.parse_args(arguments)
    _say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; best of {given.runs}, one thread")
    _beside_peers(spopt=given.spopt, runs=given.runs)
    _table(largest=given.largest)


def _beside_peers(*, spopt: Path | None, runs: int) -> None:
    cost, demand = _network(NODES, SITES)
    times = []
    for _ in range(runs):
        seconds, found = _solved(cost, demand, sites=SITES)
        times.append(seconds)
    ours = min(times)
    _say(f"n = {NODES}, p = {SITES}: {ours:.3f} s, objective {found.objective:,.0f}, {found.status}")
    started = time.perf_counter()
    classic = p_median_in_milp(cost, demand, p=SITES)
    _peer("classic formulation in HiGHS", time.perf_counter() - started, objective=classic, ours=ours, found=found)
    if spopt is None:
        _say("  spopt: left out; --spopt PYTHON names a Python in which it is installed")
        return
    theirs = _in_spopt(spopt, cost, demand=demand)
    name = f"spopt {theirs['version']} with {theirs['solver']}"
    _peer(name, theirs["seconds"], objective=theirs["objective"], ours=ours, found=found)
    _say(f"  wanted: {WANTED} times spopt")


def _peer(name: str, seconds: float, *, objective: float, ours: float, found: Siting) -> None:
    assert abs(objective - found.objective) <= 1e-6 * found.objective, (name, objective, found.objective)
    _say(f"  {name}: {seconds:.3f} s, the same objective; ratio {seconds / ours:.1f}")


def _in_spopt(python: Path, cost: FloatArray, *, demand: FloatArray) -> dict[str, float]:
    """What spopt needed, from cost and demand to the answer; imports are not counted."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "instance.npz"
        np.savez(file, cost=cost, demand=demand, p=SITES)
        ran = subprocess.run([python, SCRIPT, file], capture_output=True, text=True, check=True)
    answer: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return answer


def _table(*, largest: int) -> None:
    _say(f"made networks, {LIMIT:.0f} s at most each")
    _say(f"{'nodes':>6}{'sites':>6}{'objective':>12}{'bound':>12}{'gap':>9}{'seconds':>9}  status")
    for nodes, sites in TABLE:
        if nodes <= largest:
            cost, demand = _network(nodes, sites)
            seconds, found = _solved(cost, demand, sites=sites)
            numbers = f"{found.objective:>12,.0f}{found.bound:>12,.0f}{found.gap:>9.3%}{seconds:>9.2f}"
            _say(f"{nodes:>6}{sites:>6}{numbers}  {found.status}")


def _network(nodes: int, sites: int) -> tuple[FloatArray, FloatArray]:
    return made_network(nodes, seed=nodes + sites), np.ones(nodes)


def _solved(cost: FloatArray, demand: FloatArray, *, sites: int) -> tuple[float, Siting]:
    started = time.perf_counter()
    found = p_median(cost, demand, sites, time_limit=LIMIT)
    return time.perf_counter() - started, found


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
