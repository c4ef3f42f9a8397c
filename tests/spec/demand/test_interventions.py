"""Worked examples of interventions: tables of claims, and what they leave, save, cost and pay."""

import numpy as np
import pytest

from placeplan.demand.activity import Activity
from placeplan.demand.axes import Axes
from placeplan.demand.combining import combine
from placeplan.demand.contract_payments import Band, ContractTerms, monthly_payments
from placeplan.demand.distributions import Fixed
from placeplan.demand.economics import CashFlow, worth
from placeplan.demand.interventions import Effect, EffectKind, Intervention
from placeplan.demand.ramps import Ramp
from placeplan.demand.stranded import CostBehaviour, closed_capacity, cost_released

BED_DAYS = {"non-elective-bed-days": "non-elective-admissions"}
POINTS = ("ae-attendances", "non-elective-admissions", "non-elective-bed-days")
YEARS = ("2017-18", "2018-19", "2019-20", "2020-21")
AXES = Axes(POINTS, ("frail", "others"), ("West Kent",), YEARS)
PATH = Activity(AXES, np.full(AXES.shape, 1000.0))


def rows(text: str) -> list[dict[str, str]]:
    """Rows of a table laid out with bars, its headings first."""
    headings, *lines = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return [dict(zip(headings, line, strict=True)) for line in lines]


CLAIMS = """
    intervention | point                   | kind         | share | stay ratio | segment | reach
    teams        | non-elective-admissions | avoided      | 0.20  | 0.5        | frail   | 0.50
    teams        | ae-attendances          | avoided      | 0.10  | 1          | frail   | 0.50
    rapid        | non-elective-admissions | avoided      | 0.40  | 1          | frail   | 0.25
    reablement   | non-elective-bed-days   | shorter-stay | 0.30  | 1          | frail   | 0.50
    everybody    | ae-attendances          | avoided      | 0.05  | 1          | others  | 1.00
"""

LEFT = """
    point                   | segment | teams | rapid | reablement | everybody | interaction | left
    ae-attendances          | frail   | -50   | 0     | 0          | 0         | 0           | 950
    ae-attendances          | others  | 0     | 0     | 0          | -50       | 0           | 950
    non-elective-admissions | frail   | -100  | -100  | 0          | 0         | 10          | 810
    non-elective-admissions | others  | 0     | 0     | 0          | 0         | 0           | 1000
    non-elective-bed-days   | frail   | -50   | -100  | -150       | 0         | 26.75       | 726.75
    non-elective-bed-days   | others  | 0     | 0     | 0          | 0         | 0           | 1000
"""


def made() -> list[Intervention]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows(CLAIMS):
        found.setdefault(row["intervention"], []).append(row)
    return [
        Intervention(
            name,
            name.title(),
            {row["segment"]: float(row["reach"]) for row in own},
            tuple(
                Effect(
                    row["point"],
                    Fixed(float(row["share"])),
                    EffectKind(row["kind"]),
                    stay_ratio=float(row["stay ratio"]),
                )
                for row in own
            ),
            Ramp((0.0, 0.5, 1.0)),
            "2017-18",
        )
        for name, own in found.items()
    ]


@pytest.mark.parametrize("expected", rows(LEFT), ids=lambda row: f"{row['point']}, {row['segment']}")
def test_what_is_left_at_maturity_and_who_took_it(expected: dict[str, str]) -> None:
    found = combine(PATH, made(), bed_days=BED_DAYS)
    waterfall = found.waterfall("2020-21", point=expected["point"], segment=expected["segment"])
    for name in ("teams", "rapid", "reablement", "everybody"):
        assert waterfall.own(name) == pytest.approx(float(expected[name]), abs=1e-9)
    assert waterfall.interaction == pytest.approx(float(expected["interaction"]), abs=1e-9)
    assert waterfall.total == pytest.approx(float(expected["left"]))


CLOSING = """
    saved           | step | lag | closed
    10, 10, 10, 10  | 10   | 0   | 10, 10, 10, 10
    10, 10, 10, 10  | 10   | 1   | 0, 10, 10, 10
    9, 19, 29, 39   | 10   | 0   | 0, 10, 20, 30
    9, 19, 29, 39   | 10   | 1   | 0, 0, 10, 20
    30, 30, 5, 30   | 10   | 1   | 0, 30, 0, 0
    30, 0, 30, 30   | 10   | 0   | 30, 0, 30, 30
"""


@pytest.mark.parametrize("row", rows(CLOSING), ids=lambda row: f"{row['saved']} by {row['step']} after {row['lag']}")
def test_capacity_closes_in_whole_steps_after_a_lag(row: dict[str, str]) -> None:
    saved, closed = ([float(each) for each in row[name].split(",")] for name in ("saved", "closed"))
    np.testing.assert_allclose(closed_capacity(saved, step=float(row["step"]), lag=int(row["lag"])), closed)


def test_a_pound_of_cost_goes_at_once_with_capacity_or_never() -> None:
    behaviour = CostBehaviour(variable=0.3, stepped=0.5, fixed=0.2, step=10, lag=1)
    released = cost_released([10, 10, 15], unit_cost=100, behaviour=behaviour)
    np.testing.assert_allclose(released, [300, 800, 950])


PAYMENTS = """
    terms                     | planned | value | paid
    full rate                 | 1000    | 1200  | 1200
    full rate                 | 1000    | 700   | 700
    70% above                 | 1000    | 1200  | 1140
    50% either way            | 1000    | 1200  | 1100
    50% either way            | 1000    | 800   | 900
    free to 2%, 50% beyond    | 1000    | 1020  | 1000
    free to 2%, 50% beyond    | 1000    | 1120  | 1050
    cap 105%, collar 97%      | 1000    | 1200  | 1050
    cap 105%, collar 97%      | 1000    | 900   | 970
"""
TERMS = {
    "full rate": ContractTerms(),
    "70% above": ContractTerms(above=(Band(0, 0.7),)),
    "50% either way": ContractTerms(above=(Band(0, 0.5),), below=(Band(0, 0.5),)),
    "free to 2%, 50% beyond": ContractTerms(above=(Band(0, 0), Band(0.02, 0.5))),
    "cap 105%, collar 97%": ContractTerms(cap=1.05, collar=0.97),
}


@pytest.mark.parametrize("row", rows(PAYMENTS), ids=lambda row: f"{row['terms']}, {row['value']}")
def test_what_a_contract_pays(row: dict[str, str]) -> None:
    found = monthly_payments([float(row["planned"])], [float(row["value"])], terms=TERMS[row["terms"]])
    assert found.variable[0] == pytest.approx(float(row["paid"]))


WORTH = """
    savings       | investment | rate  | npv     | payback | per pound
    0, 60, 60     | 100, 0, 0  | 0     | 20      | 2.6667  | 1.2
    0, 60, 60     | 100, 0, 0  | 0.035 | 13.9816 | 2.7506  | 1.2
    10, 10        | 5, 5       | 0.035 | 9.8309  | 0       | 2
    0, 10         | 20, 0      | 0.035 | -10.3382 | none    | 0.5
"""


@pytest.mark.parametrize("row", rows(WORTH), ids=lambda row: f"{row['savings']} for {row['investment']}")
def test_worth_of_a_cash_flow(row: dict[str, str]) -> None:
    saved, spent = ([float(each) for each in row[name].split(",")] for name in ("savings", "investment"))
    found = worth(CashFlow.of(saved, spent), rates=float(row["rate"]))
    assert found.net_present_value == pytest.approx(float(row["npv"]), abs=1e-4)
    expected = None if row["payback"] == "none" else pytest.approx(float(row["payback"]), abs=1e-3)
    assert found.discounted_payback == expected
    assert found.return_per_pound == pytest.approx(float(row["per pound"]))
