"""Adding up rows of observations: an unknown part leaves an unknown sum, and a sum is as weak as its weakest part."""

import polars as pl

from placeplan.indicators.observed.observations import Status

# From the figure that can be relied on most to the one that can be relied on least.
WEAKER: tuple[Status, ...] = (
    Status.FINAL,
    Status.REVISED,
    Status.PROVISIONAL,
    Status.ESTIMATED,
    Status.SYNTHETIC,
    Status.SUPPRESSED,
)
_RANKS = {status.value: rank for rank, status in enumerate(WEAKER)}
SERIES = ("measure", "area", "sex", "age", "category")


def whole_sum(column: str) -> pl.Expr:
    """The sum of a column in each group, unknown where a part is unknown."""
    known = pl.col(column).null_count() == 0
    return pl.when(known).then(pl.col(column).sum()).otherwise(None).alias(column)


def weakest_status() -> pl.Expr:
    """The weakest status in each group."""
    rank = pl.col("status").replace_strict(_RANKS, default=_RANKS[Status.ESTIMATED], return_dtype=pl.Int64).max()
    words = {number: word for word, number in _RANKS.items()}
    return rank.replace_strict(words, return_dtype=pl.String).alias("status")


def all_sources() -> pl.Expr:
    """Every source in each group, once."""
    named = pl.col("source").filter(pl.col("source") != "")
    return named.unique(maintain_order=True).str.join("; ").fill_null("").alias("source")
