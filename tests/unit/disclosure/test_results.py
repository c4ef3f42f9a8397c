"""Rates and percentages do not give small numbers of people away."""

import polars as pl
import pytest

from placeplan.app.disclosure_rules import rule_named
from placeplan.disclosure.refusing import AlreadyProtectedError
from placeplan.disclosure.results import Nature, protect_results

BEFORE, SINCE, NONE = (rule_named(name) for name in ("hes-before-2018", "hes-2018", "none"))


def results(*counts: tuple[float | None, float], value: float | None = None) -> pl.DataFrame:
    shares = [value if value is not None else None if n is None else 100 * n / d for n, d in counts]
    return pl.DataFrame(
        {
            "area": [f"area {place}" for place in range(len(counts))],
            "numerator": [n for n, _ in counts],
            "denominator": [d for _, d in counts],
            "value": shares,
            "lower": [0.0] * len(counts),
            "upper": [100.0] * len(counts),
            "note": [""] * len(counts),
        },
        schema_overrides={"numerator": pl.Float64, "value": pl.Float64},
    )


def test_a_small_numerator_takes_its_value_and_limits_along() -> None:
    row = protect_results(results((3, 100)), rule=BEFORE, counts_people=True).frame.to_dicts()[0]
    assert (row["numerator"], row["value"], row["lower"], row["upper"]) == (None, None, None, None)
    assert row["note"] == "withheld: a small number of people (disclosure rule hes-before-2018)"
    assert row["denominator"] == 100


def test_nearly_everybody_gives_the_few_others_away() -> None:
    found = protect_results(results((97, 100)), rule=BEFORE, counts_people=True)
    assert found.frame["value"].to_list() == [None]
    events = protect_results(
        results((97, 100)), rule=BEFORE, counts_people=True, nature=Nature(complement_counts_people=False)
    )
    assert events.frame["value"].to_list() == [97.0]


def test_percentages_come_from_rounded_counts_and_leave_their_limits_out() -> None:
    row = protect_results(results((52, 203)), rule=SINCE, counts_people=True).frame.to_dicts()[0]
    assert (row["numerator"], row["denominator"], row["lower"]) == (50, 205, None)
    assert row["value"] == pytest.approx(100 * 50 / 205)
    assert "limits would show the counts" in row["note"]


def test_limits_are_worked_out_again_where_somebody_can() -> None:
    def again(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(value=pl.lit(24.4), lower=pl.lit(19.0), upper=pl.lit(30.7))

    row = protect_results(results((52, 203)), rule=SINCE, counts_people=True, recalculate=again).frame.to_dicts()[0]
    assert (row["value"], row["lower"], row["upper"]) == (24.4, 19.0, 30.7)


def test_a_value_that_is_no_plain_quotient_is_not_guessed() -> None:
    row = protect_results(results((52, 203), value=31.7), rule=SINCE, counts_people=True).frame.to_dicts()[0]
    assert row["value"] is None
    assert "not worked out from rounded counts" in row["note"]


def test_complex_statistics_stay_and_their_small_counts_do_not() -> None:
    nature = Nature(complex_statistic=True)
    row = protect_results(
        results((3, 100), value=88.0), rule=SINCE, counts_people=True, nature=nature
    ).frame.to_dicts()[0]
    assert (row["numerator"], row["value"], row["upper"]) == (None, 88.0, 100.0)


def test_a_value_of_an_unknown_number_of_people_is_withheld() -> None:
    row = protect_results(results((None, 100), value=3.0), rule=BEFORE, counts_people=True).frame.to_dicts()[0]
    assert row["value"] is None
    assert "how many people stand behind it is unknown" in row["note"]


def test_nothing_is_done_where_no_people_are_counted() -> None:
    before = results((3, 100))
    found = protect_results(before, rule=SINCE, counts_people=False)
    assert found.frame.equals(before)
    assert found.audit.remarks == ("Nothing is withheld: the measure does not count people.",)


def test_totals_among_the_rows_do_not_give_a_row_away() -> None:
    frame = results((3, 1000), (40, 1000), (43, 2000)).with_columns(area=pl.Series(["a", "b", "all"]))
    found = protect_results(frame, rule=BEFORE, counts_people=True, totals={"area": "all"})
    assert found.frame["numerator"].to_list() == [None, None, 43]
    assert found.frame["note"][1].startswith("withheld to protect a small number of people")
    assert found.audit.frame["cell"].to_list() == ["a, numerator", "b, numerator"]


def test_results_are_never_protected_twice() -> None:
    found = protect_results(results((3, 100), (50, 100)), rule=SINCE, counts_people=True)
    for again in (found.frame, found.marked):
        with pytest.raises(AlreadyProtectedError, match="hes-2018"):
            protect_results(again, rule=BEFORE, counts_people=True)
