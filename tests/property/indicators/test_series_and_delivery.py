"""What holds for every series and every delivery."""

from datetime import date
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.indicators.series_examples import MONTHS, measure_of, results_of, rows_of

from placeplan.indicators.control.control_series import control_series
from placeplan.indicators.control.control_verdicts import exceptions, verdict_table
from placeplan.indicators.measures import Polarity
from placeplan.indicators.methods import xmr
from placeplan.indicators.trajectory.delivery import ActualPoint, Delivery, PlannedPoint, StandardStep, Standing
from placeplan.indicators.trajectory.recovery import recovery_to_standard, required_rate
from placeplan.kernel.spans import Frequency, parse_span

VALUE = st.one_of(st.none(), st.integers(0, 1000).map(lambda tenths: tenths / 10))
SERIES = st.lists(VALUE, min_size=1, max_size=24)
POLARITY = st.sampled_from(Polarity)


@given(
    values=SERIES,
    left_out=st.lists(st.booleans(), min_size=24, max_size=24),
    polarity=POLARITY,
    random=st.randoms(use_true_random=False),
)
def test_missing_rows_and_their_order_do_not_matter(
    values: list[float | None],
    *,
    left_out: list[bool],
    polarity: Polarity,
    random: Random,
) -> None:
    rows = rows_of(values)
    kept = [row for row, out in zip(rows, left_out, strict=False) if row["value"] is not None or not out]
    if not kept:
        return
    random.shuffle(kept)
    [found] = control_series(results_of(kept, measure=measure_of(polarity=polarity)), target=50.0)
    first, last = MONTHS.index(found.periods[0]), MONTHS.index(found.periods[-1])
    whole = [np.nan if value is None else value for value in values[first : last + 1]]
    np.testing.assert_array_equal(found.chart.observed, whole)
    assert found.periods == tuple(MONTHS[first : last + 1])


@given(st.lists(SERIES, min_size=1, max_size=6))
def test_series_together_are_as_each_alone(several: list[list[float | None]]) -> None:
    results = results_of(*(rows_of(values, area=f"A{number}") for number, values in enumerate(several)))
    found = control_series(results, target=50.0)
    for series, values in zip(found, several, strict=True):
        alone = xmr([np.nan if value is None else value for value in values], improvement="up", target=50.0)
        assert int(alone.variation) == series.variation
        assert int(alone.assurance) == series.assurance
        np.testing.assert_array_equal(alone.lower, series.chart.lower)
    assert verdict_table(found).height == len(several)
    assert set(exceptions(found)) <= set(found)


@given(
    seen=st.lists(VALUE, max_size=8),
    plan=st.lists(VALUE, max_size=8),
    tenths=st.integers(0, 1000),
    polarity=POLARITY,
)
def test_no_data_is_never_a_pass_and_a_pass_is_on_the_good_side(
    seen: list[float | None], *, plan: list[float | None], tenths: int, polarity: Polarity
) -> None:
    spans = [parse_span(text, frequency=Frequency.MONTH) for text in MONTHS]
    level = tenths / 10
    found = Delivery(
        measure="m",
        title="M",
        unit="per cent",
        polarity=polarity,
        area="A",
        area_name="",
        per=100.0,
        actual=tuple(ActualPoint(span, value, denominator=1000.0) for span, value in zip(spans, seen, strict=False)),
        planned=tuple(PlannedPoint(span, value) for span, value in zip(spans, plan, strict=False) if value is not None),
        standards=(StandardStep(date(2000, 4, 1), level, "standard"),),
    )
    known = [value for value in seen if value is not None]
    if not known:
        assert found.standard_test is Standing.NO_DATA
        assert found.trajectory_test in (Standing.NO_DATA, Standing.NOT_ASKED)
        assert required_rate(found) is None
    elif polarity is not Polarity.NEITHER:
        good = known[-1] >= level if polarity is Polarity.HIGHER_IS_BETTER else known[-1] <= level
        assert found.standard_test is (Standing.MET if good else Standing.MISSED)
        assert (recovery_to_standard(found) == 0) is good
    assert 0 <= found.periods_off <= len(found.gaps)
    assert found.periods_off == 0 or found.trajectory_test in (Standing.MISSED, Standing.NOT_KNOWN)
