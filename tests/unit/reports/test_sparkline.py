"""A line of the size of a word."""

import re

from placeplan.reports.pictures.sparkline import HEIGHT, WIDTH, sparkline


def points(drawn: str) -> list[tuple[float, float]]:
    """The points of the line."""
    path = re.search(r'class="spark-line" d="([^"]*)"', drawn)
    assert path
    return [tuple(map(float, pair.split(","))) for pair in re.findall(r"[ML]([^ML]+)", path[1])]  # type: ignore[misc]  # pairs


def test_the_highest_value_stands_highest_and_the_latest_last() -> None:
    drawn = sparkline([1, 3, 2])
    (_, first), (_, second), (last_x, third) = points(drawn)
    assert second < third < first
    assert 0 < last_x <= WIDTH
    assert "spark-level" not in drawn


def test_a_gap_is_a_gap_and_the_level_is_in_the_picture() -> None:
    drawn = sparkline([1, None, 2], level=10)
    assert drawn.count("M") == 3, "two pieces and the level"
    assert all(0 <= y <= HEIGHT for _, y in points(drawn))


def test_one_value_and_equal_values_stand_in_the_middle() -> None:
    assert points(sparkline([5]))[0][1] == HEIGHT / 2
    assert {y for _, y in points(sparkline([4, 4, 4]))} == {HEIGHT / 2}


def test_nothing_is_drawn_of_nothing() -> None:
    assert sparkline([]) == sparkline([None, None], level=1) == ""
