"""Fast XmR charts against exact fractions, one point at a time."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.indicators import slow_charts

from placeplan.indicators import methods

TENTHS = st.one_of(st.none(), st.integers(0, 12), st.integers(0, 12), st.integers(0, 60))
SERIES = st.lists(TENTHS, min_size=1, max_size=30)


@given(SERIES, st.booleans())
def test_lines_and_labels(tenths: list[int | None], screen: bool) -> None:
    compare(tenths, screen=screen, rebase_at=())


@given(SERIES, st.lists(st.integers(1, 29), max_size=2, unique=True))
def test_segments_start_afresh(tenths: list[int | None], places: list[int]) -> None:
    compare(tenths, screen=False, rebase_at=tuple(sorted(place for place in places if place < len(tenths))))


@given(st.integers(1, 4), st.integers(6, 11), st.booleans())
def test_long_runs_and_trends(step: int, length: int, screen: bool) -> None:
    wave = [*range(0, step * length, step), *range(step * length, 0, -step), 3, 3, 3, *range(8)]
    compare(wave, screen=screen, rebase_at=())


def compare(tenths: list[int | None], *, screen: bool, rebase_at: tuple[int, ...]) -> None:
    values = [np.nan if one is None else one / 10 for one in tenths]
    found = methods.xmr(values, improvement="up", screen_moving_ranges=screen, rebase_at=rebase_at)
    ends = [0, *rebase_at, len(tenths)]
    for start, end in itertools.pairwise(ends):
        points = [None if one is None else Fraction(one, 10) for one in tenths[start:end]]
        wanted = slow_charts.chart(points, screen=screen)
        assert found.special_cause[start:end].tolist() == wanted.causes
        assert found.direction[start:end].tolist() == wanted.directions
        lines = [found.value[start:end], found.lower[start:end], found.upper[start:end]]
        for line, exact in zip(lines, (wanted.mean, wanted.lower, wanted.upper)):
            if exact is None:
                assert np.isnan(line).all()
            else:
                assert line.tolist() == pytest.approx([float(exact)] * (end - start), rel=1e-9, abs=1e-9)


@given(st.lists(st.lists(st.integers(0, 9), min_size=14, max_size=14), min_size=1, max_size=5))
def test_many_series_are_each_on_its_own(rows: list[list[int]]) -> None:
    together = methods.xmr(rows, improvement="down", target=4)
    for place, row in enumerate(rows):
        alone = methods.xmr(row, improvement="down", target=4)
        for name in ("value", "lower", "upper", "special_cause", "point_verdict", "variation", "assurance", "note"):
            np.testing.assert_array_equal(getattr(together, name)[place], getattr(alone, name))
