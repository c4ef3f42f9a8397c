"""YAML text into plain data, with the place of every value.

Only the plain part of YAML is accepted: one document of tables, lists and words. Anchors, aliases, merge keys, tags,
duplicate keys and very deep nesting are refused, each with its line, because they hide a value from its reader.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import yaml

from placeplan.documents.scalars import Scalar, resolve
from placeplan.documents.syntax_errors import syntax_problem
from placeplan.kernel.errors import InputError, Location, Problem

Path = tuple[str | int, ...]
Data: TypeAlias = "Scalar | list[Data] | dict[str, Data]"

DEEPEST = 40
LONGEST_TEXT = 4_000_000
_FIRST: Path = ()


class Mark(NamedTuple):
    """Line and column (from 1) of a value and, in a table, of its key (else 0)."""

    line: int
    column: int
    key_line: int = 0
    key_column: int = 0


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A document as plain data (``dict``, ``list``, ``str``, ``int``, ``Decimal``, ``date``, ``bool``, ``None``).

    ``marks`` has a key for every path that was read; what stands there is the parser's own: ask through ``locate``.

    A path is a tuple of keys and list positions: ``("versions", 0, "date")``; ``()`` is the document itself.
    """

    file: str
    data: Data
    marks: Mapping[Path, tuple[Any, Any]] = field(repr=False)

    def locate(self, path: Path) -> Location:
        """Where the value at ``path`` stands; if there is none, where the nearest table or list around it starts."""
        mark, found = self._nearest(path)
        return Location(self.file, mark.line, field_of(found), mark.column)

    def locate_key(self, path: Path) -> Location:
        """Where the key at ``path`` stands (the value, for an item of a list)."""
        mark, found = self._nearest(path)
        return Location(self.file, mark.key_line or mark.line, field_of(found), mark.key_column or mark.column)

    def value_at(self, path: Path) -> Data:
        """The value at ``path``.

        Raises:
            KeyError: there is no such path.
        """
        value: Any = self.data
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError) as error:
                raise KeyError(path) from error
        found: Data = value
        return found

    def problem(self, path: Path, message: str, *, expected: str = "", mend: str = "") -> Problem:
        """A problem with the value at ``path``, located."""
        return Problem(self.locate(path), message, expected, mend)

    def _nearest(self, path: Path) -> tuple[Mark, Path]:
        """The place of ``path`` or of its nearest ancestor that was read, and the path that this is the place of."""
        while path and path not in self.marks:
            path = path[:-1]
        value, key = self.marks.get(path, (None, None))
        if value is None:
            return Mark(1, 1), path
        place = Mark(value.line + 1, value.column + 1)
        return (place._replace(key_line=key.line + 1, key_column=key.column + 1) if key else place), path


def field_of(path: Path) -> str:
    """The last key on a path: what a person looks for on the line."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def read_yaml(text: str, file: str) -> YamlDocument:
    """Read one YAML document.

    Args:
        text: the whole document.
        file: its name for locations, relative to the plan or the values folder.

    Raises:
        InputError: with every problem found: syntax, duplicate keys, anchors, aliases, tags, several documents,
            nesting deeper than 40, or more than four million characters.
    """
    if len(text) > LONGEST_TEXT:
        message = f"this file has {len(text):,} characters"
        raise InputError(
            [Problem(Location(file), message, f"at most {LONGEST_TEXT:,}", "Move long tables to CSV files.")]
        )
    return _Reading(text, file).document()


class _TooDeepError(Exception):
    """Nesting has gone past the limit; reading stops here."""


class _Reading:
    """One pass over the events of a YAML text: builds the data, notes the places, collects the problems."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._problems: list[Problem] = []
        self._marks: dict[Path, tuple[Any, Any]] = {}
        self._events: Iterator[Any] = iter(())

    def document(self) -> YamlDocument:
        """Read everything, then give the document or raise every problem."""
        data: Data = None
        try:
            self._events = iter(yaml.CSafeLoader(self._text).get_event, None)
            data = self._only_document()
        except (yaml.YAMLError, UnicodeEncodeError) as error:
            self._problems.append(syntax_problem(error, text=self._text, file=self._file))
        except _TooDeepError:
            pass
        if self._problems:
            raise InputError(self._problems)
        return YamlDocument(self._file, data, self._marks)

    def _only_document(self) -> Data:
        """The first document of the text; any further one is a problem."""
        data: Data = None
        seen = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                seen += 1
                if seen > 1:
                    mend = "Keep one document in a file: take out the line '---'."
                    self._note(event, "a second document starts here", mend=mend)
                    return data
            elif isinstance(event, yaml.NodeEvent):
                data = self._value(event, _FIRST)
        return data

    def _value(self, event: Any, path: Path, *, key: Any = None) -> Data:
        """The value that starts with ``event``; ``key`` is the event of its key, if it has one."""
        self._marks[path] = (event.start_mark, key and key.start_mark)
        if event.anchor or getattr(event, "tag", None):
            self._refuse_marks(event, path)
        if type(event) is yaml.ScalarEvent:
            text: str = event.value
            return text if event.style else resolve(text)
        if len(path) > DEEPEST:
            message = f"tables and lists are nested more than {DEEPEST} deep here"
            self._note(event, message, mend="Flatten this part of the file.")
            raise _TooDeepError
        if type(event) is yaml.MappingStartEvent:
            return self._table(path)
        return self._list(path) if type(event) is yaml.SequenceStartEvent else None

    def _list(self, path: Path) -> list[Data]:
        """A list, up to its end event."""
        items: list[Data] = []
        for inner in self._events:
            if type(inner) is yaml.SequenceEndEvent:
                break
            items.append(self._value(inner, (*path, len(items))))
        return items

    def _table(self, path: Path) -> dict[str, Data]:
        """A table of keys, up to its end event."""
        table: dict[str, Data] = {}
        for key in self._events:
            if type(key) is yaml.MappingEndEvent:
                break
            name = self._key(key, path)
            value_event = next(self._events)
            if name in table:
                first = self._marks[(*path, name)][1].line + 1
                self._note(key, f"the key '{name}' is already on line {first}", name=name, mend="Keep one of the two.")
                self._skip(value_event)
            else:
                table[name] = self._value(value_event, (*path, name), key=key)
        return table

    def _key(self, event: Any, path: Path) -> str:
        """The text of a key: always text, whatever it looks like."""
        if type(event) is not yaml.ScalarEvent:
            self._note(event, "a key must be one word or phrase", mend="Write 'key: value'.")
            self._skip(event)
            return f"line {event.start_mark.line + 1}"
        name: str = event.value
        if event.anchor or event.tag:
            self._refuse_marks(event, (*path, name))
        if not name:
            self._note(event, "a value stands here without a key", mend="Write a key before the colon.")
        elif name == "<<":
            self._note(event, "merge keys ('<<') are not read here", name=name, mend="Write the keys out.")
        return name

    def _refuse_marks(self, event: Any, path: Path) -> None:
        """Note a problem for an alias, or for an anchor or a tag on a value."""
        if type(event) is yaml.AliasEvent:
            message = f"'*{event.anchor}' points at another part of the file, which is not read here"
            mend = "Write the value out, or put it in quotes if the star is part of it."
            self._note(event, message, name=field_of(path), mend=mend)
            return
        if event.anchor is not None:
            message = f"'&{event.anchor}' names this value for use elsewhere, which is not read here"
            self._note(event, message, name=field_of(path), mend="Take the name out, or put the text in quotes.")
        if event.tag is not None:
            message = f"'{event.tag}' gives this value a type, which is not read here"
            self._note(event, message, name=field_of(path), mend="Take the tag out, or put the text in quotes.")

    def _skip(self, event: Any) -> None:
        """Pass over a value without keeping it; problems inside it are not looked for."""
        depth = 0
        while True:
            if type(event) in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
                depth += 1
            elif type(event) in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                depth -= 1
            if depth == 0:
                return
            event = next(self._events)

    def _note(self, event: Any, message: str, *, name: str = "", mend: str = "") -> None:
        """Collect a problem at the start of ``event``."""
        mark = event.start_mark
        self._problems.append(Problem(Location(self._file, mark.line + 1, name, mark.column + 1), message, "", mend))
