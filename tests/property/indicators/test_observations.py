"""What holds for observations whatever the rows: bad ones never change good ones, and every row is accounted for."""

from collections.abc import Mapping
from random import Random
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.indicators.observation_examples import measure_with, observed, row

from placeplan.indicators.measures import Method
from placeplan.indicators.observed.checking_observations import checked
from placeplan.indicators.observed.observations import Observations
from placeplan.indicators.observed.remarks import set_aside
from placeplan.indicators.values.computing_measures import compute

AREAS = ("ashford", "medway", "swale", "thanet")
YEARS = ("2014-15", "2015-16", "2016-17", "2017-18")
METHODS = st.sampled_from([Method.PROPORTION, Method.RATE, Method.STANDARDISED_RATIO, Method.COUNT, Method.MEAN])
KEYS = st.tuples(st.sampled_from(AREAS), st.sampled_from(YEARS), st.sampled_from(["", "f", "m"]))
COUNTS = st.integers(1, 10**6).flatmap(lambda people: st.tuples(st.integers(0, people), st.just(people)))
GOOD = st.dictionaries(KEYS, COUNTS, min_size=1, max_size=8)
BAD_FIGURES: tuple[Mapping[str, Any], ...] = (
    {"numerator": -3, "denominator": 10},
    {},
    {"area": "ashfrod", "numerator": 1, "denominator": 2},
    {"period": "2016-07", "frequency": "month", "numerator": 1, "denominator": 2},
)
BAD = st.lists(st.tuples(KEYS, st.sampled_from(BAD_FIGURES), st.integers(0, 8)), max_size=8)


def good_rows(good: Mapping[tuple[str, str, str], tuple[int, int]]) -> list[dict[str, Any]]:
    return [
        row(area, year, sex=sex, numerator=count, denominator=people)
        for (area, year, sex), (count, people) in good.items()
    ]


def bad_row(key: tuple[str, str, str], figures: Mapping[str, Any]) -> dict[str, Any]:
    area, year, sex = key
    return row(**{"area": area, "period": year, "sex": sex, **figures})


def results(rows: Observations, method: Method) -> pl.DataFrame:
    measure = measure_with(method)
    return compute(measure, checked(rows, measure=measure, areas=AREAS).observations).frame


@given(GOOD, BAD, METHODS)
def test_bad_rows_never_change_the_results_of_good_rows(
    good: dict[tuple[str, str, str], tuple[int, int]],
    bad: list[tuple[tuple[str, str, str], Mapping[str, Any], int]],
    method: Method,
) -> None:
    rows = good_rows(good)
    mixed = list(rows)
    for key, figures, place in bad:
        # Periods of another length are bad where most series have the measure's: so they stand in a series of these.
        series = key if "frequency" not in figures else list(good)[place % len(good)]
        mixed.insert(place, bad_row(series, figures))
    assert results(observed(*mixed), method).equals(results(observed(*rows), method))


@given(GOOD, st.data())
def test_saying_a_row_again_changes_nothing(
    good: dict[tuple[str, str, str], tuple[int, int]], data: st.DataObject
) -> None:
    rows = good_rows(good)
    again = data.draw(st.lists(st.sampled_from(rows), max_size=5))
    assert results(observed(*rows, *again), Method.RATE).equals(results(observed(*rows), Method.RATE))


@given(GOOD, BAD)
def test_every_row_is_used_or_remarked_on(
    good: dict[tuple[str, str, str], tuple[int, int]],
    bad: list[tuple[tuple[str, str, str], Mapping[str, Any], int]],
) -> None:
    rows = observed(*good_rows(good), *(bad_row(key, figures) for key, figures, _ in bad))
    found = checked(rows, measure=measure_with(Method.PROPORTION), areas=AREAS)
    assert len(found.observations) + sum(remark.count for remark in set_aside(found.remarks)) == len(rows)


@given(GOOD, METHODS)
def test_limits_surround_values_and_a_blank_has_a_note(
    good: dict[tuple[str, str, str], tuple[int, int]], method: Method
) -> None:
    frame = results(observed(*good_rows(good)), method)
    limited = frame.filter(pl.col("lower").is_not_null())
    assert limited.filter((pl.col("lower") > pl.col("value")) | (pl.col("value") > pl.col("upper"))).is_empty()
    assert frame.filter(pl.col("value").is_null() & (pl.col("note") == "")).is_empty()


BANDS = ("0-4", "5-34", "35-64", "65-74", "75+")
TABLES = st.dictionaries(
    st.sampled_from(AREAS), st.lists(st.integers(0, 50), min_size=len(BANDS), max_size=len(BANDS)), min_size=1
)
BY_AGE = st.sampled_from([Method.DIRECTLY_STANDARDISED_RATE, Method.LIFE_EXPECTANCY, Method.YEARS_OF_LIFE_LOST])
WEIGHTS = dict.fromkeys(BANDS, 20_000.0)


@given(TABLES, BY_AGE, st.randoms(use_true_random=False), st.integers(0, 4))
def test_an_area_by_age_depends_on_its_own_rows_and_on_no_order(
    tables: dict[str, list[int]], method: Method, random: Random, left_out: int
) -> None:
    measure = measure_with(method, multiplier=1_000)
    rows = [
        row(area, age=age, numerator=count, denominator=2_000)
        for area, counts in tables.items()
        for age, count in zip(BANDS, counts, strict=True)
    ]
    hole = row("without a band", age=BANDS[left_out], numerator=1, denominator=2_000)
    mixed = random.sample([*rows, hole], len(rows) + 1)
    together = compute(measure, observed(*mixed), weights=WEIGHTS).frame
    for area in tables:
        alone = compute(measure, observed(*(one for one in rows if one["area"] == area)), weights=WEIGHTS).frame
        assert together.filter(pl.col("area") == area).equals(alone)
    assert together.filter(pl.col("area") == hole["area"])["note"].item().startswith("age bands missing")
