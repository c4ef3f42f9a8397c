"""Reads the planning rounds under ``values/``: everything in a folder is read, and every problem in it is collected."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.rounds.money_rules import Factors, Rules
from placeplan.rounds.planning_round import Guidance, PlanningRound
from placeplan.rounds.standards import Standard
from placeplan.rounds.statements import (
    CalendarEntry,
    KeyMeasure,
    MustDo,
    OutcomeAmbition,
    OutcomeDomain,
    ProgrammeOfCare,
    Statement,
)
from placeplan.rounds.values_reading import VALUES, Section, read_values

STANDARDS_FILE = "standards.yaml"
ROUND_FILE = "round.yaml"
MUST_BE_THERE = "The file holds the name, the years and the guidance of the round."


class RoundSection(Section):
    """``round.yaml``."""

    guidance: Guidance
    calendar: tuple[CalendarEntry, ...] = ()
    statements: tuple[Statement, ...] = ()


class RulesSection(Section):
    """``business_rules.yaml``."""

    business_rules: Rules


class FactorsSection(Section):
    """``price_factors.yaml``."""

    price_factors: Factors


class StandardsSection(Section):
    """``standards.yaml`` and ``indicators.yaml``."""

    standards: Annotated[tuple[Standard, ...], Field(min_length=1)]


class MustDosSection(Section):
    """``must_dos.yaml``."""

    must_dos: tuple[MustDo, ...]


class OutcomesSection(Section):
    """``outcomes.yaml``."""

    outcome_domains: tuple[OutcomeDomain, ...]
    outcome_ambitions: tuple[OutcomeAmbition, ...] = ()


class GoalsSection(Section):
    """``goals.yaml``: what the goals by programme of care are beside the ambitions of ``outcomes.yaml``."""

    key_measures: tuple[KeyMeasure, ...]
    programmes_of_care: Annotated[tuple[ProgrammeOfCare, ...], Field(min_length=1)]


SECTIONS: Mapping[str, type[Section]] = {
    ROUND_FILE: RoundSection,
    "business_rules.yaml": RulesSection,
    "price_factors.yaml": FactorsSection,
    STANDARDS_FILE: StandardsSection,
    "indicators.yaml": StandardsSection,
    "must_dos.yaml": MustDosSection,
    "outcomes.yaml": OutcomesSection,
    "goals.yaml": GoalsSection,
}


@cache
def list_rounds() -> tuple[str, ...]:
    """The names of the rounds that come with Placeplan, oldest first."""
    return tuple(sorted(folder.name for folder in VALUES.iterdir() if (folder / ROUND_FILE).is_file()))


@cache
def read_round(round_id: str) -> PlanningRound:
    """The planning round with this name.

    Raises:
        InputError: there is no such round, or its files cannot be read (every problem in them).
    """
    if round_id not in list_rounds():
        known = ", ".join(list_rounds())
        place = Location(f"rounds/{round_id}")
        raise InputError([Problem(place, f"there is no planning round '{round_id}'", f"one of: {known}")])
    return read_round_folder(VALUES / round_id, shared=_shared_standards())


def read_round_folder(folder: Path, *, shared: tuple[Standard, ...] = ()) -> PlanningRound:
    """The planning round in a folder of values.

    Args:
        folder: named as the round; holds ``round.yaml`` and any of the other files.
        shared: standards that several rounds ask for; those that name this round are taken into it.

    Raises:
        InputError: with every problem found in the folder.
    """
    faults: list[Problem] = []
    parts: dict[str, Any] = {}
    for path in sorted(folder.iterdir()):
        try:
            section = _read_section(path, folder.name)
        except InputError as error:
            faults.extend(error.problems)
        else:
            _add(parts, section)
    if not (folder / ROUND_FILE).is_file():
        missing = Location(f"rounds/{folder.name}/{ROUND_FILE}")
        faults.append(Problem(missing, "this file is missing", mend=MUST_BE_THERE))
    if faults:
        raise InputError(faults)
    taken = tuple(one for one in (standard.for_round(folder.name) for standard in shared) if one)
    parts["standards"] = (*taken, *parts.get("standards", ()))
    return _assembled(parts, folder.name)


def _assembled(parts: dict[str, Any], round_id: str) -> PlanningRound:
    """The round from its sections, already checked; what only shows between files is checked here."""
    parts.pop("review")
    if parts["guidance"].id != round_id:
        place = Location(f"rounds/{round_id}/{ROUND_FILE}", 0, "id")
        raise InputError(
            [Problem(place, f"the round is called '{parts['guidance'].id}'", f"the folder's name, {round_id}")]
        )
    seen: dict[str, str] = {}
    for standard in parts["standards"]:
        if standard.id in seen:
            place = Location(f"rounds/{round_id}")
            raise InputError([Problem(place, f"two standards are called '{standard.id}'", mend="Rename one of them.")])
        seen[standard.id] = standard.path
    return PlanningRound.model_construct(**parts)


def _add(parts: dict[str, Any], section: Section) -> None:
    """Put a section's values with the others; standards may come from two files."""
    for name in type(section).model_fields:
        value = getattr(section, name)
        parts[name] = (*parts.get(name, ()), *value) if isinstance(value, tuple) else value


def _read_section(path: Path, round_id: str) -> Section:
    """One file of a round."""
    name = f"rounds/{round_id}/{path.name}"
    section = SECTIONS.get(path.name)
    if section is None:
        known = ", ".join(SECTIONS)
        raise InputError([Problem(Location(name), "a round has no such file", f"one of: {known}")])
    return read_values(path, name=name, section=section)


@cache
def _shared_standards() -> tuple[Standard, ...]:
    """The standards that several rounds ask for."""
    path = VALUES / STANDARDS_FILE
    return read_values(path, name=f"rounds/{STANDARDS_FILE}", section=StandardsSection).standards
