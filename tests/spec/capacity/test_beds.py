"""Beds from bed days: worked examples, leap years, and what is refused."""

import numpy as np
import pytest

from placeplan.capacity.arrays import CapacityInputError
from placeplan.capacity.beds import (
    BedTable,
    bed_table,
    beds_at_occupancy,
    beds_for_admissions,
    days_in,
    spread_over_sites,
    whole_beds,
)
from placeplan.capacity.queueing import erlang_b
from placeplan.kernel.periods import FinancialYear

YEARS = (FinancialYear(2015), FinancialYear(2016))
SITES = ("Hawkhurst", "Tonbridge", "Sevenoaks", "Edenbridge")
BEDS = [[22], [14], [18], [14]]  # West Kent Local Care Plan 2017, section 7.4.1


@pytest.mark.parametrize(
    ("admissions", "stay", "occupancy", "beds"),
    [
        (365, 10, 1.0, 10.0),
        (365, 10, 0.8, 12.5),
        (1000, 21.9, 0.85, 70.588235),
        (0, 10, 0.85, 0.0),
        (1000, 0, 0.85, 0.0),
    ],
)
def test_beds_are_admissions_times_stay_over_days_and_occupancy(
    admissions: float, stay: float, occupancy: float, beds: float
) -> None:
    assert beds_for_admissions(admissions, length_of_stay=stay, occupancy=occupancy) == pytest.approx(beds)


def test_a_leap_year_has_a_day_more() -> None:
    assert days_in([FinancialYear(year) for year in (2014, 2015, 2016, 2019, 2099)]).tolist() == [
        365, 366, 365, 366, 365,
    ]  # fmt: skip
    table = bed_table(["a"], YEARS, bed_days=[[3660, 3650]], there=10, occupancy=1, probability=0.05)
    assert table.needed.tolist() == [[10, 10]]


def table(**changed: object) -> BedTable:
    given: dict[str, object] = {
        "bed_days": [[6000, 6100], [4000, 4100], [5500, 5600], [4200, 4300]],
        "there": BEDS, "occupancy": 0.85, "probability": 0.05,
    }  # fmt: skip
    return bed_table(SITES, YEARS, **(given | changed))  # type: ignore[arg-type]


def test_community_beds_by_site_and_year() -> None:
    found = table()
    assert found.there.sum(axis=0).tolist() == [68, 68]
    assert found.needed[0, 0] == pytest.approx(6000 / 366 / 0.85)
    assert found.gap == pytest.approx(found.there - found.needed)
    assert found.not_free == pytest.approx(erlang_b(BEDS, found.occupied))
    assert (erlang_b(found.needed_by_queue, found.occupied) <= 0.05).all()
    assert (erlang_b(found.needed_by_queue - 1, found.occupied) > 0.05).all()
    assert (found.gap_by_queue == found.there - found.needed_by_queue).all()
    assert (found.busy_day > found.occupied).all()


def test_a_share_at_home_leaves_the_wards_by_just_that_share() -> None:
    plain, home = table(), table(home_share=0.2)
    assert home.needed == pytest.approx(plain.needed * 0.8)
    assert home.at_home + home.bed_days == pytest.approx(plain.bed_days)
    assert (home.needed_by_queue <= plain.needed_by_queue).all()


def test_a_target_may_differ_by_site_and_by_year() -> None:
    by_site = table(occupancy=[[0.8], [0.85], [0.9], [1.0]])
    assert by_site.needed[3] == pytest.approx(by_site.occupied[3])
    by_year = table(occupancy=[0.85, 0.92])
    assert (by_year.needed[:, 1] < by_year.occupied[:, 1] / 0.9).all()


def test_beds_are_rounded_up_but_not_for_the_last_digit_of_a_float() -> None:
    assert whole_beds([0, 3, 3.0000000000001, 3.1, 0.1 + 0.2]).tolist() == [0, 3, 3, 4, 1]
    assert table().needed_whole.tolist() == np.ceil(table().needed).tolist()


def test_need_is_spread_over_sites_as_the_beds_there() -> None:
    spread = spread_over_sites([68, 80], there=[22, 14, 18, 14])
    assert spread[:, 0].tolist() == [22, 14, 18, 14]
    assert spread.sum(axis=0) == pytest.approx([68, 80])
    with pytest.raises(CapacityInputError, match="no site has a bed"):
        spread_over_sites([68], there=[0, 0])


def test_results_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        table().needed[0, 0] = 1


def test_draws_of_an_uncertain_demand_keep_their_shape() -> None:
    draws = np.full((256, 4, 2), 5000.0)
    assert beds_at_occupancy(draws, occupancy=0.85, days=days_in(YEARS)).shape == (256, 4, 2)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"occupancy": 0}, "occupancy: 0 is not a share above 0"),
        ({"occupancy": 1.01}, "occupancy: 1.01 is not a share"),
        ({"occupancy": 85}, r"85 is not a share above 0 and up to 1 \(85% is 0.85\)"),
        ({"bed_days": -1}, "bed_days: -1 is below 0"),
        ({"bed_days": [[1, 2], [3, float("nan")], [1, 1], [1, 1]]}, r"nan is not a finite number \(place 2, 2\)"),
        ({"bed_days": [[1, 2, 3]]}, "bed_days: expected 4 rows x 2 years"),
        ({"there": [1.5]}, "there: 1.5 is not a whole number"),
        ({"there": [[-1]]}, "there: -1 is below 0"),
        ({"home_share": 1.2}, "home_share: 1.2 is not a share"),
        ({"probability": 0}, "probability: 0 is not a probability"),
    ],
)
def test_what_cannot_be_is_refused(changed: dict[str, object], words: str) -> None:
    with pytest.raises(CapacityInputError, match=words):
        table(**changed)


def test_a_site_stands_once() -> None:
    with pytest.raises(CapacityInputError, match="'a' stands here twice"):
        bed_table(["a", "b", "a"], YEARS, bed_days=1, there=1, occupancy=1, probability=0.5)
