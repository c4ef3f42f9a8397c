"""Protecting rates and percentages: counts, values and limits of the results of one measure."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from placeplan.disclosure.auditing import SMALL, Audit, AuditRow
from placeplan.disclosure.complementary import withhold
from placeplan.disclosure.counted_tables import Integers, Totals, counted_table
from placeplan.disclosure.protecting import refuse_without_reason, why_nothing
from placeplan.disclosure.published import CellKind, Flags, Kinds, first_kinds, is_small, is_withheld, rounded
from placeplan.disclosure.refusing import MARKER, AlreadyProtectedError, refuse, refuse_protected, table_problem
from placeplan.disclosure.rule import DisclosureRule, Level

Recalculate = Callable[[pl.DataFrame], pl.DataFrame]

COUNTS = ("numerator", "denominator")
ESTIMATES = ("value", "lower", "upper")
LABELS = ("measure", "area", "period", "sex", "age", "category")
SEPARATE = ("measure", "period")
"""Columns along which nothing is added up: every measure and period is a table of its own."""
UNKNOWN = "unknown"
_MARK = r"\(disclosure rule ([A-Za-z0-9-]+)\)"


@dataclass(frozen=True, eq=False)
class ProtectedResults:
    """Results that may leave, and the audit, which stays.

    ``frame`` has the columns of what was given: withheld counts, values and limits are null, and ``note`` says why.
    ``marked`` has the name of the rule in a further column, for files.
    """

    frame: pl.DataFrame
    rule: DisclosureRule
    audit: Audit

    @property
    def marked(self) -> pl.DataFrame:
        """The results with a column that names the rule."""
        return self.frame.with_columns(pl.lit(self.rule.id).alias(MARKER))


@dataclass(frozen=True, slots=True)
class Nature:
    """What decides how the value of a measure is protected.

    ``complement_counts_people`` says that the denominator less the numerator is people too, so that nearly everybody
    gives a small number away as well; ``complex_statistic`` that values (standardised rates, regressions) cannot be
    turned back into counts, and need no protection.
    """

    complement_counts_people: bool = True
    complex_statistic: bool = False


def protect_results(
    results: pl.DataFrame,
    *,
    rule: DisclosureRule,
    counts_people: bool,
    nature: Nature | None = None,
    totals: Totals | None = None,
    level: Level = Level.LOCAL,
    reason: str = "",
    recalculate: Recalculate | None = None,
) -> ProtectedResults:
    """Withhold small counts in results and what is worked out from them; round the others.

    Args:
        results: one row for each area, period and breakdown, with ``numerator``, ``denominator``, ``value``, ``lower``,
            ``upper`` and ``note``; at least one of the columns that say what a row is about.
        rule: the rule.
        counts_people: whether the measure counts people; if not, nothing is done.
        nature: how values come about; a plain rate or percentage if not said.
        totals: labels of totals among areas, sexes, ages or categories, as for ``protect``; rows of one measure and
            period are one table. Without it totals among the rows are not protected against subtraction.
        level: whether the rows are national.
        reason: why nothing is withheld, for a rule that withholds nothing.
        recalculate: works value and limits out again from rounded counts. Without it values are scaled where they are a
            plain quotient times a power of ten, and withheld otherwise; limits are left out, since limits of exact
            counts can be turned back into them.

    Raises:
        AlreadyProtectedError: the results have been through a rule.
        InputError: a column is missing, totals do not add up, or a reason is missing.
    """
    _refuse_again(results)
    refuse_without_reason(rule, reason)
    refuse(
        table_problem(f"there is no column '{name}'", expected="results of a measure")
        for name in (*COUNTS, *ESTIMATES, "note")
        if name not in results.columns
    )
    remarks = why_nothing(rule, level=level, reason=reason)
    if not counts_people:
        remarks = ("Nothing is withheld: the measure does not count people.",)
    if remarks:
        known = sum(results[name].count() for name in COUNTS)
        return ProtectedResults(results, rule, Audit(rule.id, known, known, remarks=remarks))
    nature = nature or Nature()
    kinds = _kinds(results, rule, nature=nature, totals=totals or {})
    protected = _rounded(results, rule, kinds=kinds)
    if rule.rounded_to and not nature.complex_statistic:
        protected = recalculate(protected) if recalculate else _scaled(results, protected)
    complex_statistic = nature.complex_statistic
    frame = _blanked(results, protected, rule=rule, kinds=kinds, values_stay=complex_statistic)
    if rule.rounded_to and not complex_statistic:
        frame = _with_rounding_noted(frame, rule, limits_left_out=recalculate is None)
    return ProtectedResults(frame.select(results.columns), rule, _audit(results, rule, kinds=kinds))


def _refuse_again(results: pl.DataFrame) -> None:
    refuse_protected(results)
    if "note" in results.columns:
        marks = results["note"].cast(pl.String).str.extract(_MARK).drop_nulls()
        if marks.len():
            raise AlreadyProtectedError(marks[0])


def _whole(column: pl.Series) -> Integers:
    """Counts as whole numbers, -1 where unknown. An estimate between none and one is one."""
    numbers = column.cast(pl.Float64).fill_null(-1.0).to_numpy()
    return np.where(numbers > 0, np.maximum(np.rint(numbers), 1), np.where(numbers < 0, -1, 0)).astype(np.int64)


def _kinds(results: pl.DataFrame, rule: DisclosureRule, *, nature: Nature, totals: Totals) -> dict[str, Kinds]:
    """The kind of each numerator and denominator."""
    numerators, denominators = _whole(results["numerator"]), _whole(results["denominator"])
    both = (numerators >= 0) & (denominators >= 0)
    nearly_all = both & is_small(denominators - numerators, rule) & nature.complement_counts_people
    sensitive = {
        "numerator": is_small(numerators, rule) | nearly_all,
        "denominator": is_small(denominators, rule),
    }
    counts = {"numerator": numerators, "denominator": denominators}
    return {
        name: _kinds_of_column(results, counts[name], sensitive=sensitive[name], rule=rule, totals=totals)
        for name in COUNTS
    }


def _kinds_of_column(
    results: pl.DataFrame, counts: Integers, *, sensitive: Flags, rule: DisclosureRule, totals: Totals
) -> Kinds:
    if not totals or (counts < 0).all():
        kinds = first_kinds(counts, rule)
        kinds = np.where(sensitive & (kinds != CellKind.PRIMARY.value), CellKind.SECONDARY.value, kinds)
        return np.where(counts < 0, UNKNOWN, kinds)
    refuse(
        table_problem("the count is unknown", row=row, expected="a count in every row where totals are named")
        for row in np.flatnonzero(counts < 0).tolist()
    )
    kinds = np.empty(counts.size, dtype="<U32")
    separate = [name for name in SEPARATE if name in results.columns]
    rows = pl.DataFrame({"row": np.arange(counts.size), "count": counts, "sensitive": sensitive})
    rows = pl.concat([results.select(_labels(results)), rows], how="horizontal")
    for table in rows.partition_by(separate, maintain_order=True) if separate else [rows]:
        kinds[table["row"].to_numpy()] = _kinds_of_table(table, rule, totals=totals)
    return kinds


def _kinds_of_table(rows: pl.DataFrame, rule: DisclosureRule, *, totals: Totals) -> Kinds:
    """The kinds of the rows of one measure and period, in their order."""
    dimensions = [name for name in _labels(rows) if name not in SEPARATE]
    table = counted_table(rows, dimensions=dimensions, count="count", totals=totals)
    place = {key: cell for cell, key in enumerate(table.keys)}
    cells = np.array([place[key] for key in rows.select(dimensions).iter_rows()], dtype=np.int64)
    sensitive = is_small(table.counts, rule)
    sensitive[cells] |= rows["sensitive"].to_numpy()
    return withhold(table, rule=rule, sensitive=sensitive).kinds[cells]


def _labels(frame: pl.DataFrame) -> list[str]:
    return [name for name in LABELS if name in frame.columns]


def _rounded(results: pl.DataFrame, rule: DisclosureRule, *, kinds: dict[str, Kinds]) -> pl.DataFrame:
    """Results with counts as they are shown; null where they are not."""
    columns = []
    for name in COUNTS:
        counts = _whole(results[name])
        shown = rounded(counts, rule).astype(float) if rule.rounded_to else results[name].cast(pl.Float64).to_numpy()
        gone = is_withheld(kinds[name]) | (counts < 0)
        columns.append(_nulled(name, shown, gone=gone))
    return results.with_columns(columns)


def _nulled(name: str, numbers: NDArray[np.float64], *, gone: Flags) -> pl.Series:
    known = pl.Series(name, np.where(gone, 0.0, numbers), dtype=pl.Float64)
    return known.set(pl.Series(gone), None)


def _scaled(results: pl.DataFrame, protected: pl.DataFrame) -> pl.DataFrame:
    """Values from rounded counts, where they are a quotient times a power of ten; no limits."""
    numerator, denominator = (results[name].cast(pl.Float64) for name in COUNTS)
    factor = (results["value"] * denominator / numerator).fill_nan(None)
    power = 10.0 ** factor.log10().round()
    plain = (((factor - power) / power).abs() < 1e-9).fill_null(value=False)
    quotient = protected["numerator"] / protected["denominator"] * power
    nothing = (numerator == 0) & (results["value"] == 0)
    blank = pl.lit(None, dtype=pl.Float64)
    return protected.with_columns(
        pl.when(nothing).then(0.0).when(plain).then(quotient).otherwise(blank).fill_nan(None).alias("value"),
        blank.alias("lower"),
        blank.alias("upper"),
    )


def _blanked(
    results: pl.DataFrame, protected: pl.DataFrame, *, rule: DisclosureRule, kinds: dict[str, Kinds], values_stay: bool
) -> pl.DataFrame:
    """Values and limits taken out where a count is withheld or unknown, with a note."""
    primary = np.logical_or.reduce([kinds[name] == CellKind.PRIMARY.value for name in COUNTS])
    secondary = np.logical_or.reduce([kinds[name] == CellKind.SECONDARY.value for name in COUNTS])
    unknown = (kinds["numerator"] == UNKNOWN) & results["value"].is_not_null().to_numpy()
    why = np.select(
        [primary, secondary, unknown],
        [
            f"withheld: a small number of people (disclosure rule {rule.id})",
            f"withheld to protect a small number of people (disclosure rule {rule.id})",
            f"withheld: how many people stand behind it is unknown (disclosure rule {rule.id})",
        ],
        "",
    )
    if values_stay:
        counts_only = f"counts withheld: a small number of people (disclosure rule {rule.id})"
        return protected.with_columns(_noted(pl.Series(np.where(primary | secondary, counts_only, ""))))
    gone = pl.Series(primary | secondary | unknown)
    blank = [pl.when(gone).then(None).otherwise(pl.col(name)).alias(name) for name in ESTIMATES]
    return protected.with_columns(*blank, _noted(pl.Series(why)))


def _noted(why: pl.Series) -> pl.Expr:
    """The notes with a further one after them."""
    before = pl.col("note").fill_null("")
    joint = pl.when((before != "") & (why != "")).then(pl.lit("; ")).otherwise(pl.lit(""))
    return pl.concat_str([before, joint, pl.lit(why)]).alias("note")


def _with_rounding_noted(frame: pl.DataFrame, rule: DisclosureRule, *, limits_left_out: bool) -> pl.DataFrame:
    """A note on every row whose counts are rounded."""
    limits = "; limits would show the counts and are left out" if limits_left_out else ""
    said = f"from counts rounded to the nearest {rule.rounded_to}{limits} (disclosure rule {rule.id})"
    unmeasured = f"not worked out from rounded counts (disclosure rule {rule.id})"
    marked = pl.col("note").str.contains(_MARK)
    why = (
        frame.select(
            pl.when(marked | (pl.col("numerator").is_null() & (pl.col("note") != "")))
            .then(pl.lit(""))
            .when(pl.col("value").is_null() & (pl.col("note") == ""))
            .then(pl.lit(unmeasured))
            .when(pl.any_horizontal(pl.col(COUNTS) > 0))
            .then(pl.lit(said))
            .otherwise(pl.lit(""))
        )
        .to_series()
        .fill_null("")
    )
    return frame.with_columns(_noted(why))


def _audit(results: pl.DataFrame, rule: DisclosureRule, *, kinds: dict[str, Kinds]) -> Audit:
    labels = results.select(pl.col(_labels(results)).fill_null("").cast(pl.String)).rows()
    rows = []
    known = 0
    for name in COUNTS:
        known += int((kinds[name] != UNKNOWN).sum())
        for row in np.flatnonzero(is_withheld(kinds[name])).tolist():
            kind = CellKind(kinds[name][row])
            why = SMALL if kind is CellKind.PRIMARY else "it would give another number away"
            rows.append(AuditRow((*filter(None, labels[row]), name), kind, why, f"{name}s"))
    return Audit(rule.id, known, known - len(rows), rows=tuple(rows))
