"""Reads the planning rounds under ``values/``: everything in a folder is read, and every problem in it is collected."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import Field

from placeplan.documents.models import DocumentModel
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import YamlDocument, read_yaml
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.rounds.governance import Review
from placeplan.rounds.money_rules import Factors, Rules
from placeplan.rounds.planning_round import Guidance, PlanningRound
from placeplan.rounds.standards import Standard
from placeplan.rounds.statements import CalendarEntry, MustDo, OutcomeAmbition, OutcomeDomain, Statement

VALUES = Path(__file__).parent / "values"
STANDARDS_FILE = "standards.yaml"
ROUND_FILE = "round.yaml"
MUST_BE_THERE = "The file holds the name, the years and the guidance of the round."
_INHERITED = ("review", "unit")
_CONTAINERS = (dict, list)


class _Section(DocumentModel):
    """A file of values: one review for all of them unless a value has its own."""

    review: Review


class RoundSection(_Section):
    """``round.yaml``."""

    guidance: Guidance
    calendar: tuple[CalendarEntry, ...] = ()
    statements: tuple[Statement, ...] = ()


class RulesSection(_Section):
    """``business_rules.yaml``."""

    business_rules: Rules


class FactorsSection(_Section):
    """``price_factors.yaml``."""

    price_factors: Factors


class StandardsSection(_Section):
    """``standards.yaml`` and ``indicators.yaml``."""

    standards: Annotated[tuple[Standard, ...], Field(min_length=1)]


class MustDosSection(_Section):
    """``must_dos.yaml``."""

    must_dos: tuple[MustDo, ...]


class OutcomesSection(_Section):
    """``outcomes.yaml``."""

    outcome_domains: tuple[OutcomeDomain, ...]
    outcome_ambitions: tuple[OutcomeAmbition, ...] = ()


AnySection = TypeVar("AnySection", bound=_Section)

SECTIONS: Mapping[str, type[_Section]] = {
    ROUND_FILE: RoundSection,
    "business_rules.yaml": RulesSection,
    "price_factors.yaml": FactorsSection,
    STANDARDS_FILE: StandardsSection,
    "indicators.yaml": StandardsSection,
    "must_dos.yaml": MustDosSection,
    "outcomes.yaml": OutcomesSection,
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


def _add(parts: dict[str, Any], section: _Section) -> None:
    """Put a section's values with the others; standards may come from two files."""
    for name in type(section).model_fields:
        value = getattr(section, name)
        parts[name] = (*parts.get(name, ()), *value) if isinstance(value, tuple) else value


def _read_section(path: Path, round_id: str) -> _Section:
    """One file of a round."""
    name = f"rounds/{round_id}/{path.name}"
    section = SECTIONS.get(path.name)
    if section is None:
        known = ", ".join(SECTIONS)
        raise InputError([Problem(Location(name), "a round has no such file", f"one of: {known}")])
    return _read_values(path, name=name, section=section)


def _read_values(path: Path, *, name: str, section: type[AnySection]) -> AnySection:
    """A file of governed values, each with the review and unit of what stands around it and its public path."""
    document = read_yaml(text_of(path.read_bytes(), name), name)
    review = _review_of(document)
    faults = list(_reserved_keys(document))
    if faults:
        raise InputError(faults)
    if isinstance(document.data, dict):
        _complete_section(document.data, path=name.removesuffix(".yaml"), review=review)
    return validated(section, document)


def _reserved_keys(document: YamlDocument) -> Iterator[Problem]:
    """Keys that the reader gives and a file may not."""
    for path in document.marks:
        if path and path[-1] == "path":
            yield Problem(document.locate_key(path), "the key 'path' is given by the reader", mend="Take it out.")


def _review_of(document: YamlDocument) -> Review:
    """The review at the head of a file; what is wrong with it is said once, and not again for each value."""
    try:
        return validated(Review, document, ("review",))
    except KeyError as error:
        mend = "Say at the head of the file who looked at its values, when, and when to look again."
        expected = "reviewed, reviewer and review_due"
        missing = document.problem((), "the key 'review' is missing", expected=expected, mend=mend)
        raise InputError([missing]) from error


def _complete_section(section: dict[str, Any], *, path: str, review: Review) -> None:
    """Complete the values of a file, in place. Where a file holds one list, its key is not repeated in the paths."""
    keys = [key for key in section if key != "review"]
    for key in keys:
        _complete_inside(section[key], path=path if len(keys) == 1 else f"{path}/{key}", around={"review": review})


def _complete(table: dict[str, Any], *, path: str, around: Mapping[str, Any]) -> None:
    """Give a table its path, and the review and unit of the table around it unless it has its own."""
    for key in _INHERITED:
        if key in around:
            table.setdefault(key, around[key])
    for key in [key for key, value in table.items() if type(value) in _CONTAINERS and key != "review"]:
        _complete_inside(table[key], path=f"{path}/{key}", around=table)
    table["path"] = path


def _complete_inside(value: Any, *, path: str, around: Mapping[str, Any]) -> None:
    """Complete a table, or every table in a list."""
    if isinstance(value, dict):
        _complete(value, path=path, around=around)
    elif isinstance(value, list):
        for index, one in enumerate(value):
            if isinstance(one, dict):
                _complete(one, path=f"{path}/{_name(one, index)}", around=around)


def _name(value: Mapping[str, Any], index: int) -> str:
    """What to call an item of a list in a path: its identifier, or else its number from 1."""
    return str(value.get("id", index + 1))


@cache
def _shared_standards() -> tuple[Standard, ...]:
    """The standards that several rounds ask for."""
    path = VALUES / STANDARDS_FILE
    return _read_values(path, name=f"rounds/{STANDARDS_FILE}", section=StandardsSection).standards
