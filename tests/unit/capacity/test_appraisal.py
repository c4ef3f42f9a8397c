"""Options appraised: what they cost today, what they score, and how far the order rests on the weights."""

import numpy as np
import pytest

from placeplan.capacity.appraisal import (
    DiscountStep,
    Option,
    appraised,
    discount_factors,
    equivalent_annual_cost,
    present_value,
)
from placeplan.capacity.appraisal_sensitivity import flips, shares_of_first
from placeplan.capacity.arrays import CapacityInputError

GREEN_BOOK = (DiscountStep(1, 0.035), DiscountStep(31, 0.03), DiscountStep(76, 0.025))


def _option(name: str, *scores: float, costs: tuple[float, ...] = (0.0,)) -> Option:
    return Option(id=name, costs=costs, scores=dict(zip(["access", "staffing", "estate"], scores, strict=False)))


def test_factors_are_those_that_the_green_book_prints() -> None:
    factors = discount_factors(77, steps=GREEN_BOOK)
    printed = {0: 1.0, 1: 0.9662, 5: 0.8420, 10: 0.7089, 30: 0.3563, 31: 0.3459, 75: 0.0942, 76: 0.0919}
    assert {year: round(float(factors[year]), 4) for year in printed} == printed


def test_a_pound_next_year_is_worth_less() -> None:
    assert present_value((100.0, 103.5), steps=GREEN_BOOK) == pytest.approx(200.0)


def test_a_cost_spread_over_years_is_the_annuity_of_the_textbook() -> None:
    annuity = (1 - 1.035**-25) / 0.035
    assert equivalent_annual_cost(1_000.0, years=25, steps=GREEN_BOOK) == pytest.approx(1_000 / annuity)
    level = (0.0, *(70.0,) * 60)
    spread = equivalent_annual_cost(present_value(level, steps=GREEN_BOOK), years=60, steps=GREEN_BOOK)
    assert spread == pytest.approx(70.0), "also where the rate falls on the way"


def test_short_and_long_lives_are_compared_by_the_year() -> None:
    short = _option("short", 1, 1, costs=(0.0, *(50.0,) * 10))
    long = _option("long", 1, 1, costs=(0.0, *(40.0,) * 60))
    found = appraised([short, long], weights={"access": 0.5, "staffing": 0.5}, do_minimum="short", steps=GREEN_BOOK)
    by_name = {one.option.id: one for one in found.options}
    assert by_name["short"].net_present_cost < by_name["long"].net_present_cost
    assert by_name["short"].equivalent_annual_cost == pytest.approx(50.0)
    assert by_name["long"].equivalent_annual_cost == pytest.approx(40.0)


def test_options_beside_the_do_minimum() -> None:
    stay = _option("stay", 2, 5, costs=(0.0, 50.0))
    build = _option("build", 8, 6, costs=(1_000.0, 20.0))
    found = appraised([stay, build], weights={"access": 0.5, "staffing": 0.5}, do_minimum="stay", steps=GREEN_BOOK)
    first, second = found.options
    assert (first.option.id, first.score, first.rank, second.rank) == ("build", 7.0, 1, 2)
    assert first.extra_cost == pytest.approx(1_000 - 30 / 1.035)
    assert first.cost_of_a_point == pytest.approx((1_000 - 30 / 1.035) / 3.5)
    assert (second.extra_cost, second.extra_score, second.cost_of_a_point) == (0.0, 0.0, None)
    assert first.net_present_value == -first.net_present_cost


def test_benefits_in_money_lower_the_net_cost() -> None:
    one = Option(id="one", costs=(100.0,), benefits=(0.0, 103.5), scores={"access": 1})
    other = Option(id="other", costs=(10.0,), scores={"access": 1})
    found = appraised([one, other], weights={"access": 1.0}, do_minimum="other", steps=GREEN_BOOK)
    assert [each.option.id for each in found.options] == ["one", "other"]
    assert found.options[0].net_present_cost == pytest.approx(0.0)


def test_the_weight_at_which_two_options_draw_level() -> None:
    near, staffed = _option("near", 10, 0), _option("staffed", 0, 10)
    found = appraised([near, staffed], weights={"access": 0.7, "staffing": 0.3}, do_minimum="near", steps=GREEN_BOOK)
    assert [(one.criterion, one.rival, round(one.weight_at_flip, 9)) for one in flips(found)] == [
        ("access", "staffed", 0.5),
        ("staffing", "staffed", 0.5),
    ]
    assert flips(found)[0].change == pytest.approx(-0.2)


def test_an_option_that_is_better_in_everything_is_never_overtaken() -> None:
    found = appraised(
        [_option("best", 9, 9), _option("worse", 1, 2)],
        weights={"access": 0.5, "staffing": 0.5},
        do_minimum="worse",
        steps=GREEN_BOOK,
    )
    assert flips(found) == ()
    assert shares_of_first([one.option for one in found.options], criteria=["access", "staffing"]) == {
        "best": 1.0,
        "worse": 0.0,
    }


def test_three_equal_rivals_are_first_for_a_third_of_weights_each() -> None:
    options = [_option("a", 1, 0, 0), _option("b", 0, 1, 0), _option("c", 0, 0, 1)]
    shares = shares_of_first(options, criteria=["access", "staffing", "estate"])
    assert [round(share, 9) for share in shares.values()] == [round(1 / 3, 9)] * 3


@pytest.mark.parametrize("criteria", [2, 3, 4, 5])
def test_shares_are_those_of_many_drawn_weights(criteria: int) -> None:
    generator = np.random.default_rng(criteria)
    names = [f"c{number}" for number in range(criteria)]
    table = generator.integers(0, 11, (5, criteria))
    options = [
        Option(id=str(row), costs=(0.0,), scores=dict(zip(names, map(float, points), strict=True)))
        for row, points in enumerate(table)
    ]
    shares = shares_of_first(options, criteria=names)
    drawn = generator.dirichlet(np.ones(criteria), 40_000) @ table.T
    seen = np.bincount(drawn.argmax(axis=1), minlength=5) / len(drawn)
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-7)
    assert list(shares.values()) == pytest.approx(seen.tolist(), abs=0.012)


@pytest.mark.parametrize(
    ("weights", "do_minimum", "words"),
    [
        ({"access": 0.5, "staffing": 0.4}, "a", r"they add up to 0\.9; expected 1"),
        ({"access": 1.0}, "a", "a: a score for staffing, which has no weight"),
        ({"access": 0.5, "staffing": 0.4, "cost": 0.1}, "a", "a: no score for cost"),
        ({"access": 0.5, "staffing": 0.5}, "z", "'z' is no option; expected one of a, b"),
    ],
)
def test_what_does_not_fit_is_refused(weights: dict[str, float], do_minimum: str, words: str) -> None:
    with pytest.raises(CapacityInputError, match=words):
        appraised([_option("a", 1, 2), _option("b", 2, 1)], weights=weights, do_minimum=do_minimum, steps=GREEN_BOOK)


def test_rates_start_next_year() -> None:
    with pytest.raises(CapacityInputError, match="expected year 1 first"):
        discount_factors(3, steps=[DiscountStep(2, 0.035)])
