import numpy as np
import pytest

from placeplan.demand.activity import Activity
from placeplan.demand.adjustments import Adjustment, elapsed_years
from placeplan.demand.axes import Axes
from placeplan.demand.distributions import Fixed, Normal, Uniform
from placeplan.demand.draws import draw
from placeplan.demand.errors import DemandError
from placeplan.demand.factors import Growth, Scaled
from placeplan.demand.running import model_of, run_do_nothing
from placeplan.demand.tornado import tornado, variance_shares
from placeplan.demand.uncertainty import Runs
from placeplan.rounds.governance import Confidence

YEARS = ("2023", "2024", "2025")
AXES = Axes(("ae-attendances", "elective-admissions"), ("frail", "others"), ("Dover",), YEARS)
BASE = Activity(Axes(AXES.points, AXES.segments, AXES.areas, YEARS[:1]), np.array([1, 2, 3, 4.0]).reshape(2, 2, 1, 1))


def adjustments() -> list[Adjustment]:
    ae = Growth("growth/ae", elapsed_years(AXES, points=["ae-attendances"]), Uniform(0.0, 0.1))
    elective = Growth("growth/elective", elapsed_years(AXES, points=["elective-admissions"]), Normal(0.02, 0.001, -1))
    size = Scaled("size", np.array([1, 1.5, 2.0]).reshape(1, 1, 1, 3), Fixed(1.0))
    return [
        Adjustment("growth", "Growth", (ae, elective), "a test", Confidence.UNCONFIRMED),
        Adjustment("size", "Size", (size,), "a test", Confidence.CONFIRMED),
    ]


def test_what_is_certain_is_folded_in_and_what_is_not_told_apart_is_added_up() -> None:
    model = model_of(BASE, adjustments(), years=YEARS)
    assert list(model.beliefs) == ["growth/ae", "growth/elective"]
    assert model.steady.shape == (2, 1, 1, 3)
    assert model.steady[0, 0, 0].tolist() == [3, 4.5, 6]
    assert model.axes.segments == ("all",)


def test_figures_of_runs_and_their_bands() -> None:
    runs = run_do_nothing(BASE, adjustments(), years=YEARS, seed=1, runs=500)
    assert runs.values.shape == (500, 2, 1, 1, 3)
    assert runs.runs == 500
    bands = runs.bands((0.1, 0.5, 0.9))
    assert (np.diff(bands.values[:, 0, 0, 0, 1:], axis=0) > 0).all()
    assert np.ptp(runs.values[..., 0]) == pytest.approx(4)
    np.testing.assert_allclose(bands.at(0.5)[..., 0].ravel(), [3, 7])
    assert runs.figure(year="2025").shape == (500,)
    np.testing.assert_allclose(
        runs.figure(year="2025"),
        runs.figure(point="ae-attendances", year="2025") + runs.figure(point="elective-admissions", year="2025"),
    )


def test_a_run_is_known_again_by_its_seed() -> None:
    one, same, other = (run_do_nothing(BASE, adjustments(), years=YEARS, seed=seed, runs=8) for seed in (4, 4, 5))
    np.testing.assert_array_equal(one.values, same.values)
    assert not np.array_equal(one.values, other.values)


def test_scenarios_that_share_a_factor_share_its_draws() -> None:
    both = run_do_nothing(BASE, adjustments(), years=YEARS, seed=4, runs=8)
    less = run_do_nothing(BASE, adjustments()[:1], years=YEARS, seed=4, runs=8)
    np.testing.assert_allclose(both.values[..., 2], 2 * less.values[..., 2])


def test_a_factor_can_be_held_while_others_stay_uncertain() -> None:
    model = model_of(BASE, adjustments(), years=YEARS, keep=("years",))
    held = model.expected_when({"growth/ae": 0.1})
    elective = 7 * 2 * Normal(0.02, 0.001, -1).growth_moment(2)
    assert held[0, 0, 0, 2] == pytest.approx(3 * 2 * 1.21 + elective)
    with pytest.raises(DemandError, match="the factor 'size' is not uncertain here; known are growth/ae"):
        model.expected_when({"size": 1.0})


def test_a_tornado_puts_the_widest_swing_first() -> None:
    model = model_of(BASE, adjustments(), years=YEARS, keep=("years",))
    draws = draw(model.beliefs, seed=2, runs=400)
    shares = variance_shares(draws, model.run(draws).figure(year="2025"))
    found = tornado(model.beliefs, lambda held: float(model.expected_when(held)[0, 0, 0, 2]), shares=shares)
    assert [swing.identifier for swing in found.swings] == ["growth/ae", "growth/elective"]
    assert found.swings[0].values == pytest.approx((0.01, 0.09))
    assert found.swings[0].figures[0] < found.expected < found.swings[0].figures[1]
    assert found.swings[0].share is not None
    assert found.swings[0].share > 0.95
    assert found.explained is not None
    assert sum(swing.share or 0 for swing in found.swings) == pytest.approx(found.explained)


def test_shares_of_variance_agree_with_a_sum_that_is_known() -> None:
    draws = draw({"a": Normal(0, 2), "b": Normal(0, 1), "c": Fixed(1.0)}, seed=3, runs=5000)
    found = variance_shares(draws, draws["a"] + draws["b"])
    assert found.shares["a"] == pytest.approx(0.8, abs=0.03)
    assert found.shares["b"] == pytest.approx(0.2, abs=0.03)
    assert found.shares["c"] == 0
    assert found.explained > 0.96


def test_a_figure_that_nothing_moves_has_no_drivers() -> None:
    draws = draw({"a": Normal(0, 2)}, seed=3, runs=10)
    assert variance_shares(draws, np.ones(10)).shares == {"a": 0}


DRAWS = draw({"a": Normal(0, 1)}, seed=1, runs=3)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: model_of(BASE, adjustments(), years=YEARS, keep=("beds",)), "figures by 'beds': expected some of"),
        (lambda: model_of(BASE, adjustments(), years=YEARS).run(DRAWS), "the factor 'growth/ae' was not drawn"),
        (lambda: variance_shares(DRAWS, np.ones(4)), r"the figure has the shape \(4,\); expected one number for each"),
        (lambda: variance_shares(draw({"a": Normal(0, 1)}, seed=1, runs=2), np.ones(2)), "2 runs for 1 factors"),
        (lambda: tornado({}, lambda held: 1.0, quantiles=(0.9, 0.1)), "expected two rising shares between 0 and 1"),
        (lambda: Runs(AXES, np.full((1, *AXES.shape), np.inf), DRAWS), "runs: a figure is missing or too large"),
        (lambda: Runs(AXES, np.ones((1, *AXES.shape)), DRAWS).standard_error, "a standard error needs two runs"),
        (lambda: Runs(AXES, np.ones((2, *AXES.shape)), DRAWS).bands((0.9, 0.1)), "expected them to rise"),
        (lambda: Runs(AXES, np.ones((2, *AXES.shape)), DRAWS).bands((1.9,)), "level 1.9: expected a share"),
        (lambda: Runs(AXES, np.ones((2, *AXES.shape)), DRAWS).bands().at(0.3), "the level 0.3 was not worked out"),
        (lambda: Runs(AXES, np.ones((2, *AXES.shape)), DRAWS).figure(year="1999"), "the year '1999' is not known"),
    ],
)
def test_runs_that_cannot_be(make: object, message: str) -> None:
    with pytest.raises(DemandError, match=message):
        make()  # type: ignore[operator]
