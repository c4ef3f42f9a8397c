"""What drives the saving of a small plan: every belief once, the widest first, around the expectation."""

import re

import pytest
from tests.unit.app.care.small_care_plan import CARE, HEADER, care_plan

from placeplan.app.care.plan_drivers import driver_titles, saving_drivers
from placeplan.app.care.plan_inputs import care_inputs
from placeplan.app.care.plan_model import care_model, plausibility
from placeplan.app.care.plan_pictures import care_pictures
from placeplan.app.loading import loaded
from placeplan.app.plan_texts import read_texts
from placeplan.kernel.errors import InputError
from placeplan.reports.pictures.picture import StatisticalPicture

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


def _pictures(header: str = HEADER, **changes: str) -> list[StatisticalPicture]:
    plan = loaded(read_texts({**care_plan(header=header), **changes})).plan
    return list(care_pictures(plan, care_model(care_inputs(plan))))


def test_pictures_of_a_plan_carry_its_marks_and_close() -> None:
    waterfall, fan, tornado = _pictures()
    assert waterfall.marks == fan.marks == tornado.marks == ("Synthetic activity",)
    steps = waterfall.data
    assert steps["change"][1:-1].sum() == pytest.approx(steps["to"][-1])
    assert fan.data["counted"].is_not_null().all()


def test_a_plan_without_evidence_has_nothing_that_drives_it() -> None:
    plain = re.sub(r",(?:\d+%),\d+%,\d+%,(low|moderate),", r",,,,\1,", CARE["care/effects.csv"])
    growth = CARE["care/growth.csv"].replace("50%,150%", ",")
    *_, tornado = _pictures(**{"care/effects.csv": plain, "care/growth.csv": growth})
    assert "Nothing is uncertain" in tornado.says


def test_too_few_runs_for_the_factors_are_told_at_their_place() -> None:
    many = CARE["care/growth.csv"] + "".join(
        f"reason-{number},,,1.0%,1.0%,50%,150%,synthetic,made up\n" for number in range(20)
    )
    with pytest.raises(InputError, match="expected more runs than factors") as caught:
        _pictures(HEADER.replace("runs: 64", "runs: 16"), **{"care/growth.csv": many})
    assert caught.value.problems[0].location.file == "plan.yaml"
