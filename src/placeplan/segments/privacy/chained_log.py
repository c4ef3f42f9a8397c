"""A record that is only added to: each entry holds the hash of the one before, so that no entry can be changed, taken
out or put in without breaking the chain.

Cutting entries off at the end leaves a whole chain. Keep the hash of the last entry somewhere else to see that too.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

FIRST = "0" * 64


class BrokenChainError(ValueError):
    """An entry does not follow from the one before; the message names its line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its number from 1, what it says, the hash of the entry before, and its own."""

    number: int
    says: Mapping[str, Any]
    previous: str
    own: str

    def line(self) -> str:
        """The entry as a line of a file."""
        return _text({"number": self.number, "says": self.says, "previous": self.previous, "hash": self.own})


def next_entry(entries: tuple[Entry, ...], says: Mapping[str, Any]) -> Entry:
    """The entry that follows. ``says`` holds plain data only."""
    number, previous = len(entries) + 1, entries[-1].own if entries else FIRST
    return Entry(number, says, previous, _hash(number, says, previous=previous))


def entries_of(text: str, *, last: str | None = None) -> tuple[Entry, ...]:
    """Read a record, and see that nothing in it was changed.

    Args:
        text: the whole file.
        last: hash of the last entry, as noted elsewhere; a record that lacks this entry is refused.

    Raises:
        BrokenChainError: an entry cannot be read or does not follow from the one before, or ``last`` is not there.
    """
    entries: list[Entry] = []
    for number, line in enumerate(text.splitlines(), start=1):
        previous = entries[-1].own if entries else FIRST
        entries.append(_entry(line, number, previous=previous))
    if text and not text.endswith("\n"):
        raise BrokenChainError(f"entry {len(entries)} is not finished")
    if last is not None and last not in {FIRST, *(one.own for one in entries)}:
        raise BrokenChainError("the entry that was last is gone: the record was cut off")
    return tuple(entries)


def _entry(line: str, number: int, *, previous: str) -> Entry:
    try:
        data = json.loads(line)
        found = Entry(data["number"], data["says"], data["previous"], data["hash"])
    except (ValueError, KeyError, TypeError):
        raise BrokenChainError(f"entry {number} cannot be read") from None
    if (
        found.number != number
        or found.previous != previous
        or found.own != _hash(number, found.says, previous=previous)
    ):
        raise BrokenChainError(f"entry {number} does not follow from the one before: the record was changed")
    return found


def _hash(number: int, says: Mapping[str, Any], *, previous: str) -> str:
    return sha256(_text([number, says, previous]).encode()).hexdigest()


def _text(data: Any) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
