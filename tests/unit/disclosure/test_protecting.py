"""Small counts are withheld, and totals do not give them away."""

import polars as pl
import pytest

from placeplan.app.disclosure_rules import rule_named
from placeplan.disclosure import complementary
from placeplan.disclosure.protecting import ProtectedTable, protect
from placeplan.disclosure.rule import Level
from placeplan.kernel.errors import InputError

BEFORE, SINCE, NONE = (rule_named(name) for name in ("hes-before-2018", "hes-2018", "none"))


def by_age(*counts: int | None) -> pl.DataFrame:
    return pl.DataFrame({"age": [f"band {place}" for place in range(len(counts))], "people": counts})


def one_dimension(*counts: int, rule: str = "hes-before-2018") -> list[str]:
    return list(
        protect(
            by_age(*counts), dimensions=["age"], count="people", rule=rule_named(rule), totals={"age": "all"}
        ).frame["shown"]
    )


def two_dimensions(counts: list[list[int]]) -> ProtectedTable:
    cells = [(f"area {i}", f"band {j}", number) for i, row in enumerate(counts) for j, number in enumerate(row)]
    frame = pl.DataFrame(cells, schema=["area", "age", "people"], orient="row")
    totals = {"area": "all", "age": "all"}
    return protect(frame, dimensions=["area", "age"], count="people", rule=BEFORE, totals=totals)


def test_the_next_smallest_count_goes_with_a_single_small_one() -> None:
    assert one_dimension(3, 30, 20, 0) == ["*", "30", "[c]", "0", "53"]


def test_two_small_counts_protect_each_other() -> None:
    assert one_dimension(3, 4, 30) == ["*", "*", "30", "37"]


def test_small_counts_that_must_all_be_at_their_most_need_the_total() -> None:
    assert one_dimension(5, 5) == ["*", "*", "[c]"]


def test_small_counts_below_a_small_total_do_not_pin_it_down() -> None:
    """Five cells of one add up to five, and five is the most that a small total can be."""
    assert "[c]" in one_dimension(1, 1, 1, 1, 1)


def test_rounding_protects_where_it_is_wide_enough() -> None:
    assert one_dimension(3, 31, 22, 0, rule="hes-2018") == ["*", "30", "20", "0", "55"]


def test_rounding_is_not_enough_where_everything_is_at_its_least() -> None:
    """Eight and four times one make twelve, shown as 10 and 10: no more than one is left for each."""
    assert one_dimension(8, 1, 1, 1, 1, rule="hes-2018").count("[c]") == 1


def test_a_rectangle_is_withheld_where_both_margins_are_published() -> None:
    found = two_dimensions([[3, 20, 40], [30, 25, 50], [60, 70, 80]])
    assert found.frame["shown"].to_list() == [
        *("*", "[c]", "40", "63"),
        *("[c]", "[c]", "50", "105"),
        *("60", "70", "80", "210"),
        *("93", "115", "170", "378"),
    ]
    assert {row.why for row in found.audit.rows} == {"a small number", "so that area 0, band 0 cannot be worked out"}
    assert found.audit.totals_kept == ("all, band 0", "all, band 1", "area 0, all", "area 1, all")
    assert found.audit.statement == (
        "Rule hes-before-2018: 4 of 16 numbers are withheld, 1 because they are small and 3 to protect others."
    )
    assert [(margin.margin, margin.primary, margin.secondary) for margin in found.audit.by_margin] == [("cells", 1, 3)]


def test_nothing_is_withheld_for_a_table_without_totals_but_the_small_number() -> None:
    found = protect(by_age(3, 30), dimensions=["age"], count="people", rule=BEFORE)
    assert found.frame["shown"].to_list() == ["*", "30"]


def test_a_total_that_is_all_in_one_cell_is_noted() -> None:
    found = protect(by_age(40, 0), dimensions=["age"], count="people", rule=BEFORE, totals={"age": "all"})
    assert found.audit.one_group == ("all: all in band 0",)


def test_a_table_too_large_to_search_loses_every_total_above_a_small_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complementary, "MOST_CELLS", 3)
    found = two_dimensions([[3, 20], [30, 25]])
    withheld = found.frame.filter(pl.col("shown") == "[c]").select("area", "age").rows()
    assert withheld == [("area 0", "all"), ("all", "band 0"), ("all", "all")]
    assert "Every total above a withheld number is withheld" in found.audit.remarks[0]


def test_nothing_is_done_at_national_level() -> None:
    found = protect(by_age(3, 33), dimensions=["age"], count="people", rule=SINCE, level=Level.NATIONAL)
    assert found.frame["people"].to_list() == [3, 33]
    assert found.audit.remarks == ("Nothing is withheld: the rule 'hes-2018' is not for the national level.",)


def test_the_rule_of_nothing_needs_a_reason() -> None:
    with pytest.raises(InputError, match="no reason is given"):
        protect(by_age(3), dimensions=["age"], count="people", rule=NONE)
    found = protect(by_age(3), dimensions=["age"], count="people", rule=NONE, reason="published as they are")
    assert found.audit.remarks == ("Nothing is withheld: published as they are",)


def test_an_empty_table_stays_empty() -> None:
    empty = pl.DataFrame(schema={"age": pl.String, "people": pl.Int64})
    assert protect(empty, dimensions=["age"], count="people", rule=SINCE).frame.height == 0


def test_the_status_says_what_the_signs_mean() -> None:
    status = protect(by_age(3, 30), dimensions=["age"], count="people", rule=SINCE).status
    assert "1 of 2 numbers are withheld" in status
    assert "Parts of this rule are unconfirmed." in status


def test_every_row_that_cannot_be_used_is_named() -> None:
    frame = pl.DataFrame({"age": ["a", "a", None, "b"], "people": [1.0, 2.5, 3.0, None]})
    with pytest.raises(InputError) as caught:
        protect(frame, dimensions=["age"], count="people", rule=SINCE)
    assert [problem.location.line for problem in caught.value.problems] == [2, 2, 3, 4]


def test_a_total_that_does_not_add_up_is_refused() -> None:
    frame = pl.DataFrame({"age": ["a", "b", "all"], "people": [10, 20, 31]})
    with pytest.raises(InputError, match="the total all is 31, and its parts add up to 30"):
        protect(frame, dimensions=["age"], count="people", rule=SINCE, totals={"age": "all"})


@pytest.mark.parametrize(
    ("totals", "said"),
    [
        ({"sex": "all"}, "which is no dimension"),
        ({"age": {"all": ("a", "z")}}, "'z' is a part of 'all'"),
        ({"age": {"x": ("a", "y"), "y": ("x",)}}, "parts of one another"),
    ],
)
def test_totals_that_make_no_sense_are_refused(totals: dict[str, object], said: str) -> None:
    frame = pl.DataFrame({"age": ["a", "b"], "people": [10, 20]})
    with pytest.raises(InputError, match=said):
        protect(frame, dimensions=["age"], count="people", rule=SINCE, totals=totals)  # type: ignore[arg-type]
