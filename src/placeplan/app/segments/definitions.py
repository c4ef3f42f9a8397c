"""Reads the contract, the definitions and the schemes that come with Placeplan, and schemes of the user's."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from placeplan import segments
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import YamlDocument, read_yaml
from placeplan.kernel.errors import InputError, Problem
from placeplan.segments.conditions import Definitions
from placeplan.segments.contract import Contract
from placeplan.segments.proving import Fault, proof_of
from placeplan.segments.schemes import Scheme, unknown_names

FOLDER = Path(segments.__file__).parent / "definitions"
_SOURCE = ("reference", "confidence", "note")


@cache
def read_contract() -> Contract:
    """The tables of a linked dataset."""
    return validated(Contract, _document(FOLDER / "contract.yaml"))


@cache
def read_definitions() -> Definitions:
    """Conditions, flags, frailty and scores.

    Raises:
        InputError: a file cannot be read, with every problem of every file.
    """
    conditions = _document(FOLDER / "conditions.yaml")
    parts: dict[str, Any] = {"review": _data(conditions)["review"], "conditions": _sourced(conditions, "conditions")}
    parts["flags"] = _sourced(_document(FOLDER / "flags.yaml"), "flags")
    frailty = _data(_document(FOLDER / "frailty.yaml"))
    parts |= {name: frailty[name] for name in ("frailty_index", "hospital_frailty", "scores")}
    return validated(Definitions, replace(conditions, data=parts))


@cache
def read_schemes() -> tuple[Scheme, ...]:
    """Every scheme that comes with Placeplan, each proved to be a partition, in the order of their identifiers."""
    found = [read_scheme(path, read_definitions()) for path in sorted((FOLDER / "schemes").glob("*.yaml"))]
    return tuple(sorted(found, key=lambda scheme: scheme.id))


def read_scheme(path: Path, definitions: Definitions) -> Scheme:
    """A scheme from a file.

    Raises:
        InputError: it cannot be read, it asks for a condition or flag that nobody defines, or it is not a partition:
            then each problem names a person who would be in no segment, or whom two rules claim.
    """
    document = _document(path)
    scheme = validated(Scheme, document)
    strange = [document.problem(("rules",), words) for words in unknown_names(scheme, definitions)]
    if strange:
        raise InputError(strange)
    faults = proof_of(scheme, definitions).faults
    if faults:
        raise InputError([_problem(document, scheme=scheme, fault=fault) for fault in faults])
    return scheme


def _problem(document: YamlDocument, *, scheme: Scheme, fault: Fault) -> Problem:
    """A fault at the line of the rule that it is about."""
    numbers = [number for number, rule in enumerate(scheme.rules) if rule.id == fault.rule]
    place = ("rules", numbers[0]) if numbers else ("rules",)
    return document.problem(place, fault.message, mend=fault.mend)


def _document(path: Path) -> YamlDocument:
    name = f"segments/{path.name}"
    return read_yaml(text_of(path.read_bytes(), name), name)


def _data(document: YamlDocument) -> dict[str, Any]:
    return document.data if isinstance(document.data, dict) else {}


def _sourced(document: YamlDocument, name: str) -> list[Any]:
    """The items of a list, each with the source that stands at the head of the file unless it has its own."""
    data = _data(document)
    head = {key: data[key] for key in _SOURCE if key in data}
    return [{**head, **one} if isinstance(one, dict) else one for one in data.get(name, [])]
