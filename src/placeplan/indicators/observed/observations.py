"""Observations: one row for each measure, area, period and breakdown, in a frame of fixed columns."""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from placeplan.kernel.spans import Frequency

KEY = ("measure", "area", "period", "sex", "age", "category")
SCHEMA: dict[str, pl.DataType] = {
    "measure": pl.String(),
    "area": pl.String(),
    "area_name": pl.String(),
    "period": pl.String(),
    "starts": pl.Date(),
    "ends": pl.Date(),
    "frequency": pl.String(),
    "sex": pl.String(),
    "age": pl.String(),
    "category": pl.String(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "value": pl.Float64(),
    "lower": pl.Float64(),
    "upper": pl.Float64(),
    "status": pl.String(),
    "source": pl.String(),
    "file": pl.String(),
    "line": pl.Int64(),
}


class Status(StrEnum):
    """How far an observation can be relied on."""

    FINAL = "final"
    REVISED = "revised"
    PROVISIONAL = "provisional"
    ESTIMATED = "estimated"
    SYNTHETIC = "synthetic"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, eq=False)
class Observations:
    """Observations as a frame with the columns of ``SCHEMA``.

    ``sex``, ``age`` and ``category`` are empty texts where a row is about everybody; ``starts`` and ``ends`` are the
    first and last day of the period; ``file`` and ``line`` say where the row was read. Numbers that are not known are
    null, never NaN. ``value`` is set only where it was published; otherwise it is worked out from the counts.

    Raises:
        ValueError: the columns or their types are not those of ``SCHEMA``, or a number is NaN or infinite.
    """

    frame: pl.DataFrame

    def __post_init__(self) -> None:
        if dict(self.frame.schema) != SCHEMA:
            raise ValueError(f"observations need the columns {', '.join(SCHEMA)} with their types")
        if not self.frame.select(pl.all_horizontal(pl.col(pl.Float64).is_finite().fill_null(value=True).all())).item():
            raise ValueError("observations hold a number that is NaN or infinite; unknown numbers are null")

    def __len__(self) -> int:
        """How many rows there are."""
        return self.frame.height

    def where(self, *conditions: pl.Expr) -> "Observations":
        """The rows for which every condition holds, in their order."""
        return Observations(self.frame.filter(*conditions))

    def of_measure(self, measure_id: str) -> "Observations":
        """The rows of one measure."""
        return self.where(pl.col("measure") == measure_id)

    @property
    def frequencies(self) -> tuple[Frequency, ...]:
        """The lengths of period that stand in the rows, each once."""
        found = self.frame["frequency"].unique().to_list()
        return tuple(frequency for frequency in Frequency if frequency in found)


def observations_from(frame: pl.DataFrame) -> Observations:
    """Observations from a frame that has some of the columns of ``SCHEMA``; what is missing is empty or unknown.

    Raises:
        polars.exceptions.InvalidOperationError: a column cannot be turned into its type.
        ValueError: a number is NaN or infinite.
    """
    breakdowns = dict.fromkeys(("area_name", "sex", "age", "category", "source", "file"), "")
    defaults = {**dict.fromkeys(SCHEMA), **breakdowns, "status": Status.FINAL.value}
    columns = [pl.col(name) if name in frame.columns else pl.lit(defaults[name]).alias(name) for name in SCHEMA]
    return Observations(frame.select(columns).cast(SCHEMA))  # type: ignore[arg-type]  # names are selectors too
