import numpy as np
import pytest
from tests.oracle.demand.plain_do_nothing import growth_of_population, path_of

from placeplan.demand.activity import Activity
from placeplan.demand.adjustments import Adjustment, elapsed_years, levels
from placeplan.demand.age_sex import demographic_growth
from placeplan.demand.axes import Axes
from placeplan.demand.distributions import Fixed, Normal, Triangular, Uniform
from placeplan.demand.do_nothing import do_nothing
from placeplan.demand.draws import draw
from placeplan.demand.factors import Growth, Scaled
from placeplan.demand.running import model_of
from placeplan.rounds.governance import Confidence

POINTS = ("ae-attendances", "elective-admissions", "non-elective-bed-days")
AXES = Axes(POINTS, ("18-64", "65+"), ("Ashford", "Swale"), ("2023", "2024", "2025", "2026"))
MADE_UP = np.random.default_rng(20)


def adjustment(identifier: str, *factors: Growth | Scaled) -> Adjustment:
    return Adjustment(identifier, identifier.title(), factors, "made up for a test", Confidence.UNCONFIRMED)


def some_adjustments() -> tuple[Adjustment, ...]:
    structure = MADE_UP.uniform(0.9, 1.2, AXES.shape)
    structure[..., 0] = 1
    ae, elective = (elapsed_years(AXES, points=[point]) for point in POINTS[:2])
    return (
        adjustment("structure", Scaled("structure", structure, Triangular(0.5, 1.0, 1.2))),
        adjustment(
            "non-demographic-growth",
            Growth("growth/ae", ae, Normal(0.013, 0.002, at_least=-1)),
            Growth("growth/elective", elective, Uniform(-0.01, 0.03)),
        ),
        adjustment("waiting-list", Scaled("waiting-list", levels(AXES, {"2024": 1.02, "2026": 1.05}), Fixed(1.0))),
    )


BASELINE = Activity(Axes(POINTS, AXES.segments, AXES.areas, ("2023",)), MADE_UP.uniform(10, 100, (3, 2, 2, 1)))


def test_the_path_agrees_with_nested_loops() -> None:
    adjustments = some_adjustments()
    tables = [np.broadcast_to(one.expected(), AXES.shape).tolist() for one in adjustments]
    expected = path_of(BASELINE.values[..., 0].tolist(), tables, years=4)
    found = do_nothing(BASELINE, adjustments, years=AXES.years)
    np.testing.assert_allclose(found.path.values, expected, rtol=1e-12)
    assert found.attribution.discrepancy < 1e-9


def test_every_run_agrees_with_nested_loops() -> None:
    adjustments = some_adjustments()
    model = model_of(BASELINE, adjustments, years=AXES.years)
    draws = draw(model.beliefs, seed=11, runs=9)
    found = model.run(draws)
    for run in range(9):
        tables = []
        for one in adjustments:
            for factor in one.factors:
                value = draws[factor.identifier][run] if factor.identifier in draws.values else 1.0
                tables.append(np.broadcast_to(factor.at(value), AXES.shape).tolist())
        path = np.array(path_of(BASELINE.values[..., 0].tolist(), tables, years=4))
        np.testing.assert_allclose(found.values[run, :, 0, 0, :], path.sum(axis=(1, 2)), rtol=1e-12)


@pytest.mark.parametrize(
    "keep", [(), ("years",), ("points", "years"), ("areas",), ("points", "segments", "areas", "years")]
)
def test_the_exact_aggregate_is_that_of_every_cell(keep: tuple[str, ...]) -> None:
    adjustments = some_adjustments()[1:]
    whole = model_of(BASELINE, adjustments, years=AXES.years, keep=("points", "segments", "areas", "years"))
    some = model_of(BASELINE, adjustments, years=AXES.years, keep=keep)
    draws = draw(whole.beliefs, seed=1, runs=5)
    added = tuple(place + 1 for place, name in enumerate(("points", "segments", "areas", "years")) if name not in keep)
    expected = whole.run(draws).values.sum(axis=added, keepdims=True)
    np.testing.assert_allclose(some.run(draws).values, expected, rtol=1e-13)
    expectation = whole.expected().sum(axis=tuple(place - 1 for place in added), keepdims=True)
    np.testing.assert_allclose(some.expected(), expectation, rtol=1e-13)


def test_growth_of_population_agrees_with_nested_loops() -> None:
    people = MADE_UP.integers(0, 400, (2, 2, 73, 4)).astype(float)
    rates = MADE_UP.uniform(0, 3, (3, 2, 2, 73))
    axes = Axes(POINTS, ("everyone",), AXES.areas, AXES.years)
    activity, size, structure = growth_of_population(people.tolist(), rates.tolist())
    found = demographic_growth(people, rates, axes=axes)
    np.testing.assert_allclose(found.activity.values[:, 0], activity, rtol=1e-12)
    np.testing.assert_allclose(found.size[0, 0], size, rtol=1e-12)
    np.testing.assert_allclose(found.structure[:, 0], structure, rtol=1e-12)
