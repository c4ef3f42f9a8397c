"""Delivery against plan: two tests kept apart, no data is no assurance, and what it takes to recover."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.indicators.series_examples import MONTHS, measure_of, results_of, rows_of

from placeplan.app.measure_definitions import read_measures
from placeplan.indicators.measures import Method, Polarity
from placeplan.indicators.trajectory.delivery import ActualPoint, Delivery, PlannedPoint, StandardStep, Standing
from placeplan.indicators.trajectory.measure_deliveries import deliveries
from placeplan.indicators.trajectory.recovery import recovery_gap, recovery_to_plan, recovery_to_standard, required_rate
from placeplan.indicators.values.counted_values import adds_up, per_of
from placeplan.kernel.spans import Frequency, Span, parse_span

CONSTITUTION = StandardStep(date(2010, 4, 1), 95.0, "constitutional standard")


def month(text: str) -> Span:
    """A month."""
    return parse_span(text, frequency=Frequency.MONTH)


def year(text: str) -> Span:
    """A financial year."""
    return parse_span(text, frequency=Frequency.FINANCIAL_YEAR)


def delivery(values: Sequence[float | None], **more: Any) -> Delivery:
    """Monthly values in per cent from April 2013 on, where higher is better."""
    given = {
        "measure": "ae-4-hours",
        "title": "Four hours",
        "unit": "per cent",
        "polarity": Polarity.HIGHER_IS_BETTER,
        "area": "RVV",
        "area_name": "East Kent",
        "per": 100.0,
        "actual": tuple(ActualPoint(month(MONTHS[at]), value) for at, value in enumerate(values)),
        **more,
    }
    return Delivery(**given)


def planned(values: Sequence[float]) -> tuple[PlannedPoint, ...]:
    """Planned months from April 2013 on."""
    return tuple(PlannedPoint(month(MONTHS[at]), value) for at, value in enumerate(values))


def test_standard_and_trajectory_are_two_tests() -> None:
    found = delivery([93.0], planned=planned([92.0]), standards=(CONSTITUTION,))
    assert (found.standard_test, found.trajectory_test) == (Standing.MISSED, Standing.MET)
    found = delivery([96.0], planned=planned([97.0]), standards=(CONSTITUTION,))
    assert (found.standard_test, found.trajectory_test) == (Standing.MET, Standing.MISSED)


def test_no_data_is_not_assured_and_never_a_pass() -> None:
    for values in ([], [None, None]):
        found = delivery(values, planned=planned([92.0]), standards=(CONSTITUTION,))
        assert (found.standard_test, found.trajectory_test) == (Standing.NO_DATA, Standing.NO_DATA)


def test_nothing_asked_and_not_known_are_told_apart() -> None:
    assert delivery([93.0]).standard_test is Standing.NOT_ASKED
    assert delivery([93.0], planned=(PlannedPoint(month("2014-01"), 92.0),)).trajectory_test is Standing.NOT_KNOWN
    neither = delivery([93.0], standards=(CONSTITUTION,), polarity=Polarity.NEITHER)
    assert neither.standard_test is Standing.NOT_KNOWN


def test_the_standard_is_that_of_the_day() -> None:
    steps = (CONSTITUTION, StandardStep(date(2013, 6, 1), 78.0, "milestone"))
    gaps = delivery([90.0, 90.0, 90.0], standards=steps).gaps
    assert [gap.to_standard for gap in gaps] == [-5.0, -5.0, 12.0]


def test_a_month_is_held_to_the_plan_of_its_year_unless_it_has_its_own() -> None:
    plans = (PlannedPoint(month("2013-05"), 91.0), PlannedPoint(year("2013-14"), 95.0))
    assert [gap.planned for gap in delivery([93.0, 93.0], planned=plans).gaps] == [95.0, 91.0]


def test_counts_that_add_up_are_not_held_to_the_plan_of_a_longer_period() -> None:
    plans = (PlannedPoint(year("2013-14"), 1200.0),)
    assert delivery([100.0], planned=plans, per=1.0, adds_up=True).gaps[0].planned is None
    assert delivery([100.0], planned=plans, per=1.0).gaps[0].planned == 1200.0


def test_off_trajectory_counts_the_latest_periods_in_a_row() -> None:
    plan = planned([90.0] * 5)
    assert delivery([91, 89, 91, 89, 88], planned=plan).periods_off == 2
    assert delivery([89, 89, 89, 89, 91], planned=plan).periods_off == 0
    assert delivery([89, 89, 89, None, 88], planned=plan).periods_off == 1
    assert delivery([91, 91, 89, 89, None], planned=plan).periods_off == 2
    assert delivery([91, 89, 91, 89, 88], planned=plan).off_trajectory(periods=2)
    assert not delivery([91, 89, 91, 89, 88], planned=plan).off_trajectory(periods=3)


def test_a_planned_month_without_an_observation_ends_the_count() -> None:
    actual = (ActualPoint(month("2013-04"), 80.0), ActualPoint(month("2013-06"), 80.0))
    found = delivery([], actual=actual, planned=planned([90.0] * 3))
    assert [gap.actual for gap in found.gaps] == [80.0, None, 80.0]
    assert found.periods_off == 1


def test_lower_is_better_turns_the_sides_round() -> None:
    found = delivery([93.0, 95.0], planned=planned([94.0, 94.0]), polarity=Polarity.LOWER_IS_BETTER)
    assert [gap.to_plan for gap in found.gaps] == [1.0, -1.0]


def test_a_plan_that_worsens_is_told() -> None:
    found = delivery([], planned=planned([90.0, 91.0, 90.5, 90.5]))
    assert [point.period for point in found.worsening_plans] == ["2013-06"]


def test_recovery_is_in_people_rounded_up_and_none_when_met() -> None:
    seen = ActualPoint(month("2013-04"), 93.0, numerator=930.0, denominator=1000.0)
    found = delivery([], actual=(seen,), planned=planned([92.0]), standards=(CONSTITUTION,))
    assert recovery_to_standard(found) == 20
    assert recovery_to_plan(found) == 0
    assert recovery_gap(found, ActualPoint(seen.span, 80.0, denominator=1001.0), level=95.0) == 151


def test_recovery_is_not_thrown_by_binary_fractions() -> None:
    seven = ActualPoint(month("2013-04"), 7.0, numerator=7.0, denominator=100.0)
    assert recovery_gap(delivery([]), seven, level=7.0) == 0


def test_too_many_are_counted_where_less_is_better() -> None:
    found = delivery([], polarity=Polarity.LOWER_IS_BETTER)
    waiting = ActualPoint(month("2013-04"), 3.0, numerator=30.0, denominator=1000.0)
    assert recovery_gap(found, waiting, level=1.0) == 20


def test_recovery_is_not_known_without_a_denominator_or_a_level() -> None:
    assert recovery_to_standard(delivery([93.0], standards=(CONSTITUTION,))) is None
    assert recovery_to_plan(delivery([93.0])) is None
    assert recovery_to_standard(delivery([], standards=(CONSTITUTION,))) is None
    assert recovery_gap(delivery([], per=None), ActualPoint(month("2013-04"), 80.0), level=82.0) is None


def test_staff_short_of_the_plan_are_counted_as_they_are() -> None:
    plans = (PlannedPoint(year("2013-14"), 421.0),)
    assert recovery_to_plan(delivery([342.2], planned=plans, per=1.0)) == 79


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 1000))
def test_recovered_means_that_the_level_is_reached_and_one_fewer_is_not(count: int, rest: int, tenths: int) -> None:
    people, level = count + rest, tenths / 10
    seen = ActualPoint(month("2013-04"), 100 * count / people, numerator=count, denominator=people)
    short = recovery_gap(delivery([]), seen, level=level)
    assert short is not None
    assert 1000 * (count + short) >= tenths * people
    if short:
        assert 1000 * (count + short - 1) < tenths * people


def test_the_required_rate_reaches_the_plan_for_the_end_of_the_year() -> None:
    found = delivery([90.0] * 9, planned=(PlannedPoint(year("2013-14"), 93.0),))
    rate = required_rate(found)
    assert rate is not None
    assert (rate.periods_left, rate.per_period, rate.planned.period) == (3, 1.0, "2013-14")


def test_after_the_end_of_a_year_the_next_year_counts() -> None:
    plans = (PlannedPoint(year("2013-14"), 93.0), PlannedPoint(year("2014-15"), 96.0))
    rate = required_rate(delivery([90.0] * 12, planned=plans))
    assert rate is not None
    assert (rate.periods_left, rate.per_period) == (12, 0.5)


def test_there_is_no_required_rate_without_a_plan_or_a_value() -> None:
    assert required_rate(delivery([90.0])) is None
    assert required_rate(delivery([], planned=planned([93.0]))) is None
    assert required_rate(delivery([90.0], planned=(PlannedPoint(year("2013-14"), 9.0),), adds_up=True)) is None


def test_deliveries_of_results_have_a_row_for_each_area_planned_or_seen() -> None:
    results = results_of(rows_of([93.0, None]), rows_of([96.0], area="RWF"), rows_of([1.0], sex="female"))
    found = deliveries(results, planned={"RVV": planned([94.0]), "RN7": planned([94.0])}, standards=[CONSTITUTION])
    assert [one.area for one in found] == ["RN7", "RVV", "RWF"]
    assert [one.trajectory_test for one in found] == [Standing.NO_DATA, Standing.MISSED, Standing.NOT_ASKED]
    assert found[1].notes == ("2013-05: no value, an input is missing.",)
    assert found[1].latest == ActualPoint(month("2013-04"), 93.0, status="final")


def test_health_visitors_have_a_forecast_beside_their_plan() -> None:
    staff = read_measures()["EF28"]
    seen = [274.0, 279.5, 283.0, 290.0, 296.5, 301.0, 307.0, 311.5, 318.0, 324.0]
    plans = {"RVV": (PlannedPoint(year("2013-14"), 342.2),)}
    [found] = deliveries(results_of(rows_of(seen), measure=staff), planned=plans, periods_ahead=2)
    assert found.forecast.method.startswith("damped trend")
    assert [point.period for point in found.forecast.points] == ["2014-02", "2014-03"]
    assert found.forecast.points[-1].value == pytest.approx(334, abs=3)
    assert recovery_to_plan(found) == 19


def test_what_adds_up_and_what_lies_behind_a_value_come_from_the_definition() -> None:
    measure = measure_of()
    assert not adds_up(measure)
    assert per_of(measure) == 100
    assert per_of(measure.model_copy(update={"method": Method.LIFE_EXPECTANCY})) is None
    assert adds_up(measure.model_copy(update={"method": Method.COUNT}))
    assert not adds_up(read_measures()["EF28"])
    assert per_of(read_measures()["EF28"]) == 1
