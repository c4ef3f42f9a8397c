"""Remarks on rows of observations: who and when a row is about, where it stands, and no more than one reads."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from placeplan.indicators.observed.remarks import Remark, RemarkKind
from placeplan.kernel.errors import Location, Problem

MOST_LISTED = 20
Row = Mapping[str, Any]


def about(row: Row) -> str:
    """Who and when a row is about: ``Ashford in 2014-15, f, 75+``."""
    who = row["area_name"] or row["area"]
    return ", ".join([f"{who} in {row['period']}", *(row[name] for name in ("sex", "age", "category") if row[name])])


def place_of(row: Row, field: str = "") -> Location:
    """Where a row was read."""
    return Location(row["file"], row["line"] or 0, field)


def remarks_on(
    rows: pl.DataFrame,
    kind: RemarkKind,
    *,
    message: Callable[[Row], str],
    field: str = "",
    expected: str = "",
    mend: str = "",
) -> list[Remark]:
    """A remark on each of some rows, in the order of the file; those past ``MOST_LISTED`` are counted in a last one.

    A column ``count`` of ``rows`` says how many rows of the file each stands for; one, where there is none.
    """
    ordered = rows.sort("file", "line", nulls_last=True, maintain_order=True)
    counted = ordered if "count" in rows.columns else ordered.with_columns(pl.lit(1).alias("count"))
    listed = [
        Remark(kind, Problem(place_of(row, field), message(row), expected, mend), row["count"])
        for row in counted.head(MOST_LISTED).iter_rows(named=True)
    ]
    rest = counted.slice(MOST_LISTED)
    if rest.is_empty():
        return listed
    first = rest.row(0, named=True)
    more = f"{rest.height:,} more like the one before, from here on"
    return [*listed, Remark(kind, Problem(place_of(first, field), more, expected, mend), int(rest["count"].sum()))]
