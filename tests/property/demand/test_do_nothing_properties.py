from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from placeplan.demand.activity import Activity
from placeplan.demand.adjustments import Adjustment, elapsed_years
from placeplan.demand.age_sex import demographic_growth, health_status
from placeplan.demand.axes import Axes
from placeplan.demand.distributions import Distribution, Fixed, LogNormal, Normal, Pert, Triangular, Uniform
from placeplan.demand.do_nothing import do_nothing
from placeplan.demand.draws import draw
from placeplan.demand.factors import Growth, Scaled
from placeplan.demand.running import model_of, run_do_nothing
from placeplan.rounds.governance import Confidence

AXES = Axes(("ae-attendances", "outpatient-first"), ("a", "b"), ("Dover", "Thanet"), ("2023", "2024", "2025"))
WORD = Confidence.UNCONFIRMED
small = st.floats(-0.2, 0.3)


@st.composite
def beliefs(pick: st.DrawFn) -> Distribution:
    least, middle, most = sorted(pick(st.tuples(small, small, small)))
    made = st.sampled_from(
        [Fixed(middle), Uniform(least, most), Triangular(least, middle, most), Pert(least, middle, most),
         Normal(middle, most - least, at_least=-0.9, at_most=2.0)]
    )  # fmt: skip
    return pick(made)


@st.composite
def adjustments(pick: st.DrawFn) -> tuple[Adjustment, ...]:
    found = []
    for number in range(pick(st.integers(1, 4))):
        shape = tuple(pick(st.sampled_from([1, length])) for length in AXES.shape[:3])
        table = np.array(pick(st.lists(st.floats(0.5, 2), min_size=16, max_size=16)))
        whole = np.resize(table, (*shape, 3))
        whole[..., 0] = 1
        growth = Growth(f"growth-{number}", elapsed_years(AXES, points=[AXES.points[number % 2]]), pick(beliefs()))
        scaled = Scaled(f"table-{number}", whole, LogNormal(0.0, 0.0) if number % 2 else Uniform(0.1, 0.9))
        found.append(Adjustment(f"adjustment-{number}", "made up", (growth, scaled), "made up", WORD))
    return tuple(found)


@st.composite
def baselines(pick: st.DrawFn) -> Activity:
    values = pick(st.lists(st.floats(0, 1e6), min_size=8, max_size=8))
    return Activity(replace(AXES, years=("2023",)), np.array(values).reshape(2, 2, 2, 1))


@given(baselines(), adjustments())
def test_the_attribution_closes_and_a_removed_adjustment_takes_only_its_own(
    baseline: Activity, made: tuple[Adjustment, ...]
) -> None:
    whole, less = (do_nothing(baseline, some, years=AXES.years) for some in (made, made[1:]))
    assert whole.attribution.discrepancy <= 1e-9 * max(1, whole.path.values.max())
    for name in less.attribution.names:
        np.testing.assert_array_equal(whole.attribution.own(name), less.attribution.own(name))


@given(baselines(), adjustments(), st.randoms())
def test_the_order_of_adjustments_changes_no_number(baseline: Activity, made: tuple[Adjustment, ...], chance) -> None:
    other = list(made)
    chance.shuffle(other)
    one, two = (do_nothing(baseline, some, years=AXES.years) for some in (made, other))
    np.testing.assert_array_equal(one.path.values, two.path.values)


@settings(max_examples=40)
@given(baselines(), adjustments(), st.integers(1, 40), st.integers(0, 2**40), st.randoms())
def test_neither_blocks_nor_order_move_a_digit_of_a_run(
    baseline: Activity, made: tuple[Adjustment, ...], block: int, seed: int, chance
) -> None:
    other = list(made)
    chance.shuffle(other)
    one, two = (model_of(baseline, some, years=AXES.years) for some in (made, other))
    whole = one.run(draw(one.beliefs, seed=seed, runs=23), block=23)
    parts = two.run(draw(two.beliefs, seed=seed, runs=23), block=block)
    np.testing.assert_array_equal(whole.values, parts.values)


@settings(max_examples=25)
@given(baselines(), adjustments(), st.integers(0, 2**30))
def test_the_mean_of_runs_comes_to_the_expectation(baseline: Activity, made: tuple[Adjustment, ...], seed: int) -> None:
    runs = run_do_nothing(baseline, made, years=AXES.years, seed=seed, runs=4000, latin=True)
    expected = model_of(baseline, made, years=AXES.years).expected()
    off = np.abs(runs.mean - expected)
    assert (off <= 5 * runs.standard_error + 1e-9 * expected).all()
    path = do_nothing(baseline, made, years=AXES.years).path.values.sum(axis=(1, 2), keepdims=True)
    np.testing.assert_allclose(expected, path, rtol=1e-12)


people = st.lists(st.integers(1, 500), min_size=40, max_size=40)
rates = st.lists(st.floats(0.01, 4), min_size=40, max_size=40)


@given(people, people, rates)
def test_size_times_structure_is_the_demographic_factor(now: list[int], later: list[int], each: list[float]) -> None:
    persons = np.stack([np.reshape(one, (2, 2, 10)) for one in (now, later, now)], axis=-1)
    axes = replace(AXES, segments=("under 5", "5 and over"))
    by_point = np.reshape(each, (2, 1, 2, 10))
    found = demographic_growth(persons, by_point, axes=axes, bands=[0] * 5 + [1] * 5)
    activity = found.activity.values
    np.testing.assert_allclose(activity[..., :1] * found.size * found.structure, activity, rtol=1e-12)
    np.testing.assert_allclose(found.size[..., 2], 1)
    np.testing.assert_allclose(found.structure[..., 0], 1)


@given(people, st.integers(2, 9))
def test_the_same_ages_in_greater_number_are_all_size_and_no_structure(now: list[int], times: int) -> None:
    persons = np.stack([np.reshape(now, (2, 2, 10)) * factor for factor in (1, times, 1)], axis=-1)
    axes = replace(AXES, segments=("everyone",))
    found = demographic_growth(persons, np.ones((2, 1, 2, 10)), axes=axes)
    np.testing.assert_allclose(found.size[..., 1], times)
    np.testing.assert_allclose(found.structure, 1)


@given(people, st.floats(0, 3), st.floats(0, 1))
def test_healthier_ageing_lowers_rates_that_rise_with_age(now: list[int], gain: float, share: float) -> None:
    persons = np.stack([np.reshape(now, (2, 2, 10))] * 3, axis=-1)
    axes = replace(AXES, segments=("everyone",))
    rising = np.broadcast_to(np.arange(1.0, 11), (2, 1, 2, 10))
    gained = np.zeros((2, 10, 3))
    gained[..., 1:] = gain
    found = health_status(persons, rising, years_gained=gained, share=share, axes=axes)
    assert (found <= 1 + 1e-12).all()
    np.testing.assert_allclose(found[..., 0], 1)
