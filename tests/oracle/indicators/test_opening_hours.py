"""Opening hours counted minute by minute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeplan.app.indicator_levels import read_levels
from placeplan.indicators.variation.declared_hours import DeclaredDay, DeclaredWeek, Site, declared_hours
from placeplan.indicators.variation.opening_hours import opening_matrix, weekly_hours
from placeplan.indicators.variation.reading_hours import WEEKDAYS, clock_text

WINDOW = read_levels().windows[0]
WEEK = 7 * 24 * 60
MINUTE = st.integers(0, 1439)
STRETCH = st.tuples(st.integers(0, 6), MINUTE, MINUTE).filter(lambda one: one[1] != one[2])
SITES = st.lists(st.lists(STRETCH, min_size=1, max_size=8), min_size=1, max_size=5)
Stretches = list[tuple[int, int, int]]


def _open_minutes(stretches: Stretches) -> set[int]:
    """Every minute of the week at which the site is open, walking from opening to closing."""
    minutes: set[int] = set()
    for day, opens, closes in stretches:
        at = opens
        while at % 1440 != closes:
            minutes.add((day * 1440 + at) % WEEK)
            at += 1
    return minutes


def _rows(code: str, stretches: Stretches) -> list[DeclaredDay]:
    return [
        DeclaredDay(code, WEEKDAYS[day][:3], clock_text(opens), clock_text(closes)) for day, opens, closes in stretches
    ]


@given(SITES)
def test_matrix_and_hours(sites: list[Stretches]) -> None:
    rows = [row for at, stretches in enumerate(sites) for row in _rows(f"S{at}", stretches)]
    read = declared_hours([Site(f"S{at}") for at in range(len(sites))], rows)
    assert not read.remarks
    minutes = [_open_minutes(stretches) for stretches in sites]
    assert weekly_hours(read.sites).sites["hours"].to_list() == pytest.approx([len(one) / 60 for one in minutes])
    for row in opening_matrix(read.sites, window=WINDOW).cells.iter_rows(named=True):
        hour, minute = row["slot"].split(":")
        start = (row["day"] - 1) * 1440 + int(hour) * 60 + int(minute)
        assert row["open"] == sum(all(start + step in one for step in range(30)) for one in minutes)
        assert row["share"] == row["open"] / len(sites)


@given(st.lists(STRETCH, min_size=1, max_size=8))
def test_rows_and_text_say_the_same(stretches: Stretches) -> None:
    text = "; ".join(f"{WEEKDAYS[day]} {clock_text(opens)}-{clock_text(closes)}" for day, opens, closes in stretches)
    by_text = declared_hours([Site("S")], [DeclaredWeek("S", text)]).sites[0]
    by_rows = declared_hours([Site("S")], _rows("S", stretches)).sites[0]
    assert by_text.stretches == by_rows.stretches
