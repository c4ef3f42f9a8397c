"""Calibrating a small plan: what it states comes out of the model, and what cannot be fitted is said at its place."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.unit.app.care.small_care_plan import care_plan

from placeplan.app.care.plan_calibrating import calibrate_plan
from placeplan.app.computing import compute
from placeplan.app.loading import Loaded, loaded
from placeplan.app.plan_texts import read_texts
from placeplan.kernel.errors import InputError
from placeplan.plan.care_tables import Firmness

HEADING = "figure,value,sign,source\n"
STATED = {
    "demand.total.2017-18.saving": 400,
    "demand.segments.older.2017-18.saving": 300,
    "demand.total.2018-19.saving": 900,
    "demand.segments.others.2018-19.saving": 150,
    "demand.costs.older-people.2017-18.investment": 101,
    "demand.costs.older-people.2018-19.investment": 203,
}
DIGITS = "figure,digits,source\n"


def _loaded(stated: dict[str, int] | None = None, *, digits: str = "") -> Loaded:
    rows = "".join(f"{figure},{value},,made up\n" for figure, value in (STATED if stated is None else stated).items())
    more = {"care/last_digits.csv": DIGITS + digits} if digits else {}
    return loaded(read_texts({**care_plan(), "finance/stated.csv": HEADING + rows, **more}))


def test_what_is_stated_comes_out_of_the_model() -> None:
    plan = _loaded()
    found = calibrate_plan(plan.plan)
    fitted = replace(plan.plan, care_effects=found.effects, care_costs=found.costs)
    result = compute(fitted, plan.round)
    assert {each.figure for each in result.reconciliations if each.verdict == "fails"} == set()
    for figure, value in STATED.items():
        assert abs((result.figures[figure].value or Decimal(0)) - value) < Decimal("0.5")


def test_rows_say_that_they_are_fitted_and_keep_their_evidence() -> None:
    plan = _loaded().plan
    found = calibrate_plan(plan)
    assert {row.firmness for row in found.effects} == {Firmness.CALIBRATED}
    assert {(row.intervention, row.point, row.low, row.high) for row in found.effects} == {
        (row.intervention, row.point, row.low, row.high) for row in plan.care_effects
    }


def test_costs_of_which_nothing_is_stated_stay() -> None:
    plan = _loaded().plan
    before, after = ({row.name: row for row in rows} for rows in (plan.care_costs, calibrate_plan(plan).costs))
    assert after["reablement: Other"] == before["reablement: Other"]
    assert after["rapid-response: Older people"].firmness is Firmness.CALIBRATED


def test_the_shares_that_stand_there_change_nothing() -> None:
    plan = _loaded().plan
    found = calibrate_plan(plan)
    again = calibrate_plan(replace(plan, care_effects=found.effects, care_costs=found.costs))
    assert (again.effects, again.costs) == (found.effects, found.costs)


def test_totals_that_add_up_within_rounding_are_met_within_rounding() -> None:
    """Two segments printed as 749 and 150 beside a total of 900."""
    stated = {**STATED, "demand.segments.older.2018-19.saving": 749}
    plan = _loaded(stated)
    fitted = replace(plan.plan, care_effects=calibrate_plan(plan.plan).effects)
    figures = compute(fitted, plan.round).figures
    for figure in ("demand.total.2018-19.saving", "demand.segments.older.2018-19.saving"):
        assert abs((figures[figure].value or Decimal(0)) - stated[figure]) <= Decimal("0.51")


def test_costs_are_divided_in_steps_of_the_last_printed_digit() -> None:
    text = "figure,value,sign,source\n" + "".join(f"{name},{value},,made up\n" for name, value in STATED.items())
    texts = {**care_plan(), "finance/stated.csv": text.replace("investment,101", "investment,101.7")}
    plan = loaded(read_texts(texts)).plan
    (row,) = [each for each in calibrate_plan(plan).costs if each.heading == "Older people"]
    assert str(row.amounts[plan.header.years[0]]) == "101.7"


@pytest.mark.parametrize(
    ("left_out", "digits", "words"),
    [
        ("demand.total.2018-19.saving", "", "no saving of 2018-19 is stated"),
        ("", 'demand.segments.older.2018-19.saving,"1,833",page 1\n', "1,833 is not the end of a whole number"),
        (
            "",
            "demand.segments.nobody.2018-19.saving,833,page 1\n",
            "demand.segments.nobody.2018-19.saving is not fitted",
        ),
        ("", "demand.segments.older.2017-18.saving,300,page 1\n", "the whole of demand.segments.older.2017-18.saving"),
        ("", "demand.segments.older.2018-19.saving,33,page 1\n", "no numbers that end so add up to the 750"),
    ],
)
def test_what_cannot_be_fitted_is_told(left_out: str, digits: str, words: str) -> None:
    stated = {figure: value for figure, value in STATED.items() if figure != left_out}
    with pytest.raises(InputError) as caught:
        calibrate_plan(_loaded(stated, digits=digits).plan)
    assert any(words in str(problem) for problem in caught.value.problems), str(caught.value)


def test_more_than_those_who_are_reached_have_is_told() -> None:
    with pytest.raises(InputError, match="Reach more people, or state less"):
        calibrate_plan(_loaded({**STATED, "demand.total.2018-19.saving": 9000}).plan)
