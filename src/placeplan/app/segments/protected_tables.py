"""Tables of segments under a rule of disclosure control: people, activity and spend, with totals.

The cells to withhold are chosen as if every number were shown as it is, since spend is: people may be rounded, but the
spend of a few is worked out from exact sums unless a second number is withheld beside theirs. The same cells are then
withheld for activity and spend. Sums bind them in the same way, so what cannot be worked out for people cannot be for
spend.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import polars as pl

from placeplan.disclosure.protecting import protect
from placeplan.disclosure.published import CellKind, rounded
from placeplan.disclosure.rule import DisclosureRule
from placeplan.segments.features import ACTIVITY_COLUMNS, SPEND
from placeplan.segments.results import PEOPLE

ALL = "all"
KIND, MARKER = "disclosure", "disclosure_rule"
PER_HEAD = "spend_per_head_pence"


@dataclass(frozen=True, eq=False)
class SafeTable:
    """A table of one period that may leave: labels, ``people``, activity, spend, spend per head, ``disclosure``.

    A number that is withheld is blank. ``statement`` says what was withheld, in one sentence.
    """

    frame: pl.DataFrame
    by: tuple[str, ...]
    statement: str

    def margin(self, names: Sequence[str]) -> pl.DataFrame:
        """The rows that are about these dimensions only."""
        others = [name for name in self.by if name not in names]
        return self.frame.filter(*(pl.col(name) == ALL for name in others))


def safe_table(
    frame: pl.DataFrame,
    by: Sequence[str],
    *,
    rule: DisclosureRule,
    reason: str = "",
    measures: Sequence[str] = ACTIVITY_COLUMNS,
) -> SafeTable:
    """Protect a table and add its totals.

    Args:
        frame: one row a combination that occurs, with ``people`` and the measures.
        by: its dimensions.
        rule: the rule.
        reason: why nothing is withheld, for a rule that withholds nothing.
        measures: whole numbers beside the people, withheld where they are.

    Raises:
        InputError: the rule withholds nothing and no reason is given, or the table is too large.
    """
    names, numbers = list(by), list(measures)
    text = frame.with_columns(pl.col(names).cast(pl.String))
    found = protect(
        text.select(*names, PEOPLE),
        dimensions=names,
        count=PEOPLE,
        rule=rule.model_copy(update={"rounded_to": None, "percentages_from_rounded": False}),
        totals=dict.fromkeys(names, ALL),
        reason=reason,
    )
    sums = with_totals(text, names, measures=numbers)
    cells = found.frame.join(sums, on=names, how="left", maintain_order="left")
    hidden = pl.col(PEOPLE).is_null()
    shown = [pl.when(~hidden).then(pl.col(name).fill_null(0)).alias(name) for name in numbers]
    cells = cells.with_columns(_rounded_people(cells, rule), _kind(rule), *shown, pl.lit(rule.id).alias(MARKER))
    if SPEND in numbers:
        cells = cells.with_columns(per_head(SPEND, PEOPLE).alias(PER_HEAD))
    kept = [*names, PEOPLE, *numbers, *([PER_HEAD] if SPEND in numbers else []), KIND, MARKER]
    return SafeTable(cells.select(kept), tuple(names), f"{found.audit.statement} {rule.in_words()}")


def per_head(spend: str, people: str) -> pl.Expr:
    """Spend for each person in whole pence; blank where there is nobody or a number is withheld."""
    return pl.when(pl.col(people) > 0).then((pl.col(spend) / pl.col(people)).round().cast(pl.Int64))


def with_totals(frame: pl.DataFrame, by: Sequence[str], *, measures: Sequence[str]) -> pl.DataFrame:
    """The measures of every combination of labels and of every total over them, exact."""
    parts = [_summed(frame, by, kept=kept, measures=measures) for kept in _subsets(by)]
    return pl.concat(parts)


def _summed(frame: pl.DataFrame, by: Sequence[str], *, kept: Sequence[str], measures: Sequence[str]) -> pl.DataFrame:
    labelled = frame.with_columns(pl.lit(ALL).alias(name) for name in by if name not in kept)
    return labelled.group_by(by).agg(pl.col(measures).sum()).select(*by, *measures)


def _subsets(by: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for size in range(len(by), -1, -1):
        yield from combinations(by, size)


def _rounded_people(cells: pl.DataFrame, rule: DisclosureRule) -> pl.Series:
    """People as the rule rounds them; blank where they are withheld."""
    if not rule.withholds:
        return cells[PEOPLE]
    counts = pl.Series(PEOPLE, rounded(cells[PEOPLE].fill_null(0).to_numpy(), rule), dtype=pl.Int64)
    return pl.select(pl.when(cells[PEOPLE].is_not_null()).then(counts)).to_series().alias(PEOPLE)


def _kind(rule: DisclosureRule) -> pl.Expr:
    """How each cell is shown; numbers of people that the rule rounds are marked so."""
    near = (pl.col(KIND) == CellKind.SHOWN.value) & (pl.col(PEOPLE) > 0)
    return (
        pl.when(near & pl.lit(rule.rounded_to is not None))
        .then(pl.lit(CellKind.ROUNDED.value))
        .otherwise(KIND)
        .alias(KIND)
    )


def linked_safely(first: SafeTable, second: SafeTable) -> bool:
    """Whether two tables of the same people may both leave.

    Each is safe against a reader who knows all its totals. What they share are totals over their common dimensions; if
    all of those are shown in both, neither tells more of the other than was reckoned with.
    """
    common = [name for name in first.by if name in second.by]
    return all(table.margin(common)[PEOPLE].null_count() == 0 for table in (first, second))
