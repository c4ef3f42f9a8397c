"""A table fitted to stated totals: known ones are met, lost ones share the rest, last digits are kept to."""

import numpy as np
import pytest

from placeplan.demand.errors import DemandError
from placeplan.demand.fitting import Margin, fitted, with_last_digits


def _each(*totals: float | None) -> tuple[Margin, ...]:
    return tuple(Margin(f"number {place}", (place,), total) for place, total in enumerate(totals))


def test_the_published_example_of_deming_and_stephan_by_hand() -> None:
    """A 2 x 2 table keeps its cross-product ratio: 40 x 10 / (30 x 20) before and after."""
    found = fitted(np.array([[40.0, 30.0], [20.0, 10.0]]), rows=_each(60, 40), columns=_each(55, 45), total=100)
    assert found.sum(axis=1) == pytest.approx([60, 40])
    assert found.sum(axis=0) == pytest.approx([55, 45])
    assert found[0, 0] * found[1, 1] / (found[0, 1] * found[1, 0]) == pytest.approx(400 / 600)


def test_lost_totals_share_what_the_known_ones_leave_as_the_seed_has_it() -> None:
    found = fitted(
        np.array([[1.0, 1.0], [3.0, 3.0], [2.0, 2.0]]), rows=_each(None, None, 20), columns=_each(30, 30), total=60
    )
    assert found.sum(axis=1) == pytest.approx([10, 30, 20])


def test_a_margin_may_add_up_several_rows() -> None:
    rows = (Margin("both", (0, 1), 30.0), Margin("third", (2,), 10.0))
    found = fitted(np.ones((3, 2)), rows=rows, columns=_each(20, 20), total=40)
    assert found[:2].sum() == pytest.approx(30)


def test_a_cell_where_nothing_acts_stays_empty() -> None:
    found = fitted(np.array([[0.0, 2.0], [1.0, 1.0]]), rows=_each(10, 30), columns=_each(15, 25), total=40)
    assert found == pytest.approx(np.array([[0, 10], [15, 15]]))


@pytest.mark.parametrize(
    ("rows", "columns", "seed", "words"),
    [
        ((50, 60), (50, 50), np.ones((2, 2)), "the totals are 10 more than the whole of 100"),
        ((50, 40), (50, 50), np.ones((2, 2)), "leave 10 of the whole of 100 to nobody"),
        (
            (50, 50),
            (50, 50),
            np.array([[0.0, 0.0], [1.0, 1.0]]),
            "number 0: 50 is stated, and no intervention acts there",
        ),
        ((80, 20), (50, 50), np.array([[1.0, 0.0], [1.0, 1.0]]), "no table meets all the totals"),
        ((-1, 101), (50, 50), np.ones((2, 2)), "number 0: a total of -1 cannot be met"),
    ],
)
def test_totals_that_cannot_be_met_are_told(
    rows: tuple[float, ...], columns: tuple[float, ...], seed: np.ndarray, words: str
) -> None:
    with pytest.raises(DemandError, match=words):
        fitted(seed, rows=_each(*rows), columns=_each(*columns), total=100)


def test_last_digits_choose_the_nearest_numbers_that_add_up() -> None:
    partly = tuple(Margin(digits, (place,), None, digits) for place, digits in enumerate(("485", "128", "117")))
    found = with_last_digits((*partly, Margin("rest", (3,), 11676.0)), [2400, 2200, 3100, 11676], total=19406)
    assert [one.total for one in found] == [2485, 2128, 3117, 11676]


def test_last_digits_beside_a_total_that_is_lost_altogether_leave_room_for_it() -> None:
    margins = (Margin("a", (0,), None, "833"), Margin("b", (1,)), Margin("c", (2,), 100.0))
    assert with_last_digits(margins, [2600, 98, 100], total=2798)[0].total == 1833


def test_last_digits_that_cannot_add_up_are_told() -> None:
    margins = (Margin("a", (0,), None, "485"), Margin("b", (1,), None, "128"))
    with pytest.raises(DemandError, match="no numbers that end so add up to the 1,000"):
        with_last_digits(margins, [500, 500], total=1000)


def test_a_row_in_two_totals_is_told() -> None:
    rows = (Margin("first", (0, 1), 10.0), Margin("second", (1,), 10.0))
    with pytest.raises(DemandError, match="first and second add up the same"):
        fitted(np.ones((2, 2)), rows=rows, columns=_each(10, 10), total=20)


def test_a_lost_total_where_nothing_is_saved_takes_none_of_the_rest() -> None:
    margins = (Margin("a", (0,), None, "833"), Margin("nothing acts", (1,)), Margin("c", (2,), 167.0))
    assert with_last_digits(margins, [1833, 0, 167], total=2000)[0].total == 1833


def test_totals_that_miss_the_whole_by_rounding_each_move_within_their_rounding() -> None:
    rows = tuple(Margin(name, (place,), 33.0, within=0.5) for place, name in enumerate("abc"))
    found = fitted(np.ones((3, 2)), rows=rows, columns=_each(50, 50), total=100)
    assert found.sum(axis=1) == pytest.approx([100 / 3] * 3)


def test_totals_that_miss_it_by_more_are_told() -> None:
    rows = tuple(Margin(name, (place,), 32.0, within=0.5) for place, name in enumerate("abc"))
    with pytest.raises(DemandError, match="leave 4 of the whole of 100 to nobody"):
        fitted(np.ones((3, 2)), rows=rows, columns=_each(50, 50), total=100)


def test_beside_a_lost_total_rounding_leaves_nothing_below_zero() -> None:
    rows = (Margin("a", (0,), 60.0, within=0.5), Margin("b", (1,), 41.0, within=0.5), Margin("lost", (2,)))
    found = fitted(np.ones((3, 2)), rows=rows, columns=_each(50, 50), total=100)
    assert found.sum(axis=1) == pytest.approx([59.5, 40.5, 0])


def test_last_digits_may_miss_the_rest_by_rounding() -> None:
    margins = (
        Margin("a", (0,), None, "485", 0.5),
        Margin("b", (1,), None, "128", 0.5),
        Margin("c", (2,), 10.0, within=0.5),
    )
    found = with_last_digits(margins, [1400, 1200, 10], total=2624)
    assert [one.total for one in found] == [1485, 1128, 10]


def test_a_total_of_nothing_is_not_moved_below_it() -> None:
    rows = (Margin("none", (0,), 0.0, within=0.5), Margin("all", (1,), 100.4, within=0.5))
    found = fitted(np.ones((2, 2)), rows=rows, columns=_each(50, 50), total=100)
    assert found.sum(axis=1) == pytest.approx([0, 100])


def test_too_many_numbers_to_try_are_told() -> None:
    margins = tuple(Margin(str(place), (place,), None, "5") for place in range(8))
    with pytest.raises(DemandError, match="more than 1,000,000 ways to fill"):
        with_last_digits(margins, [100.0] * 8, total=800)
