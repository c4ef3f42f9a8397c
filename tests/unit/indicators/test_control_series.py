"""Series become control charts: gaps stay gaps, limits begin afresh at dated reasons, and grave ones come first."""

from datetime import date

import numpy as np
import pytest
from tests.unit.indicators.series_examples import MONTHS, measure_of, results_of, rows_of

from placeplan.indicators.control.control_series import EVERY_AREA, Rebase, control_series
from placeplan.indicators.control.control_verdicts import VERDICTS_SCHEMA, exceptions, verdict_table
from placeplan.indicators.measures import Polarity
from placeplan.indicators.methods import Assurance, Variation, xmr
from placeplan.kernel.errors import InputError
from placeplan.kernel.spans import Frequency

PUBLISHED = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
STEADY = [94.0, 95.0, 94.5, 95.5, 94.0, 95.0, 94.5, 95.5, 94.0, 95.0, 94.5, 95.5, 94.2]
FALLING = [95.0, 94.0, 95.0, 94.0, 95.0, 94.0, 95.0, 94.0, 95.0, 80.0, 79.0, 78.0, 77.0]


def test_limits_are_those_of_the_published_example() -> None:
    [unscreened] = control_series(results_of(rows_of(PUBLISHED)))
    [screened] = control_series(results_of(rows_of(PUBLISHED)), screen_moving_ranges=True)
    assert unscreened.chart.upper[-1] == pytest.approx(6.952, abs=5e-4)
    assert screened.chart.upper[-1] == pytest.approx(4.604, abs=5e-4)


def test_a_missing_month_is_a_blank_point_in_its_place() -> None:
    rows = rows_of(STEADY)
    [series] = control_series(results_of(rows[:4] + rows[5:]))
    assert series.periods == tuple(MONTHS[: len(STEADY)])
    assert np.isnan(series.chart.observed[4])
    assert series.notes[0] == "No row for 2013-08: a run does not jump over a gap."


def test_a_run_does_not_jump_over_a_gap() -> None:
    low = [50.0, 60.0] * 6 + [40.0] * 7
    [whole] = control_series(results_of(rows_of(low)))
    rows = rows_of(low)
    [broken] = control_series(results_of(rows[:15] + rows[16:]))
    assert whole.variation is Variation.CONCERN_LOW
    assert broken.variation is Variation.COMMON_CAUSE


def test_a_value_that_is_not_known_is_a_blank_point_with_a_note() -> None:
    [series] = control_series(results_of(rows_of([*STEADY, None])))
    assert series.latest == (94.2, MONTHS[12])
    assert f"No value for {MONTHS[13]}." in series.notes


def test_a_period_with_two_rows_has_no_value() -> None:
    rows = rows_of(STEADY)
    [series] = control_series(results_of([*rows, {**rows[3], "value": 12.0}]))
    assert np.isnan(series.chart.observed[3])
    assert "Two rows for 2013-07: neither is used." in series.notes


def test_periods_of_two_lengths_are_two_series() -> None:
    years = rows_of([94.0, 95.0], periods=["2013-14", "2014-15"], frequency=Frequency.FINANCIAL_YEAR)
    assert [series.periods[0] for series in control_series(results_of(rows_of(STEADY), years))] == [
        "2013-14",
        "2013-04",
    ]


def test_few_points_say_so() -> None:
    [single] = control_series(results_of(rows_of([94.0])))
    [few] = control_series(results_of(rows_of(STEADY[:6])))
    [enough] = control_series(results_of(rows_of(STEADY)))
    assert single.notes == ("No limits: they need at least two values in a row.",)
    assert single.variation_words == "no verdict"
    assert few.notes == ("Trial limits: they rest on 6 points, and on 12 or more they would be settled.",)
    assert enough.notes == ()


def test_provisional_and_synthetic_points_are_marked() -> None:
    rows = rows_of(STEADY)
    rows[-1]["status"] = "provisional"
    rows[0]["status"] = "synthetic"
    [series] = control_series(results_of(rows))
    assert series.provisional == (True, *[False] * 11, True)
    assert series.notes[0] == f"{MONTHS[12]}: provisional and may be revised."
    assert series.notes[1].startswith("2013-04: synthetic")


def test_limits_begin_afresh_at_a_dated_reason() -> None:
    change = Rebase(date(2014, 1, 15), "A new definition.")
    [series] = control_series(results_of(rows_of(FALLING)), rebases={"RVV": [change]})
    by_hand = xmr(FALLING, improvement="up", rebase_at=(10,))
    np.testing.assert_array_equal(series.chart.segment, by_hand.segment)
    np.testing.assert_array_equal(series.chart.mean, by_hand.mean)
    assert series.rebased == (change,)
    assert series.notes[0] == "Limits begin afresh on 2014-01-15: A new definition."


def test_a_change_of_every_area_holds_for_the_series_that_it_falls_within() -> None:
    rebases = {EVERY_AREA: [Rebase(date(2014, 1, 1), "A new definition")]}
    results = results_of(rows_of(STEADY), rows_of(STEADY[:4], area="RWF"))
    assert [bool(series.rebased) for series in control_series(results, rebases=rebases)] == [True, False]


def test_a_change_that_falls_within_no_series_is_refused_with_all_others() -> None:
    rebases = {
        "RVV": [Rebase(date(2013, 4, 1), "Before the first"), Rebase(date(2014, 5, 1), "After the last")],
        "RX1": [Rebase(date(2013, 10, 1), "No such area")],
    }
    with pytest.raises(InputError) as raised:
        control_series(results_of(rows_of(STEADY)), rebases=rebases)
    assert [problem.message for problem in raised.value.problems] == [
        "limits cannot begin afresh on 2013-04-01",
        "limits cannot begin afresh on 2014-05-01",
        "limits cannot begin afresh on 2013-10-01",
    ]
    assert "a day after 2013-04-01 and not after 2014-04-01" in str(raised.value)
    assert "the code of an area that has a series" in str(raised.value)


def test_a_change_without_a_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="without a reason"):
        Rebase(date(2014, 1, 1), " ")


def test_polarity_decides_what_is_better() -> None:
    found = {
        polarity: control_series(results_of(rows_of(FALLING), measure=measure_of(polarity=polarity)), target=90)[0]
        for polarity in Polarity
    }
    assert found[Polarity.HIGHER_IS_BETTER].variation is Variation.CONCERN_LOW
    assert found[Polarity.LOWER_IS_BETTER].variation is Variation.IMPROVEMENT_LOW
    assert found[Polarity.NEITHER].variation is Variation.NEITHER_LOW
    assert found[Polarity.NEITHER].assurance is Assurance.NONE
    assert "does not say which way is better" in found[Polarity.NEITHER].notes[-1]


def test_the_table_of_verdicts_has_a_row_for_each_series() -> None:
    results = results_of(rows_of(FALLING), rows_of([None, None], area="RWF"))
    table = verdict_table(control_series(results, target=95.0))
    assert dict(table.schema) == VERDICTS_SCHEMA
    first, second = table.to_dicts()
    assert first["latest"] == 77.0
    assert first["period"] == MONTHS[12]
    assert first["variation"] == "special cause, concern, low"
    assert first["since"] == MONTHS[9]
    assert first["points"] == 13
    assert second["latest"] is None
    assert second["variation"] == "no verdict"
    assert second["notes"] == f"No value for {MONTHS[0]}, {MONTHS[1]}."


def test_exceptions_are_concerns_and_consistent_failures_gravest_first() -> None:
    results = results_of(
        rows_of(STEADY, area="A steady"),
        rows_of([value - 40 for value in STEADY], area="B fails always"),
        rows_of(FALLING, area="C concern"),
        rows_of([value - 60 for value in FALLING], area="D concern and fails always"),
    )
    found = exceptions(control_series(results, target=90.0))
    assert [series.area[0] for series in found] == ["D", "C", "B"]
    assert all(series.area[0] != "A" for series in found)


def test_series_of_unequal_shape_are_each_as_if_alone() -> None:
    results = results_of(rows_of(STEADY), rows_of(FALLING, area="RWF"), rows_of(STEADY[:5], area="RN7"))
    for series in control_series(results, target=93):
        known = series.chart.observed
        alone = xmr(known, improvement="up", target=93)
        np.testing.assert_array_equal(series.chart.special_cause, alone.special_cause)
        assert int(series.chart.assurance) == int(alone.assurance)
