"""Merges two people's changes to a text, paragraph by paragraph. Paragraphs are parted by blank lines.

What each changed of the text that both started from is found with :mod:`difflib`. A change of one of them is taken; two
changes of the same paragraphs, or two additions in one place, wait for a person. Paragraphs beside each other that
different people changed are no conflict. How many blank lines part two paragraphs is nobody's change.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_MARK = 12
_BETWEEN = "\n\n"
Paragraphs = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParagraphConflict:
    """Paragraphs that both changed, differently, as three texts. One that is not there is empty."""

    base: str
    mine: str
    theirs: str

    @property
    def mark(self) -> str:
        """What names the conflict: another where any of the three says something else."""
        said = "\0".join((self.base, self.mine, self.theirs))
        return hashlib.sha256(said.encode()).hexdigest()[:_MARK]

    @property
    def both(self) -> str:
        """Mine, and theirs after it."""
        return _BETWEEN.join(filter(None, (self.mine, self.theirs)))


Piece = str | ParagraphConflict


def merged_paragraphs(base: str, mine: str, *, theirs: str) -> tuple[Piece, ...]:
    """The paragraphs of both in order; where they changed the same ones, a conflict stands in their place."""
    before, own, other = (_paragraphs(text) for text in (base, mine, theirs))
    pieces: list[Piece] = []
    at = 0
    for group in _groups(_changes(before, own, side=0), _changes(before, other, side=1)):
        first, last = min(each.first for each in group), max(each.last for each in group)
        pieces += before[at:first]
        pieces += _settled_by_itself(before, group, first=first, last=last)
        at = last
    return (*pieces, *before[at:])


def text_of_pieces(pieces: Sequence[Piece], stands: Mapping[str, str]) -> str:
    """The text of merged paragraphs, with one blank line between two.

    Args:
        pieces: paragraphs and conflicts.
        stands: for each conflict, by its mark, the text that stands.

    Raises:
        KeyError: a conflict is not decided.
    """
    texts = [stands[each.mark] if isinstance(each, ParagraphConflict) else each for each in pieces]
    kept = [text.strip("\r\n") for text in texts if text.strip()]
    return _BETWEEN.join(kept) + ("\n" if kept else "")


@dataclass(frozen=True, slots=True)
class _Change:
    """Paragraphs ``first`` to ``last`` (not counted in) of the base that a side replaces by others."""

    first: int
    last: int
    side: int
    by: Paragraphs

    def meets(self, first: int, last: int) -> bool:
        """Whether it changes what another does: the same paragraphs, or adds in the same place."""
        if self.first == self.last == first == last:
            return True
        return self.first < last and first < self.last


def _paragraphs(text: str) -> Paragraphs:
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            found[-1].append(line.rstrip("\r"))
        elif found[-1]:
            found.append([])
    return tuple("\n".join(lines) for lines in found if lines)


def _changes(base: Paragraphs, side_text: Paragraphs, *, side: int) -> Iterator[_Change]:
    matcher = SequenceMatcher(None, base, side_text, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "replace" and last - first == end - start:
            yield from (_Change(first + n, first + n + 1, side, (side_text[start + n],)) for n in range(last - first))
        elif kind != "equal":
            yield _Change(first, last, side, side_text[start:end])


def _groups(mine: Iterator[_Change], theirs: Iterator[_Change]) -> Iterator[list[_Change]]:
    """Changes that meet, together."""
    group: list[_Change] = []
    for change in sorted((*mine, *theirs), key=lambda each: (each.first, each.last)):
        if group and not change.meets(min(each.first for each in group), max(each.last for each in group)):
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _settled_by_itself(base: Paragraphs, group: Sequence[_Change], *, first: int, last: int) -> Iterator[Piece]:
    """What stands for some paragraphs: the change of one side, the same change of both, or a conflict."""
    sides = [_applied(base, [each for each in group if each.side == side], first=first, last=last) for side in (0, 1)]
    before = base[first:last]
    if sides[0] == sides[1] or sides[1] == before:
        yield from sides[0]
    elif sides[0] == before:
        yield from sides[1]
    else:
        yield ParagraphConflict(*(_BETWEEN.join(each) for each in (before, *sides)))


def _applied(base: Paragraphs, changes: Sequence[_Change], *, first: int, last: int) -> Paragraphs:
    found: list[str] = []
    at = first
    for change in changes:
        found += (*base[at : change.first], *change.by)
        at = change.last
    return (*found, *base[at:last])
