"""Protecting a frequency table under a named rule."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from placeplan.disclosure.auditing import Audit, audit_of
from placeplan.disclosure.complementary import Withheld, withhold
from placeplan.disclosure.counted_tables import CountedTable, Totals, counted_table
from placeplan.disclosure.published import CellKind, is_small, is_withheld, rounded
from placeplan.disclosure.refusing import MARKER, AlreadyProtectedError, refuse, refuse_protected, table_problem
from placeplan.disclosure.rule import DisclosureRule, Level

SHOWN = "shown"
KIND = "disclosure"
ADDED = (SHOWN, KIND, MARKER)


@dataclass(frozen=True, eq=False)
class ProtectedTable:
    """A table that may leave, and the audit, which stays.

    ``frame`` has the dimensions, the counts (null where withheld), ``shown`` (what to print), ``disclosure`` (the kind
    of the cell) and ``disclosure_rule``. Combinations without a row stand there as zero, and totals that were named.
    ``totals`` says which labels add up which others.
    """

    frame: pl.DataFrame
    dimensions: tuple[str, ...]
    count: str
    totals: Totals
    rule: DisclosureRule
    audit: Audit

    @property
    def status(self) -> str:
        """How the table was protected, for the line below it."""
        sure = "" if self.rule.confirmed else " Parts of this rule are unconfirmed."
        return f"{self.audit.statement} {self.rule.in_words()}{sure}"


def protect(
    frame: pl.DataFrame | ProtectedTable,
    *,
    dimensions: Sequence[str],
    count: str,
    rule: DisclosureRule,
    totals: Totals | None = None,
    level: Level = Level.LOCAL,
    reason: str = "",
) -> ProtectedTable:
    """Withhold small counts of people, round the others, and withhold what would give a small one away.

    Args:
        frame: one row a cell; a combination without a row counts nobody.
        dimensions: columns that say what a row is about.
        count: column of whole numbers.
        rule: the rule; see ``placeplan.app.disclosure_rules.read_rules``.
        totals: for each dimension that is published with totals, the label of the total of all others, or each total
            with its parts. Totals are worked out from the counts and rounded by themselves, so that rounded cells need
            not add up to them.
        level: whether the whole table is national; a rule that is not for its level does nothing.
        reason: why nothing is withheld, for a rule that withholds nothing.

    Raises:
        AlreadyProtectedError: the table has been through a rule.
        InputError: rows that cannot be used, totals that do not add up, or a reason that is missing.
    """
    if isinstance(frame, ProtectedTable):
        raise AlreadyProtectedError(frame.rule.id)
    refuse_protected(frame)
    refuse_without_reason(rule, reason)
    refuse(table_problem(f"the name '{name}' is needed for the result", field=name) for name in ADDED if name in frame)
    table = counted_table(frame, dimensions=dimensions, count=count, totals=totals or {})
    remarks = why_nothing(rule, level=level, reason=reason)
    if remarks:
        found = Withheld(np.full(table.counts.size, CellKind.SHOWN.value), np.full(table.counts.size, -1))
        audit = Audit(rule.id, table.counts.size, table.counts.size, remarks=remarks)
        shown = table.counts.tolist()
    else:
        found = withhold(table, rule=rule, sensitive=is_small(table.counts, rule))
        audit = audit_of(table, found, rule=rule)
        shown = rounded(table.counts, rule).tolist()
    written = _written(table, found, shown=shown, rule=rule, count=count)
    return ProtectedTable(written, table.dimensions, count, dict(totals or {}), rule, audit)


def refuse_without_reason(rule: DisclosureRule, reason: str) -> None:
    """Refuse a rule that withholds nothing where nobody says why.

    Raises:
        InputError: the reason is missing.
    """
    if not rule.withholds and not reason.strip():
        refuse(
            [
                table_problem(
                    f"the rule '{rule.id}' withholds nothing, and no reason is given",
                    expected="a reason, which the audit keeps",
                    mend="Say why these numbers may leave as they are, or name another rule.",
                )
            ]
        )


def why_nothing(rule: DisclosureRule, *, level: Level, reason: str) -> tuple[str, ...]:
    """Why a rule does nothing at a level; empty where it does something."""
    if not rule.withholds:
        return (f"Nothing is withheld: {reason.strip()}",)
    if level not in rule.levels:
        return (f"Nothing is withheld: the rule '{rule.id}' is not for the {level} level.",)
    return ()


def _written(
    table: CountedTable, withheld: Withheld, *, shown: list[int], rule: DisclosureRule, count: str
) -> pl.DataFrame:
    """The frame of a protected table."""
    signs = {CellKind.PRIMARY: rule.symbol, CellKind.SECONDARY: rule.secondary_symbol}
    kinds = [CellKind(kind) for kind in withheld.kinds]
    hidden = is_withheld(withheld.kinds).tolist()
    labels = {name: [key[place] for key in table.keys] for place, name in enumerate(table.dimensions)}
    return pl.DataFrame(
        {
            **labels,
            count: [None if away else number for away, number in zip(hidden, shown)],
            SHOWN: [signs.get(kind, f"{number:,}") for kind, number in zip(kinds, shown)],
            KIND: [kind.value for kind in kinds],
            MARKER: [rule.id] * len(kinds),
        },
        schema={
            **dict.fromkeys(table.dimensions, pl.String()),
            count: pl.Int64(),
            **dict.fromkeys(ADDED, pl.String()),
        },
    )
