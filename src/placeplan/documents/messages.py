"""Plain words for what pydantic finds wrong with a value."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic_core import ErrorDetails

LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found, what was expected, how to mend it."""

    message: str
    expected: str = ""
    mend: str = ""


_QUOTES = "If it is meant as text, put it in quotes."
_EXPECTED: dict[str, tuple[str, str]] = {
    "string": ("text", _QUOTES),
    "int": ("a whole number", "Write digits only, without commas or a unit."),
    "decimal": ("a number", "Write digits with at most one point, without commas, a unit or a per cent sign."),
    "float": ("a number", "Write digits with at most one point, without commas, a unit or a per cent sign."),
    "finite": ("a number", ""),
    "date": ("a date such as 2014-04-01", "Write year, month and day with hyphens."),
    "datetime": ("a date such as 2014-04-01", "Write year, month and day with hyphens."),
    "bool": ("true or false", "Write true or false, not yes or no."),
    "list": ("a list", "Start each item with '- ', or write [one, two]."),
    "tuple": ("a list", "Start each item with '- ', or write [one, two]."),
    "set": ("a list", "Start each item with '- ', or write [one, two]."),
    "frozenset": ("a list", "Start each item with '- ', or write [one, two]."),
    "dict": ("a table of keys", "Write 'key: value' lines, indented."),
    "mapping": ("a table of keys", "Write 'key: value' lines, indented."),
    "model": ("a table of keys", "Write 'key: value' lines, indented."),
}
_BOUNDS: dict[str, tuple[str, str]] = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}


def described(value: Any, longest: int = LONGEST_SHOWN) -> str:
    """A value in a few words: quoted words, ``a list of 3``, ``nothing`` for an empty value."""
    match value:
        case None | bool():
            return {None: "nothing", True: "true", False: "false"}[value]
        case int() | Decimal() | date():
            return str(value)
        case str():
            return f"'{value}'" if len(value) <= longest else f"'{value[:longest]}…'"
        case list():
            return f"a list of {len(value)}"
        case dict():
            return "a table of keys"
    return f"a {type(value).__name__}"


def reading_of(error: ErrorDetails) -> Reading:
    """Words for an error that is about a value (not about an unknown or missing key)."""
    kind, found = error["type"], f"found {described(error['input'])}"
    context = error.get("ctx", {})
    if kind in ("value_error", "assertion_error"):
        return Reading(str(context["error"]))
    if kind in ("enum", "literal_error"):
        return Reading(found, f"one of: {context['expected']}".replace(" or ", ", "), "Use one of these words exactly.")
    if kind in _BOUNDS:
        words, name = _BOUNDS[kind]
        return Reading(found, f"a number that is {words} {context[name]}")
    if kind in ("string_too_short", "too_short") and not error["input"]:
        return Reading("found an empty value", "something to stand here", "Fill it in, or take the line out.")
    if kind == "string_pattern_mismatch":
        return Reading(found, f"text of the form {context['pattern']}", "Use that form.")
    expected, mend = _EXPECTED.get(kind.split("_", 1)[0], ("", ""))
    return (
        Reading(found, expected, mend)
        if expected
        else Reading(f"{found}: {error['msg'][:1].lower()}{error['msg'][1:]}")
    )
