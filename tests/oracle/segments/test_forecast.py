"""The forecast of segments agrees with one by hand in fractions, and with rests that were solved."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.segments.slow_forecast import slow_forecast

from placeplan.segments.forecast_flows import Rates, Spread
from placeplan.segments.forecast_stability import stable_population, stationary_shares
from placeplan.segments.forecasting import forecast_segments

# Five segments, healthiest first, made up.
SEGMENTS = ("one", "two", "three", "four", "five")
INITIAL = np.array([4000.0, 2500.0, 1200.0, 700.0, 300.0])
MOVES = np.array(
    [
        [0.85, 0.12, 0.02, 0.01, 0.00],
        [0.10, 0.75, 0.12, 0.02, 0.01],
        [0.01, 0.09, 0.75, 0.12, 0.03],
        [0.00, 0.02, 0.08, 0.80, 0.10],
        [0.00, 0.00, 0.02, 0.06, 0.92],
    ]
)
LONG = 1_000


@st.composite
def places(draw: st.DrawFn) -> dict[str, object]:
    count = draw(st.integers(1, 5))
    whole = st.lists(st.integers(0, 500), min_size=count, max_size=count)
    weights = st.lists(st.integers(0, 9), min_size=count, max_size=count).filter(any)
    rows = [draw(weights) for _ in range(count)]
    return {
        "initial": [Fraction(people + 5_000) for people in draw(whole)],
        "transitions": [[Fraction(one, sum(row)) for one in row] for row in rows],
        "births": [Fraction(people) for people in draw(whole)],
        "net_migration": [Fraction(people - 100) for people in draw(whole)],
        "deaths": [Fraction(people, 100) for people in draw(whole)],
    }


@given(place=places(), years=st.integers(1, 4))
def test_a_forecast_is_what_somebody_works_out_by_hand(place: dict, years: int) -> None:
    by_hand = slow_forecast(place["initial"], place["transitions"], years=years, **flows_of(place))
    if len(by_hand) <= years:
        with pytest.raises(ValueError, match="more people leave it than are there"):
            run(place, years)
        return
    found = run(place, years)
    np.testing.assert_allclose(found.population, np.array(by_hand, dtype=float), rtol=1e-12, atol=1e-8)


def run(place: dict, years: int):
    numbers = {name: np.array(place[name], dtype=float) for name in ("births", "net_migration", "deaths")}
    start, moves = (np.array(place[name], dtype=float) for name in ("initial", "transitions"))
    return forecast_segments(start, moves, years=years, **numbers)


def flows_of(place: dict) -> dict:
    return {name: place[name] for name in ("births", "net_migration", "deaths")}


def test_transitions_alone_come_to_the_shares_that_were_solved() -> None:
    found = forecast_segments(INITIAL, MOVES, births=0, net_migration=0, deaths=0, years=LONG)
    shares = stationary_shares(MOVES)
    np.testing.assert_allclose(shares @ MOVES, shares, atol=1e-14)
    np.testing.assert_allclose(found.population[-1] / INITIAL.sum(), shares, atol=1e-9)


def test_balanced_births_moves_and_deaths_come_to_the_population_that_was_solved() -> None:
    flows = {
        "births": Spread(100, [1, 0, 0, 0, 0]),
        "net_migration": Spread(-10, [0.5, 0.3, 0.2, 0, 0]),
        "deaths": [5, 10, 15, 20, 40],
    }
    found = forecast_segments(INITIAL, MOVES, years=LONG, **flows)
    rest = stable_population(INITIAL, MOVES, **flows)
    assert rest.sum() == pytest.approx(INITIAL.sum(), abs=1e-6)
    np.testing.assert_allclose(found.population[-1], rest, atol=1e-6)
    again = forecast_segments(rest, MOVES, years=1, **flows)
    np.testing.assert_allclose(again.population[1], rest, atol=1e-8)


def test_deaths_and_departures_by_rate_come_to_the_population_that_was_solved() -> None:
    flows = {
        "births": Spread(100, [1, 0, 0, 0, 0]),
        "net_migration": Spread(40, [0.5, 0.3, 0.2, 0, 0]),
        "deaths": Rates([0.001, 0.003, 0.01, 0.03, 0.12]),
        "departures": Rates([0.02, 0.02, 0.01, 0.01, 0]),
    }
    found = forecast_segments(INITIAL, MOVES, years=LONG, **flows)
    rest = stable_population(INITIAL * 3, MOVES, **flows)
    np.testing.assert_allclose(found.population[-1], rest, rtol=1e-9)
