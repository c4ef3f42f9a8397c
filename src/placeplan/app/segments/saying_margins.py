"""Says how near synthetic people came to what they were fitted to."""

from collections.abc import Iterator

import polars as pl

from placeplan.app.segments.margins import summary_of
from placeplan.app.segments.margins_of_segments import PRINTED, SHARES

PER_CENT = "per cent of lists"
WIDTH = 52


def margin_sentences(frame: pl.DataFrame) -> Iterator[str]:
    """A line for each margin, then one for each printed figure beside what came out; each part under a heading."""
    yield f"  {'margin':<{WIDTH}}{'groups':>8}{'middle apart':>14}{'most apart':>12}"
    for row in summary_of(frame).iter_rows(named=True):
        middle, most = (_per_cent(row[name]) for name in ("middle_difference", "largest_difference"))
        yield f"  {row['margin']:<{WIDTH}}{row['groups']:>8,}{middle:>14}{most:>12}"
    printed = frame.filter(pl.col("margin").is_in([PRINTED, SHARES]))
    if printed.height:
        yield f"  {'printed figure':<{WIDTH}}{'printed':>12}{'came out':>12}{'apart':>10}"
    for row in printed.iter_rows(named=True):
        title = row["group"] if row["margin"] == PRINTED else f"{row['group']}, {row['unit']}"
        target, made = (_figure(row[name], row["unit"]) for name in ("set_beside", "made_up"))
        yield f"  {title:<{WIDTH}}{target:>12}{made:>12}{_per_cent(row['relative_difference']):>10}"


def _figure(number: float, unit: str) -> str:
    return f"{number:.1f}%" if unit == PER_CENT else f"{number:,.0f}"


def _per_cent(share: float | None) -> str:
    return "not known" if share is None else f"{share:.1%}"
