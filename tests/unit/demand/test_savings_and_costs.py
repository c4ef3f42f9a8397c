import numpy as np
import pytest
from tests.unit.demand.interventions_made_up import AXES, BED_DAYS, PATH, YEARS, avoids, intervention, shortens

from placeplan.demand.combining import combine
from placeplan.demand.economics import CashFlow, discount_factors, payback, worth
from placeplan.demand.errors import DemandError
from placeplan.demand.investment import Cost, CostBasis, investment, people_reached
from placeplan.demand.ramps import Ramp
from placeplan.demand.savings import UnitPrice, savings
from placeplan.demand.stranded import CostBehaviour, closed_capacity, cost_released
from placeplan.rounds.appraisal import Discounted, read_appraisal

SLOW = CostBehaviour(variable=0.2, stepped=0.5, fixed=0.3, step=30, lag=1)
PRICES = {
    "ae": UnitPrice(150, 150, SLOW),
    "admissions": UnitPrice(2000, 1800, SLOW),
    "bed-days": UnitPrice(0, 300, SLOW),
}
PEOPLE = np.full(AXES.shape[1:], 1000.0)


def test_three_worths_answer_three_questions_and_are_never_one_sum() -> None:
    saved = combine(PATH, [intervention("a", avoids("ae", 0.1))], bed_days=BED_DAYS).saved
    found = savings(saved, AXES, prices=PRICES)
    np.testing.assert_allclose(found.at_tariff.total[0], [6000, 6000, 6000])
    np.testing.assert_allclose(found.at_marginal_cost.total[0], [0.2 * 6000, 0.2 * 6000 + 2250, 0.2 * 6000 + 2250])
    np.testing.assert_allclose(found.stranded_cost[0], [4800, 2550, 2550])
    np.testing.assert_allclose(found.at_full_cost.total, found.at_marginal_cost.total + found.stranded_cost)


def test_stranded_cost_falls_as_capacity_is_closed_and_a_fixed_part_stays() -> None:
    stranded = 100 * 150 - cost_released([100] * 5, unit_cost=150, behaviour=SLOW)
    assert (np.diff(stranded) <= 0).all()
    assert stranded[-1] >= 0.3 * 100 * 150


def test_a_shorter_stay_is_worth_nothing_to_the_payer_and_a_gain_to_the_provider() -> None:
    saved = combine(PATH, [intervention("a", shortens("bed-days", 0.1))], bed_days=BED_DAYS).saved
    found = savings(saved, AXES, prices=PRICES)
    assert not found.at_tariff.total.any()
    assert (found.at_marginal_cost.total[2] > 0).all()
    assert (found.income_gap[2] < 0).all()


def test_two_small_interventions_close_a_ward_that_neither_would_close() -> None:
    made = [intervention(name, avoids("ae", 0.05)) for name in "ab"]
    found = savings(combine(PATH, made, bed_days=BED_DAYS).saved, AXES, prices=PRICES).at_marginal_cost
    assert found.own("a")[0, 1] == pytest.approx(0.2 * 20 * 150)
    assert found.interaction[0, 1] > 30 * 0.5 * 150 * 0.9


def test_prices_of_later_years_follow_the_index() -> None:
    saved = combine(PATH, [intervention("a", avoids("ae", 0.1))], bed_days=BED_DAYS).saved
    found = savings(saved, AXES, prices=PRICES, index=[1, 1.02, 1.05])
    np.testing.assert_allclose(found.at_tariff.total[0], [6000, 6120, 6300])


def test_a_point_without_a_price_is_named_only_where_something_is_saved() -> None:
    saved = combine(PATH, [intervention("a", avoids("ae", 0.1))], bed_days=BED_DAYS).saved
    savings(saved, AXES, prices={"ae": PRICES["ae"]})
    with pytest.raises(DemandError, match="no price is given for ae, where activity is saved"):
        savings(saved, AXES, prices={})


@pytest.mark.parametrize("index", [[1, 1], [1, 1, 0], [1, 1, float("nan")]])
def test_an_index_that_does_not_fit(index: list[float]) -> None:
    saved = combine(PATH, [intervention("a", avoids("ae", 0.1))], bed_days=BED_DAYS).saved
    with pytest.raises(DemandError, match="price index"):
        savings(saved, AXES, prices=PRICES, index=index)


def test_capacity_closes_in_whole_steps_late_and_opens_again() -> None:
    np.testing.assert_allclose(closed_capacity([25, 65, 70, 20], step=30, lag=0), [0, 60, 60, 0])
    np.testing.assert_allclose(closed_capacity([25, 65, 70, 20], step=30, lag=1), [0, 0, 60, 0])
    np.testing.assert_allclose(closed_capacity([30, 30], step=30, lag=5), [0, 0])
    np.testing.assert_allclose(closed_capacity([0.3], step=0.1, lag=0), [0.3])


def test_cost_that_cannot_behave_so_says_all_that_is_wrong() -> None:
    with pytest.raises(DemandError) as error:
        CostBehaviour(variable=0.5, stepped=0.5, fixed=0.5, step=0, lag=-1)
    assert "add up to 1.5; expected 1" in str(error.value)
    assert "the step of capacity is 0" in str(error.value)
    assert "the lag is -1" in str(error.value)
    with pytest.raises(DemandError, match=r"the variable share is 1\.2; expected 0 to 1"):
        CostBehaviour(variable=1.2, stepped=0, fixed=0, step=1)
    with pytest.raises(DemandError, match="the tariff is -1; expected pounds"):
        UnitPrice(-1, 1, SLOW)
    with pytest.raises(DemandError, match="-3 events; expected 0 or more"):
        closed_capacity([5, -3], step=1, lag=0)


def test_people_reached_grow_with_the_ramp() -> None:
    one = intervention("a", avoids("ae", 0.1), reach={"frail": 0.4}, ramp=Ramp((0.5, 1)), areas=("Swale",))
    found = people_reached(one, AXES, people=PEOPLE)
    np.testing.assert_allclose(found[0, 1], [200, 400, 400])
    assert not found[1].any()
    assert not found[0, 0].any()


def test_costs_by_person_team_and_area() -> None:
    one = intervention("a", avoids("ae", 0.1), reach={"frail": 0.5}, ramp=Ramp((0.5, 0.8, 1)))
    costs = [Cost("person", 10), Cost("team", 4000, population=1000), Cost("area", 900, recurrent=False)]
    found = investment([one], AXES, costs={"a": costs}, people=PEOPLE)
    np.testing.assert_allclose(found.recurrent[0, 0], np.array([0.5, 0.8, 1]) * (500 * 10 + 2 * 4000))
    np.testing.assert_allclose(found.non_recurrent[0, 0], [450, 270, 180])
    assert not found.double_running.any()
    np.testing.assert_allclose(found.of("a"), found.total[0])


def test_a_cost_that_comes_ahead_of_its_effect_is_double_running() -> None:
    one = intervention("a", avoids("ae", 0.1), ramp=Ramp((0.2, 0.6, 1)))
    found = investment([one], AXES, costs={"a": [Cost("area", 1000, lead=0.5)]}, people=PEOPLE, index=[1, 1, 1.1])
    np.testing.assert_allclose(found.recurrent[0, 0], [200, 600, 1100])
    np.testing.assert_allclose(found.double_running[0, 0], [200, 200, 0])


def test_the_printed_investment_of_west_kent_runs_ahead_of_its_savings() -> None:
    ramp = Ramp((3700 / 47752, 19406 / 47752, 36340 / 47752, 1))
    axes = type(AXES)(AXES.points, ("all",), ("West Kent",), ("2017-18", "2018-19", "2019-20", "2020-21"))
    one = intervention("local-care", avoids("ae", 0.1), reach={"all": 1.0}, ramp=ramp)
    found = investment([one], axes, costs={"local-care": [Cost("area", 10630, lead=0.2)]}, people=np.ones((1, 1, 4)))
    np.testing.assert_allclose(found.total[0, 0], [1717, 5152, 8366, 10630], rtol=0.12)


@pytest.mark.parametrize(
    ("cost", "wanted"),
    [
        ({"basis": "person", "amount": -1}, "the amount is -1"),
        ({"basis": "team", "amount": 1}, "a team needs the population"),
        ({"basis": "area", "amount": 1, "population": 5}, "only a team serves one"),
        ({"basis": "area", "amount": 1, "lead": 2}, "the lead is 2"),
        ({"basis": "area", "amount": 1, "recurrent": False, "lead": 0.5}, "comes once has no lead"),
    ],
)
def test_costs_that_cannot_be(cost: dict[str, object], wanted: str) -> None:
    with pytest.raises(DemandError, match=wanted):
        Cost(**cost)


def test_costs_and_people_that_are_missing_are_said() -> None:
    one = intervention("a", avoids("ae", 0.1))
    with pytest.raises(DemandError, match="intervention 'a': no cost is given"):
        investment([one], AXES, costs={}, people=PEOPLE)
    with pytest.raises(DemandError, match="people: the shape is"):
        people_reached(one, AXES, people=[1, 2])
    with pytest.raises(DemandError, match="people: a number is missing"):
        people_reached(one, AXES, people=-PEOPLE)
    with pytest.raises(DemandError, match="'b' is not among the interventions"):
        investment([one], AXES, costs={"a": [Cost(CostBasis.AREA, 1)]}, people=PEOPLE).of("b")


def test_the_stated_local_care_of_west_kent_is_worth_four_pounds_for_each() -> None:
    flow = CashFlow.of([3700, 19405, 36340, 47752], [1717, 5152, 8366, 10630])
    found = worth(flow, rates=read_appraisal().rates(4))
    np.testing.assert_allclose(found.net, [1983, 14253, 27974, 37122])
    assert found.cumulative[-1] == pytest.approx(81332)
    by_hand = 1983 + 14253 / 1.035 + 27974 / 1.035**2 + 37122 / 1.035**3
    assert found.net_present_value == pytest.approx(by_hand)
    assert found.return_per_pound == pytest.approx(107197 / 25865)
    assert found.payback == 0


def test_payback_is_found_within_a_year_and_later_when_discounted() -> None:
    assert payback([-100, 50, 100]) == pytest.approx(2.5)
    assert payback([-100, 50]) is None
    assert payback([10, 10]) == 0
    assert payback([10, -30, 40]) == pytest.approx(2.5)
    found = worth(CashFlow.of([0, 60, 60], [100, 0, 0]), rates=0.1)
    assert found.payback == pytest.approx(1 + 100 / 60)
    assert found.discounted_payback == pytest.approx(2 + (100 - 60 / 1.1) / (60 / 1.21))
    for next_to_nothing in (0, 1e-309):
        assert worth(CashFlow.of([5], [next_to_nothing]), rates=0.1).return_per_pound is None


def test_the_first_year_is_not_discounted_and_later_years_by_every_rate_on_the_way() -> None:
    np.testing.assert_allclose(discount_factors([0.9, 0.035, 0.03]), [1, 1 / 1.035, 1 / 1.035 / 1.03])
    with pytest.raises(DemandError, match="above -1"):
        discount_factors([0.1, -1])
    with pytest.raises(DemandError, match="2 rates for 1 years"):
        worth(CashFlow.of([1], [1]), rates=[0.1, 0.1])


def test_amounts_below_nothing_are_refused_in_every_part_at_once() -> None:
    with pytest.raises(DemandError) as error:
        CashFlow([1, 2], [-1, 0], [0, float("nan")], [0])
    assert len(error.value.messages) == 3


def test_the_discount_rate_falls_for_years_far_off_and_is_lower_for_health() -> None:
    rates = read_appraisal().rates(80)
    assert rates[0] == 0
    assert {rates[1], rates[30]} == {0.035}
    assert rates[31] == 0.03
    assert rates[76] == 0.025
    assert read_appraisal().rates(2, kind=Discounted.HEALTH)[1] == 0.015
    with pytest.raises(ValueError, match="no standard discount rate is given for year 126"):
        read_appraisal().rates(127)


def test_years_of_the_place_are_those_of_the_money() -> None:
    saved = combine(PATH, [intervention("a", avoids("ae", 0.1))], bed_days=BED_DAYS).saved
    assert savings(saved, AXES, prices=PRICES).years == YEARS
