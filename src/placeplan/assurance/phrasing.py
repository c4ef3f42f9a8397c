"""Words that several checks use: shares with one decimal, short lists, the nearest name."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from difflib import get_close_matches

ONE_PLACE = Decimal("0.1")
MOST_LISTED = 6
MOST_COMPARED = 2_000


def percent(value: Decimal) -> str:
    """A share with at most one decimal: ``63.4%``."""
    text = f"{value.quantize(ONE_PLACE, rounding=ROUND_HALF_EVEN):f}"
    return f"{text.removesuffix('.0')}%"


def listed(names: Sequence[str], most: int = MOST_LISTED) -> str:
    """Names with commas between them; those past ``most`` are only counted."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def many(count: int, noun: str, *, plural: str = "") -> str:
    """A number with its noun: ``1 risk``, ``15 risks``."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def nearest(name: str, known: Iterable[str]) -> str:
    """A question that offers the most similar known name, or nothing when none is similar.

    Names that start alike are looked at first, and never more than two thousand.
    """
    names = list(known)
    stem = name.rsplit(".", 1)[0]
    alike = [one for one in names if one.startswith(stem)] or [
        one for one in names if one.split(".")[0] == name.split(".")[0]
    ]
    close = get_close_matches(name, (alike or names)[:MOST_COMPARED], n=1, cutoff=0.5)
    return f"Did you mean {close[0]}?" if close else ""
