"""Pathways keep everybody, and beds follow bed days."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeplan.capacity.beds import bed_table, beds_at_occupancy, whole_beds
from placeplan.capacity.delayed_transfers import StatedChange, chained
from placeplan.capacity.flow import flow_balance
from placeplan.capacity.queueing import erlang_b
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.printed import Verdict, parse_printed

STAGES = ("a", "b", "c", "d")
SOME = st.one_of(st.just(0.0), st.floats(1e-6, 1000))
FOUR = st.lists(SOME, min_size=4, max_size=4)
MOVES = st.lists(st.lists(st.floats(0, 1), min_size=5, max_size=5), min_size=4, max_size=4)


def conversion_of(weights: list[list[float]]) -> np.ndarray:
    """Shares that go on, with at least a tenth leaving from every stage."""
    table = np.array(weights)
    table[:, -1] += 0.1 + table[:, :-1].sum(axis=1) / 9
    return table[:, :-1] / table.sum(axis=1, keepdims=True)


def walked(coming: list[float], conversion: np.ndarray) -> np.ndarray:
    """What goes through each stage, one step of everybody after another."""
    now, through = np.array(coming), np.zeros(4)
    while now.sum() > 1e-9:
        through += now
        now = now @ conversion
    return through


@given(coming=FOUR, weights=MOVES, there=FOUR)
def test_a_pathway_in_balance_is_everybody_walking_through(
    coming: list[float], weights: list[list[float]], there: list[float]
) -> None:
    conversion = conversion_of(weights)
    found = flow_balance(STAGES, coming, conversion=conversion, there=there)
    assert found.through == pytest.approx(walked(coming, conversion), abs=1e-5)
    assert found.leaving.sum() == pytest.approx(sum(coming), abs=1e-6)
    assert found.through == pytest.approx(np.array(coming) + found.moved.sum(axis=0), abs=1e-6)


@given(coming=FOUR, weights=MOVES, there=st.lists(st.floats(1, 1000), min_size=4, max_size=4))
def test_the_bottleneck_is_the_stage_that_is_full_first(
    coming: list[float], weights: list[list[float]], there: list[float]
) -> None:
    found = flow_balance(STAGES, coming, conversion=conversion_of(weights), there=there)
    if found.bottleneck is None:
        assert not any(coming)
        return
    first = found.largest_inflow.min()
    at_limit = found.through * first
    assert (at_limit <= np.array(there) * (1 + 1e-9)).all()
    assert at_limit[STAGES.index(found.bottleneck)] == pytest.approx(there[STAGES.index(found.bottleneck)])


@given(days=st.floats(0.001, 1e6), occupancy=st.floats(0.05, 1), home=st.floats(0, 0.99))
def test_beds_are_full_to_the_target(days: float, occupancy: float, home: float) -> None:
    table = bed_table(
        ["one"],
        [FinancialYear(2016)],
        bed_days=days,
        there=10,
        occupancy=occupancy,
        probability=0.1,
        home_share=home,
    )
    assert table.needed[0, 0] * occupancy * 365 == pytest.approx(days * (1 - home), abs=1e-6)
    assert table.bed_days + table.at_home == pytest.approx(np.array([[days]]), abs=1e-6)
    assert erlang_b(table.needed_by_queue, table.occupied)[0, 0] <= 0.1


@given(days=st.floats(0, 1e7), occupancy=st.floats(0.05, 1))
def test_whole_beds_are_enough_and_no_bed_more(days: float, occupancy: float) -> None:
    beds = float(beds_at_occupancy(days, occupancy=occupancy))
    assert beds - 1e-6 <= float(whole_beds(beds)) < beds + 1


@given(
    start=st.integers(20, 50_000),
    steps=st.lists(st.integers(1, 20_000), min_size=1, max_size=5),
    places=st.integers(0, 2),
)
def test_growth_that_is_printed_from_one_series_is_never_refused(start: int, steps: list[int], places: int) -> None:
    level, changes, levels = start, [], [start]
    for number, step in enumerate(steps):
        printed = parse_printed(f"{100 * step / level:.{places}f}")
        assert printed is not None
        changes.append(StatedChange(f"year {number}", step, printed))
        level += step
        levels.append(level)
    found = chained(changes)
    assert found.verdict is not Verdict.FAILS
    for interval, truth in zip(found.levels, levels, strict=True):
        assert interval.low <= truth <= (interval.high or truth)
