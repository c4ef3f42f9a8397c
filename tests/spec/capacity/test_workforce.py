"""Staff from contacts, by hand; modules, skill mix, gaps; and staff in later years by age."""

from typing import Any

import numpy as np
import pytest

from placeplan.capacity.arrays import CapacityInputError
from placeplan.capacity.staff_projection import StaffProjection, projected_staff
from placeplan.capacity.workforce import (
    WorkingTime,
    after_substitution,
    headcount,
    per_thousand,
    scaled_module,
    staff_table,
    wte_needed,
)

YEAR: dict[str, float] = {
    "hours_a_week": 37.5, "weeks_a_year": 52.0, "leave_days": 27, "public_holidays": 8, "study_days": 5,
    "sickness": 0.05, "without_patients": 0.2, "travel": 0.1,
}  # fmt: skip


def test_a_year_of_work_step_by_step() -> None:
    time = WorkingTime(**YEAR)
    assert time.days_at_work == 220
    assert time.hours_at_work == pytest.approx(220 * 7.5 * 0.95)
    assert time.contact_hours == pytest.approx(1567.5 * 0.7)
    assert time.headroom == pytest.approx(1950 / 1567.5 - 1)


@pytest.mark.parametrize(
    ("contacts", "minutes", "travel", "wte"),
    [(1000, 60, 0, 1.0), (2000, 30, 0, 1.0), (2000, 20, 10, 1.0), (0, 60, 0, 0.0), (1500, 30, 15, 1.125)],
)
def test_staff_are_contacts_times_minutes_over_hours(
    contacts: float, minutes: float, travel: float, wte: float
) -> None:
    assert wte_needed(contacts, minutes=minutes, travel_minutes=travel, contact_hours=1000) == pytest.approx(wte)


def test_heads_of_the_document() -> None:
    """318 GPs are 228 full-time equivalents (West Kent Local Care Plan 2017, section 7.1)."""
    assert headcount(228, participation=228 / 318) == pytest.approx(318)
    assert per_thousand(228, population=484_460) == pytest.approx(0.4706, abs=1e-4)


def test_a_module_is_scaled_to_clusters_with_a_range() -> None:
    found = scaled_module([2.0, 10.0], smallest=30_000, largest=50_000, populations=[46_000, 55_000, 82_500])
    assert found.central[:, 0].tolist() == [2.3, 11.5]
    assert found.low[1] == pytest.approx([9.2, 11.0, 16.5])
    assert found.high[1] == pytest.approx([46 / 3, 55 / 3, 27.5])
    assert found.fewest_modules.tolist() == [1, 2, 2]
    assert found.most_modules.tolist() == [1, 1, 2]
    assert found.divides.tolist() == [True, False, True]


def test_moved_work_takes_the_time_of_those_who_get_it() -> None:
    # Of 100 hours of a GP, 30 go to a pharmacist who needs 1.5 times as long; a nurse keeps all of hers.
    moved, ratio = np.zeros((3, 3)), np.ones((3, 3))
    moved[0, 1], ratio[0, 1] = 0.3, 1.5
    assert after_substitution([100, 10, 50], moved=moved, time_ratio=ratio) == pytest.approx([70, 55, 50])
    by_year = after_substitution([[100, 200], [10, 10], [50, 60]], moved=moved, time_ratio=ratio)
    assert by_year == pytest.approx(np.array([[70, 140], [55, 100], [50, 60]]))


def test_gap_posts_and_vacancies() -> None:
    found = staff_table(["gp", "nurse"], needed=[10, 4], in_post=[7, 5], vacancies=[1, 0])
    assert found.gap.tolist() == [-3, 1]
    assert found.posts.tolist() == [8, 5]
    assert found.without_money.tolist() == [2, 0]
    assert found.vacancy_rate.tolist() == [0.125, 0]
    assert staff_table(["gp"], needed=[1], in_post=[0]).vacancy_rate.tolist() == [0]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"sickness": 5}, r"sickness: 5 is not a share"),
        ({"leave_days": 300}, "leave no day of the year"),
        ({"travel": 0.9}, "leave no hour for contacts"),
        ({"hours_a_week": 0}, "hours_a_week: 0 is not above 0"),
        ({"study_days": -1}, "study_days: -1 is below 0"),
    ],
)
def test_a_year_that_cannot_be_is_refused(changed: dict[str, float], words: str) -> None:
    with pytest.raises(CapacityInputError, match=words):
        WorkingTime(**(YEAR | changed))


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(CapacityInputError, match="contacts: -1 is below 0"):
        wte_needed(-1, minutes=10, contact_hours=1000)
    with pytest.raises(CapacityInputError, match="contact_hours: 0"):
        wte_needed(1, minutes=10, contact_hours=0)
    with pytest.raises(CapacityInputError, match=r"participation: 1\.2"):
        headcount(1, participation=1.2)
    with pytest.raises(CapacityInputError, match="50,000 is above the largest"):
        scaled_module([1], smallest=50_000, largest=30_000, populations=[1])
    with pytest.raises(CapacityInputError, match="largest: nan"):
        scaled_module([1], smallest=1, largest=float("nan"), populations=[1])
    with pytest.raises(CapacityInputError, match="more than all of its work"):
        after_substitution([1, 1, 1], moved=[[0, 0.6, 0.6], [0, 0, 0], [0, 0, 0]])
    with pytest.raises(CapacityInputError, match="gives work to itself"):
        after_substitution([1, 1], moved=[[0.5, 0], [0, 0]])
    with pytest.raises(CapacityInputError, match="expected 2 roles x 2 roles"):
        after_substitution([1, 1], moved=[[0.5]])
    with pytest.raises(CapacityInputError, match="'gp' stands here twice"):
        staff_table(["gp", "gp"], needed=[1, 2], in_post=[1, 2])
    with pytest.raises(CapacityInputError, match="one name for each row; found 1 for"):
        staff_table(["gp"], needed=[1, 2], in_post=[1, 2])


BANDS = ("under 35", "35-44", "45-54", "55 and over")
STAFF: dict[str, Any] = {
    "band_years": [10, 10, 10, 10], "retiring": [0, 0, 0, 0.2], "leaving": [0.1, 0, 0, 0],
    "joining": {"recruited": [10, 0, 0, 0]}, "returning": 0.0, "years": 1,
}  # fmt: skip


def projection(staff: list[float], **changed: Any) -> StaffProjection:
    return projected_staff(BANDS, staff, **(STAFF | changed))


def test_a_year_of_staff_by_hand() -> None:
    found = projection([100, 50, 40, 30])
    assert found.retired[0].tolist() == [0, 0, 0, 6]
    assert found.left[0].tolist() == [10, 0, 0, 0]
    # 90 young stay and a tenth of them grow older, as a tenth of 50 and of 40 does; the last band keeps its own.
    assert found.aged[0] == pytest.approx([-9, 9 - 5, 5 - 4, 4])
    assert found.staff[1] == pytest.approx([90 - 9 + 10, 54, 41, 28])
    assert found.share_in_last_bands == pytest.approx([70 / 220, 69 / 214])


def test_those_who_left_may_come_back_a_year_later() -> None:
    found = projection([100, 0, 0, 0], returning=0.5, years=2)
    assert found.returned[0].sum() == 0
    assert found.returned[1] == pytest.approx([4.5, 0.5, 0, 0])


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"retiring": 1.2}, "retiring: 1.2 is not a share"),
        ({"leaving": [0.1, 0.1]}, "leaving: expected 1 years x 4 bands"),
        ({"joining": {"recruited": -1}}, "joining, recruited: -1 is below 0"),
        ({"band_years": 0}, "band_years: 0 is not above 0"),
        ({"years": 0}, "years: expected at least one, found 0"),
    ],
)
def test_a_projection_that_cannot_be_is_refused(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(CapacityInputError, match=words):
        projection([1, 1, 1, 1], **changed)
