"""Fast life tables against rows worked out one by one."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.indicators import slow_intervals, slow_tables

from placeplan.indicators import methods
from placeplan.indicators.methods import Note

STARTS = st.sampled_from([(0, 1, *range(5, 95, 5)), (0, 5, 15, 45, 65, 75, 85), (0, 20, 75)])


@st.composite
def areas(draw: st.DrawFn) -> tuple[tuple[int, ...], list[int], list[int]]:
    starts = draw(STARTS)
    populations = [draw(st.integers(100, 20_000)) for _ in starts]
    share = draw(st.sampled_from([20, 4, 1]))
    deaths = [draw(st.integers(0, people // share)) for people in populations]
    return starts, deaths, populations


@given(areas())
def test_life_expectancy(area: tuple[tuple[int, ...], list[int], list[int]]) -> None:
    starts, deaths, populations = area
    found = methods.life_expectancy(deaths, populations, band_starts=starts)
    if sum(populations) <= 5_000:
        assert (found.note == Note.POPULATION_TOO_SMALL).all()
    elif not deaths[-1]:
        assert (found.note == Note.NO_DEATHS_IN_LAST_BAND).all()
    else:
        z = slow_intervals.z_of(0.95)
        for band, row in enumerate(slow_tables.life_table(deaths, populations, starts)):
            if math.isnan(row.expected):
                assert found.note[band] == Note.NO_SURVIVORS
                continue
            limits = [row.expected - z * row.error, row.expected + z * row.error]
            assert [found.lower[band], found.upper[band]] == pytest.approx(limits, rel=1e-9, abs=1e-9)
            if 2 * z * row.error > 20:
                assert found.note[band] == Note.INTERVAL_TOO_WIDE
                assert np.isnan(found.value[band])
            else:
                assert found.value[band] == pytest.approx(row.expected, rel=1e-9)


@given(areas())
def test_years_of_life_lost(area: tuple[tuple[int, ...], list[int], list[int]]) -> None:
    starts, deaths, populations = area
    until = 75
    found = methods.years_of_life_lost(deaths, populations, band_starts=starts, until=until, multiplier=1)
    years = slow_tables.years_lost(deaths, starts, until)
    people = sum(n for n, start in zip(populations, starts) if start < until)
    assert float(found.years) == pytest.approx(years)
    assert float(found.value) == pytest.approx(years / people)
    assert found.lower <= found.value <= found.upper
