"""Tells why a person of whom some facts are known is in a segment. The facts are a small file; nobody is looked up."""

from collections.abc import Iterator
from pathlib import Path

from placeplan.app.segments.definitions import read_definitions
from placeplan.app.segments.naming_schemes import scheme_named
from placeplan.documents.models import DocumentModel
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import YamlDocument, read_yaml
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.conditions import Definitions, Frailty
from placeplan.segments.explaining import Explanation, explained
from placeplan.segments.facts import Facts

OLDEST = 130


class FactsOfOne(DocumentModel):
    """What a file says of one person. The long-term conditions are counted when the file does not say how many."""

    age: int | None = None
    conditions: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    frailty: Frailty | None = None
    long_term_conditions: int | None = None


def tell_why(scheme: str, file: Path) -> Explanation:
    """The rule that decides for a person with the facts of a file, and what it rests on.

    Raises:
        InputError: there is no such scheme, or the file cannot be read or names what nobody defines.
    """
    chosen, definitions = scheme_named(scheme), read_definitions()
    return explained(chosen, read_facts(file, definitions))


def read_facts(file: Path, definitions: Definitions) -> Facts:
    """The facts of a file.

    Raises:
        InputError: the file cannot be read, or names a condition or a mark that nobody defines.
    """
    if not file.is_file():
        mend = "Write a file such as: {age: 72, conditions: [diabetes, dementia]}."
        raise InputError([Problem(Location(str(file)), "this file does not exist", "a file of facts", mend)])
    document = read_yaml(text_of(file.read_bytes(), file.name), file.name)
    one = validated(FactsOfOne, document)
    problems = list(_problems(document, one, definitions=definitions))
    if problems:
        raise InputError(problems)
    counted = len(definitions.long_term.intersection(one.conditions))
    return Facts(
        age=one.age,
        long_term_conditions=counted if one.long_term_conditions is None else one.long_term_conditions,
        conditions=frozenset(one.conditions),
        flags=frozenset(one.flags),
        frailty=one.frailty,
    )


def _problems(document: YamlDocument, one: FactsOfOne, *, definitions: Definitions) -> Iterator[Problem]:
    for field, names, known in (
        ("conditions", one.conditions, definitions.condition_ids),
        ("flags", one.flags, definitions.flag_ids),
    ):
        for place, name in enumerate(names):
            if name not in known:
                expected = f"one of {', '.join(sorted(known))}"
                yield document.problem((field, place), f"nobody defines '{name}'", expected=expected)
    if one.age is not None and not 0 <= one.age <= OLDEST:
        expected = f"whole years from 0 to {OLDEST}"
        yield document.problem(("age",), f"an age of {one.age}", expected=expected)
    counted = len(definitions.long_term.intersection(one.conditions))
    if one.long_term_conditions is not None and one.long_term_conditions < counted:
        message = f"{one.long_term_conditions} long-term conditions, and {counted} are named"
        yield document.problem(("long_term_conditions",), message, expected=f"{counted} or more")
