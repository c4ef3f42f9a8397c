"""What was found in a plan, kept for as long as its texts are the same."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from threading import Lock
from typing import Any

from placeplan.app.plan_chapters import Chapter, chapter_of
from placeplan.app.plan_texts import checksum_of_sections
from placeplan.app.workspace_checks import CheckedTexts, checked
from placeplan.web.named_values import Under
from placeplan.web.planning.selectors import Working, texts_named

KEPT = 32
_lock = Lock()


class _Sections:
    """Sections under the checksum of them all, so that the same are checked once. Texts are read when they are not."""

    __slots__ = ("checksum", "checksums")

    def __init__(self, checksums: Mapping[str, str]) -> None:
        self.checksum, self.checksums = checksum_of_sections(checksums), checksums

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Sections) and self.checksum == other.checksum

    def __hash__(self) -> int:
        return hash(self.checksum)


def results_of(working: Working) -> CheckedTexts:
    """What was found in what a person sees of a plan."""
    return _checked(_Sections(working.checksums), datetime.now(tz=UTC).date())


def under_checksum(working: Working) -> Under[Any]:
    """What was computed from what a person sees of a plan, under a name; ``None`` in it when it cannot be read."""
    today = datetime.now(tz=UTC).date()
    return Under(f"{checksum_of_sections(working.checksums)} {today}", results_of(working).results)


def chapter_in(working: Working, name: str) -> Chapter | None:
    """A chapter of what a person sees of a plan; nothing when it cannot be read.

    Raises:
        KeyError: no chapter has that name.
    """
    return _chapter(_Sections(working.checksums), datetime.now(tz=UTC).date(), name=name)


@lru_cache(maxsize=KEPT)
def _chapter(key: _Sections, today: date, *, name: str) -> Chapter | None:
    results = _checked(key, today).results
    return chapter_of(results, name) if results else None


@lru_cache(maxsize=KEPT)
def _checked(key: _Sections, today: date) -> CheckedTexts:
    with _lock:  # of two requests for the same, the second finds what the first did
        return _checked_once(key, today)


@lru_cache(maxsize=KEPT)
def _checked_once(key: _Sections, today: date) -> CheckedTexts:
    return checked(texts_named(key.checksums), today=today)
