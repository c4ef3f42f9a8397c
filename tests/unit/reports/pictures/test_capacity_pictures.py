"""Pictures of beds and of staff: what they say, and that they can be drawn."""

import pytest

from placeplan.reports.pictures.bed_need import BedYear, beds_picture
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.staff_need import RoleNeed, staff_picture

YEARS = [
    BedYear(year="2016-17", needed=64.2, there=68, by_queueing=80, low=42, high=66),
    BedYear(year="2017-18", needed=70.1, there=68, by_queueing=86, low=46, high=72),
]
ROLES = [RoleNeed("Nurse <b>", 52.3, 41.0, 4.5), RoleNeed("Therapist", 14.0, 15.5)]


def beds(years: list[BedYear]) -> StatisticalPicture:
    return beds_picture("beds", years, title="Beds", subtitle="All sites.", marks=["Synthetic"])


def staff(roles: list[RoleNeed]) -> StatisticalPicture:
    return staff_picture("staff", roles, title="Staff", subtitle="All areas.", marks=["Synthetic"])


def test_beds_in_words() -> None:
    assert beds(YEARS).says == (
        "In 2016-17 64.2 beds are needed (80 by queueing) and 68 are there. In 2017-18 70.1 beds are needed (86 by "
        "queueing) and 68 are there. Beds are too few at the target occupancy in 1 of 2 years."
    )
    plain = BedYear(year="2016-17", needed=64.2, there=68)
    assert beds([plain]).says == (
        "In 2016-17 64.2 beds are needed and 68 are there. Beds are enough in every year at the target occupancy."
    )


def test_staff_in_words() -> None:
    assert staff(ROLES).says == (
        "Of 66.3 whole-time equivalents needed 56.5 are in post. The largest gap is Nurse <b>: 52.3 needed, 41.0 in "
        "post, 11.3 short."
    )
    assert staff(ROLES[1:]).says.endswith("No role is short.")


@pytest.mark.parametrize("picture", [beds(YEARS), beds(YEARS[:1]), staff(ROLES), beds([]), staff([])])
def test_pictures_can_be_drawn(picture: StatisticalPicture) -> None:
    drawn = picture.svg()
    assert drawn.startswith("<svg")
    assert "<b>" not in drawn
    assert "NaN" not in drawn


def test_synthetic_is_seen_and_the_numbers_stand_behind() -> None:
    assert "Synthetic" in beds(YEARS).svg()
    assert beds(YEARS).data["there"].to_list() == [68, 68]
    assert staff(ROLES).data["vacancies"].to_list() == [4.5, 0.0]


def test_there_is_nothing_to_draw() -> None:
    assert "no year to draw" in beds([]).says
    assert "no role to draw" in staff([]).says
