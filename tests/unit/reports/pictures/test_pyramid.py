"""The pyramid: who is on which side, an outline that closes, and colours that all eyes tell apart."""

import pytest
from tests.unit.reports.pictures.population_examples import pyramid
from tests.unit.reports.pictures.test_style import SEEN, SEEN_BY, TOLD_APART, apart, contrast

from placeplan.reports.pictures import style
from placeplan.reports.pictures.pyramid import (
    MEN,
    MEN_BEHIND,
    WOMEN,
    WOMEN_BEHIND,
    PyramidYear,
    pyramid_picture,
)


def test_men_are_left_women_right_and_the_youngest_at_the_bottom() -> None:
    men, women = pyramid().spec["layer"][:2]
    assert all(row["x2"] < row["x"] < 0 for row in men["data"]["values"])
    assert all(row["x2"] > row["x"] > 0 for row in women["data"]["values"])
    heights = [row["y"] for row in men["data"]["values"]]
    assert heights == sorted(heights)
    longest = [row["x"] - row["x2"] for row in men["data"]["values"]]
    assert longest == pytest.approx([900, 1100, 1000, 600])


def test_the_outline_begins_and_ends_in_the_middle() -> None:
    halo, line = pyramid().spec["layer"][2:4]
    corners = line["data"]["values"]
    assert halo["data"] == line["data"]
    assert corners[0]["x"] == corners[-1]["x"]
    assert (corners[0]["y"], corners[-1]["y"]) == (0, 4)
    assert max(abs(corner["x"] - corners[0]["x"]) for corner in corners) == pytest.approx(1080)


def test_the_numbers_stand_behind_it_with_both_years() -> None:
    data = pyramid().data
    assert data.columns == ["age", "men 2017", "women 2017", "men 2035 Weald", "women 2035 Weald"]
    assert data["women 2035 Weald"].sum() == 760 + 960 + 1050 + 1150


def test_what_it_shows_is_said() -> None:
    words = pyramid().says
    assert "7,320 people; 2035 Weald: 7,700, +5.2%" in words
    assert "Those of 60+ change from 1,400 to 2,050, +46.4%" in words


def test_nobody_is_a_message() -> None:
    none = PyramidYear("2017", men=(0,), women=(0,))
    picture = pyramid_picture("none", bands=("0+",), now=none, then=none, title="Nobody")
    assert "Nobody lives here" in picture.says


@pytest.mark.parametrize("men", [(1,), (1, -2), (1, float("nan"))])
def test_numbers_that_cannot_be_are_refused(men: tuple[float, ...]) -> None:
    bad = PyramidYear("2017", men=men, women=(1, 2))
    with pytest.raises(ValueError, match="2017: expected 2 numbers of 0 or more for each sex"):
        pyramid_picture("bad", bands=("0-9", "10+"), now=bad, then=bad, title="Bad")


@pytest.mark.parametrize("eyes", SEEN_BY)
def test_bars_and_outlines_are_told_apart_by_all_eyes(eyes: str) -> None:
    for pair in ((MEN_BEHIND, MEN), (WOMEN_BEHIND, WOMEN), (MEN_BEHIND, WOMEN_BEHIND), (MEN, WOMEN)):
        # Sides have their names above them, and bars and outlines differ in shape: colour does not stand alone.
        assert apart(*pair, eyes=eyes) >= TOLD_APART / 2, pair


def test_bars_and_outlines_are_seen_on_paper() -> None:
    assert min(contrast(colour, style.PAPER) for colour in (MEN, WOMEN, MEN_BEHIND, WOMEN_BEHIND)) >= SEEN
