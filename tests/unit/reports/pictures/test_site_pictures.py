"""The frontier and the map of sites: what they say, and what they refuse."""

import pytest

from placeplan.reports.pictures.frontier import FrontierLine, frontier_picture
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.site_map import MappedAreas, SiteMark, site_map_picture

SITES = [SiteMark("North", 51.3, 0.3), SiteMark("South", 51.1, 0.3)]
AREAS = MappedAreas(codes=("A", "B", "C"), lat=(51.31, 51.29, 51.1), lon=(0.3, 0.31, 0.3), served_by=(0, 0, 1))


def _frontier(*lines: FrontierLine, hollow: tuple[int, ...] = ()) -> StatisticalPicture:
    return frontier_picture("f", [1, 2], lines=lines, title="Travel", unit="minutes", open_numbers=hollow)


def test_a_frontier_says_where_it_starts_and_ends() -> None:
    picture = _frontier(FrontierLine("Everybody", (20.0, 12.5)))
    assert picture.says.startswith("Everybody: 20")
    assert "Every choice is proven" in picture.note
    assert picture.data["Everybody"].to_list() == [20.0, 12.5]
    assert "Number of hubs" in picture.svg()


def test_what_is_not_proven_is_hollow_and_said() -> None:
    assert "Hollow points (2)" in _frontier(FrontierLine("Everybody", (20.0, 12.5)), hollow=(2,)).note


def test_a_number_without_a_choice_is_left_out() -> None:
    assert _frontier(FrontierLine("Everybody", (None, 12.5))).svg().startswith("<svg")
    assert "No number of hubs has a choice." in _frontier(FrontierLine("Everybody", (None, None))).says


def test_a_line_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a value for each of 2 numbers of hubs"):
        _frontier(FrontierLine("Everybody", (1.0,)))
    with pytest.raises(ValueError, match="expected 1 to 3, found 0"):
        _frontier()


def test_a_map_counts_the_people_of_each_site() -> None:
    picture = site_map_picture(
        "m", AREAS, sites=SITES, title="Two", subtitle="", people=[10.0, 20.0, 5.0], marks=["Synthetic"]
    )
    assert picture.data["people"].to_list() == [30.0, 5.0]
    assert [entry.words for entry in picture.key] == ["1 North, 30 people", "2 South, 5 people"]
    assert "North has the most people (30)" in picture.says
    assert picture.svg().startswith("<svg")


def test_no_choice_is_a_message() -> None:
    nobody = MappedAreas(codes=("A",), lat=(51.0,), lon=(0.0,), served_by=(None,))
    picture = site_map_picture("m", nobody, sites=[], title="None", subtitle="", people=[1.0])
    assert "There is no choice of sites." in picture.says


def test_outlines_need_their_attribution() -> None:
    with pytest.raises(ValueError, match="a map must say whose boundaries it shows"):
        MappedAreas(codes=(), lat=(), lon=(), served_by=(), geojson={"features": []})
