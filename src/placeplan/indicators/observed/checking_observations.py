"""Checks of rows of observations before anything is worked out: a bad row is set aside and never hides a good one."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from placeplan.indicators.measures import Measure, Method
from placeplan.indicators.observed.checking_series import remarks_on_series
from placeplan.indicators.observed.locating_remarks import Row, about, place_of, remarks_on
from placeplan.indicators.observed.observations import KEY, Observations, Status
from placeplan.indicators.observed.remarks import Remark, RemarkKind
from placeplan.indicators.values.computing_measures import own_rows
from placeplan.kernel.errors import Problem
from placeplan.kernel.spans import Frequency

FIGURES = ("numerator", "denominator", "value", "lower", "upper", "status")
LINES_NAMED = 5


@dataclass(frozen=True, eq=False)
class Checked:
    """The rows that can be used, in their order, and what has to be said of these and of the others."""

    observations: Observations
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class _RowRule:
    """A reason to set one row aside whatever the other rows say."""

    kind: RemarkKind
    holds: pl.Expr
    field: str
    message: Callable[[Row], str]
    expected: str
    mend: str


def checked(observations: Observations, *, measure: Measure, areas: Collection[str] | None = None) -> Checked:
    """The rows of a measure that can be used, with a located remark on every other.

    Set aside: negative counts, a denominator of zero, a numerator above the denominator of a proportion, rows in which
    nothing is measured, areas that the register does not have, periods of another length than the rest, and rows for
    one thing that contradict each other. Of rows that say the same the first is kept. Only remarked on: gaps and
    overlaps in a series; figures that are provisional, estimated, synthetic or suppressed. A suppressed row is kept, so
    that its period is no gap and its result says why there is none.

    Args:
        observations: as read from files.
        measure: what the rows must be about; rows of other measures are left out.
        areas: the codes of every known area, when there is a register of them.
    """
    rows = own_rows(measure, observations)
    remarks: list[Remark] = []
    for rule in _row_rules(measure):
        bad = rule.holds.fill_null(value=False)
        remarks += remarks_on(
            rows.filter(bad),
            rule.kind,
            message=rule.message,
            field=rule.field,
            expected=rule.expected,
            mend=rule.mend,
        )
        rows = rows.filter(~bad)
    if areas is not None:
        remarks += _on_unknown_areas(rows, areas)
        rows = rows.filter(pl.col("area").is_in(list(areas)))
    for judge in (_of_one_length, _without_duplicates):
        rows, more = judge(rows, measure)
        remarks += more
    remarks += remarks_on_series(rows)
    return Checked(Observations(rows), (*_on_no_rows(measure, observations), *remarks))


def _row_rules(measure: Measure) -> Iterator[_RowRule]:
    counts = ("numerator", "denominator") if measure.method.has_denominator else ("numerator",)
    for name in counts:
        yield _RowRule(
            RemarkKind.NEGATIVE,
            pl.col(name) < 0,
            name,
            lambda row, name=name: f"{about(row)} has a {name} of {row[name]:,g}",  # type: ignore[misc]
            "zero or more",
            "Correct the count, or leave it blank if it is not known.",
        )
    yield _RowRule(
        RemarkKind.NOTHING_MEASURED,
        pl.col("numerator").is_null() & pl.col("value").is_null() & (pl.col("status") != Status.SUPPRESSED.value),
        "numerator",
        lambda row: f"{about(row)} has neither a numerator nor a value",
        "counts, or a published value",
        "Give the figure, or say that its status is suppressed.",
    )
    if measure.method.has_denominator:
        yield _RowRule(
            RemarkKind.NO_DENOMINATOR,
            pl.col("denominator") == 0,
            "denominator",
            lambda row: f"{about(row)} has a denominator of zero",
            "a denominator above zero",
            "Correct the count, or leave the row out if there was nobody to count.",
        )
    if measure.method is Method.PROPORTION:
        yield _RowRule(
            RemarkKind.NUMERATOR_ABOVE_DENOMINATOR,
            pl.col("numerator") > pl.col("denominator"),
            "numerator",
            lambda row: f"{about(row)} counts {row['numerator']:,g} of {row['denominator']:,g}",
            "a numerator that is at most the denominator",
            "Correct the counts; see whether the two columns are the wrong way round.",
        )


def _on_no_rows(measure: Measure, observations: Observations) -> list[Remark]:
    """A remark when there are rows, and none is about the measure."""
    frame = observations.frame
    if frame.is_empty() or not own_rows(measure, observations).is_empty():
        return []
    others = ", ".join(sorted(frame["measure"].unique().to_list())[:LINES_NAMED])
    problem = Problem(
        place_of(frame.row(0, named=True), "measure"),
        f"no row is about '{measure.id}'",
        f"rows of '{measure.id}'",
        f"The rows are about {others}. Choose one of these, or another file.",
    )
    return [Remark(RemarkKind.NOTHING_MEASURED, problem, frame.height)]


def _on_unknown_areas(rows: pl.DataFrame, areas: Collection[str]) -> list[Remark]:
    """One remark for each area that the register does not have."""
    unknown = rows.filter(~pl.col("area").is_in(list(areas)))
    first = unknown.group_by("area", maintain_order=True).agg(
        pl.first("area_name", "period", "sex", "age", "category", "file", "line"), pl.len().alias("count")
    )

    def message(row: Row) -> str:
        close = get_close_matches(row["area"], areas, n=1)
        meant = f"; did you mean '{close[0]}'?" if close else ""
        return f"there is no area '{row['area']}'{meant}"

    return remarks_on(
        first,
        RemarkKind.UNKNOWN_AREA,
        message=message,
        field="area",
        expected="the code of a known area",
        mend="Correct the code, or add the area to the register.",
    )


def _of_one_length(rows: pl.DataFrame, measure: Measure) -> tuple[pl.DataFrame, list[Remark]]:
    """The rows whose periods are of the length that most series have: the measure's own where it is among the most.

    Counting series and not rows, a few rows of another length cannot outvote the others.
    """
    if rows.is_empty():
        return rows, []
    votes = (
        rows.group_by("frequency")
        .agg(pl.struct("area", "sex", "age", "category").n_unique().alias("series"), pl.len().alias("rows"))
        .with_columns((pl.col("frequency") == measure.frequency.value).alias("own"))
        .sort("series", "own", "rows", "frequency", descending=True)
    )
    wanted = Frequency(votes["frequency"][0])
    other = rows.filter(pl.col("frequency") != wanted.value)
    remarks = remarks_on(
        other,
        RemarkKind.MIXED_FREQUENCY,
        message=lambda row: f"{about(row)} is a period of another length ({row['frequency']}) than most ({wanted})",
        field="period",
        expected=wanted.expected,
        mend="Put figures of another length into a file of their own.",
    )
    if wanted is not measure.frequency:
        message = f"the periods are of another length ({wanted}) than the measure's ({measure.frequency})"
        first = rows.filter(pl.col("frequency") == wanted.value)
        problem = Problem(place_of(first.row(0, named=True), "period"), message, mend="They are read as they are.")
        remarks.append(Remark(RemarkKind.OTHER_FREQUENCY, problem, first.height))
    return rows.filter(pl.col("frequency") == wanted.value), remarks


def _without_duplicates(rows: pl.DataFrame, measure: Measure) -> tuple[pl.DataFrame, list[Remark]]:
    """Rows of which there is one for each key: the first of those that agree, none of those that contradict."""
    figures = pl.struct(FIGURES)
    judged = rows.with_columns(
        pl.len().over(KEY).alias("rows"),
        figures.n_unique().over(KEY).alias("versions"),
        pl.int_range(pl.len()).over(KEY).alias("nth"),
        pl.first("line").over(KEY).alias("first_line"),
    )
    contradicting = (
        judged.filter(pl.col("versions") > 1)
        .group_by(KEY, maintain_order=True)
        .agg(
            pl.first("area_name", "file", "line"),
            pl.col("line").drop_nulls().cast(pl.String).alias("lines"),
            *(pl.col(name).n_unique().alias(name) for name in FIGURES),
            pl.len().alias("count"),
        )
    )
    remarks = remarks_on(
        contradicting,
        RemarkKind.DUPLICATE,
        message=_contradiction,
        expected=f"one row of '{measure.id}' for each area, period, sex, age and category",
        mend="Keep the row that is right. None of them is used until then.",
    )
    remarks += remarks_on(
        judged.filter((pl.col("versions") == 1) & (pl.col("nth") > 0)),
        RemarkKind.DUPLICATE,
        message=lambda row: f"{about(row)} says the same as line {row['first_line']}, which is used",
        expected="every row once",
        mend="Delete the row.",
    )
    return judged.filter((pl.col("versions") == 1) & (pl.col("nth") == 0)).select(rows.columns), remarks


def _contradiction(row: Row) -> str:
    differing = ", ".join(name for name in FIGURES if row[name] > 1)
    lines = row["lines"][:LINES_NAMED]
    more = f" and {row['count'] - len(lines)} more" if row["count"] > len(lines) else ""
    return f"{about(row)} has {row['count']} rows that differ in {differing} (lines {', '.join(lines)}{more})"
