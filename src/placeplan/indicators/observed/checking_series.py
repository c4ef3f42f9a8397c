"""What has to be known when reading a series: periods that are missing or overlap, figures that are not final."""

from datetime import date

import polars as pl

from placeplan.indicators.observed.adding_up import SERIES
from placeplan.indicators.observed.locating_remarks import Row, about, place_of, remarks_on
from placeplan.indicators.observed.observations import Status
from placeplan.indicators.observed.remarks import Remark, RemarkKind
from placeplan.kernel.errors import Problem
from placeplan.kernel.spans import Frequency, Span, gaps_in, next_span

PERIODS_NAMED = 5
_STATUSES = {
    Status.PROVISIONAL: (RemarkKind.PROVISIONAL, "Read them again when the final figures are out."),
    Status.ESTIMATED: (RemarkKind.ESTIMATED, "Say so wherever they are shown."),
    Status.SYNTHETIC: (RemarkKind.SYNTHETIC, "They are made up. Never use them for a decision."),
    Status.SUPPRESSED: (RemarkKind.SUPPRESSED, "They are unknown, not zero."),
}


def remarks_on_series(rows: pl.DataFrame) -> list[Remark]:
    """Remarks on gaps, overlaps and statuses in rows that can be used; all periods have one length."""
    if rows.is_empty():
        return []
    return [*_on_gaps(rows), *_on_overlaps(rows), *_on_statuses(rows)]


def _on_gaps(rows: pl.DataFrame) -> list[Remark]:
    """One remark for each series in which periods are missing, at the row after the first of them.

    Pooled years may follow each other in steps of any length, so they are not judged.
    """
    if Frequency(rows["frequency"][0]) is Frequency.SEVERAL_YEARS:
        return []
    numbered = rows.join(_numbers_of_periods(rows), on="starts")
    place = pl.col("number")
    gapped = (
        numbered.group_by(SERIES, maintain_order=True)
        .agg((place.max() - place.min() + 1 - place.n_unique()).alias("missing"))
        .filter(pl.col("missing") > 0)
    )
    after = (
        numbered.join(gapped, on=SERIES)
        .sort(*SERIES, "number")
        .filter((place - place.shift(1).over(SERIES)) > 1)
        .unique(SERIES, keep="first", maintain_order=True)
        .with_columns(pl.col("missing").alias("count"))
    )
    spans = {span.starts: span for span in _periods(rows)}

    def message(row: Row) -> str:
        own = pl.all_horizontal(pl.col(name) == row[name] for name in SERIES)
        missing = gaps_in(spans[starts] for starts in rows.filter(own)["starts"])
        named = ", ".join(span.text for span in missing[:PERIODS_NAMED])
        more = f" and {len(missing) - PERIODS_NAMED:,} more" if len(missing) > PERIODS_NAMED else ""
        return f"before {about(row)} the series lacks {named}{more}"

    return remarks_on(
        after,
        RemarkKind.GAP,
        message=message,
        field="period",
        expected="a row for every period from the first to the last",
        mend="Add the periods if they were published. A chart shows the gap and does not bridge it.",
    )


def _periods(rows: pl.DataFrame) -> list[Span]:
    """Every period of some rows, once, in order of time."""
    each = rows.select("starts", "ends", "frequency", "period").unique("starts").sort("starts")
    return [Span(starts, ends, Frequency(length), text) for starts, ends, length, text in each.iter_rows()]


def _numbers_of_periods(rows: pl.DataFrame) -> pl.DataFrame:
    """A number for each period between the first and the last of all series, one up from one to the next."""
    periods = _periods(rows)
    span = periods[0]
    starts: list[date] = [span.starts]
    while span.starts < periods[-1].starts:
        span = next_span(span)
        starts.append(span.starts)
    return (
        pl.DataFrame({"starts": starts}, schema={"starts": pl.Date()})
        .with_row_index("number")
        .cast({"number": pl.Int64})
    )


def _on_overlaps(rows: pl.DataFrame) -> list[Remark]:
    """One remark on all series whose periods overlap, such as three years each moved on by one."""
    ordered = rows.sort(*SERIES, "starts", maintain_order=True)
    overlapping = ordered.with_columns(pl.col("period").shift(1).over(SERIES).alias("earlier")).filter(
        pl.col("starts") <= pl.col("ends").shift(1).over(SERIES)
    )
    if overlapping.is_empty():
        return []
    first = overlapping.row(0, named=True)
    series = overlapping.select(SERIES).n_unique()
    message = f"periods overlap in {series:,} series, such as {first['earlier']} and {first['period']}"
    mend = "They cannot be added up, and neighbours share events: do not read them as separate evidence."
    return [Remark(RemarkKind.OVERLAP, Problem(place_of(first, "period"), message, mend=mend), overlapping.height)]


def _on_statuses(rows: pl.DataFrame) -> list[Remark]:
    """One remark on all rows of each status that is not final."""
    remarks = []
    for status, (kind, mend) in _STATUSES.items():
        found = rows.filter(pl.col("status") == status.value).sort("starts", maintain_order=True)
        if found.is_empty():
            continue
        first, last = found["period"][0], found["period"][-1]
        when = f"in {first}" if first == last else f"from {first} to {last}"
        noun = "row is" if found.height == 1 else "rows are"
        message = f"{found.height:,} {noun} {status}, {when}"
        place = place_of(found.sort("file", "line").row(0, named=True), "status")
        remarks.append(Remark(kind, Problem(place, message, mend=mend), found.height))
    return remarks
