"""Results of a measure as series: one for each area, sex, age, category and length of period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from placeplan.indicators.control.series_periods import PeriodGrid, grid_of, span_of
from placeplan.indicators.observed.observations import Status
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.kernel.spans import Frequency

SERIES = ("area", "sex", "age", "category", "frequency")
ROWS = ("period", "starts", "ends", "value", "status")
NOT_YET_FINAL = frozenset({Status.PROVISIONAL.value, Status.ESTIMATED.value, Status.SYNTHETIC.value})
_WORDS = {
    Status.PROVISIONAL.value: "provisional and may be revised",
    Status.ESTIMATED.value: "estimated",
    Status.SYNTHETIC.value: "synthetic: made up for a demonstration, and about nobody",
}


@dataclass(frozen=True, eq=False)
class SeriesRows:
    """One series in order of time; ``values`` has NaN and ``provisional`` is false where a period has no value."""

    area: str
    area_name: str
    sex: str
    age: str
    category: str
    grid: PeriodGrid
    values: tuple[float, ...]
    provisional: tuple[bool, ...]
    notes: tuple[str, ...]


def series_rows(results: MeasureResults) -> list[SeriesRows]:
    """Every series of the results, in their order. Periods of two lengths are two series."""
    ordered = results.frame.sort("starts", maintain_order=True)
    grouped = ordered.group_by(SERIES, maintain_order=True).agg(pl.col("area_name").first(), *(pl.col(n) for n in ROWS))
    grids: dict[tuple[Any, ...], PeriodGrid] = {}
    return [_series(row, grids) for row in grouped.sort(SERIES).to_dicts()]


def _series(row: dict[str, Any], grids: dict[tuple[Any, ...], PeriodGrid]) -> SeriesRows:
    grid = _grid(row, grids)
    values = [float("nan")] * len(grid.spans)
    status = [""] * len(grid.spans)
    for place, value, how in zip(grid.places, row["value"], row["status"], strict=True):
        if value is not None:
            values[place], status[place] = value, how
    for span in grid.twice:
        place = grid.spans.index(span)
        values[place], status[place] = float("nan"), ""
    return SeriesRows(
        area=row["area"],
        area_name=row["area_name"],
        sex=row["sex"],
        age=row["age"],
        category=row["category"],
        grid=grid,
        values=tuple(values),
        provisional=tuple(how in NOT_YET_FINAL for how in status),
        notes=tuple(_notes(grid, values, status=status, frequency=Frequency(row["frequency"]))),
    )


def _grid(row: dict[str, Any], grids: dict[tuple[Any, ...], PeriodGrid]) -> PeriodGrid:
    """The grid of a series; most series of a file share one."""
    key = (row["frequency"], *row["starts"], *row["period"])
    if key not in grids:
        frequency = Frequency(row["frequency"])
        days: list[tuple[str, date, date]] = list(zip(row["period"], row["starts"], row["ends"], strict=True))
        grids[key] = grid_of(tuple(span_of(text, starts=a, ends=b, frequency=frequency) for text, a, b in days))
    return grids[key]


def _notes(grid: PeriodGrid, values: Sequence[float], *, status: Sequence[str], frequency: Frequency) -> Iterator[str]:
    """What must be known of the points of a series."""
    periods = grid.periods
    if grid.missing:
        yield f"No row for {_listed([span.text for span in grid.missing])}: a run does not jump over a gap."
    if grid.twice:
        yield f"Two rows for {_listed([span.text for span in grid.twice])}: neither is used."
    left_out = {span.text for span in (*grid.missing, *grid.twice)}
    blank = [text for text, value in zip(periods, values, strict=True) if value != value and text not in left_out]
    if blank:
        yield f"No value for {_listed(blank)}."
    found = set(status)
    for how in (each for each in _WORDS if each in found):
        yield f"{_listed([text for text, one in zip(periods, status, strict=True) if one == how])}: {_WORDS[how]}."
    if frequency is Frequency.SEVERAL_YEARS:
        yield "Periods of several years may overlap: neighbours are then alike, and the limits too narrow."


def _listed(periods: Sequence[str]) -> str:
    """Periods in words; the first and the last, and how many, when they are many."""
    if len(periods) > 3:
        return f"{len(periods)} periods from {periods[0]} to {periods[-1]}"
    return ", ".join(periods)
