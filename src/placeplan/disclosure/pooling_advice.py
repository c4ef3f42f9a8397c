"""Advice on pooling: how many periods added up lift most counts above the small numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from placeplan.disclosure.published import is_small
from placeplan.disclosure.refusing import refuse, refuse_protected, table_problem
from placeplan.disclosure.rule import DisclosureRule

MOST_CELLS = 0.5
"""More than this share of the cells is most of them."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """What so many latest periods added up would give: cells with anybody in them, and how many of those are small."""

    periods: int
    cells: int
    small: int

    @property
    def share_above(self) -> float:
        """The share of cells with anybody in them that are above the small numbers; all, where there is no cell."""
        return 1.0 if not self.cells else 1 - self.small / self.cells


@dataclass(frozen=True, slots=True)
class PoolingAdvice:
    """What each number of periods would give, from one upwards."""

    tried: tuple[Pooled, ...]

    @property
    def periods(self) -> int | None:
        """The fewest periods that lift most cells; none where all of them do not."""
        return next((pooled.periods for pooled in self.tried if pooled.share_above > MOST_CELLS), None)

    def in_words(self) -> str:
        """The advice in one sentence."""
        if not self.tried:
            return "There are no periods to pool."
        if self.periods is None:
            last = self.tried[-1]
            return (
                f"All {last.periods} periods together leave {last.small} of {last.cells} counts small: "
                "use larger areas or fewer groups."
            )
        if self.periods == 1:
            return "Most counts of the latest period are large enough as they are."
        chosen = self.tried[self.periods - 1]
        enough = f"{chosen.cells - chosen.small} of {chosen.cells} counts are then large enough"
        return f"Add up the latest {self.periods} periods: {enough}."


def suggest_pooling(
    frame: pl.DataFrame, rule: DisclosureRule, *, by: Sequence[str], period: str, count: str
) -> PoolingAdvice:
    """How many of the latest periods to add up so that most counts are above the small numbers.

    Args:
        frame: one row for each cell and period, as counted.
        rule: the rule.
        by: columns that make a cell.
        period: column of periods; in the order of their texts.
        count: column of counts; unknown ones are left out.

    Raises:
        AlreadyProtectedError: the counts have been through a rule.
        InputError: a column is missing, or the rule withholds nothing.
    """
    refuse_protected(frame)
    problems = [
        table_problem(f"there is no column '{name}'", expected=f"one of {', '.join(frame.columns)}")
        for name in (*by, period, count)
        if name not in frame.columns
    ]
    if not rule.withholds:
        problems.append(table_problem(f"the rule '{rule.id}' withholds nothing, so nothing needs pooling"))
    refuse(problems)
    periods = frame[period].drop_nulls().unique().sort(descending=True).to_list()
    return PoolingAdvice(
        tuple(
            _pooled(frame.filter(pl.col(period).is_in(periods[:number])), rule, by=by, count=count, number=number)
            for number in range(1, len(periods) + 1)
        )
    )


def _pooled(frame: pl.DataFrame, rule: DisclosureRule, *, by: Sequence[str], count: str, number: int) -> Pooled:
    sums = frame.group_by(by).agg(pl.col(count).sum())[count].to_numpy()
    filled = np.rint(sums[sums > 0]).astype(np.int64)
    return Pooled(number, filled.size, int(is_small(filled, rule).sum()))
