"""What a row is called where a person, a comment or a conflict speaks of it: by its key, so that it may move."""

import hashlib
from collections.abc import Sequence

BETWEEN = " · "
NOTHING = "-"
LONGEST_NAME = 400
_MARK = 12


def row_words(key: Sequence[str]) -> str:
    """The key of a row as a person reads it."""
    return BETWEEN.join(filter(None, key))


def row_name(section: str, key: Sequence[str]) -> str:
    """The name of a row in the whole plan; a blank part of the key keeps its place.

    A name that would be too long is cut, and ends in a mark of what was cut, so that two long names differ.
    """
    name = BETWEEN.join((section, *(part.strip() or NOTHING for part in key)))
    if len(name) <= LONGEST_NAME:
        return name
    mark = hashlib.sha256(name.encode()).hexdigest()[:_MARK]
    return f"{name[: LONGEST_NAME - _MARK - 1]}…{mark}"


def section_of_name(name: str) -> str:
    """The section that a name of a row, or of a section itself, begins with."""
    return name.partition(BETWEEN)[0]
