import numpy as np
import pytest

from placeplan.demand.activity import Activity
from placeplan.demand.adjustments import Adjustment, checked, elapsed_years, levels
from placeplan.demand.axes import Axes
from placeplan.demand.distributions import Fixed, Normal, Uniform
from placeplan.demand.do_nothing import do_nothing
from placeplan.demand.errors import DemandError
from placeplan.demand.factors import Growth, Scaled
from placeplan.rounds.governance import Confidence

YEARS = ("2016-17", "2017-18", "2018-19", "2019-20")
AXES = Axes(("ae-attendances", "elective-admissions"), ("everyone",), ("Swale", "Thanet"), YEARS)
BASE = Activity(
    Axes(AXES.points, AXES.segments, AXES.areas, YEARS[:1]), np.array([100.0, 200, 10, 20]).reshape(2, 1, 2, 1)
)


def table_of(*by_year: float) -> np.ndarray:
    return np.array(by_year).reshape(1, 1, 1, -1)


def adjustment(identifier: str, *factors: Growth | Scaled, confidence: Confidence = Confidence.CONFIRMED) -> Adjustment:
    return Adjustment(identifier, identifier, factors, "a test", confidence)


def test_a_pattern_can_be_more_or_less_strong() -> None:
    factor = Scaled("x", table_of(1, 1.2), Uniform(0, 1))
    np.testing.assert_allclose(factor.at(0.5), table_of(1, 1.1))
    np.testing.assert_allclose(factor.expected(), table_of(1, 1.1))
    assert factor.at([0.1, 0.2, 0.3]).shape == (3, 1, 1, 1, 2)


def test_growth_compounds() -> None:
    factor = Growth("x", table_of(0, 1, 2), Fixed(0.1))
    np.testing.assert_allclose(factor.expected(), table_of(1, 1.1, 1.21))
    np.testing.assert_allclose(factor.at(-1.0), table_of(1, 0, 0))


def test_expected_growth_is_more_than_growth_at_the_expected_rate() -> None:
    factor = Growth("x", table_of(0, 1, 2), Uniform(0.0, 0.2))
    np.testing.assert_allclose(factor.expected(), table_of(1, 1.1, 1.21 + 0.2**2 / 12))


def test_growth_begins_and_ends_when_and_where_it_is_told() -> None:
    assert elapsed_years(AXES).ravel().tolist() == [0, 1, 2, 3]
    some = elapsed_years(AXES, points=["elective-admissions"], areas=["Thanet"], first="2018-19", last="2018-19")
    assert some.shape == (2, 1, 2, 4)
    assert some[1, 0, 1].tolist() == [0, 0, 1, 1]
    assert some.sum() == 2


def test_levels_carry_on_to_later_years() -> None:
    found = levels(AXES, {"2017-18": 1.02, "2019-20": 1.0}, points=["ae-attendances"])
    assert found[0, 0, 0].tolist() == [1, 1.02, 1.02, 1.0]
    assert found[1, 0, 0].tolist() == [1, 1, 1, 1]


def test_do_nothing_applies_each_adjustment_and_tells_its_own_part() -> None:
    found = do_nothing(
        BASE,
        [
            adjustment("size", Scaled("size", table_of(1, 1.1, 1.2, 1.3))),
            adjustment("coding", Scaled("coding", table_of(1, 1, 0.9, 0.9)), confidence=Confidence.UNCONFIRMED),
        ],
        years=YEARS,
    )
    assert found.path.total(year="2018-19") == pytest.approx(330 * 1.2 * 0.9)
    parts = found.waterfall("2018-19")
    assert float(parts.base) == 330
    assert float(parts.own("size")) == pytest.approx(66)
    assert float(parts.own("coding")) == pytest.approx(-33)
    assert float(parts.interaction) == pytest.approx(-6.6)
    assert found.growth("2019-20", area="Swale") == pytest.approx(1.3 * 0.9 - 1)
    assert float(found.waterfall("2019-20", point="elective-admissions", area="Thanet").base) == 20
    assert not found.confirmed


def test_without_adjustments_nothing_changes() -> None:
    found = do_nothing(BASE, [], years=YEARS)
    assert found.path.total(year="2019-20") == 330
    assert found.confirmed


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Scaled("x", np.ones((2, 2))), "x: expected 4 axes .* found 2"),
        (lambda: Scaled("x", table_of(1, -0.1)), "x: -0.1 is below 0; expected 0 or more"),
        (lambda: Scaled("x", table_of(1, float("nan"))), "x: a number is missing or infinite"),
        (lambda: Scaled("x", table_of(1, 0.5), Uniform(0, 3)), "x: at a strength of 3 a factor would be -0.5"),
        (lambda: Scaled("x", table_of(1, 0.5), Normal(1, 0.1)), "a strength of inf .* Cut its distribution off."),
        (lambda: Growth("x", table_of(0, 1.5), Fixed(0.1)), "x: years of growth are not whole"),
        (lambda: Growth("x", table_of(0, 1), Normal(0, 0.1)), "x: a yearly rate of -inf may come; expected -1"),
        (lambda: adjustment("x"), "adjustment 'x': expected at least one factor, found none"),
        (lambda: Adjustment("x", " ", (Scaled("x", table_of(1)),), "y", Confidence.CONFIRMED), "its title is blank"),
        (lambda: elapsed_years(AXES, points=["beds"]), "the point of delivery 'beds' is not known"),
        (lambda: elapsed_years(AXES, first="2016-17"), "growth begins in the base year 2016-17"),
        (lambda: elapsed_years(AXES, first="2019-20", last="2017-18"), "growth ends in 2017-18, before it begins"),
        (lambda: levels(AXES, {"2016-17": 1.1}), "the base year 2016-17 is given a factor"),
        (lambda: levels(AXES, {"2017-18": -1.1}), "the factor of 2017-18 is -1.1; expected 0 or more"),
        (lambda: do_nothing(BASE, [], years=YEARS[1:]), "the years begin with 2017-18; expected the base year 2016-17"),
        (lambda: do_nothing(do_nothing(BASE, [], years=YEARS).path, [], years=YEARS), "the baseline has 4 years"),
        (lambda: do_nothing(BASE, [], years=YEARS).growth("2030-31"), "the year '2030-31' is not known"),
    ],
)
def test_what_cannot_be_is_refused(make: object, message: str) -> None:
    with pytest.raises(DemandError, match=message):
        make()  # type: ignore[operator]


def test_every_adjustment_that_does_not_fit_is_named_at_once() -> None:
    with pytest.raises(DemandError) as raised:
        checked(
            [
                adjustment("size", Scaled("size", table_of(1.1, 1.1, 1, 1))),
                adjustment("size", Scaled("other", np.ones((2, 1, 3, 4)))),
                adjustment("new", Scaled("other", table_of(1, 1, 1, 1))),
            ],
            AXES,
        )
    assert raised.value.messages == (
        "the adjustment 'size' stands here twice; expected each identifier once",
        "the factor 'other' stands here twice; expected each identifier once",
        "size: it changes the base year 2016-17, which was observed; expected 1 there",
        "other: its table is 2 x 1 x 3 x 4; expected 2 x 1 x 2 x 4, or 1 where not told apart",
    )


def test_growth_from_nothing_is_no_growth() -> None:
    empty = Activity(BASE.axes, np.zeros(BASE.axes.shape))
    with pytest.raises(DemandError, match="no activity in 2016-17, so there is no growth"):
        do_nothing(empty, [], years=YEARS).growth("2017-18")
