"""What is said of a row of observations: a reason to set it aside, or something to know when reading its number."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from placeplan.kernel.errors import Problem


class RemarkKind(StrEnum):
    """Why a row is remarked on."""

    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"
    NEGATIVE = "negative"
    NO_DENOMINATOR = "no-denominator"
    NUMERATOR_ABOVE_DENOMINATOR = "numerator-above-denominator"
    UNKNOWN_AREA = "unknown-area"
    NOTHING_MEASURED = "nothing-measured"
    INCOMPLETE = "incomplete"
    MIXED_FREQUENCY = "mixed-frequency"
    NO_COUNTS = "no-counts"
    SPLIT = "split"
    OTHER_FREQUENCY = "other-frequency"
    OVERLAP = "overlap"
    GAP = "gap"
    PROVISIONAL = "provisional"
    ESTIMATED = "estimated"
    SYNTHETIC = "synthetic"
    SUPPRESSED = "suppressed"
    NOT_AREA_OF_DATA = "not-area-of-data"

    @property
    def sets_aside(self) -> bool:
        """Whether a row with this remark takes no part in what is worked out."""
        return self not in _KNOWN_ONLY


_KNOWN_ONLY = {
    RemarkKind.OTHER_FREQUENCY,
    RemarkKind.OVERLAP,
    RemarkKind.GAP,
    RemarkKind.PROVISIONAL,
    RemarkKind.ESTIMATED,
    RemarkKind.SYNTHETIC,
    RemarkKind.SUPPRESSED,
}


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark with its place, what was expected and how to mend it; ``count`` is the number of rows that it stands
    for.
    """

    kind: RemarkKind
    problem: Problem
    count: int = 1

    def __str__(self) -> str:
        """Print on one line."""
        return str(self.problem)


def set_aside(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """The remarks on rows that take no part."""
    return tuple(remark for remark in remarks if remark.kind.sets_aside)
