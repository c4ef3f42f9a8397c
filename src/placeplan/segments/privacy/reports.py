"""What became of every row: for the key holder. It holds no identifier, but its counts are not protected."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from placeplan.segments.privacy.linking import NumberStatus, Outcome

STAYS = (
    "This report stays with the key holder. It holds no identifier, but small counts in it can tell something of a "
    "person; nothing in it is under a disclosure rule."
)


@dataclass(frozen=True, slots=True, order=True)
class RowsOfOutcome:
    """How many rows of a source, with an NHS number of one status, had one outcome by one pass; and their cost."""

    source: str
    number: NumberStatus
    outcome: Outcome
    decided_by: str
    rows: int
    cost_pence: int = 0


@dataclass(frozen=True, slots=True)
class LinkageReport:
    """What became of every row of every source.

    ``unreadable``: source, column, cells that are blank in the dataset since they could not be read.
    ``disagreeing``: people whose rows on lists differ, by what differs; the latest row was taken.
    """

    purpose: str
    key_fingerprint: str
    linkage: str
    opt_outs: Mapping[str, Any]
    rows_in: Mapping[str, int]
    outcomes: tuple[RowsOfOutcome, ...]
    people: int
    unreadable: tuple[tuple[str, str, int], ...] = ()
    disagreeing: Mapping[str, int] | None = None

    def __post_init__(self) -> None:
        """Refuse a report that loses rows."""
        told = dict.fromkeys(self.rows_in, 0)
        for one in self.outcomes:
            told[one.source] = told.get(one.source, 0) + one.rows
        if told != dict(self.rows_in):
            message = f"rows are not accounted for: {dict(self.rows_in)} came in, {told} are told of"
            raise ValueError(message)

    def rows(self, *, outcome: Outcome | None = None, source: str | None = None) -> int:
        """How many rows had an outcome, of one source or of all."""
        return sum(one.rows for one in self.outcomes if outcome in {None, one.outcome} and source in {None, one.source})

    @property
    def kept(self) -> int:
        """How many rows are in the dataset."""
        return sum(one.rows for one in self.outcomes if one.outcome.kept)

    def as_data(self) -> dict[str, Any]:
        """The report as plain data, for a file of the key holder."""
        return {"note": STAYS, **asdict(self)}

    def lines(self) -> Iterable[str]:
        """The report as a person reads it."""
        yield STAYS
        for source, rows in self.rows_in.items():
            yield f"{source}: {rows:,} rows in"
            for one in sorted(self.outcomes):
                if one.source == source:
                    by = f" by {one.decided_by}" if one.decided_by else ""
                    yield f"  {one.rows:,} {one.outcome}{by} (NHS number {one.number})"
        for source, column, cells in self.unreadable:
            yield f"{source}: {cells:,} cells of '{column}' could not be read and are blank"
        for what, people in (self.disagreeing or {}).items():
            yield f"{people:,} people whose rows on lists differ in {what}; the latest row was taken"
        yield f"{self.people:,} people"
