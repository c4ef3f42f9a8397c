"""The rows of one period: what is compared must be of one time, one breakdown, and each area once."""

import polars as pl

from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.observed.observations import Status
from placeplan.indicators.values.measure_results import MeasureResults

UNCERTAIN = (Status.PROVISIONAL, Status.ESTIMATED, Status.SYNTHETIC)


def rows_of_one_period(results: MeasureResults, *, period: str | None) -> tuple[pl.DataFrame, str]:
    """The rows of a period (the one that ends last, unless given) and the text of the period.

    Raises:
        MethodInputError: there is no row at all or none of the period, or an area has several rows.
    """
    frame = results.frame
    if frame.is_empty():
        raise MethodInputError(f"'{results.measure.id}' has no results.")
    chosen = frame.sort("ends", "starts", nulls_last=False)["period"][-1] if period is None else period
    rows = frame.filter(pl.col("period") == chosen)
    if rows.is_empty():
        known = ", ".join(frame.sort("ends")["period"].unique(maintain_order=True).to_list()[-3:])
        raise MethodInputError(f"period: '{results.measure.id}' has no results for '{chosen}'; the latest are {known}.")
    twice = rows.filter(pl.col("area").is_duplicated())
    if twice.height:
        raise MethodInputError(
            f"'{results.measure.id}' has several rows for the area '{twice['area'][0]}' in {chosen}; "
            "choose one sex, age and category first."
        )
    return rows, str(chosen)


def uncertain_statuses(rows: pl.DataFrame) -> tuple[str, ...]:
    """A sentence for each kind of value that is less than final, with how many there are."""
    counts = {status.value: rows.filter(pl.col("status") == status.value).height for status in UNCERTAIN}
    return tuple(f"{count:,} of {rows.height:,} values are {status}." for status, count in counts.items() if count)
