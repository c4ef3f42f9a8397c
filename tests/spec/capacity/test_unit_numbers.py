"""How many hubs a place can have: each question by itself, and the one that decides."""

import pytest

from placeplan.capacity.arrays import CapacityInputError
from placeplan.capacity.placement import ServiceRules
from placeplan.capacity.unit_numbers import (
    Question,
    limit_by_contacts,
    limit_by_money,
    limit_by_people,
    limit_by_staff,
    tightest,
)

SERVICES = [
    ServiceRules(id="frailty", title="Frailty assessment", minimum_population=100_000),
    ServiceRules(id="x-ray", title="X-ray", minimum_population=90_000),
    ServiceRules(id="talk", title="Talking", minimum_population=0),
]


def test_people_for_every_service() -> None:
    found = limit_by_people(SERVICES, people=484_460)
    assert (found.units, found.decided_by) == (4, "Frailty assessment")
    assert found.words == "484,460 people, 100,000 for each"
    assert limit_by_people(SERVICES, people=400_000).units == 4
    assert limit_by_people(SERVICES, people=99_999).units == 0
    assert limit_by_people(SERVICES[2:], people=1).units is None


def test_contacts_staff_and_money() -> None:
    contacts = limit_by_contacts({"x-ray": 30_000, "falls": 2_000}, fewest={"x-ray": 8_000, "falls": 800})
    assert (contacts.units, contacts.decided_by) == (2, "falls")
    staff = limit_by_staff({"geriatrician": 4.5, "nurse": 30}, each={"geriatrician": 1.5, "nurse": 6})
    assert (staff.units, staff.decided_by, staff.words) == (3, "geriatrician", "4.5 in post, 1.5 for each")
    money = limit_by_money(1_000_000, fixed_cost=240_000)
    assert (money.units, money.words) == (4, "£1,000,000, £240,000 for each")
    assert limit_by_staff({"nurse": 0.3}, each={"nurse": 0.1}).units == 3


def test_the_smallest_decides() -> None:
    people, money = limit_by_people(SERVICES, people=484_460), limit_by_money(5e5, fixed_cost=2e5)
    assert tightest([people, money]).question is Question.MONEY
    assert tightest([people, limit_by_people(SERVICES[2:], people=1)]) is people
    with pytest.raises(CapacityInputError, match="none of them sets a limit"):
        tightest([limit_by_people(SERVICES[2:], people=1)])


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(CapacityInputError, match="staff: nothing is given for nurse"):
        limit_by_staff({}, each={"nurse": 1})
    with pytest.raises(CapacityInputError, match="nurse: -1 is below 0"):
        limit_by_staff({"nurse": -1}, each={"nurse": 1})
    with pytest.raises(CapacityInputError, match="fixed_cost: 0 is not above 0"):
        limit_by_money(1, fixed_cost=0)
    with pytest.raises(CapacityInputError, match="people: -1"):
        limit_by_people(SERVICES, people=-1)
