"""Levels of variation are read with their place, and every problem of every file is said at once."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from placeplan.app.indicator_levels import FOLDER, read_levels, read_levels_in
from placeplan.indicators.variation.variation_levels import named
from placeplan.kernel.errors import InputError


def test_levels_that_come_with_placeplan() -> None:
    levels = read_levels()
    assert [level.id for level in levels.triggers] == ["level-1", "level-2", "approaching-review"]
    assert levels.outlier_bands[0].review_above == 10
    window = named(levels.windows, "routine-appointments")
    assert (len(window.starts), window.starts[0], window.starts[-1]) == (33, 390, 1350)
    assert [float(level.value) for level in levels.low_hours] == [52, 37.5, 25]
    assert named(levels.index_bands, "herfindahl-hirschman").words_for(1_000.5) == "concentrated"
    assert named(levels.ratings, "care-quality-commission").words[0] == "Outstanding"
    with pytest.raises(KeyError):
        named(levels.triggers, "level-3")


def test_our_own_levels_say_that_they_are_ours() -> None:
    levels = read_levels()
    own = [*levels.triggers, *levels.outlier_bands, *levels.windows, *levels.low_hours, *levels.issue_phrases]
    assert not any(level.confirmed for level in own)
    assert all("no national rule was found" in level.reference for level in levels.triggers)
    assert all(level.review.review_due > date(2026, 11, 22) for level in own)


def test_paths_are_public_names() -> None:
    assert read_levels().triggers[0].path == "indicators/levels/trigger_levels/level-1"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("outlier_bands", "first: 6,", "first: 7,", "belongs to no band"),
        ("outlier_bands", "first: 6,", "first: 5,", "overlap"),
        ("outlier_bands", "first: 0, last: 0", "first: 1, last: 0", "before it begins"),
        ("trigger_levels", "value: 99.8", "value: 100", "less than 100"),
        ("opening_hours", '"22:30"', '"22:45"', "slots of 30 minutes"),
        ("opening_hours", '"22:30"', "late", "time of day"),
        ("concentration", "above: 2000", "above: 900", "must begin with 0 and rise"),
        ("issue_phrases", "england: better, peers: better", "england: worse, peers: worse", "found 2"),
        ("issue_phrases", "peers: better, gravity: 1", "peers: best, gravity: 1", "issue_phrases.yaml"),
        ("concentration", "ratings:", "words:", "'ratings'"),
    ],
)
def test_a_slip_in_a_file_is_located(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    folder = tmp_path / "levels"
    shutil.copytree(FOLDER, folder)
    path = folder / f"{file}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_levels_in(folder)
    assert said in str(caught.value)
    assert all(problem.location.file == f"indicators/levels/{file}.yaml" for problem in caught.value.problems)


def test_every_file_that_cannot_be_read_is_named_once(tmp_path: Path) -> None:
    folder = tmp_path / "levels"
    shutil.copytree(FOLDER, folder)
    for name in ("opening_hours", "concentration"):
        (folder / f"{name}.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_levels_in(folder)
    assert len(caught.value.problems) == 2
