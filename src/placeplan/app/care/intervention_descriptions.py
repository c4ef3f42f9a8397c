"""An intervention of the library in words: whom it reaches, what it takes, what that rests on, and what it costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from placeplan.app.care.do_nothing_definitions import read_points
from placeplan.app.care.intervention_library import read_interventions
from placeplan.app.describing_measures import DescriptionSection
from placeplan.demand.intervention_definitions import (
    CostDefinition,
    EffectDefinition,
    Evidence,
    InterventionDefinition,
)
from placeplan.demand.interventions import EffectKind
from placeplan.kernel.errors import InputError, Location, Problem

PLACE = "interventions"
MOST_OFFERED = 3


@dataclass(frozen=True, slots=True)
class InterventionLine:
    """An intervention on one line of a list."""

    id: str
    number: int
    title: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class InterventionDescription:
    """An intervention in words; ``overdue`` says that its entry should have been reviewed by the day that was given."""

    id: str
    title: str
    confirmed: bool
    overdue: bool
    sections: tuple[DescriptionSection, ...]


def list_interventions() -> tuple[InterventionLine, ...]:
    """Every intervention of the library, in its order."""
    return tuple(
        InterventionLine(one.id, one.number, one.title, one.confirmed) for one in read_interventions().interventions
    )


def describe_intervention(intervention_id: str, *, day: date | None = None) -> InterventionDescription:
    """What an intervention is.

    Args:
        intervention_id: of the library.
        day: the day on which the review is judged; nothing is overdue without one.

    Raises:
        InputError: there is no such intervention; the message offers the nearest ones.
    """
    known = read_interventions().ids
    if intervention_id not in known:
        near = get_close_matches(intervention_id, known, n=MOST_OFFERED)
        mend = f"Did you mean {' or '.join(map(repr, near))}?" if near else ""
        message = f"there is no intervention '{intervention_id}'"
        raise InputError([Problem(Location(PLACE), message, f"one of: {', '.join(known)}", mend)])
    one = read_interventions()[intervention_id]
    sections = (
        DescriptionSection("What it is", (one.about, f"Given at: {', '.join(one.levels)}.", f"{one.reference}.")),
        DescriptionSection("Whom it reaches at maturity", tuple(_targets(one))),
        DescriptionSection("What it takes of the care of those reached", tuple(_effects(one))),
        DescriptionSection("Evidence", tuple(_evidence(one))),
        DescriptionSection("How it grows up", tuple(_ramp(one))),
        DescriptionSection(f"What it costs, in pounds of {one.price_year}", tuple(_costs(one))),
        DescriptionSection("Staff for a person reached, in a year", tuple(_staff(one))),
    )
    overdue = day is not None and one.overdue(day)
    return InterventionDescription(one.id, one.title, one.confirmed, overdue, sections)


def _targets(one: InterventionDefinition) -> Iterator[str]:
    for target in one.targets:
        yield f"{target.segment}: {target.reach:.0%} of people ({target.low:.0%} to {target.high:.0%})"
    yield f"{one.targets_reference}. [UNCONFIRMED]"


def _effects(one: InterventionDefinition) -> Iterator[str]:
    strengths = {each.id: each.title.lower() for each in read_interventions().strengths}
    for effect in one.effects:
        yield f"{effect_words(effect)}. Evidence: {strengths[effect.strength]} ({', '.join(effect.evidence)})"


def effect_words(effect: EffectDefinition) -> str:
    """An effect in words: ``Non-elective admissions: 3.7% (0% to 10%)``."""
    belief = effect.share.distribution()
    title = read_points()[effect.point].title
    took = f"{title}: {belief.mean:.1%} ({belief.low:.0%} to {belief.high:.0%})"
    if effect.kind is EffectKind.SHORTER_STAY:
        return f"{took}, by shorter stays"
    if effect.stay_ratio != 1:
        return f"{took}, with stays {effect.stay_ratio:.0%} as long as the mean"
    return took


def _evidence(one: InterventionDefinition) -> Iterator[str]:
    library = read_interventions()
    for each in dict.fromkeys(found for effect in one.effects for found in library.cited(effect)):
        yield evidence_words(each)


def evidence_words(each: Evidence) -> str:
    """A publication and its finding in words."""
    parts = [f"{each.id}: {each.citation}.", each.finding, each.note, each.link]
    return " ".join(part for part in parts if part) + ("" if each.confidence == "confirmed" else " [UNCONFIRMED]")


def _ramp(one: InterventionDefinition) -> Iterator[str]:
    ramp = next(each for each in read_interventions().ramps if each.id == one.ramp)
    yield f"{', '.join(f'{share:.0%}' for share in ramp.shares)} of the full effect, year by year. {ramp.reference}."
    if ramp.note:
        yield ramp.note


def _costs(one: InterventionDefinition) -> Iterator[str]:
    yield from (_cost_words(cost) for cost in one.costs)
    yield f"{one.costs_reference}." + ("" if one.costs_confidence == "confirmed" else " [UNCONFIRMED]")


def _cost_words(cost: CostDefinition) -> str:
    per = {"person": "person reached", "team": f"team for {cost.population or 0:,} people", "area": "area"}[cost.basis]
    when = "a year" if cost.recurrent else "once"
    lead = f", {cost.lead} of a year ahead of its effect" if cost.lead else ""
    return f"£{cost.amount:,} {when} for each {per}{lead}"


def _staff(one: InterventionDefinition) -> Iterator[str]:
    for each in one.staff:
        contacts = "1 contact" if each.contacts == 1 else f"{each.contacts} contacts"
        yield f"{each.role}: {contacts} of {each.minutes} minutes"
    yield f"{one.staff_reference}." + ("" if one.staff_confidence == "confirmed" else " [UNCONFIRMED]")
