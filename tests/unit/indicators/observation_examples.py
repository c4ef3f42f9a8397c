"""Measures and rows of observations for tests: a test says only what it is about."""

from typing import Any

import polars as pl

from placeplan.app.measure_definitions import read_measures
from placeplan.indicators.measures import Measure, Method
from placeplan.indicators.observed.observations import Observations, observations_from
from placeplan.kernel.spans import Frequency, parse_span


def measure_with(method: Method, *, frequency: Frequency = Frequency.FINANCIAL_YEAR, multiplier: int = 100) -> Measure:
    """A measure that is worked out by a method."""
    shipped = read_measures()["ae-4-hours"]
    changed = {"id": "example", "method": method, "frequency": frequency, "multiplier": multiplier}
    return shipped.model_copy(update=changed)


def row(area: str = "09J", period: str = "2018-19", **given: Any) -> dict[str, Any]:
    """One row: a financial year unless ``frequency`` says otherwise."""
    frequency = Frequency(given.pop("frequency", Frequency.FINANCIAL_YEAR))
    span = parse_span(period, frequency=frequency)
    return {
        "measure": "example",
        "area": area,
        "period": span.text,
        "starts": span.starts,
        "ends": span.ends,
        "frequency": frequency.value,
        **given,
    }


def observed(*rows: dict[str, Any]) -> Observations:
    """Rows as if they had been read from ``example.csv``, from line 2 on."""
    numbers = {"numerator": None, "denominator": None, "value": None, "lower": None, "upper": None}
    placed = [{**numbers, "file": "example.csv", "line": line, **one} for line, one in enumerate(rows, start=2)]
    words = {"status": "final", "source": "", "sex": "", "age": "", "category": "", "area_name": ""}
    return observations_from(pl.DataFrame([{**words, **one} for one in placed], infer_schema_length=None))
