"""Rows that add up to one observation, left out where one of them cannot be read: a sum must not be silently short."""

import polars as pl

from placeplan.app.observation_columns import WORKED_BACK, key_rows
from placeplan.datasets.csv_reading import LINE
from placeplan.datasets.layouts import ObservationLayout
from placeplan.datasets.reading import LISTED, ReadTable
from placeplan.indicators.observed.observations import KEY, Status
from placeplan.indicators.observed.remarks import Remark, RemarkKind
from placeplan.kernel.errors import Location, Problem

SUMS = ("numerator", "denominator")
_REST = ("area_name", "starts", "ends", "frequency", "value", "lower", "upper", "source", WORKED_BACK)


def added_up(frame: pl.DataFrame, layout: ObservationLayout, *, read: ReadTable) -> tuple[pl.DataFrame, list[Remark]]:
    """One row for each key, with a remark for each that cannot be added up; unknown where a part is unknown."""
    sums = frame.group_by(KEY, maintain_order=True).agg(
        *(pl.col(name).sum().alias(name) for name in SUMS),
        *(pl.col(name).null_count().alias(f"{name}_unknown") for name in SUMS),
        *(pl.col(name).first() for name in _REST),
        (pl.col("status") == Status.SUPPRESSED.value).any().alias("held"),
        pl.col("status").first(),
        pl.col(LINE).min(),
    )
    unknown = [pl.when(pl.col(f"{name}_unknown") == 0).then(pl.col(name)).alias(name) for name in SUMS]
    status = pl.when("held").then(pl.lit(Status.SUPPRESSED.value)).otherwise(pl.col("status")).alias("status")
    sums = sums.with_columns(*unknown, status).drop("held", *(f"{name}_unknown" for name in SUMS))
    short = _short(sums, layout, read=read)
    return sums.join(short.select(LINE), on=LINE, how="anti", maintain_order="left"), _remarks(short, read.file)


def _short(sums: pl.DataFrame, layout: ObservationLayout, *, read: ReadTable) -> pl.DataFrame:
    """The sums that lack a row: one that could not be read, or one that stands twice and nobody knows which is right.

    What could not be read of the key of a row may have been anything.
    """
    twice = read.frame.filter(read.frame.select(read.dataset.grain).is_duplicated())
    aside = pl.concat([key_rows(read.set_aside, layout), key_rows(twice, layout)])
    keys = [name for name in ("measure", "area", "sex", "age", "category") if name in aside.columns]
    aside = aside.rename({"period_text": "period"}).select(*keys, "period").unique()
    found = sums.clear()
    for unread in aside.select(pl.all().is_null()).unique().rows(named=True):
        known = [name for name in unread if not unread[name]]
        these = aside.filter(*(pl.col(name).is_null() == unread[name] for name in unread))
        found = pl.concat([found, sums.join(these, on=known, how="semi", maintain_order="left")])
    return found.unique(LINE, maintain_order=True).sort(LINE)


def _remarks(short: pl.DataFrame, file: str) -> list[Remark]:
    remarks = [
        Remark(
            RemarkKind.INCOMPLETE,
            Problem(
                Location(file, line, "area"),
                f"'{area}' in {period} has no sum: a row that adds to it cannot be read, or stands twice",
                "every row of the area and period, once",
                "Mend that row.",
            ),
        )
        for line, area, period in short.select(LINE, "area", "period").head(LISTED).rows()
    ]
    if short.height > LISTED:
        rest = short.height - LISTED
        remarks.append(Remark(RemarkKind.INCOMPLETE, Problem(Location(file), f"{rest} more sums lack a row"), rest))
    return remarks
