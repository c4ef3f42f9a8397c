import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeplan.demand.distributions import Beta, Distribution, LogNormal, Normal, Pert, Triangular, Uniform
from placeplan.demand.draws import draw, uniforms

NODES, WEIGHTS = np.polynomial.legendre.leggauss(400)
number = st.floats(-2, 2)
width = st.floats(0.01, 2)
share = st.floats(0.05, 0.95)


@st.composite
def distributions(pick: st.DrawFn) -> Distribution:
    least, wide, part = pick(number), pick(width), pick(share)
    most, mode = least + wide, least + part * wide
    return pick(
        st.sampled_from(
            [
                Uniform(least, most),
                Triangular(least, mode, most),
                Pert(least, mode, most),
                Normal(least, wide, at_least=least - wide, at_most=most),
                Normal.between(least, most, share=part),
                LogNormal.between(wide, wide * (1 + part)),
                Beta(1 + part, 1 + wide, least, most),
            ]
        )
    )


@given(distributions(), st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_quantiles_rise_and_stay_inside(one: Distribution, shares: list[float]) -> None:
    found = one.quantile(sorted(shares))
    assert (found[1:] >= found[:-1]).all()
    slack = 1e-12 * max(1.0, abs(one.mean))
    assert (found >= one.low - slack).all()
    assert (found <= one.high + slack).all()


@given(distributions())
def test_moments_are_those_of_the_quantiles(one: Distribution) -> None:
    """Expectations by closed form, and by adding up over the quantiles (Gauss and Legendre, 400 points)."""
    values = one.quantile((NODES + 1) / 2)
    for order in (1, 2, 3):
        scale = max(1.0, float(np.abs(values**order) @ WEIGHTS / 2))
        assert one.raw_moment(order) == pytest.approx(float(values**order @ WEIGHTS / 2), abs=2e-3 * scale)
    grown = float((1 + values) ** 5 @ WEIGHTS / 2)
    assert one.growth_moment(5) == pytest.approx(grown, abs=1e-2 * max(1.0, float(np.abs((1 + values) ** 5).max())))


@given(distributions())
def test_variance_is_the_second_moment_about_the_mean(one: Distribution) -> None:
    scale = max(1.0, one.raw_moment(2))
    assert one.variance == pytest.approx(one.raw_moment(2) - one.mean**2, abs=1e-9 * scale)
    assert one.variance >= 0


@given(distributions(), st.integers(0, 2**60), st.text(min_size=1).filter(str.strip), st.integers(1, 50))
def test_draws_depend_on_seed_and_identifier_alone(one: Distribution, seed: int, name: str, runs: int) -> None:
    alone = draw({name: one}, seed=seed, runs=runs)[name]
    among = draw({"other": Uniform(0, 1), f"{name}/x": one, name: one}, seed=seed, runs=runs)[name]
    np.testing.assert_array_equal(alone, among)
    assert np.isfinite(alone).all()


@given(st.integers(0, 2**60), st.text(min_size=1).filter(str.strip), st.integers(1, 200))
def test_a_latin_hypercube_is_even_for_any_factor(seed: int, name: str, runs: int) -> None:
    drawn = uniforms(seed, name, runs=runs, latin=True)
    assert sorted(np.floor(drawn * runs).astype(int).tolist()) == list(range(runs))
