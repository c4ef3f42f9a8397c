"""Problems found in what a person gave us, each with its place and a way to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in an input file.

    ``file`` is relative to the plan; ``line`` counts from 1 (0: the file as a whole); ``field`` is the column heading
    or the key; ``column`` counts from 1: the character in a YAML or text file, the field in a CSV row or a worksheet
    (0: unknown).
    """

    file: str
    line: int = 0
    field: str = ""
    column: int = 0

    def __str__(self) -> str:
        """Print as ``file:line:column (field)``, leaving out what is unknown."""
        place = self.file
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        return f"{place} ({self.field})" if self.field else place


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row of a table stands: its file, its line, and the headings of its table."""

    file: str
    line: int
    headings: tuple[str, ...] = ()

    def at(self, heading: str = "") -> Location:
        """The location of one cell of the row, or of the whole row."""
        ordinal = self.headings.index(heading) + 1 if heading in self.headings else 0
        return Location(self.file, self.line, heading, ordinal)


NOWHERE = Place("", 0)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that could not be read: where, what is wrong, what was expected and how to mend it."""

    location: Location
    message: str
    expected: str = ""
    mend: str = ""

    def __str__(self) -> str:
        """Print on one line, as a person reads it."""
        parts = [f"{self.location}: {self.message.rstrip('.')}."]
        if self.expected:
            parts.append(f"Expected {self.expected}.")
        if self.mend:
            parts.append(self.mend)
        return " ".join(parts)


class PlaceplanError(Exception):
    """Base of every error that Placeplan raises on purpose."""


class InputError(PlaceplanError):
    """Input that cannot be read, with every problem found in it.

    Args:
        problems: at least one problem; kept in the order of file, line and column.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(
            sorted(problems, key=lambda problem: (problem.location, problem.message))
        )
        if not self.problems:
            raise ValueError("an InputError needs at least one problem")
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnfitValuesError(PlaceplanError, ValueError):
    """Values that an engine cannot work with: everything that is wrong with them, said at once.

    Args:
        messages: at least one sentence; each names what is wrong, where, and what was expected.
    """

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages: tuple[str, ...] = tuple(messages)
        if not self.messages:
            raise ValueError(f"a {type(self).__name__} needs at least one message")
        super().__init__("\n".join(self.messages))
