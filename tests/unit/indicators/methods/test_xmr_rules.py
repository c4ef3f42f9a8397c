"""The four rules, drawn: one digit a point on a chart whose first points settle mean and limits.

Each picture has a row of values and, under it, the label of each point: ``.`` common cause, ``L`` outside a limit,
``T`` trend, ``2`` two of three near a limit, ``S`` one side of the mean.
"""

import numpy as np
import pytest

from placeplan.indicators import methods
from placeplan.indicators.methods import Assurance, Note, Variation

LABELS = ".LT2S"

PICTURES = {
    "a wave is common cause": """
        4 6 4 6 4 6 4 6 4 6 4 6
        . . . . . . . . . . . .
    """,
    "one point far out": """
        4 5 4 5 4 9 4 5 4 5 4 5 4 5 4 5
        . . . . . L . . . . . . . . . .
    """,
    "seven rising points, all marked": """
        4 6 4 6 2 3 4 5 6 7 8 4 6 4 6 4 6
        . . . . T T T T T T T . . . . . .
    """,
    "six rising points are not a trend": """
        4 6 4 6 3 4 5 6 7 8 4 6 4 6 4 6 2
        . . . . . . . . . . . . . . . . .
    """,
    "a repeated value breaks a trend": """
        5 2 3 4 5 5 6 7 8 2 7 3 8 2 7 3 8
        . . . . . . . . . . . . . . . . .
    """,
    "falling": """
        4 6 4 6 8 7 6 5 4 3 2 6 4 6 4 6 4
        . . . . T T T T T T T . . . . . .
    """,
    "seven on one side of the mean": """
        4 1 4 1 4 1 4 9 6 9 6 9 6 9
        S S S S S S S S S S S S S S
    """,
    "a point on the mean breaks the run": """
        4 1 4 5 4 1 4 6 9 6 5 6 9 6
        . . . . . . . . . . . . . .
    """,
}


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_picture(picture: str) -> None:
    values, labels = (line.split() for line in picture.strip().splitlines())
    found = methods.xmr([float(value) for value in values], improvement="up")
    assert " ".join(LABELS[cause] for cause in found.special_cause) == " ".join(labels)


def test_two_of_three_marks_the_points_near_the_limit() -> None:
    values = [5, 5, 6, 5, 5, 4, 5, 6, 5, 5, 7.3, 5.5, 7.2, 5, 5, 4, 5, 6, 5, 4, 5, 4, 6, 5, 4, 5, 4, 5]
    found = methods.xmr(values, improvement="up")
    assert np.flatnonzero(found.special_cause == 3).tolist() == [10, 12]
    assert found.special_cause_words[10] == "one of two in three points close to the same limit"
    assert (found.near_upper[0], found.upper[0]) == pytest.approx(
        (found.mean[0] + 2 * (found.upper[0] - found.mean[0]) / 3, found.upper[0])
    )


def test_outside_comes_before_trend() -> None:
    found = methods.xmr([4, 6, 4, 6, 2, 3, 4, 5, 6, 7, 18, 4, 6, 4, 6], improvement="up")
    assert found.special_cause[10] == 1


@pytest.mark.parametrize(
    ("improvement", "high", "low"),
    [
        ("up", Variation.IMPROVEMENT_HIGH, Variation.CONCERN_LOW),
        ("down", Variation.CONCERN_HIGH, Variation.IMPROVEMENT_LOW),
        ("neither", Variation.NEITHER_HIGH, Variation.NEITHER_LOW),
    ],
)
def test_variation_is_the_verdict_on_the_latest_point(improvement: str, high: Variation, low: Variation) -> None:
    wave = [4, 6] * 8
    found = methods.xmr([[*wave, 30], [*wave, -20], [*wave, 5]], improvement=improvement)
    assert found.variation.tolist() == [high, low, Variation.COMMON_CAUSE]


def test_a_rising_trend_below_the_mean_is_high() -> None:
    found = methods.xmr([9, 9.5] * 6 + [1, 2, 3, 4, 5, 6, 7], improvement="up")
    assert found.special_cause[-1] == 2
    assert found.variation == Variation.IMPROVEMENT_HIGH


@pytest.mark.parametrize(
    ("target", "up", "down"),
    [
        (20, Assurance.FAIL, Assurance.PASS),
        (-20, Assurance.PASS, Assurance.FAIL),
        (5, Assurance.INCONSISTENT, Assurance.INCONSISTENT),
        (np.nan, Assurance.NONE, Assurance.NONE),
    ],
)
def test_assurance(target: float, up: Assurance, down: Assurance) -> None:
    series = [4, 6] * 8
    found = methods.xmr([series, series, series], improvement=["up", "down", "neither"], target=target)
    assert found.assurance.tolist() == [up, down, Assurance.NONE]
    assert methods.xmr(series, improvement="up").assurance_words == "no verdict"


def test_rebasing_takes_assurance_from_the_latest_segment() -> None:
    series = [4, 6] * 8 + [14, 16] * 8
    found = methods.xmr(series, improvement="up", target=9, rebase_at=[16])
    assert found.assurance_words == "consistently passes the target"
    assert (found.mean[0], found.mean[-1]) == (5, 15)
    assert found.segment[[0, 15, 16, 31]].tolist() == [0, 0, 1, 1]
    assert set(found.special_cause) == {0}
    assert methods.xmr(series, improvement="up", target=9).assurance == Assurance.INCONSISTENT


def test_limits_on_few_points_are_a_trial() -> None:
    found = methods.xmr([4, 6] * 6 + [3, 5], improvement="up", rebase_at=[12])
    assert found.trial.tolist() == [False] * 12 + [True] * 2


def test_gaps_break_runs_and_have_a_note() -> None:
    found = methods.xmr([4, 1, 4, None, 4, 1, 4, 6, 9, np.inf, 9, 6, 9, 6], improvement="up")
    assert found.note[3] == Note.MISSING
    assert found.note[9] == Note.INFINITE
    assert set(found.special_cause) == {0}
    assert np.isfinite(found.upper).all()


def test_a_segment_without_neighbours_has_no_limits() -> None:
    found = methods.xmr([1, None, 3, None], improvement="up", target=2)
    assert found.why.tolist() == ["too few values", "an input is missing"] * 2
    assert (found.variation, found.assurance) == (Variation.NONE, Assurance.NONE)


def test_a_series_that_never_changes_is_common_cause() -> None:
    for screen in (True, False):
        found = methods.xmr([0.1] * 20, improvement="up", screen_moving_ranges=screen)
        assert set(found.special_cause) == {0}
        assert found.lower[0] == found.upper[0] == found.mean[0]


def test_the_verdict_is_on_the_latest_point_that_has_a_value() -> None:
    found = methods.xmr([*[4, 6] * 8, 30, None], improvement="up")
    assert found.variation_words == "special cause, improvement, high"
