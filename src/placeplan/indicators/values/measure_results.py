"""What computing a measure gives back: one row for each area, period and breakdown, with its value and its limits."""

from dataclasses import dataclass

import polars as pl

from placeplan.indicators.measures import Measure
from placeplan.indicators.observed.observations import SCHEMA

_LAST = ("status", "source")
_COMMON = tuple(name for name in SCHEMA if name not in {*_LAST, "file", "line"})
RESULTS_SCHEMA: dict[str, pl.DataType] = {
    **{name: SCHEMA[name] for name in _COMMON},
    "method": pl.String(),
    "note": pl.String(),
    **{name: SCHEMA[name] for name in _LAST},
}
ORDER = ("area", "sex", "age", "category", "starts")
_ORDER = (
    "area",
    "sex",
    pl.col("age").str.extract(r"(\d+)").cast(pl.Int64),  # 5-9 comes before 10-14
    "age",
    "category",
    "starts",
)
_ESTIMATES = ("value", "lower", "upper")


@dataclass(frozen=True, eq=False)
class MeasureResults:
    """The results of one measure as a frame with the columns of ``RESULTS_SCHEMA``, in the order of ``ORDER``,
    ages from the youngest.

    ``value``, ``lower`` and ``upper`` are in the unit of the measure: per cent for a proportion whose multiplier is
    100. They are null where ``note`` says why in words, never NaN; ``note`` is an empty text otherwise. A row may have
    a value and a note, where only its limits are missing. ``method`` says in words how the value was made;
    ``confidence`` is the level of the limits as a share.

    Raises:
        ValueError: the columns or their types are not those of ``RESULTS_SCHEMA``, a number is NaN or infinite, or a
            row has no value and no note.
    """

    measure: Measure
    frame: pl.DataFrame
    confidence: float

    def __post_init__(self) -> None:
        if dict(self.frame.schema) != RESULTS_SCHEMA:
            raise ValueError(f"results need the columns {', '.join(RESULTS_SCHEMA)} with their types")
        finite = pl.all_horizontal(pl.col(pl.Float64).is_finite().fill_null(value=True).all())
        if not self.frame.select(finite).item():
            raise ValueError("results hold a number that is NaN or infinite; unknown numbers are null")
        if self.frame.filter(pl.col("value").is_null() & (pl.col("note").fill_null("") == "")).height:
            raise ValueError("a result without a value needs a note that says why")

    def __len__(self) -> int:
        """How many rows there are."""
        return self.frame.height


def results_from(measure: Measure, frame: pl.DataFrame, *, confidence: float) -> MeasureResults:
    """Results from a frame that has at least the columns of ``RESULTS_SCHEMA``, put in order; NaN becomes null.

    Raises:
        ValueError: as :class:`MeasureResults`.
    """
    known = frame.with_columns(pl.col(_ESTIMATES).cast(pl.Float64).fill_nan(None), pl.col("note").fill_null(""))
    chosen = known.select(pl.col(name).cast(kind) for name, kind in RESULTS_SCHEMA.items())
    return MeasureResults(measure, chosen.sort(*_ORDER, maintain_order=True), confidence)
