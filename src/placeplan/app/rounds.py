"""What a planning round says, as sections of values that can be printed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from placeplan.rounds.governance import Governed
from placeplan.rounds.money_rules import BusinessRule, PriceFactor
from placeplan.rounds.planning_round import PlanningRound
from placeplan.rounds.reader import list_rounds, read_round
from placeplan.rounds.standards import Milestone, Standard, StandingValue
from placeplan.rounds.statements import CalendarEntry, ProgrammeOfCare


@dataclass(frozen=True, slots=True)
class RoundValue:
    """One value of a round: its name, what it says, further lines, where it comes from and how sure it is."""

    name: str
    text: str
    details: tuple[str, ...]
    reference: str
    confirmed: bool
    reviewed: date


@dataclass(frozen=True, slots=True)
class RoundSection:
    """Values of one kind."""

    title: str
    values: tuple[RoundValue, ...]


def rounds_known() -> tuple[tuple[str, str, str], ...]:
    """Identifier, title and years of every round, in order of time."""
    found = [read_round(name) for name in list_rounds()]
    return tuple((each.id, each.title, f"{each.years[0]} to {each.years[-1]}") for each in found)


def round_sections(round_id: str, *, as_at: date | None = None) -> tuple[RoundSection, ...]:
    """Everything that a round says (on a day, when one is given); sections without a value are left out."""
    each = read_round(round_id)
    sections = [
        RoundSection(f"{each.id}: {each.title}", (_value(each.guidance, f"years {', '.join(map(str, each.years))}"),)),
        *(RoundSection(title, tuple(_section(values(each), as_at))) for title, values in _SECTIONS),
    ]
    return tuple(section for section in sections if section.values)


_SECTIONS: tuple[tuple[str, Callable[[PlanningRound], tuple[Governed, ...]]], ...] = (
    ("Calendar", lambda each: each.calendar),
    ("Statements", lambda each: each.statements),
    ("Business rules", lambda each: each.business_rules),
    ("Price factors", lambda each: each.price_factors),
    ("Standards and milestones", lambda each: each.standards),
    ("Must-dos", lambda each: each.must_dos),
    ("Outcomes framework: domains", lambda each: each.outcome_domains),
    ("Outcomes framework: ambitions", lambda each: each.outcome_ambitions),
    ("Key measures beside the ambitions", lambda each: each.key_measures),
    ("Programmes of care", lambda each: each.programmes_of_care),
)


def _section(values: tuple[Governed, ...], as_at: date | None) -> Iterator[RoundValue]:
    for value in values:
        if value.in_force(as_at):
            shown = value.as_at(as_at) if isinstance(value, Standard) else value
            yield _value(shown, _said(shown), details=tuple(_details(shown)))


def _value(value: Governed, text: str, *, details: tuple[str, ...] = ()) -> RoundValue:
    name: Any = getattr(value, "id", value.path)
    notes = (f"Note: {value.note}",) if value.note else ()
    return RoundValue(str(name), text, (*details, *notes), value.reference, value.confirmed, value.review.reviewed)


def _said(value: Governed) -> str:
    if isinstance(value, BusinessRule):
        return f"{value.sense} {value.percent}% of {value.of}"
    if isinstance(value, PriceFactor):
        return f"{value.kind} {value.percent}% of {value.of}"
    if isinstance(value, Standard):
        return f"{value.title} ({value.unit}{f', {value.direction}' if value.direction else ''})"
    if isinstance(value, CalendarEntry):
        return f"{value.text}: {value.when}"
    if isinstance(value, ProgrammeOfCare):
        return value.title
    return str(getattr(value, "text", ""))


def _details(value: Governed) -> Iterator[str]:
    if isinstance(value, BusinessRule | PriceFactor):
        yield f"for {', '.join(map(str, value.years))}, service {value.service}"
        if isinstance(value, BusinessRule):
            yield f"who: {', '.join(value.organisation_types)}"
            if value.exemption:
                yield f"exemption: {value.exemption}"
        for variant in value.local_variants:
            yield f"local variant: {variant.percent}% in {variant.where} ({variant.reference}{_sure(variant)})"
    if isinstance(value, Standard):
        for standing in value.constitutional_standard:
            yield f"standard: {_level(standing, value)}"
        for milestone in value.national_milestones:
            yield f"milestone by {milestone.due} ({milestone.scope}): {_level(milestone, value)}"
        for threshold in value.contract_threshold:
            level = f"{threshold.value} {value.unit} in {threshold.contract}"
            yield f"contract threshold: {level} ({threshold.reference}{_sure(threshold)})"
        yield "local trajectory: in the plan"


def _level(level: StandingValue | Milestone, standard: Standard) -> str:
    parts = [f"{level.value} {standard.unit}" if level.value is not None else ""]
    if isinstance(level, Milestone) and level.change is not None:
        parts.append(f"{level.change:+} points on the baseline")
    basis = f"{level.basis}, " if isinstance(level, StandingValue) else ""
    return f"{' or '.join(part for part in parts if part)} ({basis}{level.reference}{_sure(level)})"


def _sure(value: Governed) -> str:
    return "" if value.confirmed else "; UNCONFIRMED"
