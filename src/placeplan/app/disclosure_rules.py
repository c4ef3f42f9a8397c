"""Reads the rules of disclosure control that come with Placeplan."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from placeplan import disclosure
from placeplan.disclosure.rule import DisclosureRule, DisclosureRules
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import read_yaml
from placeplan.kernel.errors import InputError, Location, Problem

FOLDER = Path(disclosure.__file__).parent / "rules"


@cache
def read_rules() -> DisclosureRules:
    """Every rule that comes with Placeplan.

    Raises:
        InputError: a file cannot be read, with every problem of every file.
    """
    return read_rules_in(FOLDER)


def rule_named(name: str) -> DisclosureRule:
    """The rule with this identifier among those that come with Placeplan.

    Raises:
        InputError: there is none; the message names those that there are.
    """
    rules = read_rules()
    if name in rules:
        return rules[name]
    message = f"there is no disclosure rule '{name}'"
    raise InputError([Problem(Location("disclosure"), message, f"one of {', '.join(rules.ids)}")])


def read_rules_in(folder: Path) -> DisclosureRules:
    """Every rule in a folder, one file a rule.

    Raises:
        InputError: a file cannot be read, or a rule stands in a file of another name; with every problem of every file.
    """
    found: list[DisclosureRule] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found.append(_read(path))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return DisclosureRules(rules=tuple(found))


def _read(path: Path) -> DisclosureRule:
    name = f"disclosure/{path.name}"
    document = read_yaml(text_of(path.read_bytes(), name), name)
    data: Any = document.data
    completed = {**data, "path": name.removesuffix(".yaml")} if isinstance(data, dict) else data
    rule = validated(DisclosureRule, replace(document, data=completed))
    if rule.id != path.stem:
        raise InputError([document.problem(("id",), f"'{rule.id}' stands in a file called {path.name}")])
    return rule
