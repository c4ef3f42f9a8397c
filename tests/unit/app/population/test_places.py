"""The people of a place: districts with their shares, joined and rebased; invented ones without a data folder."""

from pathlib import Path

import numpy as np
import pytest
from tests.unit.app.population.public_files import LOOKUP_FILE, SPLIT, changed

from placeplan.app.data_folder import data_folder
from placeplan.app.population.places import PlaceRequest, district_shares, place_population, place_totals_of
from placeplan.app.population.reading import estimates, small_areas, variant
from placeplan.kernel.errors import InputError
from placeplan.population.joining import Rebasing

WEST = PlaceRequest("west-kent")


def test_a_district_is_shared_by_the_people_of_its_small_areas(public_files: Path) -> None:
    folder = data_folder(public_files)
    shares = {share.area: share.weight for share in district_shares(folder, ["99J"], place="west-kent")}
    people = small_areas(folder)
    inside = sum(people.total(area=f"E01001{place:03d}") for place in range(3))
    outside = sum(people.total(area=f"E01001{place:03d}") for place in range(3, 5))
    assert shares.pop(SPLIT) == pytest.approx(inside / (inside + outside))
    assert set(shares.values()) == {1.0}


def test_districts_add_up_to_the_place_in_every_year_whatever_the_rebasing(public_files: Path) -> None:
    folder = data_folder(public_files)
    for way in Rebasing:
        place = place_population(PlaceRequest("west-kent", rebasing=way), folder)
        np.testing.assert_allclose(place.parts.people.sum(axis=0), place.whole.people[0], rtol=1e-12)
        assert place.whole.years == tuple(range(2015, 2036))
        assert place.title == "West Kent"


def test_the_break_and_what_was_done_about_it_are_told(public_files: Path) -> None:
    folder = data_folder(public_files)
    as_published = place_population(WEST, folder)
    rebased = place_population(PlaceRequest("west-kent", rebasing=Rebasing.BY_AREA), folder)
    assert "nothing was done about it" in as_published.notes[-1]
    assert "rebased by-area" in rebased.notes[-1]
    assert rebased.join.break_people == pytest.approx(as_published.join.break_people)
    assert "Sevenoaks" in as_published.notes[0]


def test_an_area_of_the_files_is_a_place_too(public_files: Path) -> None:
    folder = data_folder(public_files)
    found = [place_population(PlaceRequest(name), folder).whole for name in ("Sevenoaks", "e07000111")]
    assert found[0] == found[1]
    assert found[0].total(year=2020) == estimates(folder).total(area=SPLIT, year=2020)


def test_a_variant_is_shown_in_five_year_bands(public_files: Path) -> None:
    folder = data_folder(public_files)
    place = place_population(PlaceRequest("west-kent", variant="High migration"), folder)
    assert place.whole.bands[-1] == "90+"
    assert place.whole.variant == "High migration"
    assert place.whole.total(year=2017) == pytest.approx(place_population(WEST, folder).whole.total(year=2017))
    found = place_totals_of(variant(folder, "v6"), place, year=2030)
    assert found == pytest.approx(place.whole.total(year=2030))


def test_an_unknown_place_lists_places_and_areas(public_files: Path) -> None:
    with pytest.raises(InputError, match=r"there is no place called 'wessex'.*west-kent.*Sevenoaks"):
        place_population(PlaceRequest("wessex"), data_folder(public_files))


def test_a_place_without_small_areas_is_refused(public_files: Path) -> None:
    with pytest.raises(InputError, match="no small area is in 09W"):
        place_population(PlaceRequest("medway"), data_folder(public_files))


def test_a_small_area_without_people_is_never_left_out(public_files: Path) -> None:
    changed(public_files / LOOKUP_FILE, line=3, column="lsoa11_code", to="E01999999")
    with pytest.raises(InputError, match="'E07000110' would be short: there is no population for E01999999"):
        place_population(WEST, data_folder(public_files))


def test_without_a_data_folder_people_are_invented_and_say_so() -> None:
    place = place_population(WEST, None)
    assert place.synthetic
    assert place.title == "West Kent (invented)"
    assert place.notes[0].startswith("SYNTHETIC")
    assert all(name.startswith("Invented district") for name in place.parts.area_names.values())
    assert place_population(WEST, None).whole == place.whole
    assert place_population(PlaceRequest("west-kent", seed=2), None).whole != place.whole


def test_invented_people_are_only_for_known_places_and_the_principal_projection() -> None:
    with pytest.raises(InputError, match="there is no place called 'Ashford' without a data folder"):
        place_population(PlaceRequest("Ashford"), None)
    with pytest.raises(InputError, match="invented people have no variant 'High migration'"):
        place_population(PlaceRequest("west-kent", variant="High migration"), None)


def test_invented_people_look_like_people() -> None:
    whole = place_population(WEST, None).whole
    assert whole.total(sex="f", band="100+", year=2017) > whole.total(sex="m", band="100+", year=2017)
    per_year = whole.totals()[0]
    assert (np.abs(np.diff(per_year) / per_year[:-1]) < 0.03).all()
    assert 0.01 < whole.people[0, :, 85:, 17].sum() / per_year[17] < 0.05
