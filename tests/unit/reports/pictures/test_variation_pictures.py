"""Bars in an order, and points of two numbers of each area."""

import pytest

from placeplan.reports.pictures.bars import MOST_BARS, Bar, bars_picture
from placeplan.reports.pictures.scatter import Pair, Side, scatter_picture


def test_bars_say_what_stands_first_and_how_many_are_not_drawn() -> None:
    bars = [Bar(f"Provider {number}", 100.0 - number) for number in range(MOST_BARS + 2)]
    picture = bars_picture("shares", bars, title="Shares", subtitle="Per cent.", unit="per cent")
    assert "Provider 0 100.0%" in picture.says
    assert "2 more stand in the table." in picture.note
    assert picture.data.height == len(bars)
    drawn = picture.svg()
    assert f"Provider {MOST_BARS - 1}" in drawn
    assert f"Provider {MOST_BARS}<" not in drawn


def test_long_names_keep_their_end_which_tells_them_apart() -> None:
    names = [f"Measles, mumps and rubella vaccination coverage, one dose, at {age} years" for age in ("two", "five")]
    drawn = bars_picture(
        "gaps", [Bar(name, 3.0) for name in names], title="Gaps", subtitle="Events.", unit="events"
    ).svg()
    assert all(f"at {age} years" in drawn for age in ("two", "five"))


def test_no_bars_are_told_in_words() -> None:
    picture = bars_picture("none", [], title="Shares", subtitle="", unit="per cent")
    assert "nothing" in picture.says.lower()


@pytest.mark.parametrize(("number", "labelled"), [(4, True), (400, False)])
def test_only_few_points_are_labelled(number: int, labelled: bool) -> None:
    picture = scatter_picture(
        "pairs",
        [Pair(f"Area {place}", float(place), float(place * place)) for place in range(number)],
        across=Side("score"),
        up=Side("per cent", "per cent"),
        title="Pairs",
        subtitle="A point for each area.",
        says="They rise together.",
    )
    assert ("Area 1<" in picture.svg()) is labelled
    assert picture.says.startswith(f"{number} areas, from Area 0")
    assert picture.data.columns == ["name", "score", "per cent"]
