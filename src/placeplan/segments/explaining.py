"""Why a person is in a segment: the rule that decided, the facts it rests on, and the rules that gave way to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from placeplan.segments.code_lists import Markers
from placeplan.segments.conditions import Definitions, Frailty
from placeplan.segments.facts import Facts, holds, rules_that_hold
from placeplan.segments.features import FRAILTY, LONG_TERM, flag_column
from placeplan.segments.membership import AGE
from placeplan.segments.schemes import Alternative, Scheme


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to "why is this person here?"."""

    segment: str
    rule: str
    because: tuple[str, ...]
    gave_way: tuple[str, ...]
    facts: Facts

    def __str__(self) -> str:
        """Print in one sentence or two."""
        told = f"In '{self.segment}' by the rule '{self.rule}': {'; or '.join(self.because)}."
        return f"{told} These would hold too: {', '.join(self.gave_way)}." if self.gave_way else told


def facts_of(row: Mapping[str, Any], definitions: Definitions, *, markers: Markers) -> Facts:
    """The facts in a row of people, as ``Features.of_people`` gives them."""
    places = {one: markers.places[one] for one in definitions.condition_ids}
    level = row[FRAILTY]
    return Facts(
        age=row[AGE],
        long_term_conditions=row[LONG_TERM],
        conditions=frozenset(name for name, place in places.items() if place.is_set(row[place.word])),
        flags=frozenset(name for name in definitions.flag_ids if row[flag_column(name)]),
        frailty=None if level is None else list(Frailty)[level],
    )


def explained(scheme: Scheme, facts: Facts) -> Explanation:
    """Why a person with these facts is where they are.

    Raises:
        ValueError: no rule holds; a scheme that was proved to be a partition has no such person.
    """
    found = rules_that_hold(scheme, facts)
    if not found:
        message = f"no rule of '{scheme.id}' holds for a person with: {facts}"
        raise ValueError(message)
    deciding, *others = found
    because = tuple(_told(one, facts) for one in deciding.when if holds(one, facts))
    return Explanation(deciding.segment, deciding.id, because, tuple(rule.id for rule in others), facts)


def _told(alternative: Alternative, facts: Facts) -> str:
    """The facts that an alternative rests on."""
    told = []
    if alternative.age:
        told.append(f"age {facts.age}")
    if alternative.long_term_conditions:
        told.append(f"{facts.long_term_conditions} long-term conditions")
    if alternative.any_condition:
        told.append("has " + ", ".join(sorted(facts.conditions.intersection(alternative.any_condition))))
    if alternative.any_flag:
        told.append("is marked " + ", ".join(sorted(facts.flags.intersection(alternative.any_flag))))
    if alternative.frailty:
        told.append(f"frailty {facts.frailty}")
    return " and ".join(told) or "nothing else holds"
