"""Results of made-up measures for tests of series, charts and trajectories."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from placeplan.app.measure_definitions import read_measures
from placeplan.indicators.measures import Measure, Polarity
from placeplan.indicators.values.measure_results import MeasureResults, results_from
from placeplan.kernel.spans import Frequency, parse_span

MONTHS = [f"{2013 + (month + 3) // 12}-{(month + 3) % 12 + 1:02d}" for month in range(60)]


def measure_of(*, polarity: Polarity = Polarity.HIGHER_IS_BETTER, frequency: Frequency = Frequency.MONTH) -> Measure:
    """A proportion in per cent; months and higher is better unless said otherwise."""
    return read_measures()["ae-4-hours"].model_copy(update={"polarity": polarity, "frequency": frequency})


def rows_of(
    values: Iterable[float | None],
    *,
    area: str = "RVV",
    periods: Sequence[str] = MONTHS,
    frequency: Frequency = Frequency.MONTH,
    **more: Any,
) -> list[dict[str, Any]]:
    """Rows of one series from its first period on; a blank value has a note."""
    spans = [parse_span(text, frequency=frequency) for text in periods]
    return [
        {
            "measure": "ae-4-hours",
            "area": area,
            "area_name": f"Trust {area}",
            "period": span.text,
            "starts": span.starts,
            "ends": span.ends,
            "frequency": frequency.value,
            **dict.fromkeys(("sex", "age", "category", "method"), ""),
            **dict.fromkeys(("numerator", "denominator", "lower", "upper")),
            "value": value,
            "note": "" if value is not None else "an input is missing",
            "status": "final",
            "source": "made up",
            **more,
        }
        for span, value in zip(spans, values, strict=False)
    ]


def results_of(*series: Sequence[Mapping[str, Any]], measure: Measure | None = None) -> MeasureResults:
    """Results of several series."""
    rows = [row for one in series for row in one]
    frame = pl.DataFrame(rows, infer_schema_length=None)
    return results_from(measure or measure_of(), frame, confidence=0.95)
