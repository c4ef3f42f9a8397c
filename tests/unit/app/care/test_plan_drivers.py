"""What drives the saving of a small plan: every belief once, the widest first, around the expectation."""

from tests.unit.app.care.small_care_plan import care_plan

from placeplan.app.care.plan_drivers import driver_titles, saving_drivers
from placeplan.app.care.plan_inputs import care_inputs
from placeplan.app.care.plan_model import care_model, plausibility
from placeplan.app.loading import loaded
from placeplan.app.plan_texts import read_texts

MODEL = care_model(care_inputs(loaded(read_texts(care_plan())).plan))


def test_every_belief_swings_the_saving_around_its_expectation() -> None:
    found = saving_drivers(MODEL)
    assert found.swings[0].identifier == "rapid-response/non-elective-admissions/avoided"
    assert sorted(swing.identifier for swing in found.swings) == sorted(driver_titles(MODEL))
    for swing in found.swings:
        assert swing.figures[0] <= found.expected <= swing.figures[1]


def test_the_expectation_is_near_the_mean_of_the_runs() -> None:
    runs = plausibility(MODEL).totals[:, -1]
    assert abs(runs.mean() / saving_drivers(MODEL).expected - 1) < 0.02


def test_a_factor_is_named_after_what_it_acts_on() -> None:
    assert driver_titles(MODEL)["rapid-response/ae-attendances/avoided"] == "Ae attendances: rapid response"
