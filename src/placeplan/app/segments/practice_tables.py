"""Tables of practices that may leave under the rule: variation against expectation, and weighted budgets."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor, log10

import polars as pl

from placeplan.app.segments.protected_tables import ALL, KIND, MARKER, SafeTable, safe_table
from placeplan.app.segments.year_results import EMERGENCY, YearResults
from placeplan.disclosure.published import CellKind
from placeplan.disclosure.rule import DisclosureRule
from placeplan.segments.budgets import PracticeBudget, practice_budgets
from placeplan.segments.features import SPEND
from placeplan.segments.practice_variation import cells_of_spend
from placeplan.segments.results import PEOPLE, Dimension
from placeplan.segments.variance_explained import Groups
from placeplan.segments.variation_limits import StandardisedRatio, standardised_ratios

PRACTICE = str(Dimension.PRACTICE)
ADMISSIONS = f"events: {EMERGENCY}"
BUDGET, VARIANCE, WEIGHTED = "budget_pence", "variance_pence", "weighted_people"
FIGURES, PLACES = 3, 3
WITHHELD = "withheld under the disclosure rule"
NOTHING_EXPECTED = "nothing is expected, or less, so that there is no ratio"
VARIATION = {
    PRACTICE: pl.String, "measure": pl.String, PEOPLE: pl.Int64, "expected": pl.Float64, "ratio": pl.Float64,
    "lower": pl.Float64, "upper": pl.Float64, "note": pl.String, KIND: pl.String, MARKER: pl.String,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class PracticeTables:
    """What may leave of the practices of a year.

    ``people`` is the table that decides which practices are withheld; ``variation`` has a row for each practice and
    measure; ``budgets`` a row for each practice, and is none where spend says nothing of need: where nothing was spent,
    or people of some group cost less than nothing together.
    """

    people: SafeTable
    variation: pl.DataFrame
    budgets: pl.DataFrame | None


def practice_tables(
    results: YearResults, *, rule: DisclosureRule, reason: str = "", budget_pence: int | None = None
) -> PracticeTables:
    """Protect what was worked out for each practice.

    Expected figures are rounded to three digits and ratios to three places: an exact expectation is one equation for
    the numbers of people of the practice's groups, of which some may be small.

    Args:
        results: the numbers of a year.
        rule: the rule.
        reason: why nothing is withheld, for a rule that withholds nothing.
        budget_pence: what is shared out over the practices; their spend when left out.
    """
    budgets = _budgets(results, budget_pence)
    frame = pl.DataFrame(
        [(one.practice, one.people, one.spend_pence, one.budget_pence) for one in budgets],
        schema={PRACTICE: pl.String, PEOPLE: pl.Int64, SPEND: pl.Int64, BUDGET: pl.Int64},
        orient="row",
    )
    people = safe_table(frame, [PRACTICE], rule=rule, reason=reason, measures=(SPEND, BUDGET))
    few = _with_few_events(results.admissions, rule=rule, reason=reason)
    rows = [
        *_rows("spend_pence", results.spend, people=people, hidden=frozenset()),
        *_rows(ADMISSIONS, results.admissions, people=people, hidden=few),
    ]
    variation = pl.DataFrame(rows, schema=VARIATION, orient="row")
    shown = _budget_table(people, budgets, rule=rule) if _says_of_need(results.spend) else None
    return PracticeTables(people, variation, shown)


def _says_of_need(practices: Mapping[str, Groups]) -> bool:
    """Whether something was spent, and on no group less than nothing."""
    groups: Counter[tuple[str, ...]] = Counter()
    for own in practices.values():
        groups.update({group: sums.total for group, sums in own.items()})
    return any(groups.values()) and min(groups.values()) >= 0


def _budgets(results: YearResults, budget_pence: int | None) -> tuple[PracticeBudget, ...]:
    """Budgets by weighted lists; by plain lists, of nothing, where spend says nothing of need."""
    cells = cells_of_spend(results.spend)
    if not _says_of_need(results.spend):
        alike = dict.fromkeys((cell.group for cell in cells), Fraction(1))
        return practice_budgets(cells, total_pence=0, weights=alike)
    spend = sum(cell.counted[SPEND] for cell in cells)
    return practice_budgets(cells, total_pence=spend if budget_pence is None else budget_pence)


def _with_few_events(practices: Mapping[str, Groups], *, rule: DisclosureRule, reason: str) -> frozenset[str]:
    """Practices whose number of events is small, or would give a small one away beside the sum of all."""
    counts = [(name, sum(sums.total for sums in groups.values())) for name, groups in practices.items()]
    frame = pl.DataFrame(counts, schema={PRACTICE: pl.String, PEOPLE: pl.Int64}, orient="row")
    shown = safe_table(frame, [PRACTICE], rule=rule, reason=reason, measures=()).frame
    return frozenset(shown.filter(pl.col(PEOPLE).is_null())[PRACTICE].to_list())


def _rows(
    measure: str, practices: Mapping[str, Groups], *, people: SafeTable, hidden: frozenset[str]
) -> Iterator[tuple[object, ...]]:
    shown = {row[PRACTICE]: row for row in people.frame.iter_rows(named=True)}
    for one in standardised_ratios(practices):
        row = shown[one.practice]
        if row[PEOPLE] is None or one.practice in hidden:
            kind = CellKind.SECONDARY.value if row[PEOPLE] is not None else row[KIND]
            yield one.practice, measure, row[PEOPLE], None, None, None, None, WITHHELD, kind, row[MARKER]
        else:
            yield one.practice, measure, row[PEOPLE], *_figures(one), row[KIND], row[MARKER]


def _figures(one: StandardisedRatio) -> tuple[object, ...]:
    """Expected, ratio, limits and note as they leave."""
    if one.expected <= 0 or one.ratio is None or one.lower is None or one.upper is None:
        return None, None, None, None, NOTHING_EXPECTED
    ratios = (round(number, PLACES) for number in (one.ratio, one.lower, one.upper))
    return _rounded(one.expected), *ratios, ""


def _rounded(number: float) -> float:
    """A number to three digits."""
    return round(number, FIGURES - 1 - floor(log10(number)))


def _budget_table(people: SafeTable, budgets: tuple[PracticeBudget, ...], *, rule: DisclosureRule) -> pl.DataFrame:
    """Budgets beside spend; variance is budget less spend, above zero for less spent than the budget."""
    step = rule.rounded_to if rule.withholds and rule.rounded_to else 1
    weighted = {one.practice: step * round(float(one.weighted_people) / step) for one in budgets}
    shown = pl.col(PEOPLE).is_not_null()
    own = pl.col(PRACTICE).replace_strict(weighted, default=None, return_dtype=pl.Int64)
    return people.frame.filter(pl.col(PRACTICE) != ALL).select(
        PRACTICE, PEOPLE, pl.when(shown).then(own).alias(WEIGHTED), BUDGET, SPEND,
        (pl.col(BUDGET) - pl.col(SPEND)).alias(VARIANCE), KIND, MARKER,
    )  # fmt: skip
