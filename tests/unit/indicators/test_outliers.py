"""Outliers by intervals that do not overlap, trigger levels, sums by theme and reasons beside the flags."""

import pytest
from tests.unit.indicators.practice_results import joined, measure_of, results_of

from placeplan.app.indicator_levels import read_levels
from placeplan.indicators.measures import Method, Polarity
from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.variation.averages import Average
from placeplan.indicators.variation.outliers import CONVERSATION, OUTLIER_COLUMNS, OWN_LEVELS, STRICTER, outliers_of
from placeplan.indicators.variation.trigger_levels import levels_by_score
from placeplan.indicators.variation.unit_funnels import unit_funnel

LEVELS = read_levels()
PRACTICES = [("A", 60, 100), ("B", 160, 200), ("C", 78, 100), ("D", 380, 400), ("E", 72, 100), ("F", 76, 100)]
ENGLAND = Average("England", 80, 79.5, 80.5)


def test_red_when_worse_and_apart_better_when_better_and_apart() -> None:
    found = outliers_of(results_of(PRACTICES), levels=LEVELS, average=ENGLAND)
    assert tuple(found.units.columns) == OUTLIER_COLUMNS
    assert dict(zip(found.units["area"], found.units["flag"], strict=True)) == {
        "A": "red outlier",
        "B": "not an outlier",
        "C": "not an outlier",
        "D": "better than average",
        "E": "not an outlier",
        "F": "not an outlier",
    }
    assert found.red["area"].to_list() == ["A"]
    assert found.average_of == "England"
    assert {STRICTER, CONVERSATION, OWN_LEVELS} <= set(found.caveats)


def test_which_side_is_worse_comes_from_the_measure() -> None:
    lower = outliers_of(
        results_of(PRACTICES, measure=measure_of(polarity=Polarity.LOWER_IS_BETTER)), levels=LEVELS, average=ENGLAND
    )
    assert lower.red["area"].to_list() == ["D"]
    neither = outliers_of(
        results_of(PRACTICES, measure=measure_of(polarity=Polarity.NEITHER)), levels=LEVELS, average=ENGLAND
    )
    assert neither.red.is_empty()
    assert neither.units["flag"].to_list()[0] == "lower than average"
    assert neither.units["flag"].to_list()[3] == "higher than average"
    assert set(neither.units["level"]) == {""}


def test_intervals_that_touch_overlap() -> None:
    results = results_of([("A", 60, 100)])
    upper = results.frame["upper"][0]
    touching = outliers_of(results, levels=LEVELS, average=Average("x", upper + 1, upper, upper + 2))
    assert touching.red.is_empty()
    apart = outliers_of(results, levels=LEVELS, average=Average("x", upper + 1, upper + 1e-6, upper + 2))
    assert apart.red.height == 1


def test_average_of_all_units_or_of_an_area_of_the_results() -> None:
    number = outliers_of(results_of(PRACTICES), levels=LEVELS, average=80)
    assert number.units.select("average", "average_lower", "average_upper").row(0) == (80, 80, 80)
    assert number.average_of == "given (per cent)"
    alone = outliers_of(results_of(PRACTICES), levels=LEVELS)
    assert alone.average_of == "all units together"
    assert alone.units["average"][0] == pytest.approx(100 * 826 / 1_000)
    assert any("part of the average" in caveat for caveat in alone.caveats)
    named = outliers_of(results_of([*PRACTICES, ("E92", 8_000, 10_000)]), levels=LEVELS, average="E92")
    assert named.average_of == "Practice E92"
    assert "E92" not in named.units["area"].to_list()
    assert named.units["average_lower"][0] < 80 < named.units["average_upper"][0]


def test_units_can_be_held_against_their_own_group() -> None:
    group = {"A": "North", "B": "North", "C": "South", "D": "South"}
    found = outliers_of(results_of(PRACTICES), levels=LEVELS, group=group, within_groups=True)
    rows = {row["area"]: row for row in found.units.iter_rows(named=True)}
    assert rows["A"]["average"] == pytest.approx(100 * 220 / 300)
    assert rows["C"]["average"] == pytest.approx(100 * 458 / 500)
    assert (rows["E"]["average"], rows["E"]["flag"]) == (None, "")
    assert rows["E"]["note"] == "there is no average to hold it against"


def test_a_ratio_is_held_against_what_was_expected() -> None:
    ratio = measure_of(method=Method.STANDARDISED_RATIO, polarity=Polarity.LOWER_IS_BETTER)
    found = outliers_of(results_of([("A", 30, 10.0), ("B", 11, 10.0)], measure=ratio), levels=LEVELS)
    assert found.average_of == "as many events as expected"
    assert found.units["average"].to_list() == [100, 100]
    assert found.red["area"].to_list() == ["A"]


def test_units_without_an_interval_keep_their_row() -> None:
    found = outliers_of(results_of([*PRACTICES, ("G", None, 100)]), levels=LEVELS, average=ENGLAND)
    last = found.units.row(6, named=True)
    assert (last["flag"], last["level"], last["note"]) == ("", "", "an input is missing")


def test_each_unit_is_in_one_trigger_level() -> None:
    found = outliers_of(results_of(PRACTICES), levels=LEVELS, average=ENGLAND)
    assert dict(zip(found.units["area"], found.units["level"], strict=True)) == {
        "A": "trigger level 2",
        "B": "no level",
        "C": "no level",
        "D": "no level",
        "E": "trigger level 1",
        "F": "no level",
    }


def test_the_worst_quarter_of_units_approaches_review_when_below_the_average() -> None:
    rows = [(name, 70 + place, 100) for place, name in enumerate("ABCDEFGH")]
    found = outliers_of(results_of(rows), levels=LEVELS)
    assert found.units["level"].to_list() == ["approaching review", "approaching review", *["no level"] * 6]


def test_levels_of_a_measure_without_counts() -> None:
    life = measure_of(method=Method.MEAN)
    results = results_of(PRACTICES, measure=life)
    found = outliers_of(results, levels=LEVELS, average=Average("England", 80, 79, 81))
    assert "Trigger level 2 cannot be told: it needs counts, and this measure has none." in found.caveats
    assert found.units["level"][0] == "trigger level 1"
    with pytest.raises(MethodInputError, match="does not add up over units: name the average"):
        outliers_of(results, levels=LEVELS)
    with pytest.raises(MethodInputError, match="does not add up over the units of a group"):
        outliers_of(results, levels=LEVELS, within_groups=True)


def test_levels_by_score_allow_for_over_dispersion() -> None:
    results = results_of(PRACTICES)
    plain = levels_by_score(unit_funnel(results, baseline=80.0), levels=LEVELS.triggers)
    wide = levels_by_score(
        unit_funnel(results, baseline=80.0, over_dispersion="multiplicative"), levels=LEVELS.triggers
    )
    assert plain[0] == "trigger level 2"
    assert wide[0] != "trigger level 2"
    neither = results_of(PRACTICES, measure=measure_of(polarity=Polarity.NEITHER))
    assert set(levels_by_score(unit_funnel(neither), levels=LEVELS.triggers)) == {""}


def test_averages_that_cannot_be_are_refused() -> None:
    with pytest.raises(MethodInputError, match="does not surround"):
        Average("England", 80, 81, 82)
    with pytest.raises(MethodInputError, match="'E92' has no value with limits"):
        outliers_of(results_of(PRACTICES), levels=LEVELS, average="E92")
    with pytest.raises(MethodInputError, match="no unit of 'made-up' has counts"):
        outliers_of(results_of([("A", None, 1)]), levels=LEVELS)


def test_provisional_values_are_said() -> None:
    both = joined(results_of(PRACTICES), results_of([("Z", 1, 2)], status="provisional"))
    assert "1 of 7 values are provisional." in outliers_of(both, levels=LEVELS).caveats


def test_many_flags_are_said_to_be_more_than_chance() -> None:
    many = outliers_of(results_of(PRACTICES), levels=LEVELS, average=ENGLAND).caveats
    assert any(caveat.startswith("2 of 6 units are flagged, more than chance explains") for caveat in many)
    even = outliers_of(results_of([("A", 50, 100), ("B", 51, 100)]), levels=LEVELS).caveats
    assert not any("more than chance explains" in caveat for caveat in even)
