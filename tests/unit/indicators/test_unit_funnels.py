"""Funnels of units: limits in the unit of the measure, notes beside rows, averages of several kinds."""

from decimal import Decimal

import numpy as np
import pytest
from tests.unit.indicators.practice_results import joined, measure_of, results_of

from placeplan.indicators.measures import Method
from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.variation.unit_funnels import UNIT_COLUMNS, unit_funnel

PRACTICES = [("A", 60, 100), ("B", 160, 200), ("C", 120, 150), ("D", 350, 400), ("E", 30, 80)]


def test_limits_are_in_the_unit_of_the_measure() -> None:
    found = unit_funnel(results_of(PRACTICES))
    assert tuple(found.units.columns) == UNIT_COLUMNS
    assert found.average == pytest.approx(100 * 720 / 930)
    assert found.average_of == "all units together"
    assert (found.statistic, found.over_dispersion, found.period) == ("proportion", "none", "2013-14")
    first = found.units.row(0, named=True)
    assert first["value"] == 60
    assert first["lower_998"] < first["lower_95"] < found.average < first["upper_95"] < first["upper_998"] <= 100
    assert first["significance"] == "low (0.001)"
    assert found.units["significance"].to_list()[-1] == "low (0.001)"


def test_units_without_counts_keep_their_row_and_say_why() -> None:
    rows = [*PRACTICES, ("F", None, 90), ("G", 5, 0)]
    found = unit_funnel(results_of(rows))
    assert found.units["area"].to_list() == list("ABCDEFG")
    missing = found.units.row(5, named=True)
    assert (missing["value"], missing["lower_95"], missing["z"]) == (None, None, None)
    assert (missing["significance"], missing["note"]) == ("", "an input is missing")
    assert found.units["note"][6] == "the population is zero"
    assert found.average == unit_funnel(results_of(PRACTICES)).average
    assert "2 without limits: the reason stands beside each." in found.caveats


@pytest.mark.parametrize("kind", ["none", "multiplicative", "additive"])
@pytest.mark.parametrize("method", [Method.PROPORTION, Method.RATE, Method.STANDARDISED_RATIO])
def test_curve_meets_the_limits_of_the_smallest_and_the_largest_unit(kind: str, method: Method) -> None:
    measure = measure_of(method=method)
    found = unit_funnel(results_of(PRACTICES, measure=measure), over_dispersion=kind, baseline=65.0)
    curve, units = found.curve, found.units.sort("denominator")
    assert curve["denominator"].is_sorted()
    for name in ("denominator", "lower_95", "upper_95", "lower_998", "upper_998"):
        assert curve[name][0] == pytest.approx(units[name][0])
        assert curve[name][-1] == pytest.approx(units[name][-1])


def test_over_dispersion_widens_the_limits_and_says_how_much() -> None:
    narrow = unit_funnel(results_of(PRACTICES))
    wide = unit_funnel(results_of(PRACTICES), over_dispersion="multiplicative")
    assert wide.phi > 1
    assert wide.over_dispersion == "multiplicative"
    assert wide.units["lower_95"][0] < narrow.units["lower_95"][0]
    assert abs(wide.units["z"][0]) < abs(narrow.units["z"][0])


def test_an_area_of_the_results_can_be_the_average() -> None:
    found = unit_funnel(results_of([*PRACTICES, ("England", 8_000, 10_000)]), baseline="England")
    assert found.average == pytest.approx(80)
    assert found.average_of == "Practice England"
    assert "England" not in found.units["area"].to_list()


def test_a_ratio_is_held_against_what_was_expected() -> None:
    measure = measure_of(method=Method.STANDARDISED_RATIO)
    found = unit_funnel(results_of([("A", 20, 10.0), ("B", 12, 11.5)], measure=measure))
    assert found.average == 100
    assert found.average_of == "as many events as expected"
    assert found.units["value"].to_list() == pytest.approx([200, 100 * 12 / 11.5])


def test_a_standardised_rate_rests_on_the_population_that_it_implies() -> None:
    measure = measure_of(method=Method.DIRECTLY_STANDARDISED_RATE, multiplier=Decimal(1000))
    found = unit_funnel(results_of([("A", 20, 100), ("B", 30, 100)], measure=measure))
    assert found.statistic == "rate"
    assert found.units["denominator"].to_list() == pytest.approx([100, 100])
    assert any("imply" in caveat for caveat in found.caveats)


def test_the_latest_period_is_taken_unless_another_is_named() -> None:
    results = joined(results_of(PRACTICES[:2]), results_of(PRACTICES[2:], period="2014-15"))
    assert unit_funnel(results).units["area"].to_list() == ["C", "D", "E"]
    assert unit_funnel(results, period="2013-14").units["area"].to_list() == ["A", "B"]
    with pytest.raises(MethodInputError, match="no results for '2012-13'; the latest are 2013-14, 2014-15"):
        unit_funnel(results, period="2012-13")


def test_groups_stand_beside_their_units() -> None:
    found = unit_funnel(results_of(PRACTICES), group={"A": "North", "B": "South"})
    assert found.units["group"].to_list() == ["North", "South", "", "", ""]


def test_what_has_no_funnel_is_refused_in_one_sentence() -> None:
    with pytest.raises(MethodInputError, match="'made-up' is a mean; a funnel is drawn of a proportion"):
        unit_funnel(results_of(PRACTICES, measure=measure_of(method=Method.MEAN)))
    with pytest.raises(MethodInputError, match="several rows for the area 'A'"):
        unit_funnel(joined(results_of(PRACTICES), results_of(PRACTICES[:1])))
    with pytest.raises(MethodInputError, match="the area 'England' has no value"):
        unit_funnel(results_of(PRACTICES), baseline="England")
    with pytest.raises(MethodInputError, match="no unit of 'made-up' in 2013-14 has counts"):
        unit_funnel(results_of([("A", None, 5)]))
    with pytest.raises(MethodInputError, match="has no results"):
        unit_funnel(results_of([]))


def test_units_in_which_nothing_happened() -> None:
    found = unit_funnel(results_of([("A", 0, 10), ("B", 0, 20)]))
    assert found.average == 0
    assert np.isfinite(found.curve.to_numpy()).all()
    assert unit_funnel(results_of([("A", 1, 10)])).curve["denominator"].to_list()[-1] == pytest.approx(20)


def test_provisional_values_are_counted_among_the_caveats() -> None:
    assert "5 of 5 values are provisional." in unit_funnel(results_of(PRACTICES, status="provisional")).caveats
