"""One picture of each kind from made-up numbers, with any name of an area."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from tests.unit.indicators.practice_results import results_of as practice_results_of
from tests.unit.indicators.series_examples import MONTHS, results_of, rows_of
from tests.unit.reports.pictures.demand_examples import fan, tornado, waterfall
from tests.unit.reports.pictures.population_examples import pyramid

from placeplan.indicators.control.control_series import EVERY_AREA, Rebase, control_series
from placeplan.indicators.measures import Polarity
from placeplan.indicators.methods import slope_index_of_inequality
from placeplan.indicators.trajectory.delivery import (
    ActualPoint,
    Delivery,
    Forecast,
    ForecastPoint,
    PlannedPoint,
    StandardStep,
)
from placeplan.indicators.variation.unit_funnels import unit_funnel
from placeplan.kernel.spans import Frequency, Span, parse_span
from placeplan.reports.pictures.caterpillar import Comparator, caterpillar_picture
from placeplan.reports.pictures.funnel import funnel_picture
from placeplan.reports.pictures.heat_map import heat_map_picture
from placeplan.reports.pictures.map import map_picture
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.slope import slope_picture
from placeplan.reports.pictures.trajectory import trajectory_picture
from placeplan.reports.pictures.xmr import xmr_picture

PLAIN = "Weald"
HOSTILE = (
    "<script>alert('x')</script> \" ' & </svg> \x00\x07\x1b datum.value + 1; url(#x) ${y} {{ z }}",
    "A very long name of a place " * 12 + "Unbrokenwordwithoutanyspace" * 10,
    "Ŵyr Ynys Môn Llŷn, clinic 🏥 مستشفى 医院",
    "",
)
FALLING = [92.0, 91, 93, 92, 91, 92, 93, 92, 85, 84, 83, 82, 81, 80, 79, 78]
PRACTICES = [("A", 60, 100), ("B", 160, 200), ("C", 120, 150), ("D", 350, 400), ("E", 30, 80), ("F", 900, 1000)]


def control_chart(name: str = PLAIN, *, values: Sequence[float | None] = FALLING, **more: Any) -> StatisticalPicture:
    """A control chart that falls, with a target of 95 and limits that begin afresh in the ninth month."""
    rebases = {EVERY_AREA: [Rebase(date(2013, 12, 1), f"a new way of counting {name}")]} if len(values) > 8 else {}
    rows = rows_of(values, **({"area_name": name, "area": "X1"} | more))
    return xmr_picture(control_series(results_of(rows), target=95.0, rebases=rebases)[0])


def areas(values: Sequence[float | None], *, name: str = PLAIN, half: float = 1.0) -> list[Mapping[str, Any]]:
    """One month of several areas with intervals of one width."""
    return [
        row | ({"lower": value - half, "upper": value + half} if value is not None else {})
        for place, value in enumerate(values)
        for row in rows_of([value], area=f"X{place}", area_name=f"{name} {place}")
    ]


def caterpillar(name: str = PLAIN, *, values: Sequence[float | None] = (70, 80, 90.5, None)) -> StatisticalPicture:
    """Areas beside England, the last of them without a value."""
    results = results_of(areas(values, name=name))
    return caterpillar_picture(results, comparator=Comparator("England", 80.5), highlight=["X1"])


def funnel(name: str = PLAIN) -> StatisticalPicture:
    """Six practices, one of them without limits."""
    practices = [(f"{name} {code}", count, size) for code, count, size in PRACTICES]
    return funnel_picture(unit_funnel(practice_results_of([*practices, (f"{name} none", None, 90)])))


def month(text: str) -> Span:
    """A month."""
    return parse_span(text, frequency=Frequency.MONTH)


def delivery(name: str = PLAIN, **more: Any) -> Delivery:
    """Ten months observed, two years planned, six months forecast."""
    values: list[float | None] = [91, 92, None, 90, 89, 88, 87, 88, 86, 85]
    actual = tuple(
        ActualPoint(
            month(MONTHS[at]), value, value and value - 1, value and value + 1, note="" if value else "not sent"
        )
        for at, value in enumerate(values)
    )
    planned = tuple(PlannedPoint(month(MONTHS[at]), 88 + at * 0.3) for at in range(16))
    ahead = tuple(ForecastPoint(month(MONTHS[at]), 84, 84 - at / 4, 84 + at / 4) for at in range(10, 16))
    given: dict[str, Any] = {
        "measure": "ae-4-hours",
        "title": f"Four hours in {name}",
        "unit": "per cent",
        "polarity": Polarity.HIGHER_IS_BETTER,
        "area": "X1",
        "area_name": name,
        "per": 100.0,
        "actual": actual,
        "planned": planned,
        "standards": (StandardStep(date(2010, 4, 1), 95.0, f"Standard {name}", confirmed=False),),
        "forecast": Forecast(ahead, "the last value carried on"),
        "notes": (f"A note on {name}.",),
    }
    return Delivery(**given | more)


def trajectory(name: str = PLAIN) -> StatisticalPicture:
    """All kinds of lines."""
    return trajectory_picture(delivery(name))


def heat_map(name: str = PLAIN) -> StatisticalPicture:
    """Three rows and four columns, one cell not known."""
    values = [[0.0, 25, 50, 75], [100, 12.5, None, 33], [5, 6, 7, 8]]
    return heat_map_picture(
        f"heat {name}",
        values,
        rows=[f"{name} {row}" for row in "ABC"],
        columns=[f"{name} {column}" for column in range(4)],
        title=f"Open in {name}",
        subtitle="Share of sites.",
        unit="per cent",
        note=name,
    )


def slope(name: str = PLAIN, *, values: Sequence[float | None] = (70.0, 72, 74, 76, 78)) -> StatisticalPicture:
    """Five groups; the index is worked out where all have a value."""
    known = np.array([np.nan if value is None else value for value in values])
    index = slope_index_of_inequality(known, np.full(5, 0.2), np.full(5, 1000.0), seed=1, repetitions=2_000)
    groups = pl.DataFrame(
        {
            "group": [f"{name} {place}" for place in range(1, 6)],
            "value": list(values),
            "lower": [None if value is None else value - 0.4 for value in values],
            "upper": [None if value is None else value + 0.4 for value in values],
            "population": [1000.0] * 5,
        },
        schema_overrides=dict.fromkeys(("value", "lower", "upper"), pl.Float64),
    )
    return slope_picture(
        f"slope {name}",
        groups,
        index=index,
        title=f"Life expectancy in {name}",
        subtitle="Years.",
        unit="years",
        note=name,
    )


def square(code: str, name: str, *, left: float, clockwise: bool = False) -> dict[str, Any]:
    """A square area of a tenth of a degree."""
    ring = [[left, 51.0], [left + 0.1, 51.0], [left + 0.1, 51.1], [left, 51.1], [left, 51.0]]
    geometry = {"type": "Polygon", "coordinates": [ring[::-1] if clockwise else ring]}
    return {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": geometry}


def squares(name: str = PLAIN, *, count: int = 4) -> dict[str, Any]:
    """Squares side by side; every other ring turns the other way."""
    features = [
        square(f"X{place}", f"{name} {place}", left=0.1 * place, clockwise=place % 2 == 0) for place in range(count)
    ]
    return {"type": "FeatureCollection", "features": features}


def area_map(name: str = PLAIN, *, values: Mapping[str, float | None] | None = None, **more: Any) -> StatisticalPicture:
    """Four squares, one of them without a value."""
    given: dict[str, Any] = {
        "identifier": f"map {name}",
        "title": f"Prevalence in {name}",
        "subtitle": "Per cent.",
        "unit": "per cent",
        "attribution": f"Boundaries of nowhere, {name}.",
        "code": "code",
        "name": "name",
        "why_missing": {"X3": f"not sent by {name}"},
    }
    found = {"X0": 1.23, "X1": 2.34, "X2": 3.45, "X3": None} if values is None else values
    return map_picture(squares(name), found, **given | more)


KINDS = {
    "control chart": control_chart,
    "caterpillar": caterpillar,
    "funnel": funnel,
    "trajectory": trajectory,
    "heat map": heat_map,
    "slope": slope,
    "map": area_map,
    "pyramid": pyramid,
    "waterfall": waterfall,
    "tornado": tornado,
    "fan": fan,
}
