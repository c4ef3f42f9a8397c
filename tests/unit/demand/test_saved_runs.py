from dataclasses import replace

import numpy as np
import pytest
from tests.unit.demand.interventions_made_up import AXES, BED_DAYS, PATH, YEARS, avoids, intervention, shortens

from placeplan.demand.activity import Activity
from placeplan.demand.adjustments import Adjustment, elapsed_years
from placeplan.demand.combining import combine
from placeplan.demand.distributions import Distribution, Fixed, Uniform
from placeplan.demand.do_nothing import do_nothing
from placeplan.demand.errors import DemandError
from placeplan.demand.factors import Growth
from placeplan.demand.interventions import Intervention
from placeplan.demand.running import run_do_nothing
from placeplan.demand.saved_runs import run_saved
from placeplan.demand.savings import UnitPrice, savings, savings_of_runs
from placeplan.demand.stranded import CostBehaviour
from placeplan.rounds.governance import Confidence

BASELINE = Activity(replace(AXES, years=YEARS[:1]), PATH.values[..., :1])
BEHAVIOUR = CostBehaviour(variable=0.2, stepped=0.5, fixed=0.3, step=5, lag=1)
PRICES = {point: UnitPrice(100, 120, BEHAVIOUR) for point in AXES.points}


def growing(belief: Distribution) -> Adjustment:
    factor = Growth("growth", elapsed_years(AXES), belief)
    return Adjustment("growth", "Growth", (factor,), "made up", Confidence.UNCONFIRMED)


def made(belief: Distribution) -> list[Intervention]:
    return [
        intervention("a", avoids("admissions", belief, stay_ratio=0.5), avoids("ae", 0.1), start="2018-19"),
        intervention("b", shortens("bed-days", 0.2), start="2018-19"),
    ]


def saved(growth: Distribution, effect: Distribution, **more: object) -> np.ndarray:
    given = {"years": YEARS, "bed_days": BED_DAYS, "seed": 3, "runs": 8, **more}
    return run_saved(BASELINE, [growing(growth)], interventions=made(effect), **given).values


def test_runs_without_doubt_are_the_closed_form() -> None:
    path = do_nothing(BASELINE, [growing(Fixed(0.02))], years=YEARS).path
    expected = combine(path, made(Fixed(0.3)), bed_days=BED_DAYS).saved.total.sum(axis=(1, 2))
    for run in saved(Fixed(0.02), Fixed(0.3)):
        np.testing.assert_allclose(run[:, 0, 0, :], expected, atol=1e-9)


def test_the_mean_of_runs_is_the_expectation() -> None:
    growth, effect = Uniform(0.0, 0.04), Uniform(0.1, 0.5)
    path = do_nothing(BASELINE, [growing(growth)], years=YEARS).path
    expected = combine(path, made(effect), bed_days=BED_DAYS).saved.total.sum(axis=(1, 2))
    runs = saved(growth, effect, runs=4000, latin=True)
    np.testing.assert_allclose(runs.mean(axis=0)[:, 0, 0, :], expected, rtol=2e-3, atol=1e-9)


def test_growth_is_drawn_as_when_nothing_is_done() -> None:
    growth = Uniform(0.0, 0.04)
    nothing = run_do_nothing(BASELINE, [growing(growth)], years=YEARS, seed=3, runs=8)
    found = saved(growth, Fixed(0.3))
    np.testing.assert_allclose(found[:, 0], nothing.values[:, 0] * [0, 0.1, 0.1])


def test_worth_of_runs_without_doubt_is_that_of_the_expectation() -> None:
    path = do_nothing(BASELINE, [growing(Fixed(0.02))], years=YEARS).path
    expected = savings(
        combine(path, made(Fixed(0.3)), bed_days=BED_DAYS).saved, AXES, prices=PRICES, index=[1, 1.1, 1.2]
    )
    runs = saved(Fixed(0.02), Fixed(0.3))[:, :, 0, 0, :]
    found = savings_of_runs(runs, AXES, prices=PRICES, index=[1, 1.1, 1.2])
    for worth in ("at_tariff", "at_marginal_cost", "at_full_cost"):
        for run in getattr(found, worth):
            np.testing.assert_allclose(run, getattr(expected, worth).total, atol=1e-6)


def test_runs_that_do_not_fit_or_have_no_price_are_refused() -> None:
    runs = saved(Fixed(0.02), Fixed(0.3))
    with pytest.raises(DemandError, match="expected runs x 3 points x 3 years"):
        savings_of_runs(runs, AXES, prices=PRICES)
    with pytest.raises(DemandError, match="no price is given for ae"):
        savings_of_runs(runs[:, :, 0, 0, :], AXES, prices={})


def test_an_intervention_that_began_in_the_base_year_is_refused() -> None:
    one = intervention("a", avoids("ae", 0.1), start=YEARS[0])
    with pytest.raises(DemandError, match="it changes the base year 2017-18, which was observed"):
        run_saved(BASELINE, [], interventions=[one], years=YEARS, bed_days=BED_DAYS, seed=1)
