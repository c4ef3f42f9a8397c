"""Two releases together do not give away what each withholds."""

import polars as pl
import pytest

from placeplan.app.disclosure_rules import rule_named
from placeplan.disclosure.pooling_advice import suggest_pooling
from placeplan.disclosure.protecting import ProtectedTable, protect
from placeplan.disclosure.releases import differencing, refuse_differencing
from placeplan.kernel.errors import InputError

BEFORE, SINCE = rule_named("hes-before-2018"), rule_named("hes-2018")


def released(counts: dict[str, int], *, rule: str = "hes-before-2018") -> ProtectedTable:
    frame = pl.DataFrame({"age": list(counts), "people": list(counts.values())})
    return protect(frame, dimensions=["age"], count="people", rule=rule_named(rule))


def by_sex(counts: dict[tuple[str, str], int]) -> ProtectedTable:
    rows = [(*key, number) for key, number in counts.items()]
    frame = pl.DataFrame(rows, schema=["age", "sex", "people"], orient="row")
    return protect(frame, dimensions=["age", "sex"], count="people", rule=BEFORE)


def test_the_same_release_again_gives_nothing_away() -> None:
    assert differencing(released({"0-64": 90, "65+": 3}), released({"0-64": 90, "65+": 3}), rule=BEFORE) == ()


def test_three_people_more_than_last_time_are_found() -> None:
    found = differencing(released({"0-64": 90, "65+": 40}), released({"0-64": 93, "65+": 40}), rule=BEFORE)
    assert [problem.location.line for problem in found] == [1]
    assert "leaves a small number of people" in found[0].message


def test_rounding_hides_three_people_more() -> None:
    first, second = released({"0-64": 90}, rule="hes-2018"), released({"0-64": 93}, rule="hes-2018")
    assert differencing(first, second, rule=SINCE) == ()


def test_groups_within_groups_are_found() -> None:
    ages = {"0-64": ["0-18", "19-64"], "0-65": ["0-18", "19-64", "65"]}
    found = differencing(released({"0-64": 90}), released({"0-65": 92}), rule=BEFORE, nested={"age": ages})
    assert "0-65 less 0-64" in found[0].message
    assert differencing(released({"0-64": 90}), released({"0-65": 120}), rule=BEFORE, nested={"age": ages}) == ()


def test_one_dimension_more_gives_a_withheld_part_away() -> None:
    first = released({"65+": 43})
    found = differencing(first, by_sex({("65+", "women"): 40, ("65+", "men"): 3}), rule=BEFORE)
    assert "the small number at 65+, men of this release" in found[0].message
    with pytest.raises(InputError, match="65\\+, men"):
        refuse_differencing(first, by_sex({("65+", "women"): 40, ("65+", "men"): 3}), rule=BEFORE)


def test_one_dimension_more_without_small_numbers_may_leave() -> None:
    assert differencing(released({"65+": 83}), by_sex({("65+", "women"): 40, ("65+", "men"): 43}), rule=BEFORE) == ()


def test_a_release_without_a_dimension_of_the_first_is_refused() -> None:
    with pytest.raises(InputError, match="no dimension 'sex'"):
        differencing(by_sex({("65+", "women"): 40}), released({"65+": 40}), rule=BEFORE)


def test_pooling_is_advised_until_most_counts_are_large() -> None:
    frame = pl.DataFrame(
        {"area": ["a", "b"] * 3, "year": ["2014", "2014", "2015", "2015", "2016", "2016"], "n": [4, 3, 4, 3, 4, 2]}
    )
    advice = suggest_pooling(frame, SINCE, by=["area"], period="year", count="n")
    assert advice.periods == 3
    assert advice.in_words() == "Add up the latest 3 periods: 2 of 2 counts are then large enough."
    few = suggest_pooling(frame.filter(pl.col("year") > "2015"), SINCE, by=["area"], period="year", count="n")
    assert few.in_words().startswith("All 1 periods together leave 2 of 2 counts small")
