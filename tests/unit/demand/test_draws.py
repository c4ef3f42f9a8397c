import numpy as np
import pytest

from placeplan.demand.distributions import Fixed, Normal, Uniform
from placeplan.demand.draws import draw, stream, uniforms
from placeplan.demand.errors import DemandError

FIRST_OF_SEED_1 = [0.16664783983343512, 0.8595817723786238, 0.20226111732895424]
GROWTH = {"growth/ae": Normal(0.01, 0.003), "growth/elective": Uniform(0.0, 0.02)}


def test_the_same_seed_and_identifier_give_the_same_draws() -> None:
    first, again = draw(GROWTH, seed=7), draw(GROWTH, seed=7)
    assert all(np.array_equal(first[name], again[name]) for name in GROWTH)
    assert not np.array_equal(first["growth/ae"], draw(GROWTH, seed=8)["growth/ae"])


def test_draws_stay_as_they_are_on_every_machine() -> None:
    assert uniforms(1, "size", runs=3).tolist() == pytest.approx(FIRST_OF_SEED_1, abs=1e-15)


def test_a_new_factor_and_another_order_change_no_draw() -> None:
    more = {"new": Uniform(0, 1), **dict(reversed(list(GROWTH.items())))}
    first, other = draw(GROWTH, seed=3), draw(more, seed=3)
    assert all(np.array_equal(first[name], other[name]) for name in GROWTH)


def test_scenarios_that_believe_otherwise_share_the_shares() -> None:
    low, high = draw({"x": Uniform(0, 1)}, seed=3)["x"], draw({"x": Uniform(0, 2)}, seed=3)["x"]
    np.testing.assert_allclose(high, 2 * low)


def test_a_longer_run_begins_with_the_shorter_one() -> None:
    np.testing.assert_array_equal(uniforms(5, "x", runs=1000)[:100], uniforms(5, "x", runs=100))


def test_streams_of_two_factors_are_not_related() -> None:
    one, two = uniforms(5, "x", runs=20_000), uniforms(5, "y", runs=20_000)
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.03


def test_a_latin_hypercube_has_one_draw_in_each_strip() -> None:
    drawn = uniforms(5, "x", runs=64, latin=True)
    assert sorted(np.floor(drawn * 64).tolist()) == list(range(64))


def test_shares_never_reach_the_ends() -> None:
    drawn = uniforms(1, "x", runs=100_000)
    assert drawn.min() > 0
    assert drawn.max() < 1


def test_blocks_hold_every_run_once_and_in_order() -> None:
    drawn = draw(GROWTH, seed=1, runs=10)
    blocks = list(drawn.blocks(4))
    assert [len(block["growth/ae"]) for block in blocks] == [4, 4, 2]
    np.testing.assert_array_equal(np.concatenate([block["growth/ae"] for block in blocks]), drawn["growth/ae"])


def test_draws_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        draw({"x": Fixed(1.0)}, seed=1)["x"][0] = 2


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: stream(-1, "x"), "seed: -1; expected a whole number of 0 or more"),
        (lambda: stream(1.5, "x"), "seed: 1.5; expected a whole number"),  # type: ignore[arg-type]
        (lambda: stream(1, " "), "a factor without an identifier has no stream"),
        (lambda: uniforms(1, "x", runs=0), "runs: 0; expected 1 or more"),
        (lambda: draw(GROWTH, seed=1)["z"], "the factor 'z' was not drawn; drawn were: growth/ae"),
        (lambda: list(draw(GROWTH, seed=1).blocks(0)), "block: 0; expected 1 run or more"),
    ],
)
def test_draws_that_cannot_be(make: object, message: str) -> None:
    with pytest.raises(DemandError, match=message):
        make()  # type: ignore[operator]
