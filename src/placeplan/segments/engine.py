"""What the one expression asks of an engine, beyond what narwhals can say for all of them."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import narwhals.stable.v2 as nw

Frame = nw.LazyFrame[Any]
Columns = Mapping[str, Sequence[str] | Sequence[int]]


class Engine(Protocol):
    """An embedded or distributed engine."""

    def rows(self, columns: Columns) -> Frame:
        """A small table of text and whole numbers."""
        ...

    def joined_bits(self, frame: Frame, *, by: Sequence[str], words: Sequence[str]) -> Frame:
        """One row for each value of ``by``: the bitwise ``or`` of each word. A blank word counts as 0 bits."""
        ...

    def with_bits_counted(self, frame: Frame, counts: Mapping[str, Mapping[str, int]]) -> Frame:
        """The same rows with a whole number for each of ``counts``: how many bits of its masks are set in their words.

        A word is never blank.
        """
        ...

    def kept(self, frame: Frame) -> Frame:
        """The same rows, worked out once and held where the engine holds large tables."""
        ...
