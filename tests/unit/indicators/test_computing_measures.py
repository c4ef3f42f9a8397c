"""A measure is worked out over all of its rows at once: values, limits, and where there is none, why in words."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.unit.indicators.observation_examples import measure_with, observed, row

from placeplan.app.standard_populations import read_standard_population, read_standard_population_file
from placeplan.indicators.measures import Method
from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.observed.observations import Observations, observations_from
from placeplan.indicators.values.computing_measures import compute, life_tables, with_both_sexes
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.kernel.errors import InputError
from placeplan.kernel.spans import Frequency

BANDS = tuple(read_standard_population().weights)


def by_area(results: MeasureResults) -> dict[str, dict[str, Any]]:
    return {one["area"]: one for one in results.frame.iter_rows(named=True)}


def ages(area: str, deaths: int = 20, *, without: tuple[str, ...] = (), **given: Any) -> list[dict[str, Any]]:
    counts = {"numerator": deaths, "denominator": 1_000, **given}
    return [row(area, age=band, **counts) for band in BANDS if band not in without]


def test_a_proportion_is_in_per_cent_with_wilson_limits() -> None:
    [found] = by_area(compute(measure_with(Method.PROPORTION), observed(row(numerator=10, denominator=100)))).values()
    assert (found["value"], round(found["lower"], 3), found["method"]) == (10.0, 5.523, "Wilson score")
    assert found["note"] == ""


def test_each_row_that_cannot_be_worked_out_says_why_and_hides_no_other() -> None:
    rows = observed(
        row("good", numerator=5, denominator=10),
        row("above", numerator=11, denominator=10),
        row("nobody", numerator=0, denominator=0),
        row("unknown count", denominator=10),
        row("unknown people", numerator=3),
        row("nothing"),
        row("suppressed", denominator=10, status="suppressed"),
    )
    found = by_area(compute(measure_with(Method.PROPORTION), rows))
    assert {area: one["note"] for area, one in found.items()} == {
        "good": "",
        "above": "the count is above the population",
        "nobody": "the population is zero",
        "unknown count": "the numerator is missing",
        "unknown people": "the denominator is missing",
        "nothing": "the numerator and the denominator are missing",
        "suppressed": "suppressed where it was published",
    }
    assert found["good"]["value"] == 50
    assert all(one["value"] is None for area, one in found.items() if area != "good")


def test_a_rate_is_for_so_many_people_as_the_measure_says() -> None:
    measure = measure_with(Method.RATE, multiplier=1_000)
    [found] = by_area(compute(measure, observed(row(numerator=12, denominator=4_000)))).values()
    assert found["value"] == pytest.approx(3.0)
    assert found["lower"] < 3 < found["upper"]


def test_a_standardised_ratio_is_observed_over_expected() -> None:
    rows = observed(row("a", numerator=50, denominator=40), row("b", numerator=3, denominator=0))
    found = by_area(compute(measure_with(Method.STANDARDISED_RATIO), rows))
    assert found["a"]["value"] == pytest.approx(125)
    assert found["b"]["note"] == "no events are expected"


def test_a_count_has_the_limits_of_the_count() -> None:
    [found] = by_area(compute(measure_with(Method.COUNT), observed(row(numerator=5)))).values()
    assert (found["value"], round(found["lower"], 4), round(found["upper"], 4)) == (5.0, 1.6235, 11.6683)


def test_a_published_value_stands_where_there_are_no_counts() -> None:
    rows = observed(row("limits", value=12.0, lower=10.0, upper=15.0), row("bare", value=7.0))
    for method in (Method.PROPORTION, Method.RATE, Method.AS_PUBLISHED, Method.SLOPE_INDEX):
        found = by_area(compute(measure_with(method), rows))
        assert [found["limits"][name] for name in ("value", "lower", "upper", "note")] == [12.0, 10.0, 15.0, ""]
        assert (found["bare"]["value"], found["bare"]["lower"]) == (7.0, None)
        assert found["bare"]["note"] == "no counts, so no limits"
        assert {one["method"] for one in found.values()} == {"as published"}


def test_published_limits_keep_the_level_of_their_publisher() -> None:
    rows = observed(row(value=12.0, lower=10.0, upper=15.0))
    [found] = by_area(compute(measure_with(Method.AS_PUBLISHED), rows, confidence=0.998)).values()
    assert found["note"] == "the limits are those published, at the publisher's level"


def test_counts_win_over_a_published_value_but_for_measures_as_published() -> None:
    rows = observed(row(numerator=1, denominator=2, value=49.0))
    assert by_area(compute(measure_with(Method.PROPORTION), rows))["09J"]["value"] == 50
    assert by_area(compute(measure_with(Method.AS_PUBLISHED), rows))["09J"]["value"] == 49


def test_a_mean_is_the_published_one_or_the_sum_over_the_number() -> None:
    rows = observed(row("given", value=4.5), row("counted", numerator=9, denominator=4), row("neither", numerator=9))
    found = by_area(compute(measure_with(Method.MEAN), rows))
    assert (found["given"]["value"], found["counted"]["value"], found["neither"]["value"]) == (4.5, 2.25, None)
    assert found["counted"]["note"] == "how far the values spread is not known, so no limits"
    assert found["neither"]["note"] == "no value was published"


def test_an_area_without_every_age_band_is_told_which() -> None:
    rows = observed(*ages("whole"), *ages("holes", without=("5-9", "90+")), row("flat", numerator=5, denominator=9))
    measure = measure_with(Method.DIRECTLY_STANDARDISED_RATE, multiplier=100_000)
    found = by_area(compute(measure, rows, weights=read_standard_population().weights))
    assert found["whole"]["value"] == pytest.approx(2_000)
    assert (found["whole"]["numerator"], found["whole"]["age"]) == (20 * len(BANDS), "")
    assert found["holes"]["note"] == "age bands missing or without counts: 5-9, 90+"
    assert found["flat"]["note"] == "no age band has counts"


def test_a_band_without_a_count_is_missing_and_not_zero() -> None:
    rows = observed(*ages("a", without=("0-4",)), row("a", age="0-4", denominator=1_000, status="suppressed"))
    [found] = by_area(compute(measure_with(Method.YEARS_OF_LIFE_LOST), rows)).values()
    assert found["note"] == "age bands missing or without counts: 0-4"
    assert found["status"] == "suppressed"


@pytest.mark.parametrize(
    ("age", "note"),
    [
        ("grown up", "'grown up' is not an age band such as 0, 1-4 or 90+"),
        ("85+", "the age bands 85-89 and 85+ overlap"),
    ],
)
def test_age_bands_that_make_no_sense_are_named(age: str, note: str) -> None:
    rows = observed(*ages("a"), row("a", age=age, numerator=3, denominator=100), *ages("b"))
    measure = measure_with(Method.LIFE_EXPECTANCY)
    found = by_area(compute(measure, rows))
    assert found["a"]["note"] == note
    assert found["b"]["value"] is not None


def test_finer_and_wider_bands_are_brought_to_those_of_the_standard() -> None:
    infants = [row("fine", age=age, numerator=10, denominator=500) for age in ("0", "1-4")]
    oldest = row("wide", age="85+", numerator=40, denominator=2_000)
    across = [row("across", age=age, numerator=40, denominator=2_000) for age in ("0-17", "18+")]
    rows = observed(*ages("fine", without=("0-4",)), *infants, *ages("wide", without=("85-89", "90+")), oldest, *across)
    measure = measure_with(Method.DIRECTLY_STANDARDISED_RATE, multiplier=1_000)
    found = by_area(compute(measure, rows, weights=read_standard_population().weights))
    assert found["fine"]["value"] == found["wide"]["value"] == pytest.approx(20)
    assert found["across"]["note"] == "the age band 0-17 lies across the bands of the standard population"


def test_a_standard_population_may_hold_some_ages_only() -> None:
    measure = measure_with(Method.DIRECTLY_STANDARDISED_RATE, multiplier=1_000)
    rows = observed(
        row("a", age="65-74", numerator=10, denominator=100), row("a", age="75+", numerator=20, denominator=100)
    )
    [found] = by_area(compute(measure, rows, weights={"65-74": 10_500, "75+": 9_000})).values()
    assert found["value"] == pytest.approx((10_500 * 100 + 9_000 * 200) / 19_500)
    [young] = by_area(compute(measure, rows, weights={"65-74": 1})).values()
    assert young["note"] == "age bands outside the standard population: 75+"


@pytest.mark.parametrize("weights", [None, {}, {"young": 1.0}, {"0-4": 1.0, "4-9": 1.0}])
def test_a_standard_population_that_makes_no_sense_is_refused(weights: dict[str, float] | None) -> None:
    with pytest.raises(MethodInputError, match="weights: "):
        compute(measure_with(Method.DIRECTLY_STANDARDISED_RATE), observed(*ages("a")), weights=weights)


def test_a_published_value_stands_where_there_are_no_age_bands() -> None:
    rows = observed(row("published", value=81.2, lower=80.0, upper=82.4), *ages("counted"))
    found = by_area(compute(measure_with(Method.LIFE_EXPECTANCY), rows))
    assert (found["published"]["value"], found["published"]["method"]) == (81.2, "as published")
    assert found["counted"]["method"] == "Chiang, with Silcocks's term for the last band"


def test_years_of_life_lost_need_the_ages_under_75_only() -> None:
    old = ("75-79", "80-84", "85-89", "90+")
    rows = observed(
        *ages("all ages"),
        *ages("under 75", without=old),
        *ages("oldest unknown", without=("90+",)),
        *(row("across", age=age, numerator=40, denominator=2_000) for age in ("0-17", "18+")),
        row("old only", age="75-79", numerator=40, denominator=2_000),
    )
    measure = measure_with(Method.YEARS_OF_LIFE_LOST, multiplier=1_000)
    for weights in (None, read_standard_population().weights):
        found = by_area(compute(measure, rows, weights=weights))
        assert found["all ages"]["value"] == found["under 75"]["value"] == found["oldest unknown"]["value"]
        assert found["all ages"]["numerator"] == 20 * (len(BANDS) - len(old))
        assert found["across"]["note"] == "age bands outside the ages under 75: 18+"
        assert found["old only"]["note"] == "no age band has counts"


def test_a_life_table_has_a_row_for_every_age_from_the_youngest() -> None:
    rows = observed(*ages("a"), *ages("b", without=("0-4",)))
    table = life_tables(measure_with(Method.LIFE_EXPECTANCY), rows).frame
    of_a = table.filter(area="a")
    assert of_a["age"].to_list() == list(BANDS)
    assert of_a["value"][0] == by_area(compute(measure_with(Method.LIFE_EXPECTANCY), rows))["a"]["value"]
    assert table.filter(area="b")["note"].to_list() == ["age bands missing or without counts: 0-4"]
    with pytest.raises(ValueError, match="has no life table"):
        life_tables(measure_with(Method.RATE), rows)


def test_women_and_men_make_up_everybody_where_both_are_known() -> None:
    rows = observed(
        row("both", sex="f", numerator=2, denominator=10),
        row("both", sex="m", numerator=3, denominator=10, status="provisional"),
        row("one", sex="f", numerator=2, denominator=10),
        row("hidden", sex="f", numerator=2, denominator=10),
        row("hidden", sex="m", denominator=10, status="suppressed"),
        row("given", sex="f", numerator=2, denominator=10),
        row("given", sex="m", numerator=3, denominator=10),
        row("given", numerator=6, denominator=20),
        row("value only", sex="f", value=3.0),
        row("value only", sex="m", value=3.0),
    )
    found = with_both_sexes(rows).frame.filter(sex="")
    assert found.select("area", "numerator", "denominator", "status").rows() == [
        ("given", 6.0, 20.0, "final"),
        ("both", 5.0, 20.0, "provisional"),
    ]


@pytest.mark.parametrize(("women", "men"), [("f", "m"), ("female", "male"), ("Female", "Male")])
def test_women_and_men_may_be_written_in_full(women: str, men: str) -> None:
    rows = observed(row(sex=women, numerator=2, denominator=10), row(sex=men, numerator=3, denominator=10))
    assert with_both_sexes(rows).frame.filter(sex="")["numerator"].to_list() == [5.0]
    persons = row(sex="persons", numerator=5, denominator=20)
    twice = observed(row(sex=women, numerator=2), row(sex=men, numerator=3), persons)
    assert len(with_both_sexes(twice)) == len(twice)


def test_rows_of_other_measures_are_left_out() -> None:
    other = row("other", numerator=1, denominator=2) | {"measure": "another"}
    rows = observed(row("own", numerator=1, denominator=2) | {"measure": "EXAMPLE"}, other)
    assert compute(measure_with(Method.RATE), rows).frame["area"].to_list() == ["own"]


def test_no_rows_give_no_results() -> None:
    none = Observations(observed(row()).frame.clear())
    for method in Method:
        assert len(compute(measure_with(method), none, weights=read_standard_population().weights)) == 0


def test_a_standard_population_leaves_out_no_age_and_adds_up(tmp_path: Path, root: Path) -> None:
    assert sum(read_standard_population().weights.values()) == 100_000
    text = (root / "src/placeplan/indicators/standard_populations/esp-2013.yaml").read_text(encoding="utf-8")
    for changed, message in (
        (text.replace("people: 4000", "people: 4001"), "add up to 100,001, not to 100,000"),
        (text.replace("{age: 5-9,", "{age: 6-9,"), "age bands missing or without counts: 5"),
    ):
        path = tmp_path / "wrong.yaml"
        path.write_text(changed, encoding="utf-8")
        with pytest.raises(InputError, match=message):
            read_standard_population_file(path)


def test_life_expectancy_of_every_district_of_2014(shared_data: Path) -> None:
    deaths = pl.read_csv(shared_data / "mortality" / "deaths_population_2014_by_age_sex_lad.csv")
    year = row(period="2014", frequency=Frequency.CALENDAR_YEAR)
    rows = observations_from(
        deaths.select(
            "sex",
            "age",
            *(pl.lit(year[name]).alias(name) for name in ("measure", "period", "starts", "ends", "frequency")),
            area="area_name",
            numerator="deaths",
            denominator="population",
        )
    )
    results = compute(measure_with(Method.LIFE_EXPECTANCY), with_both_sexes(rows)).frame
    assert results.height == 3 * deaths["area_name"].n_unique()
    assert set(results.filter(pl.col("note") != "")["area"]) == {"City of London"}
    ashford = results.filter(area="Ashford", sex="f")["value"].item()
    assert round(ashford, 2) == 83.09
