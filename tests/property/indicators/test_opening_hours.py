"""What holds of opening hours whatever is declared."""

import string
from itertools import pairwise

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from placeplan.app.indicator_levels import read_levels
from placeplan.indicators.variation.declared_hours import (
    DeclaredDay,
    DeclaredWeek,
    Site,
    declared_hours,
    joined_stretches,
)
from placeplan.indicators.variation.opening_hours import hours_of_practices, opening_matrix, sites_below, weekly_hours
from placeplan.indicators.variation.reading_hours import MINUTES_IN_WEEK, WEEKDAYS, HoursError, read_week

LEVELS = read_levels()
WORDS = st.sampled_from(
    [
        "Mon",
        "Tue",
        "Fri",
        "Sunday",
        "08:00",
        "18:30",
        "6pm",
        "-",
        " ",
        ",",
        ";",
        "closed",
        "24 hours",
        "to",
        "25:00",
        "x",
    ]
)
TEXT = st.lists(WORDS, max_size=12).map("".join) | st.text(string.printable, max_size=20)
ROW = st.builds(
    DeclaredDay,
    site=st.sampled_from(["A", "B", "C", "elsewhere"]),
    weekday=st.sampled_from([*WEEKDAYS, "Funday"]),
    opens=st.sampled_from(["08:00", "8am", "closed", "", "late", "22:00", "08:00-12:00, 13:00-17:00"]),
    closes=st.sampled_from(["18:30", "", "02:00", "noon"]),
)
STRETCHES = st.lists(
    st.tuples(st.integers(0, MINUTES_IN_WEEK - 1), st.integers(1, 1440)).map(lambda one: (one[0], one[0] + one[1])),
    max_size=10,
)


@given(TEXT)
def test_any_text_is_hours_or_a_sentence(text: str) -> None:
    try:
        found = read_week(text)
    except HoursError as error:
        found, said = None, str(error)
    else:
        said = ""
    assert (found is None) == bool(said)
    if found is not None:
        assert found.open_days | found.closed_days
        assert all(0 <= start < end <= MINUTES_IN_WEEK + 1440 for start, end in found.stretches)


@given(st.lists(ROW | st.builds(DeclaredWeek, site=st.sampled_from("AB"), hours=TEXT), max_size=12))
def test_shares_are_between_none_and_all_and_nothing_unknown_is_counted(rows: list[DeclaredDay | DeclaredWeek]) -> None:
    read = declared_hours([Site("A", practice="P"), Site("B", practice="P", main=False), Site("C")], rows)
    cells = opening_matrix(read.sites, window=LEVELS.windows[0]).cells
    assert cells.filter(pl.col("share").is_not_null())["share"].is_between(0, 1).all()
    assert (cells["open"] <= cells["sites"]).all()
    hours = weekly_hours(read.sites)
    assert hours.sites["hours"].drop_nulls().is_between(0, 168).all()
    for one, total in zip(read.sites, hours.sites["hours"].to_list(), strict=True):
        assert (total is None) == bool(one.unknown_days)
    few = sites_below(hours, level=LEVELS.low_hours[0])
    assert (few["short"] > 0).all()
    practice = hours_of_practices(read.sites)[0].hours_a_week
    own = [one.hours_a_week for one in read.sites[:2]]
    if practice is not None and None not in own:
        assert max(own) <= practice <= sum(own)  # type: ignore[type-var, arg-type]


@given(STRETCHES, STRETCHES)
def test_joined_stretches_are_apart_in_order_and_keep_every_minute(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    joined, _ = joined_stretches([*first, *second])
    assert all(one[1] < other[0] for one, other in pairwise(joined))
    assert joined_stretches(joined) == (joined, False)
    minutes = {at % MINUTES_IN_WEEK for start, end in [*first, *second] for at in range(start, end)}
    assert sum(end - start for start, end in joined) == len(minutes)


@given(st.lists(ROW, max_size=10), ROW)
def test_a_bad_row_hides_no_other_site(rows: list[DeclaredDay], bad: DeclaredDay) -> None:
    sites = [Site("A"), Site("B"), Site("C"), Site("elsewhere")]
    before = declared_hours(sites, rows).sites
    after = declared_hours(sites, [*rows, bad]).sites
    for one, other in zip(before, after, strict=True):
        assert one.site.code == bad.site or one == other
