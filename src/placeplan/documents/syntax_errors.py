"""What the YAML parser complains about, said in plain words."""

from typing import Any

import yaml

from placeplan.kernel.errors import Location, Problem

_QUOTE = "Put the text in quotes."
_PLAIN_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "there is a second colon on this line, or the line is indented too far",
        "Put text that contains ': ' in quotes, and line the keys up.",
    ),
    (
        "could not find expected ':'",
        "a key is not followed by a colon",
        "Write 'key: value', with a space after the colon.",
    ),
    (
        "did not find expected key",
        "this line does not line up with the keys above it",
        "Indent it like its neighbours, with spaces.",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not line up with the list above it",
        "Start it with '- ' like its neighbours.",
    ),
    ("block sequence entries are not allowed", "a list may not start here", "Put the first '- ' on its own line."),
    ("found unexpected end of stream", "a quotation mark is opened and never closed", "Close the quotation mark."),
    ("did not find expected ',' or ']'", "a list in square brackets is not closed", "Add the missing comma or ']'."),
    ("did not find expected ',' or '}'", "a table in curly brackets is not closed", "Add the missing comma or '}'."),
    (
        "did not find expected <document start>",
        "something is left over after the end of the document",
        "Line the keys up, or take it out.",
    ),
    (
        "found unknown escape character",
        "a backslash in double quotes is not a known escape",
        "Use single quotes around the text.",
    ),
    (
        "did not find expected alphabetic",
        "a '&' or '*' at the start of a value has a meaning of its own in YAML",
        _QUOTE,
    ),
    ("while scanning a tag", "a '!' at the start of a value has a meaning of its own in YAML", _QUOTE),
    (
        "control characters are not allowed",
        "there is a control character in the file",
        "Delete it or type the text afresh.",
    ),
)

_LEFT_OPEN = ("found unexpected end of stream", "did not find expected ',' or")


def syntax_problem(error: Exception, *, text: str, file: str) -> Problem:
    """A problem for an exception of the YAML parser, at the line and column that it names."""
    told = _told(error)
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    if any(words in told for words in _LEFT_OPEN):
        marks.reverse()
    mark = marks[0] or marks[1]
    location = (
        Location(file, mark.line + 1, "", mark.column + 1) if mark else _place_of_character(error, text=text, file=file)
    )
    if "cannot start any token" in told:
        return _odd_character(location, text)
    for words, message, mend in _PLAIN_WORDS:
        if words in told:
            return Problem(location, message, mend=mend)
    return Problem(
        location, f"this is not YAML that can be read ({told})", mend="Compare the line with its neighbours."
    )


def _told(error: Exception) -> str:
    """What the parser said, on one line."""
    if isinstance(error, yaml.MarkedYAMLError):
        return ": ".join(part for part in (error.context, error.problem) if part)
    if isinstance(error, yaml.reader.ReaderError | UnicodeEncodeError):
        return "control characters are not allowed"
    return str(error)


def _place_of_character(error: Any, *, text: str, file: str) -> Location:
    """Where the character stands that cannot be part of a document."""
    position = getattr(error, "start", None)
    if position is None:
        position = next((index for index, character in enumerate(text) if _is_odd(character)), 0)
    line = text.count("\n", 0, position)
    return Location(file, line + 1, "", position - (text.rfind("\n", 0, position) + 1) + 1)


def _is_odd(character: str) -> bool:
    """Whether a character is one that YAML does not allow anywhere."""
    return not character.isprintable() and character not in "\t\n\r\x85\u2028\u2029\ufeff\xa0"


def _odd_character(location: Location, text: str) -> Problem:
    """A word or line starts with a character that has a meaning of its own."""
    line = text.splitlines()[location.line - 1] if text else ""
    character = line[location.column - 1 : location.column]
    if character == "\t" or "\t" in line[: location.column]:
        return Problem(location, "this line is indented with a tab", mend="Indent with spaces.")
    return Problem(location, f"a value may not start with '{character}'", mend=_QUOTE)
