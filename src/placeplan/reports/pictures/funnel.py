"""Funnels: units beside the limits that chance sets for their size."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any

import polars as pl

from placeplan.indicators.measures import Measure, Polarity
from placeplan.indicators.variation.unit_funnels import UnitFunnel
from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import how_many, is_per_cent, printed, scale_of, sentence
from placeplan.reports.pictures.fitting import cut
from placeplan.reports.pictures.labelling import LineLabel, Plot, Spot, label_layers, line_label_layer
from placeplan.reports.pictures.naming import spoken
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.saying import definition_marks, names_of, without_value
from placeplan.reports.pictures.style import KeyMark, Shape, Verdict

HEIGHT = 420
MARGIN = 92
LABEL_WIDTH = 190
LOG_FROM = 30
FEW_POWERS = 2.5
MOST_LABELS = 14
MOST_TOLD = 4
MANY_UNITS = 300
LIMITS = (
    ("lower_95", style.DASHES[Shape.DASHED]),
    ("upper_95", style.DASHES[Shape.DASHED]),
    ("lower_998", ()),
    ("upper_998", ()),
)
# How far out each word of the significance is: beyond the inner (1) or the outer limits (2), below or above.
_STEPS = {"low (0.001)": -2, "low (0.025)": -1, "not significant": 0, "high (0.025)": 1, "high (0.001)": 2}


@dataclass(frozen=True, slots=True)
class _Unit:
    area: str
    name: str
    size: float
    value: float
    step: int
    z: float


@dataclass(frozen=True, slots=True)
class _Across:
    """The size axis: where a size stands as a share of the width, and the axis for the engine."""

    share: Callable[[float], float]
    field: Mapping[str, Any]


def funnel_picture(funnel: UnitFunnel, highlight: Iterable[str] = (), *, source: str = "") -> StatisticalPicture:
    """Units by size and value, with 95% and 99.8% limits around the average.

    ``source`` is a sentence on where the numbers were read.

    Units beyond the outer limits, and those whose codes are in ``highlight``, carry their names where there is room.
    """
    measure = funnel.measure
    title, identifier = f"{measure.title}, {funnel.period}", f"{measure.id}-funnel-{funnel.period}"
    units = list(_units(funnel.units))
    missing = without_value(funnel.units, noun="unit")
    if not units:
        why = missing or "no unit has limits."
        return message_picture(identifier, title=title, subtitle="", why=sentence(why), data=funnel.units)
    subtitle = (
        f"{sentence(measure.unit)}; {how_many(len(units), 'unit')} by size, with control limits around the average "
        f"({funnel.average_of}, {printed(funnel.average, measure.unit)})."
    )
    if funnel.over_dispersion != "none":
        subtitle += f" Limits are widened for over-dispersion ({funnel.over_dispersion})."
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(funnel, units, chosen=tuple(highlight)),
        says=_says(funnel, units),
        note=" ".join(filter(None, (*funnel.caveats, missing))),
        source=source,
        data=funnel.units,
        marks=definition_marks(measure),
        key=tuple(_key(units, measure)),
    )


def _units(frame: pl.DataFrame) -> Iterator[_Unit]:
    for row in frame.iter_rows(named=True):
        if row["value"] is not None and row["denominator"] and row["significance"]:
            name = spoken(row["area_name"]) or row["area"]
            step = _STEPS.get(row["significance"], 0)
            yield _Unit(row["area"], name, row["denominator"], row["value"], step, row["z"] or 0.0)


def _verdict(step: int, polarity: Polarity) -> Verdict:
    if step == 0:
        return Verdict.COMMON
    if polarity is Polarity.NEITHER:
        return Verdict.HIGHER if step > 0 else Verdict.LOWER
    good = (step > 0) == (polarity is Polarity.HIGHER_IS_BETTER)
    return Verdict.IMPROVEMENT if good else Verdict.CONCERN


def _looks(step: int, polarity: Polarity) -> Mapping[str, str]:
    """Colour and shape; paler between the inner and the outer limits."""
    verdict = _verdict(step, polarity)
    colour = style.COLOURS[verdict]
    return {"colour": style.paler(colour) if abs(step) == 1 else colour, "shape": style.SHAPES[verdict].value}


def _says(funnel: UnitFunnel, units: Sequence[_Unit]) -> str:
    unit = funnel.measure.unit
    counts = {step: [one for one in units if one.step == step] for step in (-2, -1, 1, 2)}
    inside = sum(one.step == 0 for one in units)
    return (
        f"Of {how_many(len(units), 'unit')}, {inside:,} lie within the 95% limits around the average of "
        f"{printed(funnel.average, unit)}. {_outer(counts[2], 'above', unit=unit)}; "
        f"{_outer(counts[-2], 'below', unit=unit)}. "
        f"Between the two pairs of limits, {len(counts[1]):,} are high and {len(counts[-1]):,} low."
    )


def _outer(units: Sequence[_Unit], way: str, *, unit: str) -> str:
    """``2 are above the 99.8% limits (Thanet 8.1%, Swale 7.9%)``; the furthest out are named."""
    verb = "is" if len(units) == 1 else "are"
    words = f"{len(units):,} {verb} {way} the 99.8% limits"
    furthest = sorted(units, key=lambda one: -abs(one.z))[:MOST_TOLD]
    if not furthest:
        return words
    most = "furthest: " if len(units) > MOST_TOLD else ""
    return f"{words} ({most}{names_of(f'{one.name} {printed(one.value, unit)}' for one in furthest)})"


def _key(units: Sequence[_Unit], measure: Measure) -> Iterator[KeyMark]:
    words = {0: "Within the 95% limits", 1: "beyond the 95% limits", 2: "beyond the 99.8% limits"}
    seen: set[tuple[str, str]] = set()
    for step in (0, -1, -2, 1, 2):
        looks = _looks(step, measure.polarity)
        marks = (looks["colour"], looks["shape"])
        if marks not in seen and any(unit.step == step for unit in units):
            seen.add(marks)
            way = "" if step == 0 else "Low, " if step < 0 else "High, "
            yield KeyMark(way + words[abs(step)], Shape(looks["shape"]), looks["colour"])
    yield KeyMark("95% limits", Shape.DASHED, style.SOFT_INK)
    yield KeyMark("99.8% limits", Shape.LINE, style.SOFT_INK)


def _spec(funnel: UnitFunnel, units: Sequence[_Unit], *, chosen: Sequence[str]) -> Mapping[str, Any]:
    measure = funnel.measure
    scale = scale_of([*(unit.value for unit in units), funnel.average], unit=measure.unit)
    height = HEIGHT - style.TITLED_AXIS_HEIGHT - style.ABOVE
    plot = Plot(width=style.PLOT_WIDTH - style.AXIS_WIDTH - MARGIN, height=height, scale=scale)
    across = _across(funnel, units)
    own = measure.unit if is_per_cent(measure.unit) else ""
    up = {
        "field": "value",
        "type": "quantitative",
        "scale": scale.domain,
        "axis": {**style.UPRIGHT, **scale.axis(sentence(measure.unit))},
    }
    rows = [
        {"size": unit.size, "value": unit.value} | dict(_looks(unit.step, measure.polarity))
        for unit in sorted(units, key=lambda unit: abs(unit.step))
    ]
    point = {**style.POINTS, "size": 18 if len(units) > MANY_UNITS else 52, "strokeWidth": 0.6}
    layers = [
        *_limit_lines(funnel, across.field, up=up),
        {
            "data": {"values": rows},
            "mark": point,
            "encoding": {"x": across.field, "y": up, **style.AS_GIVEN},
        },
        *_labels(units, chosen, across=across, plot=plot),
        line_label_layer([LineLabel(funnel.average, f"Average {printed(funnel.average, own)}")], plot=plot),
    ]
    return style.plotted(*layers, plot=(plot.width, plot.height), right=MARGIN, below=style.TITLED_AXIS_HEIGHT)


def _across(funnel: UnitFunnel, units: Sequence[_Unit]) -> _Across:
    """Sizes on a log scale where the largest is many times the smallest, else from zero."""
    smallest, largest = min(unit.size for unit in units), max(unit.size for unit in units)
    field = {"field": "size", "type": "quantitative"}
    title = _size_words(funnel)
    if largest / smallest < LOG_FROM:
        scale = scale_of([0, largest], from_zero=True)
        return _Across(
            lambda size: size / scale.high,
            {**field, "scale": scale.domain, "axis": {**scale.axis(title), "grid": False}},
        )
    low, high = log10(smallest * 0.85), log10(largest * 1.15)
    powers = range(floor(low), floor(high) + 1)
    steps = (1, 2, 5) if high - low < FEW_POWERS else (1, 3)
    marks = [step * 10**power for power in powers for step in steps if low <= log10(step * 10**power) <= high]
    axis = {"title": f"{title} (logarithmic scale)", "values": marks, "format": ",", "grid": False}
    log = {"type": "log", "domain": [10**low, 10**high], "nice": False}
    return _Across(lambda size: (log10(size) - low) / (high - low), {**field, "scale": log, "axis": axis})


def _size_words(funnel: UnitFunnel) -> str:
    if funnel.statistic == "ratio":
        return "Expected events"
    denominator = funnel.measure.denominator
    return f"Size: {denominator.words[:1].lower()}{denominator.words[1:]}" if denominator else "Size"


def _limit_lines(
    funnel: UnitFunnel, across: Mapping[str, Any], *, up: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    frame = funnel.curve.select(pl.col("denominator").alias("size"), *(name for name, _ in LIMITS))
    for name, dashes in LIMITS:
        rows = frame.select("size", pl.col(name).alias("value")).drop_nulls().to_dicts()
        mark = {"type": "line", "clip": True, "color": style.SOFT_INK, "strokeWidth": 1.2, "strokeDash": list(dashes)}
        yield {"data": {"values": rows}, "mark": mark, "encoding": {"x": across, "y": up}}
    average = {"type": "rule", "color": style.MEAN, "strokeWidth": 1.4}
    yield {"data": {"values": [{"value": funnel.average}]}, "mark": average, "encoding": {"y": up}}


def _labels(units: Sequence[_Unit], chosen: Sequence[str], *, across: _Across, plot: Plot) -> list[Mapping[str, Any]]:
    told = [unit for unit in units if unit.area in chosen]
    outer = sorted((unit for unit in units if abs(unit.step) == 2 and unit not in told), key=lambda one: -abs(one.z))
    labelled = [*told, *outer][: max(MOST_LABELS, len(told))]
    spots = [_spot(unit, across=across, plot=plot) for unit in units]
    own = [_spot(unit, across=across, plot=plot, words=_name(unit)) for unit in labelled]
    return label_layers(own, spots, plot=plot, sure=len(told))


def _name(unit: _Unit) -> str:
    return cut(unit.name, size=style.LABEL_SIZE, width=LABEL_WIDTH)


def _spot(unit: _Unit, *, across: _Across, plot: Plot, words: str = "") -> Spot:
    return Spot(across.share(unit.size) * plot.width, plot.up(unit.value), words)
