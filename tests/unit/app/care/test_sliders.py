"""Sliders of a care model: what bounds them, what an address may say, and which cells they change."""

from decimal import Decimal

import pytest
from tests.unit.app.care.small_care_plan import care_plan

from placeplan.app.care.moving import changed_cells, moved_plan
from placeplan.app.care.sliders import AS_PLANNED, Positions, SliderKind, positions_of, sliders_of
from placeplan.app.plan_texts import read_texts
from placeplan.kernel.errors import InputError
from placeplan.plan.model import Plan
from placeplan.plan.overriding import apply_scenario
from placeplan.plan.scenario import Scenario

EVERYWHERE = {
    "reach.rapid-response": "60",
    "effect.rapid-response": "150",
    "delay.rapid-response": "6",
    "reach.reablement": "200",
    "effect.reablement": "5",
    "delay.reablement": "-9",
}


@pytest.fixture
def plan() -> Plan:
    return read_texts(care_plan())


def _moved(plan: Plan, **given: str) -> Plan:
    return moved_plan(plan, positions_of(plan, {name.replace("__", "."): text for name, text in given.items()}))


def _maturity(plan: Plan, intervention: str) -> list[str]:
    row = next(row for row in plan.care_interventions if row.intervention == intervention)
    return [str(cell) for cell in row.maturity.values()]


def test_each_intervention_has_three_sliders_that_stand_as_planned(plan: Plan) -> None:
    sliders = sliders_of(plan)
    assert list(sliders) == ["rapid-response", "reablement"]
    for each in sliders.values():
        assert [slider.kind for slider in each] == [SliderKind.REACH, SliderKind.EFFECT, SliderKind.DELAY]
        assert [slider.planned for slider in each] == [AS_PLANNED, AS_PLANNED, 0]
        assert all(slider.holds(slider.planned) and slider.holds(slider.least) for slider in each)


@pytest.mark.parametrize(("reach", "most"), [("50%", 200), ("80%", 125), ("97%", 100), ("100%", 100), ("0%", 100)])
def test_nobody_reaches_more_than_everybody(reach: str, most: int) -> None:
    plan = read_texts(care_plan({"care/reach.csv": ("older,50%", f"older,{reach}")}))
    slider = sliders_of(plan)["rapid-response"][0]
    assert slider.most == most
    furthest = _moved(plan, **{"reach__rapid-response": str(most)})
    assert all(row.reach.value <= 100 for row in furthest.care_reach)


def test_where_nothing_moved_the_plan_is_the_plan(plan: Plan) -> None:
    as_planned = {slider.name: str(slider.planned) for each in sliders_of(plan).values() for slider in each}
    positions = positions_of(plan, as_planned)
    assert positions == Positions()
    assert moved_plan(plan, positions) is plan
    assert changed_cells(plan, plan) == ()


def test_an_address_gives_back_the_sliders(plan: Plan) -> None:
    positions = positions_of(plan, EVERYWHERE)
    again = dict(part.split("=") for part in positions.written.split("&"))
    assert again == EVERYWHERE
    assert positions_of(plan, again) == positions


@pytest.mark.parametrize(
    "given",
    [
        {"reach.rapid-response": "205"},
        {"reach.rapid-response": "-5"},
        {"reach.rapid-response": "52"},
        {"reach.rapid-response": ""},
        {"reach.rapid-response": "1e2"},
        {"reach.rapid-response": "100.0"},
        {"reach.rapid-response": "٥٠"},
        {"reach.rapid-response": "9" * 100_000},
        {"delay.rapid-response": "39"},
        {"delay.rapid-response": "--3"},
        {"effect.nothing-there": "50"},
        {"speed.rapid-response": "50"},
        {"<script>": "1"},
    ],
)
def test_what_no_slider_can_say_is_refused_with_what_it_can(plan: Plan, given: dict[str, str]) -> None:
    with pytest.raises(InputError) as refused:
        positions_of(plan, given)
    assert len(refused.value.problems) == 1
    assert refused.value.problems[0].expected
    assert len(str(refused.value)) < 400


def test_all_that_is_wrong_is_said_at_once(plan: Plan) -> None:
    with pytest.raises(InputError) as refused:
        positions_of(plan, {"reach.rapid-response": "x", "delay.nobody": "3", "effect.reablement": "1000"})
    assert len(refused.value.problems) == 3


def test_reach_and_effect_are_shares_of_what_the_cells_say(plan: Plan) -> None:
    moved = _moved(plan, **{"reach__reablement": "50", "effect__rapid-response": "125"})
    assert [str(row.reach) for row in moved.care_reach] == ["50%", "20%", "5%"]
    assert [str(row.share) for row in moved.care_effects] == ["25%", "12.5%", "15%"]


@pytest.mark.parametrize(
    ("months", "shares"),
    [
        ("0", ["50%", "100%"]),
        ("12", ["0%", "50%"]),
        ("6", ["25%", "75%"]),
        ("3", ["37.5%", "87.5%"]),
        ("36", ["0%", "0%"]),
        ("-12", ["100%", "100%"]),
        ("-6", ["75%", "100%"]),
    ],
)
def test_an_intervention_that_grows_up_later_has_the_share_of_that_time(
    plan: Plan, months: str, shares: list[str]
) -> None:
    moved = _moved(plan, **{"delay__rapid-response": months})
    assert _maturity(moved, "rapid-response") == shares


def test_an_effect_with_a_ramp_of_its_own_is_as_late_as_its_intervention(plan: Plan) -> None:
    moved = _moved(plan, delay__reablement="12")
    own = moved.care_effects[-1].maturity
    assert [str(cell) for cell in own.values()] == ["0%", "100%"]
    assert all(cell is None for cell in moved.care_effects[0].maturity.values())


def test_the_changed_cells_are_a_scenario_of_the_same_plan(plan: Plan) -> None:
    moved = moved_plan(plan, positions_of(plan, EVERYWHERE))
    cells = changed_cells(plan, moved)
    assert apply_scenario(plan, Scenario(scenario="moved", title="Moved", overrides=cells)) == moved
    assert len({(each.table, tuple(each.row.items()), each.column) for each in cells}) == len(cells)


def test_a_cell_keeps_four_places_at_most() -> None:
    plan = read_texts(care_plan({"care/effects.csv": ("avoided,,20%", "avoided,,7.1473%")}))
    moved = _moved(plan, **{"effect__rapid-response": "95"})
    assert str(moved.care_effects[0].share) == "6.7899%"
    assert moved.care_effects[0].share.resolution == Decimal("0.0001")
