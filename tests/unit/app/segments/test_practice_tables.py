"""Tables of practices under the rule: a small list or a few admissions are withheld, and a second one with them."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from placeplan.app.disclosure_rules import rule_named
from placeplan.app.segments.naming_schemes import scheme_named
from placeplan.app.segments.practice_pictures import FILES, practice_pictures, read_practice_measure
from placeplan.app.segments.practice_tables import ADMISSIONS, practice_tables
from placeplan.app.segments.segment_pictures import Drawing
from placeplan.app.segments.year_results import YearResults, spend_spread
from placeplan.segments.periods import Period
from placeplan.segments.variance_explained import Groups, Sums

RULE = rule_named("hes-2018")
YEAR = Period("2016-17", date(2016, 4, 1), date(2017, 3, 31))


def year(lists: dict[str, int], admissions: dict[str, int], *, each: int = 1_000) -> YearResults:
    """Practices with so many people who all cost the same, and so many admissions."""
    spend: dict[str, Groups] = {name: {("a", "16+", "female"): _alike(n, each)} for name, n in lists.items()}
    events: dict[str, Groups] = {
        name: {("a", "16+", "female"): Sums(lists[name], count, count)} for name, count in admissions.items()
    }
    nothing = pl.DataFrame()
    return YearResults(YEAR, {}, {}, nothing, {}, spend_spread([]), spend, events)


def _alike(people: int, each: int) -> Sums:
    return Sums(people, people * each, people * each * each)


LISTS = {"P1": 900, "P2": 300, "P3": 500}
MANY = {"P1": 90, "P2": 30, "P3": 40}


def rows(frame: pl.DataFrame, measure: str) -> dict[str, dict[str, Any]]:
    return {row["practice"]: row for row in frame.filter(pl.col("measure") == measure).iter_rows(named=True)}


def test_people_who_cost_the_same_give_each_practice_what_it_spends() -> None:
    found = practice_tables(year(LISTS, MANY), rule=RULE)
    assert found.budgets is not None
    assert found.budgets["variance_pence"].to_list() == [0, 0, 0]
    assert {row["ratio"] for row in rows(found.variation, "spend_pence").values()} == {1.0}
    admissions = rows(found.variation, ADMISSIONS)
    assert admissions["P1"]["ratio"] == pytest.approx(90 / (160 * 900 / 1700), abs=5e-4)
    assert admissions["P1"]["expected"] == 84.7


def test_a_budget_is_shared_out_to_the_penny() -> None:
    found = practice_tables(year(LISTS, MANY), rule=RULE, budget_pence=100_001)
    assert found.budgets is not None
    assert found.budgets["budget_pence"].sum() == 100_001
    assert (
        found.budgets["variance_pence"].to_list()
        == (found.budgets["budget_pence"] - found.budgets["spend_pence"]).to_list()
    )


def test_a_small_list_and_a_second_one_are_withheld_everywhere() -> None:
    found = practice_tables(year({**LISTS, "P4": 4}, {**MANY, "P4": 1}), rule=RULE)
    hidden = set(found.people.frame.filter(pl.col("people").is_null())["practice"].to_list())
    assert "P4" in hidden
    assert len(hidden) >= 2
    assert found.budgets is not None
    for frame, columns in ((found.budgets, ["budget_pence", "spend_pence", "weighted_people"]),
                           (found.variation, ["ratio", "expected", "upper"])):  # fmt: skip
        own = frame.filter(pl.col("practice").is_in(sorted(hidden)))
        assert all(own[name].null_count() == own.height for name in columns)


def test_few_admissions_are_withheld_though_the_list_is_long() -> None:
    found = practice_tables(year(LISTS, {**MANY, "P2": 3}), rule=RULE)
    admissions = rows(found.variation, ADMISSIONS)
    assert admissions["P2"]["ratio"] is None
    assert sum(row["ratio"] is None for row in admissions.values()) == 2
    assert all(row["ratio"] is not None for row in rows(found.variation, "spend_pence").values())


def test_where_nothing_was_spent_there_are_no_budgets_and_no_ratios() -> None:
    found = practice_tables(year(LISTS, MANY, each=0), rule=RULE)
    assert found.budgets is None
    assert {row["ratio"] for row in rows(found.variation, "spend_pence").values()} == {None}


def test_a_group_that_cost_less_than_nothing_leaves_no_budgets_and_no_ratios() -> None:
    found = practice_tables(year(LISTS, MANY, each=-7), rule=RULE, budget_pence=10_000)
    assert found.budgets is None
    assert {row["ratio"] for row in rows(found.variation, "spend_pence").values()} == {None}
    assert None not in {row["ratio"] for row in rows(found.variation, ADMISSIONS).values()}


def test_a_person_who_cost_less_than_nothing_leaves_no_curve() -> None:
    assert spend_spread([(-5, 1, -5), (100, 2, 200)]) is None
    spread = spend_spread([(100, 2, 200)])
    assert spread is not None
    assert spread.people == 2


def test_each_measure_is_defined_and_drawn_with_its_marks() -> None:
    assert {read_practice_measure(name).id for name in FILES} == {"practice-spend", "practice-emergency-admissions"}
    drawing = Drawing(scheme_named("kent-2017"), RULE, ("Synthetic", "Unconfirmed scheme"), "")
    variation = practice_tables(year(LISTS, {**MANY, "P2": 3}), rule=RULE).variation
    pictures = list(practice_pictures(variation, drawing, period=YEAR, synthetic=True, source="Made up"))
    assert [picture.id.rsplit("-2016", 1)[0] for picture in pictures] == [
        "kent-2017-practice-spend", "kent-2017-practice-emergency-admissions",
    ]  # fmt: skip
    assert all({"Synthetic", "Unconfirmed scheme", "Unconfirmed definition"} == set(one.marks) for one in pictures)
    assert "2 of 3 practices have no value: withheld under the disclosure rule" in pictures[1].note
    assert "3 practices range" in pictures[0].says
    none = replace(drawing, marks=())
    empty = variation.with_columns(ratio=pl.lit(None, dtype=pl.Float64))
    assert not list(practice_pictures(empty, none, period=YEAR, synthetic=True, source="Made up"))
