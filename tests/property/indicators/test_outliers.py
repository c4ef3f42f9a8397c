"""What holds of outliers, funnels, concentration and equity whatever the numbers."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.unit.indicators.practice_results import Row, measure_of, results_of

from placeplan.app.indicator_levels import read_levels
from placeplan.indicators.measures import Measure, Method, Polarity
from placeplan.indicators.methods import MethodInputError, OverDispersion
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.variation.concentration import ProviderSpend, concentration
from placeplan.indicators.variation.equity import equity_audit
from placeplan.indicators.variation.outlier_sums import outlier_sums
from placeplan.indicators.variation.outliers import outliers_of
from placeplan.indicators.variation.trigger_levels import NO_LEVEL
from placeplan.indicators.variation.unit_funnels import unit_funnel
from placeplan.indicators.variation.weighted_shares import PracticeSpend, weighted_budgets

LEVELS = read_levels()
MEASURES = st.builds(
    lambda method, polarity, number: measure_of(id=f"m{number}", method=method, polarity=polarity),
    st.sampled_from([Method.PROPORTION, Method.RATE, Method.STANDARDISED_RATIO]),
    st.sampled_from(list(Polarity)),
    st.integers(0, 10**6),
)
NUMBER = st.none() | st.integers(-2, 500)
ROWS = st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=12).map(
    lambda pairs: [(f"P{at:02d}", top, bottom) for at, (top, bottom) in enumerate(pairs)]
)


def _usable(rows: list[Row]) -> bool:
    return any(top is not None and bottom and 0 <= top <= bottom for _, top, bottom in rows)


def _drawable(results: MeasureResults) -> bool:
    return results.frame["value"].null_count() < len(results)


@given(ROWS, MEASURES)
def test_a_flag_never_stands_on_intervals_that_overlap(rows: list[Row], measure: Measure) -> None:
    assume(_usable(rows))
    found = outliers_of(results_of(rows, measure=measure), levels=LEVELS)
    flagged = found.units.filter(~pl.col("flag").is_in(["", "not an outlier"]))
    for row in flagged.iter_rows(named=True):
        assert row["lower"] > row["average_upper"] or row["upper"] < row["average_lower"]
    unflagged = found.units.filter(pl.col("flag") == "not an outlier")
    for row in unflagged.iter_rows(named=True):
        assert row["lower"] <= row["average_upper"]
        assert row["upper"] >= row["average_lower"]


@given(ROWS, MEASURES)
def test_red_is_worse_and_its_level_says_so_too(rows: list[Row], measure: Measure) -> None:
    assume(_usable(rows))
    found = outliers_of(results_of(rows, measure=measure), levels=LEVELS)
    for row in found.red.iter_rows(named=True):
        better = {Polarity.HIGHER_IS_BETTER: 1, Polarity.LOWER_IS_BETTER: -1}[found.measure.polarity]
        assert better * row["value"] < better * row["average"]
        assert row["level"] in {"trigger level 1", "trigger level 2"}


@given(ROWS, MEASURES)
def test_no_unit_is_lost_and_what_has_no_value_says_why(rows: list[Row], measure: Measure) -> None:
    assume(_usable(rows))
    found = outliers_of(results_of(rows, measure=measure), levels=LEVELS).units
    assert found["area"].to_list() == [area for area, _, _ in rows]
    for row in found.iter_rows(named=True):
        assert (row["value"] is None) == (row["flag"] == "")
        assert row["value"] is not None or row["note"]
    numbers = found.select(pl.col(pl.Float64))
    assert all(column.is_finite().fill_null(value=True).all() for column in numbers)


@given(ROWS, MEASURES, st.permutations(range(12)))
def test_the_order_of_units_changes_nothing(rows: list[Row], measure: Measure, order: list[int]) -> None:
    assume(_usable(rows))
    shuffled = [rows[at] for at in order if at < len(rows)]
    first, second = (outliers_of(results_of(one, measure=measure), levels=LEVELS) for one in (rows, shuffled))
    assert first.units.drop("average", "average_lower", "average_upper").equals(
        second.units.drop("average", "average_lower", "average_upper")
    )


@given(st.lists(st.tuples(ROWS, st.sampled_from(["access", "trust", None])), min_size=1, max_size=4))
def test_sums_by_theme_by_unit_and_by_group_are_the_same_total(sets: list[tuple[list[Row], str | None]]) -> None:
    assume(all(_usable(rows) for rows, _ in sets))
    group = {"P00": "North", "P01": "North", "P02": "South"}
    found = [
        outliers_of(results_of(rows, measure=measure_of(id=f"m{at}", theme=theme)), levels=LEVELS, group=group)
        for at, (rows, theme) in enumerate(sets)
    ]
    sums = outlier_sums(found, bands=LEVELS.outlier_bands[0])
    total = sum(one.red.height for one in found)
    assert sums.red == sums.by_theme["red"].sum() == total
    everything = sums.by_group.row(-1, named=True)
    assert everything["red"] == total == sums.by_group["red"][:-1].sum()
    in_bands = sum(everything[band.words] for band in sums.bands.bands)
    assert in_bands == sums.by_unit.filter(pl.col("measured") > 0).height
    assert 4 * everything["target"] <= 3 * total


@given(ROWS, MEASURES, st.sampled_from(list(OverDispersion)))
def test_a_funnel_lays_wider_limits_around_narrower_ones(rows: list[Row], measure: Measure, kind: str) -> None:
    results = results_of(rows, measure=measure)
    if not _drawable(results):
        with pytest.raises(MethodInputError, match="counts that can be used"):
            unit_funnel(results, over_dispersion=kind)
        return
    found = unit_funnel(results, over_dispersion=kind)
    known = found.units.filter(pl.col("note") == "")
    for frame in (known, found.curve):
        assert (frame["lower_998"] <= frame["lower_95"]).all()
        assert (frame["upper_95"] <= frame["upper_998"]).all()
    assert found.units.height == len(rows)
    assert found.curve["denominator"].is_sorted()


@given(ROWS)
def test_levels_partition(rows: list[Row]) -> None:
    assume(_usable(rows))
    units = outliers_of(results_of(rows), levels=LEVELS).units
    titles = {NO_LEVEL, *(level.title for level in LEVELS.triggers)}
    assert set(units.filter(pl.col("value").is_not_null())["level"]) <= titles
    assert set(units.filter(pl.col("value").is_null())["level"]) <= {""}


POUNDS = st.lists(st.integers(1, 10**9), min_size=1, max_size=30)


@given(POUNDS)
def test_the_index_lies_between_even_and_one_provider(pounds: list[int]) -> None:
    spend = [ProviderSpend(f"P{at}", Decimal(one)) for at, one in enumerate(pounds)]
    found = concentration(spend, bands=LEVELS.index_bands[0], ratings=LEVELS.ratings[0])
    assert 10_000 / len(pounds) * (1 - 1e-9) <= found.index <= 10_000 * (1 + 1e-9)
    assert found.share_of_top(len(pounds)) == pytest.approx(100)
    tops = [found.share_of_top(number) for number in range(1, len(pounds) + 1)]
    assert tops == sorted(tops)


@given(POUNDS)
def test_joining_two_providers_never_lowers_the_index(pounds: list[int]) -> None:
    assume(len(pounds) > 1)

    def index(amounts: list[int]) -> float:
        spend = [ProviderSpend(f"P{at}", Decimal(one)) for at, one in enumerate(amounts)]
        return concentration(spend, bands=LEVELS.index_bands[0], ratings=LEVELS.ratings[0]).index

    assert index([pounds[0] + pounds[1], *pounds[2:]]) >= index(pounds) * (1 - 1e-12)


@given(st.lists(st.none() | st.decimals(0, 10**6, places=3), min_size=1, max_size=30), st.integers(0, 10**9))
def test_budgets_add_up_to_the_total(lists: list[Decimal | None], pence: int) -> None:
    assume(any(lists))
    total = Decimal(pence) / 100
    found = weighted_budgets([PracticeSpend(f"P{at}", one) for at, one in enumerate(lists)], total=total)
    budgets = [one.budget for one in found.practices if one.budget is not None]
    assert sum(budgets) == total
    for one in found.practices:
        if one.share is not None and one.budget is not None:
            assert abs(one.share * pence - int(one.budget * 100)) < 1


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 90)), min_size=5, max_size=5))
def test_an_audit_surrounds_its_values_and_turns_with_the_order(ends: list[tuple[int, int]]) -> None:
    rows = [(f"Q{at}", float(top), float(bottom)) for at, (top, bottom) in enumerate(ends)]
    audit = equity_audit(
        results_of(rows), quantile_of={f"Q{at}": at + 1 for at in range(5)}, number=5, seed=3, repetitions=1_000
    )
    turned = equity_audit(
        results_of(rows), quantile_of={f"Q{at}": 5 - at for at in range(5)}, number=5, seed=3, repetitions=1_000
    )
    for gap in (audit.ratio, audit.difference):
        assert gap.note or gap.lower <= gap.value <= gap.upper  # type: ignore[operator]
    assert audit.slope.value == pytest.approx(-(turned.slope.value or 0), abs=1e-9)
    assert audit.difference.value == pytest.approx(-(turned.difference.value or 0))
