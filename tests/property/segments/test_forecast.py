"""Whatever the flows: a forecast adds up, is never below zero, and comes to rest where that was solved."""

from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from placeplan.segments.forecast_flows import Rates, Spread
from placeplan.segments.forecast_stability import stable_population, stationary_shares
from placeplan.segments.forecasting import LEAVING, ORDER, Step, forecast_segments

SEEDS = st.integers(0, 2**32 - 1)
PEOPLE = 1e6


def matrices(chance: np.random.Generator, count: int, *, years: int) -> np.ndarray:
    weights = 0.01 + chance.random((years, count, count))
    return weights / weights.sum(axis=2, keepdims=True)


def some(chance: np.random.Generator, *shape: int) -> np.ndarray:
    """Shares, a third of them none at all."""
    return chance.random(shape) * (chance.random(shape) > 1 / 3)


@st.composite
def forecasts(draw: st.DrawFn) -> dict[str, Any]:
    """Flows of every form under which nobody can fall below zero. From a seed, since many small draws are slow."""
    count, years, chance = draw(st.integers(1, 6)), draw(st.integers(1, 8)), np.random.default_rng(draw(SEEDS))
    return {
        "initial": PEOPLE * some(chance, count),
        "transitions": matrices(chance, count, years=years),
        "births": draw(st.sampled_from([0, PEOPLE * some(chance, years, count)])),
        "net_migration": Spread(PEOPLE * some(chance, years), some(chance, count)),
        "deaths": Rates(some(chance, years, count)),
        "departures": draw(st.sampled_from([0, Rates(some(chance, count))])),
        "ageing": draw(st.sampled_from([None, matrices(chance, count, years=1)[0]])),
        "years": years,
    }


@given(case=forecasts(), order=st.permutations(ORDER))
def test_every_year_is_the_year_before_and_what_happened_in_it(case: dict[str, Any], order: list[Step]) -> None:
    initial, transitions = case.pop("initial"), case.pop("transitions")
    found = forecast_segments(initial, transitions, order=order, **case)
    scale = max(1.0, float(found.population.max()))
    assert found.discrepancy <= 1e-9 * scale
    assert (found.population >= 0).all()
    assert all(abs(people.sum(axis=1)).max() <= 1e-9 * scale for people in found.moved.values())
    signs = {step: -1 if step in LEAVING else 1 for step in found.entered}
    totals = sum(signs[step] * people.sum(axis=1) for step, people in found.entered.items())
    np.testing.assert_allclose(np.diff(found.population.sum(axis=1)), totals, atol=1e-8 * scale)


@given(case=forecasts(), size=st.floats(0.5, 4))
def test_a_place_twice_as_large_has_a_forecast_twice_as_large(case: dict[str, Any], size: float) -> None:
    initial, transitions, migration = case.pop("initial"), case.pop("transitions"), case.pop("net_migration")
    births = case.pop("births")
    once = forecast_segments(initial, transitions, births=births, net_migration=migration, **case)
    larger = Spread(np.asarray(migration.totals) * size, migration.shares)
    twice = forecast_segments(
        initial * size, transitions, births=np.asarray(births) * size, net_migration=larger, **case
    )
    np.testing.assert_allclose(twice.population, once.population * size, rtol=1e-9, atol=1e-6)


@given(case=forecasts(), data=st.data())
def test_segments_in_another_order_give_the_same_forecast_in_that_order(case: dict[str, Any], data: Any) -> None:
    initial, transitions, deaths = case["initial"], case["transitions"], case["deaths"]
    turned = data.draw(st.permutations(range(len(initial))))
    flows = {"births": 0, "net_migration": 0, "years": case["years"]}
    found = forecast_segments(initial, transitions, deaths=deaths, **flows)
    other = forecast_segments(
        initial[turned], transitions[:, turned][:, :, turned], deaths=Rates(deaths.rates[:, turned]), **flows
    )
    np.testing.assert_allclose(other.population, found.population[:, turned], rtol=1e-9, atol=1e-9)


@given(seed=SEEDS, count=st.integers(1, 6))
def test_the_shares_at_rest_are_left_as_they_are(seed: int, count: int) -> None:
    moves = matrices(np.random.default_rng(seed), count, years=1)[0]
    shares = stationary_shares(moves)
    np.testing.assert_allclose(shares @ moves, shares, atol=1e-9)
    assert abs(shares.sum() - 1) < 1e-9


@given(case=forecasts(), lowest=st.floats(0.01, 0.5))
def test_a_population_at_rest_is_left_as_it_is(case: dict[str, Any], lowest: float) -> None:
    initial, moves = case["initial"], case["transitions"][0]
    deaths = Rates(np.maximum(case["deaths"].rates[0], lowest))
    migration = Spread(case["net_migration"].totals[0], case["net_migration"].shares)
    flows = {"births": 0, "net_migration": migration, "deaths": deaths, "ageing": case["ageing"]}
    rest = stable_population(initial, moves, **flows)
    assume(rest.max() < 1e9)
    again = forecast_segments(np.maximum(rest, 0), moves, years=1, **flows)
    np.testing.assert_allclose(again.population[1], rest, rtol=1e-7, atol=1e-6)
