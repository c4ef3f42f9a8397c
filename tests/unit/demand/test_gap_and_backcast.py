import numpy as np
import pytest

from placeplan.demand.backcasting import backcast
from placeplan.demand.errors import DemandError
from placeplan.demand.gap import gap_of, steady_growth

YEARS = ("2016-17", "2017-18", "2018-19")
GAP = gap_of(
    YEARS,
    cost=1000.0,
    resources=990.0,
    demand_growth=[0.03, 0.02],
    cost_inflation=[0.02, 0.02],
    funding_growth=[0.01, 0.02],
)


def test_the_gap_is_cost_less_resources() -> None:
    np.testing.assert_allclose(GAP.cost, [1000, 1000 * 1.03 * 1.02, 1000 * 1.03 * 1.02 * 1.02 * 1.02])
    np.testing.assert_allclose(GAP.resources, [990, 990 * 1.01, 990 * 1.01 * 1.02])
    np.testing.assert_allclose(GAP.gap, GAP.cost - GAP.resources)


def test_three_drivers_and_their_interaction_add_up_to_the_gap() -> None:
    parts = GAP.attribution
    assert parts.names == ("demand-growth", "cost-inflation", "funding-growth")
    assert parts.own("demand-growth")[2] == pytest.approx(1000 * (1.03 * 1.02 - 1))
    assert parts.own("funding-growth")[1] == pytest.approx(-9.9)
    assert parts.interaction[1] == pytest.approx(1000 * 0.03 * 0.02)
    assert parts.discrepancy < 1e-9


def test_a_place_has_its_share_and_solutions_take_away() -> None:
    np.testing.assert_allclose(GAP.local_share(0.0314), GAP.gap * 0.0314)
    left = GAP.closing({"local care": [0.0, 5.0, 20.0], "estates": [0.0, 1.0, 2.0]})
    np.testing.assert_allclose(left.total, GAP.gap - [0, 6, 22])
    np.testing.assert_allclose(left.interaction, 0, atol=1e-9)


def test_steady_growth_leads_from_one_number_to_another() -> None:
    assert 100 * (1 + steady_growth(100, 133.1, years=3)) ** 3 == pytest.approx(133.1)
    with pytest.raises(DemandError, match="expected numbers above 0 and a year"):
        steady_growth(0, 1, years=1)


def test_a_gap_that_cannot_be_says_everything_that_is_wrong() -> None:
    with pytest.raises(DemandError) as raised:
        gap_of(YEARS, cost=-1, resources=1, demand_growth=[0.1], cost_inflation=[0, -2], funding_growth=[0, 0])
    assert raised.value.messages == (
        "gap: cost of -1; expected 0 or more",
        "demand-growth: 1 rates for 3 years; expected one for each year after the base year",
        "cost-inflation: a yearly rate of -2; expected -1 (-100%) or more",
    )
    with pytest.raises(DemandError, match=r"share of the population: 3\.14"):
        GAP.local_share(3.14)
    with pytest.raises(DemandError, match="solution 'x': expected one number for each of 3 years"):
        GAP.closing({"x": [1.0]})


COUNTED = {"2016-17": 100.0, "2017-18": 110.0, "2018-19": 125.0}


def test_the_error_of_a_backcast_is_shown_year_by_year() -> None:
    found = backcast(COUNTED, {"2016-17": 100.0, "2017-18": 104.5, "2018-19": 130.0}, origin="2016-17")
    assert [(one.year, one.error) for one in found.years] == [("2017-18", -5.5), ("2018-19", 5.0)]
    assert found.mean_absolute_percentage_error == pytest.approx((0.05 + 0.04) / 2)
    assert found.bias == pytest.approx((-0.05 + 0.04) / 2)
    assert found.root_mean_square_error == pytest.approx(((5.5**2 + 5**2) / 2) ** 0.5)


def test_a_method_that_foretells_what_came_has_no_error() -> None:
    found = backcast(COUNTED, COUNTED, origin="2016-17")
    assert (found.mean_absolute_percentage_error, found.bias) == (0, 0)


@pytest.mark.parametrize(
    ("counted", "foretold", "message"),
    [
        ({"2017": 1.0}, {"2016": 1.0}, "the origin 2016 is not among the counted years; expected one of 2017"),
        ({"2016": 1.0}, {"2016": 1.0, "2017": 1.0}, "no year after 2016 is both counted and foretold"),
        ({"2016": 1.0, "2017": 0.0}, {"2016": 1.0, "2017": 1.0}, "0 was counted in 2017; expected more than 0"),
        ({"2016": 1.0, "2017": 1.0}, {"2016": 1.0, "2017": float("nan")}, "what was foretold for 2017 is missing"),
    ],
)
def test_backcasts_that_cannot_be(counted: dict[str, float], foretold: dict[str, float], message: str) -> None:
    with pytest.raises(DemandError, match=message):
        backcast(counted, foretold, origin="2016")
