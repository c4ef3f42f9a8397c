"""Says how near synthetic people came to what they were fitted to."""

from collections.abc import Iterator

import polars as pl

from placeplan.app.segments.margins import summary_of


def margin_sentences(frame: pl.DataFrame) -> Iterator[str]:
    """A line for each margin, under a heading."""
    yield f"  {'margin':<46}{'groups':>8}{'middle apart':>14}{'most apart':>12}"
    for row in summary_of(frame).iter_rows(named=True):
        middle, most = (_per_cent(row[name]) for name in ("middle_difference", "largest_difference"))
        yield f"  {row['margin']:<46}{row['groups']:>8,}{middle:>14}{most:>12}"


def _per_cent(share: float | None) -> str:
    return "not known" if share is None else f"{share:.1%}"
