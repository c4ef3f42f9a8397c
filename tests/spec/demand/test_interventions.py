"""The worked examples of docs/reference/savings.md are what the functions give."""

from decimal import Decimal

import numpy as np
import pytest
from tests.spec.pages import tables_of

from placeplan.demand.activity import Activity
from placeplan.demand.axes import Axes
from placeplan.demand.combining import combine
from placeplan.demand.contract_payments import Band, ContractTerms, monthly_payments
from placeplan.demand.distributions import Fixed
from placeplan.demand.economics import CashFlow, worth
from placeplan.demand.financial_mapping import Lever, SpendArea, financial_mapping
from placeplan.demand.interventions import Effect, EffectKind, Intervention
from placeplan.demand.investment import Cost, CostBasis, investment
from placeplan.demand.ramps import Ramp
from placeplan.demand.stranded import CostBehaviour, closed_capacity, cost_released

TABLES = tables_of("savings.md")
Row = dict[str, str]
BED_DAYS = {"non-elective-bed-days": "non-elective-admissions"}
POINTS = ("ae-attendances", "non-elective-admissions", "non-elective-bed-days")
YEARS = ("2017-18", "2018-19", "2019-20")
AXES = Axes(POINTS, ("frail", "others"), ("West Kent",), YEARS)
PATH = Activity(AXES, np.full(AXES.shape, 1000.0))
TERMS = {
    "full rate": ContractTerms(),
    "70% above": ContractTerms(above=(Band(0, 0.7),)),
    "50% either way": ContractTerms(above=(Band(0, 0.5),), below=(Band(0, 0.5),)),
    "free to 2%, 50% beyond": ContractTerms(above=(Band(0, 0), Band(0.02, 0.5))),
    "cap 105%, collar 97%": ContractTerms(cap=1.05, collar=0.97),
}


def numbers(text: str) -> list[float]:
    return [float(each) for each in text.split(",")]


def claimed() -> list[Intervention]:
    found: dict[str, list[Row]] = {}
    for row in TABLES["intervention"]:
        found.setdefault(row["intervention"], []).append(row)
    return [
        Intervention(
            name,
            name.title(),
            {row["segment"]: float(row["reach"]) for row in own},
            tuple(effect_of(row) for row in own),
            Ramp((0.0, 0.5, 1.0)),
            YEARS[0],
        )
        for name, own in found.items()
    ]


def effect_of(row: Row) -> Effect:
    share, ratio = Fixed(float(row["share"])), float(row["stay ratio"])
    return Effect(row["claimed at"], share, EffectKind(row["kind"]), stay_ratio=ratio)


@pytest.mark.parametrize("row", TABLES["point"], ids=lambda row: f"{row['point']}, {row['segment']}")
def test_what_is_left_and_who_took_it(row: Row) -> None:
    found = combine(PATH, claimed(), bed_days=BED_DAYS)
    waterfall = found.waterfall(YEARS[-1], point=row["point"], segment=row["segment"])
    for name in waterfall.names:
        assert waterfall.own(name) == pytest.approx(float(row[name]), abs=1e-9)
    assert waterfall.interaction == pytest.approx(float(row["interaction"]), abs=1e-9)
    assert waterfall.total == pytest.approx(float(row["left"]))


@pytest.mark.parametrize("row", TABLES["saved"], ids=lambda row: f"{row['saved']} after {row['lag']}")
def test_capacity_closes_in_whole_steps_after_a_lag(row: Row) -> None:
    found = closed_capacity(numbers(row["saved"]), step=float(row["step"]), lag=int(row["lag"]))
    np.testing.assert_allclose(found, numbers(row["closed"]))


@pytest.mark.parametrize("row", TABLES["events saved"], ids=lambda row: f"{row['events saved']} after {row['lag']}")
def test_cost_goes_at_once_with_capacity_or_never(row: Row) -> None:
    saved = np.array(numbers(row["events saved"]))
    behaviour = CostBehaviour(variable=0.3, stepped=0.5, fixed=0.2, step=10, lag=int(row["lag"]))
    released = cost_released(saved, unit_cost=100, behaviour=behaviour)
    np.testing.assert_allclose(released, numbers(row["released"]))
    np.testing.assert_allclose(saved * 100 - released, numbers(row["stranded"]))


@pytest.mark.parametrize("row", TABLES["maturity"], ids=lambda row: f"{row['maturity']}, {row['lead']}")
def test_what_a_team_costs(row: Row) -> None:
    everybody = {"frail": 1.0}
    effects = (Effect("ae-attendances", Fixed(0.1)),)
    one = Intervention("teams", "Teams", everybody, effects, Ramp(tuple(numbers(row["maturity"]))), YEARS[0])
    costs = [Cost(CostBasis.TEAM, 1000, population=50000, lead=float(row["lead"]))]
    costs.append(Cost(CostBasis.TEAM, 100, recurrent=False, population=50000))
    found = investment([one], AXES, costs={"teams": costs}, people=np.full((2, 1, 3), 50000.0))
    np.testing.assert_allclose(found.recurrent[0, 0], numbers(row["every year"]))
    np.testing.assert_allclose(found.non_recurrent[0, 0], numbers(row["once"]))
    np.testing.assert_allclose(found.double_running[0, 0], numbers(row["double running"]), atol=1e-9)


@pytest.mark.parametrize("row", TABLES["savings"], ids=lambda row: f"{row['savings']} for {row['investment']}")
def test_worth_of_a_cash_flow(row: Row) -> None:
    flow = CashFlow.of(numbers(row["savings"]), numbers(row["investment"]))
    found = worth(flow, rates=float(row["discount rate"]))
    assert found.net_present_value == pytest.approx(float(row["net present value"]), abs=1e-4)
    expected = None if row["payback"] == "never" else pytest.approx(float(row["payback"]), abs=1e-4)
    assert found.discounted_payback == expected
    assert found.return_per_pound == pytest.approx(float(row["saved for each pound"]))


@pytest.mark.parametrize("row", TABLES["stated savings"], ids=lambda _: "West Kent")
def test_worth_of_the_stated_savings_of_west_kent(row: Row) -> None:
    flow = CashFlow.of(numbers(row["stated savings"]), numbers(row["stated investment"]))
    found = worth(flow, rates=float(row["rate"]))
    assert found.net_present_value == pytest.approx(float(row["worth at that rate"]), abs=0.05)
    assert found.return_per_pound == pytest.approx(float(row["for each pound"]), abs=1e-4)


@pytest.mark.parametrize("row", TABLES["terms"], ids=lambda row: f"{row['terms']}, {row['value']}")
def test_what_a_contract_pays(row: Row) -> None:
    found = monthly_payments(numbers(row["planned"]), numbers(row["value"]), terms=TERMS[row["terms"]])
    assert found.variable[0] == pytest.approx(float(row["paid"]))


@pytest.mark.parametrize("row", TABLES["area of spend"], ids=lambda row: row["area of spend"])
def test_what_a_target_asks_of_each_area_of_spend(row: Row) -> None:
    leaves = tuple(
        SpendArea(
            each["area of spend"],
            Decimal(each["spend"]),
            Lever(each["lever"]),
            discretion=each["here"] == "yes",
            goal=Decimal(each["goal"]),
        )
        for each in TABLES["area of spend"]
    )
    found = financial_mapping(SpendArea("All", parts=leaves), target_share=Decimal("0.03"))
    area = next(each for each in found.areas if each.path[-1] == row["area of spend"])
    assert f"{area.target:.2f}" == row["target"]
    assert f"{area.gap:.2f}" == row["gap"]
