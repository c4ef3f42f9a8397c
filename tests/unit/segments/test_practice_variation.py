"""Practices beside their expectation: what has limits, what has none, and why."""

import polars as pl
import pytest

from placeplan.app.segments.practice_variation import practice_variation
from placeplan.segments.practice_variation import Cell, against_expected

YOUNG, OLD = ("mostly-healthy", "16-69", "female"), ("dementia", "70+", "female")


def cell(practice: str, group: tuple[str, ...], people: int, events: int) -> Cell:
    return Cell(practice, group, people, {"events": events, "bed_days": events * 2, "spend_pence": events * 10_000})


CELLS = [
    cell("A", YOUNG, 100, 10),
    cell("A", OLD, 50, 100),
    cell("B", YOUNG, 300, 70),
    cell("B", OLD, 50, 200),
    cell("C", YOUNG, 0, 0),
]


def test_expected_is_what_people_alike_have_elsewhere() -> None:
    found = {(one.practice, one.measure): one for one in against_expected(CELLS)}
    assert found["A", "events"].expected == pytest.approx(100 * 80 / 400 + 50 * 300 / 100)
    assert found["A", "events"].ratio == pytest.approx(110 / 170)
    assert found["C", "events"].ratio is None


def test_observed_and_expected_add_up_to_the_same() -> None:
    for measure in ("events", "bed_days", "spend_pence"):
        rows = [one for one in against_expected(CELLS) if one.measure == measure]
        assert sum(one.expected for one in rows) == pytest.approx(sum(one.observed for one in rows))


def test_counts_have_limits_and_money_has_none() -> None:
    table = practice_variation(CELLS)
    row = told(table, "A", "events")
    assert row["ratio"] == pytest.approx(110 / 170)
    # Byar's limits of 110 events, by hand, over 170 expected
    assert row["lower"] == pytest.approx(110 * (1 - 1 / 990 - 1.959964 / (3 * 110**0.5)) ** 3 / 170)
    assert row["upper"] == pytest.approx(111 * (1 - 1 / 999 + 1.959964 / (3 * 111**0.5)) ** 3 / 170)
    assert "several events" in row["note"]
    spend = told(table, "A", "spend_pence")
    assert spend["ratio"] == pytest.approx(110 / 170)
    assert (spend["lower"], spend["note"]) == (None, "not a count of independent events, so that it has no limits")


def test_nothing_expected_has_no_ratio_and_says_so() -> None:
    row = told(practice_variation(CELLS), "C", "events")
    assert (row["ratio"], row["note"]) == (None, "no events are expected")


def test_people_of_a_segment_are_held_against_ages_and_sexes() -> None:
    mixed = [*CELLS, cell("A", ("dementia", "16-69", "female"), 20, 0)]
    row = told(practice_variation(mixed), "A", "dementia")
    assert (row["standardised_for"], row["observed"], row["note"]) == ("age and sex", 70, "")
    assert row["expected"] == pytest.approx(50 + 120 * 20 / 420)


def told(table: pl.DataFrame, practice: str, measure: str) -> dict:
    return table.row(by_predicate=(pl.col("practice") == practice) & (pl.col("measure") == measure), named=True)
