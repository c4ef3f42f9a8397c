"""Made-up results of practices, for tests of variation."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import numpy as np
import polars as pl

from placeplan.indicators import methods
from placeplan.indicators.measures import Measure, Method, Part, Polarity, Publication
from placeplan.indicators.values.measure_results import MeasureResults, results_from
from placeplan.kernel.spans import Frequency
from placeplan.rounds.governance import Confidence, Review

Row = tuple[str, float | None, float | None]
REVIEW = Review(reviewed=date(2026, 1, 1), reviewer="One", review_due=date(2027, 1, 1))


def measure_of(**changed: object) -> Measure:
    """A made-up measure; what is given replaces what it has."""
    given: dict[str, object] = {
        "path": "indicators/made-up",
        "reference": "Made up for tests",
        "confidence": Confidence.UNCONFIRMED,
        "review": REVIEW,
        "id": "made-up",
        "title": "Patients content with opening hours",
        "why": "A test",
        "sets": ("made-up",),
        "numerator": Part(words="content", column="yes"),
        "denominator": Part(words="asked", column="asked"),
        "polarity": Polarity.HIGHER_IS_BETTER,
        "unit": "per cent",
        "method": Method.PROPORTION,
        "multiplier": Decimal(100),
        "frequency": Frequency.FINANCIAL_YEAR,
        "sources": (Publication(publisher="Nobody", title="Nothing"),),
        "counts_people": True,
        "owner": "One",
        "author": "Two",
        "checker": "Three",
    }
    return Measure.model_validate({**given, **changed})


def results_of(
    rows: Iterable[Row], *, measure: Measure | None = None, period: str = "2013-14", status: str = "final"
) -> MeasureResults:
    """Results of practices in one financial year, from code, numerator and denominator."""
    kind = measure or measure_of()
    year = int(period[:4])
    given = list(rows)
    top, bottom = [count for _, count, _ in given], [people for _, _, people in given]
    found = _estimate(kind, top, bottom)
    frame = pl.DataFrame(
        {
            "area": [area for area, _, _ in given],
            "area_name": [f"Practice {area}" for area, _, _ in given],
            "numerator": pl.Series(top, dtype=pl.Float64),
            "denominator": pl.Series(bottom, dtype=pl.Float64),
            **{name: getattr(found, name) * float(kind.multiplier) for name in ("value", "lower", "upper")},
            "note": found.why.tolist(),
        }
    ).with_columns(
        measure=pl.lit(kind.id),
        period=pl.lit(period),
        starts=pl.lit(date(year, 4, 1)),
        ends=pl.lit(date(year + 1, 3, 31)),
        frequency=pl.lit("financial-year"),
        sex=pl.lit(""),
        age=pl.lit(""),
        category=pl.lit(""),
        method=pl.lit(found.method),
        status=pl.lit(status),
        source=pl.lit("made up"),
    )
    return results_from(kind, frame, confidence=0.95)


def _estimate(measure: Measure, top: list[float | None], bottom: list[float | None]) -> methods.Estimate:
    counts, people = np.array(top, dtype=float), np.array(bottom, dtype=float)
    if measure.method is Method.PROPORTION:
        return methods.proportion(counts, people)
    return methods.rate(counts, people, multiplier=1)


def joined(*parts: MeasureResults) -> MeasureResults:
    """The results of several periods or groups of one measure together."""
    return results_from(parts[0].measure, pl.concat([part.frame for part in parts]), confidence=0.95)
