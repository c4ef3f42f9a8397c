"""How many units of a level, such as hubs, a place can have: by people, by contacts, by staff and by money.

Four of the five questions of the West Kent Local Care Plan 2017, section 12.1, have a number each: how many hubs can be
supported economically, how many make sense for services and appointments, how many can be staffed, and for how many
there are people. The smallest decides. Where they should be is the fifth, and a matter of siting.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor

from placeplan.capacity.arrays import CapacityInputError, amounts, positive
from placeplan.capacity.placement import ServiceRules

ROUNDING = 1e-9


class Question(StrEnum):
    """What may limit the number of units."""

    PEOPLE = "people"
    CONTACTS = "contacts"
    STAFF = "staff"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class UnitLimit:
    """The most units that one question allows; nothing where it sets no limit. ``decided_by`` is what is scarcest."""

    question: Question
    units: int | None
    decided_by: str
    words: str


def limit_by_people(services: Sequence[ServiceRules], *, people: float) -> UnitLimit:
    """Units of which each serves the minimum population of every service given there.

    Raises:
        CapacityInputError: people are negative.
    """
    amounts("people", people)
    needed = {service.title: service.minimum_population for service in services if service.minimum_population > 0}
    return _limit(
        Question.PEOPLE,
        there=dict.fromkeys(needed, people),
        needed=needed,
        words="{there:,.0f} people, {needed:,.0f} for each",
    )


def limit_by_contacts(contacts: Mapping[str, float], *, fewest: Mapping[str, float]) -> UnitLimit:
    """Units of which each has at least so many contacts of every service a year.

    Raises:
        CapacityInputError: a number is negative, or a service has a minimum and no contacts are given.
    """
    return _limit(
        Question.CONTACTS, there=contacts, needed=fewest, words="{there:,.0f} contacts, {needed:,.0f} for each"
    )


def limit_by_staff(in_post: Mapping[str, float], *, each: Mapping[str, float]) -> UnitLimit:
    """Units that can be staffed: whole-time equivalents in post over those that each unit needs, role by role.

    Raises:
        CapacityInputError: a number is negative, or a role is needed and no staff are given.
    """
    return _limit(Question.STAFF, there=in_post, needed=each, words="{there:,.1f} in post, {needed:,.1f} for each")


def limit_by_money(money: float, *, fixed_cost: float) -> UnitLimit:
    """Units whose fixed cost a year can be paid for.

    Raises:
        CapacityInputError: money is negative, or a fixed cost is not above 0.
    """
    amounts("money", money)
    positive("fixed_cost", fixed_cost)
    name = "fixed cost"
    return _limit(
        Question.MONEY, there={name: money}, needed={name: fixed_cost}, words="£{there:,.0f}, £{needed:,.0f} for each"
    )


def tightest(limits: Sequence[UnitLimit]) -> UnitLimit:
    """The limit that decides: the one with the fewest units; the first of several.

    Raises:
        CapacityInputError: none of them sets a limit.
    """
    found = [limit for limit in limits if limit.units is not None]
    if not found:
        raise CapacityInputError("limits: none of them sets a limit.")
    return min(found, key=lambda limit: limit.units or 0)


def _limit(question: Question, *, there: Mapping[str, float], needed: Mapping[str, float], words: str) -> UnitLimit:
    for name, value in (*there.items(), *needed.items()):
        amounts(name, value)
    missing = [name for name, each in needed.items() if each > 0 and name not in there]
    if missing:
        raise CapacityInputError(f"{question}: nothing is given for {', '.join(sorted(missing))}.")
    units = {name: floor(there[name] / each + ROUNDING) for name, each in needed.items() if each > 0}
    if not units:
        return UnitLimit(question, None, "", "sets no limit")
    scarcest = min(units, key=lambda name: (units[name], there[name] / needed[name]))
    told = words.format(there=there[scarcest], needed=needed[scarcest])
    return UnitLimit(question, units[scarcest], scarcest, told)
