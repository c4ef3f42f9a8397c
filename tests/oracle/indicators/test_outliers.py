"""Outliers, levels and sums the slow way: one unit at a time, limits by halving, counting one by one."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.indicators import slow_intervals
from tests.unit.indicators.practice_results import measure_of, results_of

from placeplan.app.indicator_levels import read_levels
from placeplan.indicators.measures import Polarity
from placeplan.indicators.variation.averages import Average
from placeplan.indicators.variation.outlier_sums import outlier_sums
from placeplan.indicators.variation.outliers import outliers_of
from placeplan.indicators.variation.unit_funnels import unit_funnel

LEVELS = read_levels()
HAIR = 1e-9
COUNTS = st.lists(
    st.integers(1, 400).flatmap(lambda people: st.tuples(st.integers(0, people), st.just(people))),
    min_size=1,
    max_size=12,
)
POLARITY = st.sampled_from([Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER])


def _wilson(count: float, people: float, level: float) -> tuple[float, float]:
    low, high = slow_intervals.wilson(count, people, level)
    return 100 * low, 100 * high


def _slow_flag(own: tuple[float, float], average: tuple[float, float], *, better: int) -> str:
    if own[0] > average[1]:
        return "better than average" if better > 0 else "red outlier"
    if own[1] < average[0]:
        return "red outlier" if better > 0 else "better than average"
    return "not an outlier"


def _near(*pairs: tuple[float, float]) -> bool:
    """Whether two numbers are so close that rounding decides."""
    return any(abs(first - second) < HAIR for first, second in pairs)


@given(COUNTS, POLARITY)
def test_flags(rows: list[tuple[int, int]], polarity: Polarity) -> None:
    better = 1 if polarity is Polarity.HIGHER_IS_BETTER else -1
    named = [(f"P{at:02d}", float(count), float(people)) for at, (count, people) in enumerate(rows)]
    found = outliers_of(results_of(named, measure=measure_of(polarity=polarity)), levels=LEVELS)
    average = _wilson(sum(count for count, _ in rows), sum(people for _, people in rows), 0.95)
    for (count, people), flag in zip(rows, found.units["flag"].to_list(), strict=True):
        own = _wilson(count, people, 0.95)
        if not _near((own[0], average[1]), (own[1], average[0])):
            assert flag == _slow_flag(own, average, better=better)


@given(COUNTS, POLARITY, st.integers(0, 100))
def test_levels(rows: list[tuple[int, int]], polarity: Polarity, average: int) -> None:
    named = [(f"P{at:02d}", float(count), float(people)) for at, (count, people) in enumerate(rows)]
    held = Average("given", average, average, average)
    found = outliers_of(results_of(named, measure=measure_of(polarity=polarity)), levels=LEVELS, average=held)
    sign = 1 if polarity is Polarity.HIGHER_IS_BETTER else -1
    # The share is worked out as the program does, since equal shares must share a rank.
    shares = [sign * value for value in found.units["value"].to_list()]
    for at, (count, people) in enumerate(rows):
        ends = {level: _wilson(count, people, level)[1 if sign > 0 else 0] for level in (0.95, 0.998)}
        if _near(*((end, average) for end in ends.values()), (sign * shares[at], average)):
            continue
        worse_than_me = sum(share < shares[at] for share in shares)
        if sign * ends[0.998] < sign * average:
            wanted = "trigger level 2"
        elif sign * ends[0.95] < sign * average:
            wanted = "trigger level 1"
        elif shares[at] < sign * average and worse_than_me + 1 <= 0.25 * len(rows):
            wanted = "approaching review"
        else:
            wanted = "no level"
        assert found.units["level"][at] == wanted


PLACES = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 100), min_size=1)


@given(st.lists(st.tuples(st.sampled_from(["access", "trust", None]), PLACES), min_size=1, max_size=5))
def test_sums(sets: list[tuple[str | None, dict[str, int]]]) -> None:
    group = {"A": "North", "B": "North", "C": "South"}
    found = [
        outliers_of(
            results_of(
                [(area, float(count), 100.0) for area, count in counts.items()],
                measure=measure_of(id=f"m{at}", theme=theme),
            ),
            levels=LEVELS,
            average=Average("given", 50, 49, 51),
            group=group,
        )
        for at, (theme, counts) in enumerate(sets)
    ]
    sums = outlier_sums(found, bands=LEVELS.outlier_bands[0])
    red = [
        (area, group.get(area, "no group"), theme or "no theme")
        for theme, counts in sets
        for area, count in counts.items()
        if _wilson(count, 100, 0.95)[1] < 49
    ]
    for row in sums.by_unit.iter_rows(named=True):
        assert row["red"] == sum(area == row["area"] for area, _, _ in red)
    for row in sums.by_theme.iter_rows(named=True):
        assert row["red"] == sum((parent, theme) == (row["group"], row["theme"]) for _, parent, theme in red)
    for row in sums.by_group.iter_rows(named=True):
        assert row["red"] == sum(row["group"] in (parent, "all") for _, parent, _ in red)


def test_practices_of_the_data_folder(shared_data: Path) -> None:
    """Recorded high blood pressure in real practices: register over list, one practice at a time."""
    table = pl.read_csv(shared_data / "practices" / "practice_qof_cvd_2023_24.csv", infer_schema_length=None)
    counted = table.select(
        "practice_code",
        people=pl.col("list_size_hyp"),
        register=(pl.col("prevalence_hyp") * pl.col("list_size_hyp") / 100).round(),
    ).drop_nulls()
    rows = sorted((code, register, people) for code, people, register in counted.iter_rows())
    results = results_of(rows, measure=measure_of(polarity=Polarity.LOWER_IS_BETTER))
    found = outliers_of(results, levels=LEVELS)
    average = _wilson(sum(row[1] for row in rows), sum(row[2] for row in rows), 0.95)
    flags = [_slow_flag(_wilson(register, people, 0.95), average, better=-1) for _, register, people in rows]
    assert found.units["flag"].to_list() == flags
    assert unit_funnel(results).average == pytest.approx(
        100 * sum(row[1] for row in rows) / sum(row[2] for row in rows)
    )
