import numpy as np
import pytest

from placeplan.demand.age_sex import demographic_growth, health_status
from placeplan.demand.axes import Axes
from placeplan.demand.errors import DemandError

AXES = Axes(("ae-attendances",), ("everyone",), ("Swale",), ("2023", "2024"))
BANDS = Axes(("ae-attendances",), ("young", "old"), ("Swale",), ("2023", "2024"))
# One area, one sex, two ages: 100 young and 50 old; a year later 100 and 80.
PEOPLE = np.array([[100.0, 100.0], [50.0, 80.0]]).reshape(1, 1, 2, 2)
RATES = np.array([1.0, 4.0]).reshape(1, 1, 1, 2)


def test_more_people_and_older_people_are_told_apart() -> None:
    found = demographic_growth(PEOPLE, RATES, axes=AXES)
    assert found.activity.values.ravel().tolist() == [300, 420]
    assert found.size.ravel().tolist() == [1, 1.2]
    np.testing.assert_allclose(found.structure.ravel(), [1, 1.4 / 1.2])
    np.testing.assert_allclose(found.demographic.ravel(), [1, 1.4])


def test_by_age_band_each_band_has_its_own_structure() -> None:
    found = demographic_growth(PEOPLE, RATES, axes=BANDS, bands=[0, 1])
    assert found.activity.values[0, :, 0].tolist() == [[100, 100], [200, 320]]
    np.testing.assert_allclose(found.demographic[0, :, 0, 1], [1, 1.6])


def test_healthier_ageing_shifts_the_rates_by_age() -> None:
    gained = np.array([[0.0, 1.0], [0.0, 1.0]]).reshape(1, 2, 2)
    found = health_status(PEOPLE, RATES, years_gained=gained, share=0.5, axes=AXES)
    assert found.ravel()[0] == 1
    assert found.ravel()[1] == pytest.approx((100 * 1 + 80 * 2.5) / 420)
    none = health_status(PEOPLE, RATES, years_gained=gained, share=0.0, axes=AXES)
    np.testing.assert_allclose(none, 1)


def test_a_rate_of_nothing_needs_no_growth() -> None:
    found = demographic_growth(PEOPLE, np.zeros((1, 1, 1, 2)), axes=AXES)
    np.testing.assert_allclose(found.demographic, 1)


GAINED = np.zeros((1, 2, 2))


@pytest.mark.parametrize(
    ("people", "rates", "message"),
    [
        (PEOPLE[..., :1], RATES, "people: expected areas x sexes x ages x years with 1 areas and 2 years, found 1 x 1"),
        (PEOPLE * 0, RATES, "nobody lives in Swale in 2023; expected an area with people"),
        (-PEOPLE, RATES, "people: -100 is below 0"),
        (PEOPLE, RATES[0], "rates: expected points x areas"),
        (PEOPLE, np.ones((1, 1, 1, 3)), "rates: expected 1 x 2 sexes and ages, as the people have; found 1 x 3"),
        (PEOPLE, -RATES, "rates: -4 is below 0; expected 0 or more"),
        (PEOPLE, RATES * float("nan"), "rates: a number is missing or infinite"),
        (PEOPLE * [[0], [1]], RATES, ""),
    ],
)
def test_numbers_that_cannot_be(people: np.ndarray, rates: np.ndarray, message: str) -> None:
    if not message:
        demographic_growth(people, rates, axes=AXES)
        return
    with pytest.raises(DemandError, match=message):
        demographic_growth(people, rates, axes=AXES)


def test_activity_out_of_nothing_is_named() -> None:
    people = np.array([[0.0, 5.0], [50.0, 80.0]]).reshape(1, 1, 2, 2)
    with pytest.raises(DemandError, match="ae-attendances, young, Swale, 2024: it comes from nothing in the base year"):
        demographic_growth(people, RATES, axes=BANDS, bands=[0, 1])


def test_bands_must_cover_the_segments() -> None:
    with pytest.raises(DemandError, match="bands: expected one for each of 2 ages, found 1"):
        demographic_growth(PEOPLE, RATES, axes=BANDS, bands=[0])
    with pytest.raises(DemandError, match="bands: expected every place from 0 to 1"):
        demographic_growth(PEOPLE, RATES, axes=BANDS, bands=[0, 2])


def test_gains_in_life_expectancy_that_cannot_be() -> None:
    with pytest.raises(DemandError, match="expected 0 in the base year, from which they are counted"):
        health_status(PEOPLE, RATES, years_gained=GAINED + 1, share=0.5, axes=AXES)
    with pytest.raises(DemandError, match="years gained: expected sexes x ages x years, here 1 x 2 x 2, found 1 x 2"):
        health_status(PEOPLE, RATES, years_gained=np.zeros((1, 2)), share=0.5, axes=AXES)
    with pytest.raises(DemandError, match="share: nan; expected a finite number"):
        health_status(PEOPLE, RATES, years_gained=GAINED, share=float("nan"), axes=AXES)
