"""Moves between two years, and what few people behind a row lead to."""

import numpy as np
import pytest

from placeplan.app.segments.following_rules import read_pooling_rules
from placeplan.segments.transition_rates import ALL_AGES, EVERYBODY, NOBODY, State, year_of_moves
from placeplan.segments.transitions import Move, Transitions

SEGMENTS, BANDS = ("well", "ill"), ("0-69", "70+")
RULES = read_pooling_rules().model_copy(update={"fewest_people": 50})


def moves(*rows: tuple) -> Transitions:
    return Transitions(SEGMENTS, BANDS, tuple(Move(*row) for row in rows))


FEW_OLD = moves(
    ("female", "0-69", "well", "0-69", "well", 80),
    ("female", "0-69", "well", "0-69", "ill", 10),
    ("female", "0-69", "well", "70+", "well", 2),
    ("female", "0-69", "well", None, "died", 8),
    ("female", "70+", "well", "70+", "well", 10),
    ("female", None, "born", "0-69", "well", 5),
    ("female", None, "arrived", "70+", "ill", 3),
    ("female", "0-69", "ill", None, "left", 4),
)


def test_rows_are_where_people_come_from_and_add_up_to_everybody() -> None:
    counts = FEW_OLD.counts()
    assert FEW_OLD.from_names == ("well", "ill", "born", "arrived")
    assert FEW_OLD.to_names == ("well", "ill", "died", "left")
    assert counts.tolist() == [[92, 10, 8, 0], [0, 0, 0, 4], [5, 0, 0, 0], [0, 3, 0, 0]]
    assert counts[:2].sum() == FEW_OLD.before == 114
    assert counts[:, :2].sum() == FEW_OLD.after == 110
    assert FEW_OLD.counts(age_band="70+").tolist() == [[10, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 3, 0, 0]]
    assert FEW_OLD.counts(sex="male").sum() == 0


def test_a_row_with_few_people_has_the_rates_of_all_ages_and_says_so() -> None:
    year = year_of_moves(FEW_OLD, RULES)
    row = {str(one.state): one for one in year.pooled}["well, female, 70+"]
    assert (row.people, row.note) == (10, ALL_AGES)
    assert str(row) == "well, female, 70+: 10 people, too few for rates of their own; rates of all ages"
    old = year.states.index(State("female", "70+", "well"))
    assert year.deaths[old] == pytest.approx(8 / 110)
    to_ill = year.states.index(State("female", "70+", "ill"))
    # all ages: 10 of the 102 who stayed fell ill; of those over 70 everybody stayed over 70
    assert year.moves[old, to_ill] == pytest.approx(10 / 102)
    assert year.moves[old, old] == pytest.approx(92 / 102)


def test_a_segment_with_few_people_has_the_rates_of_everybody_in_it() -> None:
    year = year_of_moves(FEW_OLD, RULES)
    notes = {str(one.state): one.note for one in year.pooled}
    assert notes["ill, female, 0-69"] == EVERYBODY


def test_a_segment_that_nobody_was_in_before_stays_as_it_is() -> None:
    year = year_of_moves(
        moves(("female", "0-69", "well", "0-69", "well", 60), ("female", None, "arrived", "0-69", "ill", 3)), RULES
    )
    assert [(str(one.state), one.note) for one in year.pooled] == [("ill, female, 0-69", NOBODY)]
    found = year.forecast(3)
    ill = year.states.index(State("female", "0-69", "ill"))
    assert found.population[:, ill].tolist() == [3, 6, 9, 12]


def test_enough_people_lead_from_before_to_after() -> None:
    year = year_of_moves(FEW_OLD, RULES.model_copy(update={"fewest_people": 1}))
    assert [(one.people, one.note) for one in year.pooled] == [(0, ALL_AGES)]  # where three arrived and nobody was
    again = year.forecast(1, initial=year.before)
    np.testing.assert_allclose(again.population[1], year.after, atol=1e-9)


@pytest.mark.parametrize("name", ["born", "arrived", "died", "left"])
def test_a_segment_may_not_be_called_like_a_way_in_or_out(name: str) -> None:
    with pytest.raises(ValueError, match=f"a segment may not be called '{name}'"):
        Transitions(("well", name), BANDS, ())


def test_a_move_to_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="'elsewhere' is neither a segment nor an age band"):
        moves(("female", "0-69", "well", "0-69", "elsewhere", 1))
