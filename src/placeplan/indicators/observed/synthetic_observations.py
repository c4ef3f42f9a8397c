"""Made-up observations of made-up places, to try the methods on where no data are at hand. Every row says so."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from placeplan.indicators.observed.observations import Observations, Status, observations_from
from placeplan.kernel.spans import Frequency, Span, next_span, parse_span

SOURCE = "synthetic, made by Placeplan from a seed"


@dataclass(frozen=True, slots=True)
class _Series:
    """One made-up series: its level drifts by ``step`` from ``changed`` on; ``size`` is the denominator of a period."""

    area: str
    name: str
    level: float
    size: int
    changed: int = 0
    step: float = 0.0


_EMERGENCY = (
    _Series("SYN1", "Synthetic Estuary Hospital", 0.78, 11_000, changed=24, step=-0.10),
    _Series("SYN2", "Synthetic Downs Hospital", 0.86, 8_000),
    _Series("SYN3", "Synthetic Weald Hospital", 0.72, 14_500, changed=30, step=0.09),
    _Series("SYN4", "Synthetic Coast Hospital", 0.81, 9_500),
)
_COVERAGE = (
    _Series("SYC1", "Synthetic County", 0.935, 4_100, changed=14, step=-0.02),
    _Series("SYC2", "Synthetic City", 0.905, 900),
)
_PRACTICES, _PREVALENCE, _SPREAD = 60, 0.148, 0.012
_SMALLEST_LIST, _LARGEST_LIST = 1_800, 21_000
_MONTHS, _QUARTERS = 42, 24
# How far a proportion wanders from period to period beyond chance, as real services do.
_WANDERING = 0.02


def synthetic_observations(seed: int) -> Observations:
    """Emergency departments by month, vaccination by quarter, hypertension by practice; the same for the same seed."""
    random = np.random.default_rng(seed)
    months = _spans(parse_span("2022-04", frequency=Frequency.MONTH), count=_MONTHS)
    quarters = _spans(parse_span("2019-20 Q1", frequency=Frequency.QUARTER), count=_QUARTERS)
    year = parse_span("2023-24", frequency=Frequency.FINANCIAL_YEAR)
    rows = [
        *_rows("ae-4-hours", _EMERGENCY, spans=months, random=random),
        *_rows("cover-pcv-12-months", _COVERAGE, spans=quarters, random=random),
        *_rows("qof-prevalence-hyp", _practices(random), spans=(year,), random=random),
    ]
    return observations_from(pl.DataFrame(rows))


def _spans(first: Span, *, count: int) -> tuple[Span, ...]:
    spans = [first]
    while len(spans) < count:
        spans.append(next_span(spans[-1]))
    return tuple(spans)


def _practices(random: np.random.Generator) -> tuple[_Series, ...]:
    levels = np.clip(random.normal(_PREVALENCE, _SPREAD, _PRACTICES), 0.01, 0.5)
    sizes = random.integers(_SMALLEST_LIST, _LARGEST_LIST, _PRACTICES)
    pairs = zip(levels.tolist(), sizes.tolist(), strict=True)
    return tuple(
        _Series(f"SYP{number:02d}", f"Synthetic practice {number:02d}", level, size)
        for number, (level, size) in enumerate(pairs, start=1)
    )


def _rows(
    measure: str, series: tuple[_Series, ...], *, spans: tuple[Span, ...], random: np.random.Generator
) -> Iterator[dict[str, object]]:
    for each in series:
        for number, span in enumerate(spans):
            level = each.level + (each.step if each.changed and number >= each.changed else 0.0)
            wandering = random.normal(0.0, _WANDERING * level * (1 - level) * 2)
            share = float(np.clip(level + wandering, 0.0, 1.0))
            yield {
                "measure": measure,
                "area": each.area,
                "area_name": each.name,
                "period": span.text,
                "starts": span.starts,
                "ends": span.ends,
                "frequency": span.frequency.value,
                "numerator": float(random.binomial(each.size, share)),
                "denominator": float(each.size),
                "status": Status.SYNTHETIC.value,
                "source": SOURCE,
            }
