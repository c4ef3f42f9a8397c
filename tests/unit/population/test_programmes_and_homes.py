"""Screening and immunisation, and people of new homes."""

from datetime import date

import numpy as np
import pytest
from pydantic import ValidationError
from tests.unit.population.people_examples import table_of

from placeplan.app.population.definitions import read_programmes, read_values
from placeplan.population.cohorts import cohort_demand
from placeplan.population.contributions import Development, Standing, ask_by_practice, people_by_area, people_of
from placeplan.population.errors import PopulationError
from placeplan.population.programmes import Programme


def programme(**changed: object) -> Programme:
    given = {
        "id": "test",
        "title": "Test",
        "cohorts": [{"first_age": 16, "last_age": 64, "every_years": 3}, {"first_age": 65, "every_years": 5}],
        "uptake": {"low": 60, "expected": 75, "high": 90},
        "reference": "none",
        "uptake_reference": "none",
        "confidence": "unconfirmed",
    } | changed
    return Programme.model_validate(given)


def test_those_whose_turn_it_is_are_invited_and_some_come() -> None:
    table = table_of()
    found = cohort_demand(table, programme())
    middle, old = (
        table.total(area="E1", band="16-64", year=2016),
        sum(table.total(area="E1", band=band, year=2016) for band in ("65-84", "85+")),
    )
    assert found.eligible[0, 1] == middle + old
    assert found.invited[0, 1] == pytest.approx(middle / 3 + old / 5)
    assert found.expected[0, 1] == pytest.approx(0.75 * found.invited[0, 1])
    assert found.high - found.low == pytest.approx(30 * found.per_point)
    assert found.at(75) == pytest.approx(found.expected)


def test_a_programme_for_women_counts_women() -> None:
    table = table_of()
    found = cohort_demand(table, programme(sexes=["f"], cohorts=[{"first_age": 85}]))
    assert found.eligible[1, 2] == table.total(area="E2", sex="f", band="85+", year=2017)
    with pytest.raises(PopulationError, match="test: it is for f only; expected a population by sex"):
        cohort_demand(table.persons(), programme(sexes=["f"], cohorts=[{"first_age": 85}]))
    both = programme(cohorts=[{"first_age": 85}])
    assert cohort_demand(table.persons(), both).eligible == pytest.approx(cohort_demand(table, both).eligible)


def test_ages_inside_a_band_are_refused() -> None:
    with pytest.raises(PopulationError, match="ages: 50 lies inside the band 16-64"):
        cohort_demand(table_of(), programme(cohorts=[{"first_age": 50, "last_age": 64}]))


@pytest.mark.parametrize("uptake", [-1, 101, np.nan])
def test_an_uptake_is_per_cent(uptake: float) -> None:
    with pytest.raises(PopulationError, match="uptake: "):
        cohort_demand(table_of(), programme()).at(uptake)


@pytest.mark.parametrize(
    "change",
    [
        {"uptake": {"low": 80, "expected": 75, "high": 90}},
        {"uptake": {"low": 0, "expected": 75, "high": 190}},
        {"cohorts": []},
        {"cohorts": [{"first_age": 65, "last_age": 64}]},
        {"cohorts": [{"first_age": 65, "every_years": 0}]},
        {"sexes": ["women"]},
    ],
)
def test_programmes_that_cannot_be(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        programme(**change)


def test_programmes_that_come_with_placeplan_say_where_they_come_from() -> None:
    for one in read_programmes().programmes:
        assert one.reference
        assert one.uptake_reference
        assert one.uptake.low <= one.uptake.expected <= one.uptake.high


def test_people_are_dwellings_times_occupancy() -> None:
    homes = Development("Mill Lane", "Maidstone", {"2 bedrooms": 100, "3 bedrooms": 50, "5 bedrooms": 0})
    occupancy = {"2 bedrooms": 2.0, "3 bedrooms": 2.8}
    assert people_of(homes, occupancy) == pytest.approx(340)
    other = Development("Hill", "Maidstone", {"3 bedrooms": 10})
    assert people_by_area([homes, other], occupancy) == {"Maidstone": pytest.approx(368)}


def test_the_ask_is_shared_by_practice() -> None:
    found = ask_by_practice(340, {"G1": 0.75, "G2": 0.25}, pounds_per_person=360)
    assert found == {"G1": (255, 91_800), "G2": (85, 30_600)}
    with pytest.raises(PopulationError, match=r"shares of practices make 0\.9; expected 1"):
        ask_by_practice(340, {"G1": 0.9}, pounds_per_person=360)
    with pytest.raises(PopulationError, match="share of 'G1': -1"):
        ask_by_practice(340, {"G1": -1, "G2": 2}, pounds_per_person=360)
    with pytest.raises(PopulationError, match="pounds a person"):
        ask_by_practice(340, {"G1": 1}, pounds_per_person=-1)


def test_a_contribution_can_be_claimed_between_two_days() -> None:
    homes = Development("Mill Lane", "A", {"house": 1}, trigger=date(2018, 1, 1), expires=date(2023, 1, 1))
    days = (date(2017, 12, 31), date(2018, 1, 1), date(2023, 1, 1), date(2023, 1, 2))
    assert [homes.standing(day) for day in days] == [
        Standing.NOT_YET, Standing.CLAIMABLE, Standing.CLAIMABLE, Standing.EXPIRED,
    ]  # fmt: skip
    assert Development("Hill", "A", {"house": 1}).standing(date(2018, 1, 1)) is Standing.NOT_YET


@pytest.mark.parametrize(
    ("dwellings", "message"),
    [({}, "it has no homes"), ({"house": -1}, "-1 homes of house"), ({"house": 1.5}, "1.5 homes of house")],
)
def test_homes_that_cannot_be(dwellings: dict[str, int], message: str) -> None:
    with pytest.raises(PopulationError, match=message):
        Development("Mill Lane", "A", dwellings)
    with pytest.raises(PopulationError, match="expires on 2017-01-01 before it can be claimed"):
        Development("Mill Lane", "A", {"house": 1}, trigger=date(2018, 1, 1), expires=date(2017, 1, 1))


def test_every_missing_occupancy_is_named() -> None:
    homes = [Development("Mill", "A", {"flat": 1}), Development("Hill", "A", {"barn": 1, "house": 2})]
    with pytest.raises(PopulationError) as caught:
        people_by_area(homes, {"house": 0.0})
    assert len(caught.value.messages) == 3


def test_values_that_come_with_placeplan_say_how_sure_they_are() -> None:
    values = read_values()
    assert values.payment_for_growth.confirmed
    assert not values.occupancy.confirmed
    assert all(people > 0 for people in values.occupancy.people.values())
