"""What is saved under beliefs: one belief wherever an effect acts, and expectations that agree with the closed form."""

import numpy as np
import pytest

from placeplan.demand.activity import Activity
from placeplan.demand.axes import Axes
from placeplan.demand.combining import combine
from placeplan.demand.distributions import Pert
from placeplan.demand.do_nothing import do_nothing
from placeplan.demand.errors import DemandError
from placeplan.demand.interventions import Effect, EffectKind, Intervention
from placeplan.demand.ramps import Ramp
from placeplan.demand.saved_runs import SavedModel, run_saved, saved_model

ADMISSIONS, DAYS = "non-elective-admissions", "non-elective-bed-days"
YEARS = ("2016-17", "2017-18")
BED_DAYS = {DAYS: ADMISSIONS}
BASE = Activity(
    Axes((ADMISSIONS, DAYS), ("older", "others"), ("place",), YEARS[:1]),
    np.array([[3000.0, 6000.0], [30000.0, 24000.0]])[:, :, np.newaxis, np.newaxis],
)
BELIEF = Pert(0.0, 0.1, 0.3)


def _intervention(*segments: tuple[str, ...]) -> Intervention:
    """Rapid response with an effect for each group of segments, and shorter stays."""
    avoided = tuple(Effect(ADMISSIONS, BELIEF, EffectKind.AVOIDED, group, 0.6) for group in segments)
    shorter = Effect(DAYS, Pert(0.0, 0.05, 0.1), EffectKind.SHORTER_STAY)
    reach = {"older": 0.5, "others": 0.2}
    return Intervention("rapid", "Rapid response", reach, (*avoided, shorter), Ramp((1.0,)), YEARS[1])


def _model(one: Intervention) -> SavedModel:
    return saved_model(BASE, [], interventions=[one], years=YEARS, bed_days=BED_DAYS)


def _runs(one: Intervention) -> np.ndarray:
    return run_saved(BASE, [], interventions=[one], years=YEARS, bed_days=BED_DAYS, seed=3, runs=200).values


def test_an_effect_written_for_each_segment_is_one_belief() -> None:
    apart, together = _intervention(("older",), ("others",)), _intervention(())
    assert set(_model(apart).beliefs) == set(_model(together).beliefs)
    assert _runs(apart) == pytest.approx(_runs(together))


def test_effects_of_which_something_else_is_believed_stay_apart() -> None:
    first = _intervention(("older",))
    other = Effect(ADMISSIONS, Pert(0.0, 0.2, 0.3), EffectKind.AVOIDED, ("others",), 0.6)
    both = Intervention("rapid", "Rapid", first.reach, (*first.effects, other), first.ramp, first.start)
    assert {name for name in _model(both).beliefs if ADMISSIONS in name} == {
        f"rapid/{ADMISSIONS}/avoided/older",
        f"rapid/{ADMISSIONS}/avoided/others",
    }


def test_the_expectation_is_that_of_the_closed_form() -> None:
    one = _intervention(())
    path = do_nothing(BASE, [], years=YEARS).path
    wanted = combine(path, [one], bed_days=BED_DAYS).saved.total.sum(axis=(1, 2))
    assert _model(one).expected_when({})[:, 0, 0, :] == pytest.approx(wanted)


def test_more_of_one_belief_saves_more() -> None:
    model, name = _model(_intervention(())), f"rapid/{ADMISSIONS}/avoided"
    low, high = (model.expected_when({name: value})[0, 0, 0, 1] for value in (0.05, 0.25))
    assert (low, high) == pytest.approx(((3000 * 0.5 + 6000 * 0.2) * 0.05, (3000 * 0.5 + 6000 * 0.2) * 0.25))


def test_a_factor_that_is_not_there_is_told() -> None:
    with pytest.raises(DemandError, match="'nobody' is not uncertain here"):
        _model(_intervention(())).expected_when({"nobody": 0.1})
