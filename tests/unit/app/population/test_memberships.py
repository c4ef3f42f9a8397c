"""Small areas added up by the public lookups."""

from datetime import date
from pathlib import Path

import pytest
from tests.unit.app.population.public_files import DISTRICTS, LOOKUP_FILE, SPLIT, without_line, write_rows

from placeplan.app.data_folder import data_folder
from placeplan.app.population.memberships import small_area_places, small_areas_rolled_up
from placeplan.app.population.reading import small_areas
from placeplan.kernel.errors import InputError

LOOKUP = "geography/lsoa11_lookup_imd.csv"
HEADING = (
    "lsoa11_name", "lsoa11_code", "ccg21_name", "ccg21_code", "stp21_name", "stp21_code", "ltla21_name", "ltla21_code",
    "sicbl22_code_h", "sicbl22_name", "icb22_code", "icb22_code_h", "icb22_name", "msoa11_code", "msoa11_name",
    "ruc11_code", "ruc", "classification", "imd2019_rank", "imd2019_decile", "imd2019_quintile", "imd2015_score",
    "imd2015_rank", "imd2015_decile",
)  # fmt: skip


def write_lookup(folder: Path) -> None:
    """Every small area in its district and in one board."""
    rows = []
    for number, (code, name) in enumerate(DISTRICTS.items()):
        for place in range(5):
            group, board = ("NHS Kent and Medway CCG", "E38000237"), ("E54000032", "QKS", "NHS Kent and Medway ICB")
            middle = (f"E0200000{number}", f"{name} 001")
            ends = ("A1", "Rural", "Village", 5, 1, 1, 40.5, 9, 1)
            rows.append(
                (f"{name} {place}", f"E0100{number}{place:03d}", *group, "Kent", "E54000032", name, code, "91Q", "KM",
                 *board, *middle, *ends)
            )  # fmt: skip
    write_rows(folder / LOOKUP, HEADING, rows)


@pytest.fixture
def folder(public_files: Path) -> Path:
    write_lookup(public_files)
    return public_files


@pytest.mark.parametrize(("level", "count"), [("district", 4), ("msoa", 4), ("icb", 1), ("ccg-2021", 1)])
def test_places_of_a_level_hold_everybody(folder: Path, level: str, count: int) -> None:
    opened = data_folder(folder)
    found = small_areas_rolled_up(opened, level)
    assert len(found.table.areas) == count
    assert found.outside is None
    assert found.table.total() == small_areas(opened).total()
    assert all(found.table.name_of(area) != area for area in found.table.areas)


def test_the_groups_of_2013_hold_until_they_merged(folder: Path) -> None:
    opened = data_folder(folder)
    found = small_areas_rolled_up(opened, "ccg-2013")
    people = small_areas(opened)
    north = sum(people.total(area=f"E01001{place:03d}") for place in (3, 4))
    assert found.table.total(area="09J") == north
    assert found.table.name_of("99J") == "NHS West Kent CCG"
    with pytest.raises(InputError, match="no area is in a place on 2020-04-01"):
        small_areas_rolled_up(opened, "ccg-2013", on=date(2020, 4, 1))


def test_small_areas_that_a_lookup_leaves_out_are_reported(folder: Path) -> None:
    without_line(folder / LOOKUP_FILE, 2)
    found = small_areas_rolled_up(data_folder(folder), "ccg-2013")
    assert found.unmatched == ("E01000000",)


def test_a_place_is_never_short(folder: Path) -> None:
    without_line(folder / "population/lsoa11_mye_2017_sya_persons.csv", 7)
    with pytest.raises(InputError, match=f"district: '{SPLIT}' would be short: there is no population for E01001000"):
        small_areas_rolled_up(data_folder(folder), "district")


def test_an_unknown_level_names_the_nearest(folder: Path) -> None:
    with pytest.raises(InputError, match="Did you mean 'district'"):
        small_area_places(data_folder(folder), "districts")
