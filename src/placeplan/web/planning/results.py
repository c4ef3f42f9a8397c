"""What was found in a plan, kept for as long as its texts are the same."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from threading import Lock

from placeplan.app.plan_chapters import Chapter, chapter_of
from placeplan.app.plan_texts import checksum_of_sections
from placeplan.app.workspace_checks import CheckedTexts, checked
from placeplan.web.planning.selectors import Working

KEPT = 32
_lock = Lock()


class _Texts:
    """Texts under the name of their checksum, so that the same are checked once."""

    __slots__ = ("checksum", "texts")

    def __init__(self, checksum: str, texts: Mapping[str, str]) -> None:
        self.checksum, self.texts = checksum, texts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Texts) and self.checksum == other.checksum

    def __hash__(self) -> int:
        return hash(self.checksum)


def results_of(working: Working) -> CheckedTexts:
    """What was found in what a person sees of a plan."""
    key = _Texts(checksum_of_sections(working.checksums), working.texts)
    return _checked(key, datetime.now(tz=UTC).date())


def chapter_in(working: Working, name: str) -> Chapter | None:
    """A chapter of what a person sees of a plan; nothing when it cannot be read.

    Raises:
        KeyError: no chapter has that name.
    """
    key = _Texts(checksum_of_sections(working.checksums), working.texts)
    return _chapter(key, datetime.now(tz=UTC).date(), name=name)


@lru_cache(maxsize=KEPT)
def _chapter(key: _Texts, today: date, *, name: str) -> Chapter | None:
    results = _checked(key, today).results
    return chapter_of(results, name) if results else None


@lru_cache(maxsize=KEPT)
def _checked(key: _Texts, today: date) -> CheckedTexts:
    with _lock:  # two requests for the same texts would both do the work
        return checked(key.texts, today=today)
