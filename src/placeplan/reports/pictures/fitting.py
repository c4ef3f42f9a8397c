"""Fitting words into room, without a drawing engine: the widths are those of Arial and its free twins, rounded up."""

from collections.abc import Iterable

_NARROW, _WIDE, _CAPITAL, _USUAL, _UNKNOWN = 0.29, 0.89, 0.7, 0.56, 1.05
_NARROW_SIGNS = frozenset("ijl.,:;'|!fItr()[]/ -·")
_WIDE_SIGNS = frozenset("mwMW%@—…")
FIRST_UNUSUAL = 0x250
ELLIPSIS = "…"


def width_of(words: str, *, size: float, bold: bool = False) -> float:
    """About how wide words are, in the unit of the size of their letters."""
    return sum(map(_share, words)) * size * (1.07 if bold else 1)


def _share(sign: str) -> float:
    if sign in _NARROW_SIGNS:
        return _NARROW
    if sign in _WIDE_SIGNS:
        return _WIDE
    if ord(sign) >= FIRST_UNUSUAL:
        return _UNKNOWN
    return _CAPITAL if sign.isupper() else _USUAL


def wrapped(words: str, *, size: float, width: float, bold: bool = False, most: int = 12) -> tuple[str, ...]:
    """Words in lines that are no wider than ``width``; beyond ``most`` lines they are cut and end in dots.

    A single word that is too wide is broken.
    """
    lines: list[str] = []
    line = ""
    for word in _short_words(words.split(), size=size, width=width, bold=bold):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size=size, bold=bold) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    if line:
        lines.append(line)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], cut(f"{lines[most - 1]} {ELLIPSIS}", size=size, width=width, bold=bold))


def _short_words(words: Iterable[str], *, size: float, width: float, bold: bool) -> Iterable[str]:
    for word in words:
        rest = word
        while width_of(rest, size=size, bold=bold) > width:
            end = max(_fits(rest, size=size, width=width, bold=bold), 1)
            yield rest[:end]
            rest = rest[end:]
        yield rest


def cut(words: str, *, size: float, width: float, bold: bool = False) -> str:
    """Words on one line; when they are too wide, their beginning and dots."""
    if width_of(words, size=size, bold=bold) <= width:
        return words
    room = width - width_of(ELLIPSIS, size=size, bold=bold)
    return words[: _fits(words, size=size, width=room, bold=bold)].rstrip() + ELLIPSIS


def _fits(words: str, *, size: float, width: float, bold: bool) -> int:
    """How many letters fit."""
    taken = 0.0
    for place, sign in enumerate(words):
        taken += width_of(sign, size=size, bold=bold)
        if taken > width:
            return place
    return len(words)
