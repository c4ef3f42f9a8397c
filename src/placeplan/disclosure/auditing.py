"""The audit of a protected table: what was withheld and why. It stays inside; its statement may leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from placeplan.disclosure.complementary import Withheld
from placeplan.disclosure.counted_tables import CountedTable
from placeplan.disclosure.published import CellKind, is_withheld
from placeplan.disclosure.rule import DisclosureRule

SMALL = "a small number"
CELLS = "cells"


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A withheld cell: its labels, how it was withheld, why, and the margin that it belongs to."""

    cell: tuple[str, ...]
    kind: CellKind
    why: str
    margin: str = CELLS


@dataclass(frozen=True, slots=True)
class MarginCount:
    """How many cells of one margin were withheld."""

    margin: str
    primary: int
    secondary: int


@dataclass(frozen=True)
class Audit:
    """What a rule did to a table.

    ``rows`` are the withheld cells. ``numbers`` is how many numbers there were and ``shown`` how many are shown.
    ``totals_kept`` are the totals still shown that have a withheld part. ``one_group`` are totals all of whose people
    stand in one cell, which tells something of each of them without a small number. ``remarks`` say what else a
    reviewer should know, such as why nothing was done.
    """

    rule_id: str
    numbers: int
    shown: int
    rows: tuple[AuditRow, ...] = ()
    totals_kept: tuple[str, ...] = ()
    one_group: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def primary(self) -> int:
        """How many small numbers were withheld."""
        return sum(row.kind is CellKind.PRIMARY for row in self.rows)

    @property
    def secondary(self) -> int:
        """How many numbers were withheld to protect others."""
        return sum(row.kind is CellKind.SECONDARY for row in self.rows)

    @property
    def by_margin(self) -> tuple[MarginCount, ...]:
        """How many cells were withheld in the table and in each of its margins."""
        margins = dict.fromkeys(row.margin for row in self.rows)
        return tuple(
            MarginCount(margin, self._count(margin, CellKind.PRIMARY), self._count(margin, CellKind.SECONDARY))
            for margin in margins
        )

    @property
    def frame(self) -> pl.DataFrame:
        """The rows as a frame: cell, kind, why, margin. It tells what was withheld, so it stays inside."""
        return pl.DataFrame(
            [(", ".join(row.cell), row.kind.value, row.why, row.margin) for row in self.rows],
            schema=dict.fromkeys(("cell", "kind", "why", "margin"), pl.String()),
            orient="row",
        )

    def _count(self, margin: str, kind: CellKind) -> int:
        return sum(row.margin == margin and row.kind is kind for row in self.rows)

    @property
    def statement(self) -> str:
        """The audit in one sentence that tells nothing beyond what the signs in the table show."""
        if not self.rows:
            return f"Rule {self.rule_id}: none of {self.numbers:,} numbers is withheld."
        return (
            f"Rule {self.rule_id}: {len(self.rows):,} of {self.numbers:,} numbers are withheld, "
            f"{self.primary:,} because they are small and {self.secondary:,} to protect others."
        )


def audit_of(table: CountedTable, withheld: Withheld, *, rule: DisclosureRule) -> Audit:
    """The audit of a table under a rule."""
    hidden = is_withheld(withheld.kinds)
    rows = tuple(_row(table, withheld, cell=int(cell)) for cell in np.flatnonzero(hidden))
    remarks = []
    if withheld.totals_withheld:
        remarks.append(
            "Every total above a withheld number is withheld: the table is too large, or no cheaper way was proven."
        )
    return Audit(
        rule_id=rule.id,
        numbers=table.counts.size,
        shown=int((~hidden).sum()),
        rows=rows,
        totals_kept=_totals_kept(table, hidden=hidden.tolist()),
        one_group=_one_group(table, hidden=hidden.tolist()),
        remarks=tuple(remarks),
    )


def _row(table: CountedTable, withheld: Withheld, *, cell: int) -> AuditRow:
    kind = CellKind(withheld.kinds[cell])
    protected = int(withheld.protects[cell])
    why = SMALL if kind is CellKind.PRIMARY else "it would give another number away"
    if protected >= 0:
        why = f"so that {table.named(protected)} cannot be worked out"
    return AuditRow(table.keys[cell], kind, why, _margin(table, cell))


def _margin(table: CountedTable, cell: int) -> str:
    """Which dimensions a cell is a total of."""
    along = dict.fromkeys(table.along[relation] for relation in np.flatnonzero(table.totals == cell))
    return f"totals of {' and '.join(along)}" if along else CELLS


def _totals_kept(table: CountedTable, *, hidden: Sequence[bool]) -> tuple[str, ...]:
    kept: Mapping[str, None] = {
        table.named(int(total)): None
        for relation, total in enumerate(table.totals)
        if not hidden[total] and any(hidden[part] for part in table.parts_of(relation))
    }
    return tuple(kept)


def _one_group(table: CountedTable, *, hidden: Sequence[bool]) -> tuple[str, ...]:
    """Totals above the small numbers whose people all stand in one of several cells, both shown."""
    found = []
    for relation, total in enumerate(table.totals):
        parts = table.parts_of(relation)
        filled = parts[table.counts[parts] > 0]
        alone = parts.size > 1 and filled.size == 1
        if alone and not hidden[total] and not hidden[filled[0]]:
            found.append(f"{table.named(int(total))}: all in {table.named(int(filled[0]))}")
    return tuple(found)
