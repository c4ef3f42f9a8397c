"""Tables of segments that may leave: what is withheld for people is withheld for spend, sums too."""

import polars as pl

from placeplan.app.disclosure_rules import rule_named
from placeplan.app.segments.protected_tables import SafeTable, linked_safely, safe_table

ROWS = {
    "segment": ["a", "a", "b", "b"],
    "age_band": ["0-15", "16+", "0-15", "16+"],
    "people": [3, 100, 40, 60],
    "events": [5, 900, 50, 70],
    "bed_days": [0, 10, 0, 4],
    "spend_pence": [777, 90_000, 4_000, 6_000],
}


def test_spend_of_a_few_is_withheld_and_so_is_a_second_number_in_each_sum() -> None:
    frame = safe_table(pl.DataFrame(ROWS), ["segment", "age_band"], rule=rule_named("hes-2018")).frame
    hidden = frame.filter(pl.col("people").is_null())
    assert hidden["spend_pence"].null_count() == hidden.height
    inner = frame.filter(pl.col("segment") != "all", pl.col("age_band") != "all")
    for name in ("segment", "age_band"):
        for (label,), rows in inner.group_by(name):
            total = frame.filter(pl.col(name) == label, pl.col("segment").eq("all") | pl.col("age_band").eq("all"))
            if total["people"].null_count() == 0:
                assert rows["spend_pence"].null_count() != 1


def by(*names: str, people: tuple[int, ...] = (3, 100, 40, 60)) -> SafeTable:
    """The rows added up by some dimensions, under the rule of hospital statistics."""
    rows = pl.DataFrame(ROWS).with_columns(people=pl.Series(people))
    added = rows.group_by(names).agg(pl.col("people", "events", "bed_days", "spend_pence").sum())
    return safe_table(added, names, rule=rule_named("hes-2018"))


def test_other_people_are_rounded_and_spend_is_exact() -> None:
    shown = {row["segment"]: (row["people"], row["spend_pence"]) for row in by("segment").frame.iter_rows(named=True)}
    assert shown == {"a": (105, 90_777), "b": (100, 10_000), "all": (205, 100_777)}


def test_tables_that_share_a_withheld_total_may_not_both_leave() -> None:
    few = (3, 2, 40, 60)
    assert linked_safely(by("age_band"), by("segment"))
    assert not linked_safely(by("segment", people=few), by("segment", "age_band", people=few))
