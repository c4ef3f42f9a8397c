"""Minutes estimated from distance: the fit, and what it refuses."""

import numpy as np
import pytest

from placeplan.capacity.siting import SitingError, fitted_travel, straight_km


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert straight_km(([51.0], [0.0]), ([52.0, 51.0], [0.0, 0.0])) == pytest.approx(
        np.array([[111.195, 0.0]]), abs=0.01
    )


def test_the_fit_finds_the_line() -> None:
    km = np.linspace(1, 30, 40)
    found = fitted_travel(km, 6 + 1.2 * km, longest_km=40)
    assert (found.start, found.per_km, found.mean_error) == pytest.approx((6.0, 1.2, 0.0), abs=1e-9)
    assert found.minutes([0.0, 10.0]) == pytest.approx([6.0, 18.0])


def test_long_and_unknown_journeys_are_left_out() -> None:
    km, minutes = np.linspace(1, 30, 40), 6 + 1.2 * np.linspace(1, 30, 40)
    found = fitted_travel([*km, 200.0, 5.0], [*minutes, 90.0, np.nan], longest_km=40)
    assert (found.pairs, round(found.per_km, 9)) == (40, 1.2)


def test_no_journey_starts_before_it_starts() -> None:
    km = np.linspace(1, 30, 40)
    found = fitted_travel(km, 1.5 * km - 1, longest_km=40)
    assert found.start == 0.0
    assert found.per_km > 0


@pytest.mark.parametrize(
    ("km", "minutes", "words"),
    [
        ([1.0, 2.0], [3.0, 4.0], "2 measured journeys of up to 40 km; expected 10 or more"),
        (np.linspace(1, 30, 40), 60 - np.linspace(1, 30, 40), "do not grow with distance"),
    ],
)
def test_what_cannot_be_fitted_is_refused(km: object, minutes: object, words: str) -> None:
    with pytest.raises(SitingError, match=words):
        fitted_travel(km, minutes, longest_km=40)  # type: ignore[arg-type]
