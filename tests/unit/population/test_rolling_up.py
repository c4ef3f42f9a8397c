"""Small areas added up to places: dated, weighted, and never short."""

from datetime import date

import numpy as np
import pytest
from tests.unit.population.people_examples import table_of

from placeplan.population.errors import PopulationError
from placeplan.population.rolling_up import AreaShare, roll_up

DAY = date(2017, 6, 30)


def test_a_split_area_gives_its_share_and_the_rest_is_outside() -> None:
    table = table_of()
    found = roll_up(table, [AreaShare("E1", "west"), AreaShare("E2", "west", 0.595)], on=DAY)
    assert found.table.areas == ("west",)
    assert found.table.total() == pytest.approx(table.total(area="E1") + 0.595 * table.total(area="E2"))
    assert found.unmatched == ("E2",)
    assert found.outside is not None
    assert found.outside.total() == pytest.approx(0.405 * table.total(area="E2"))


def test_areas_in_no_place_are_reported() -> None:
    found = roll_up(table_of(), [AreaShare("E1", "west")], on=DAY)
    assert found.unmatched == ("E2",)
    assert roll_up(table_of(), [AreaShare("E1", "a"), AreaShare("E2", "b")], on=DAY).unmatched == ()


def test_who_is_where_depends_on_the_day() -> None:
    shares = [
        AreaShare("E1", "old", until=date(2020, 3, 31)),
        AreaShare("E1", "new", since=date(2020, 4, 1)),
        AreaShare("E2", "new"),
    ]
    before = roll_up(table_of(), shares, on=date(2020, 3, 31))
    after = roll_up(table_of(), shares, on=date(2020, 4, 1))
    assert before.table.areas == ("old", "new")
    assert after.table.areas == ("new",)
    assert after.table.total() == table_of().total()


def test_a_place_without_one_of_its_areas_is_refused_and_not_short() -> None:
    shares = [AreaShare("E1", "west"), AreaShare("E8", "west"), AreaShare("E9", "west")]
    with pytest.raises(PopulationError, match="'west' would be short: there is no population for E8, E9"):
        roll_up(table_of(), shares, on=DAY)


def test_an_area_in_which_nobody_is_counted_in_some_year_is_refused() -> None:
    people = table_of().people.copy()
    people[1, :, :, 1] = 0
    with pytest.raises(PopulationError, match="'west' would be short: there is no population for E2"):
        roll_up(table_of(people), [AreaShare("E2", "west")], on=DAY)


def test_every_problem_of_membership_is_named() -> None:
    shares = [AreaShare("E1", "a", 0.7), AreaShare("E1", "b", 0.6), AreaShare("E2", "a"), AreaShare("E2", "a")]
    with pytest.raises(PopulationError) as caught:
        roll_up(table_of(), shares, on=DAY, places=["a", "b", "c"])
    assert caught.value.messages == (
        "membership: no area is in 'c' on 2017-06-30",
        "membership: E2 is in 'a' twice on 2017-06-30; expected it once",
        "membership: E1 is shared out 1.3 times on 2017-06-30; expected at most once",
        "membership: E2 is shared out 2 times on 2017-06-30; expected at most once",
    )


def test_no_place_on_the_day() -> None:
    with pytest.raises(PopulationError, match="no area is in a place on 2017-06-30"):
        roll_up(table_of(), [AreaShare("E1", "old", until=date(2015, 1, 1))], on=DAY)


@pytest.mark.parametrize("weight", [0.0, -0.2, 1.2, np.nan])
def test_a_weight_is_a_share(weight: float) -> None:
    with pytest.raises(PopulationError, match="membership: E1 in west: the weight is"):
        AreaShare("E1", "west", weight)


def test_a_membership_does_not_end_before_it_starts() -> None:
    with pytest.raises(PopulationError, match="it ends on 2014-01-01 before it starts on 2015-01-01"):
        AreaShare("E1", "west", since=date(2015, 1, 1), until=date(2014, 1, 1))
