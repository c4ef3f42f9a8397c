"""The slope of inequality: values of groups from the most to the least deprived, and the line fitted to them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from math import exp, isfinite, log
from typing import Any

import polars as pl

from placeplan.indicators.methods import SlopeIndex
from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import is_per_cent, printed, scale_of, sentence
from placeplan.reports.pictures.labelling import LineLabel, Plot, Spot, label_layers, line_label_layer
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.style import KeyMark, Shape

GROUP_COLUMNS = ("group", "value", "lower", "upper", "population")
HEIGHT = 380
MARGIN = 104
STEPS_OF_CURVE = 40
Fit = Callable[[float], float]
_SCALES: Mapping[str | None, tuple[Fit, Fit]] = {
    None: (lambda value: value, lambda value: value),
    "log": (log, exp),
    "logit": (lambda share: log(share / (1 - share)), lambda score: 1 / (1 + exp(-score))),
}


def slope_picture(
    identifier: str,
    groups: pl.DataFrame,
    *,
    index: SlopeIndex,
    title: str,
    subtitle: str,
    unit: str,
    note: str,
    transform: str | None = None,
    marks: Sequence[str] = (),
) -> StatisticalPicture:
    """The slope index of one area with what it rests on.

    ``groups`` has the columns of ``GROUP_COLUMNS``, most deprived first. ``index`` is the slope index of this one area
    in the unit of the values; ``transform`` is the one that it was fitted with, so that the line is drawn as fitted.

    Raises:
        ValueError: a column is missing, the index is not of one area, or the transform is not known.
    """
    _check(groups, index, transform=transform)
    data = groups.select(GROUP_COLUMNS).with_columns(_middles(groups["population"]).alias("middle_of_population_share"))
    known = groups["value"].drop_nulls()
    if known.is_empty():
        why = f"None of the {groups.height} groups has a value."
        return message_picture(identifier, title=title, subtitle=subtitle, why=why, data=data, note=note)
    ends = _fitted_ends(index)
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(data, ends, unit=unit, transform=transform),
        says=_says(data, index, ends=ends, unit=unit),
        note=" ".join(filter(None, (_missing(groups), _method(index), note))),
        data=data,
        marks=tuple(marks),
        key=tuple(_key(groups, fitted=ends is not None)),
    )


def _check(groups: pl.DataFrame, index: SlopeIndex, *, transform: str | None) -> None:
    absent = [name for name in GROUP_COLUMNS if name not in groups.columns]
    if absent:
        raise ValueError(f"groups: the columns {', '.join(absent)} are missing")
    if index.value.size != 1:
        raise ValueError(f"index: expected the slope index of one area, found {index.value.size}")
    if transform not in _SCALES:
        raise ValueError(f"transform: expected nothing, 'log' or 'logit', found {transform!r}")


def _fitted_ends(index: SlopeIndex) -> tuple[float, float] | None:
    """The fitted values at the most and at the least deprived end; nothing where there is no index."""
    value, low = float(index.value.item()), float(index.intercept.item())
    if not (isfinite(value) and isfinite(low)):
        return None
    return low, low + value / index.multiplier


def _middles(populations: pl.Series) -> pl.Series:
    """The middle of each group's share of the population, counted from the most deprived."""
    known = [float(one or 0) for one in populations.to_list()]
    total = sum(known) or 1.0
    ends = list(accumulate(known))
    return pl.Series([(end - own / 2) / total for end, own in zip(ends, known, strict=True)], dtype=pl.Float64)


def _says(data: pl.DataFrame, index: SlopeIndex, *, ends: tuple[float, float] | None, unit: str) -> str:
    first, last = data.row(0, named=True), data.row(-1, named=True)
    spread = f"{first['group']} has {printed(first['value'], unit)} and {last['group']} {printed(last['value'], unit)}."
    if ends is None:
        return f"{spread} There is no slope index: {_why(index)}."
    own = _signed([float(one.item()) for one in (index.value, index.lower, index.upper)])
    points = "percentage points" if is_per_cent(unit) else unit
    slope = (
        f"Across the whole range of deprivation the fitted value goes from {printed(ends[0], unit)} at the most "
        f"deprived end to {printed(ends[1], unit)} at the least deprived: the slope index is {own[0]} "
        f"{points} "
        f"({index.confidence:.0%} interval {own[1]} to {own[2]})."
    )
    relative = float(index.relative.item())
    if not isfinite(relative):
        return f"{spread} {slope} There is no relative index: {index.relative_why.item()}."
    lower, upper = float(index.relative_lower.item()), float(index.relative_upper.item())
    return f"{spread} {slope} The relative index is {relative:.2f} ({lower:.2f} to {upper:.2f})."


def _signed(numbers: Sequence[float]) -> list[str]:
    """Numbers with a true minus sign and as many decimal places each."""
    places = 1 if max(map(abs, numbers)) >= 10 else 2
    return [f"{number:,.{places}f}".replace("-", "−") for number in numbers]


def _why(index: SlopeIndex) -> str:
    return str(index.why.item()) or "it could not be worked out"


def _missing(groups: pl.DataFrame) -> str:
    count = groups["value"].null_count()
    verb = "has" if count == 1 else "have"
    return f"{count} of {groups.height} groups {verb} no value." if count else ""


def _method(index: SlopeIndex) -> str:
    return f"Slope index: {index.method}, {index.repetitions:,} draws from seed {index.seed}."


def _key(groups: pl.DataFrame, *, fitted: bool) -> Iterator[KeyMark]:
    interval = " with its interval" if groups["lower"].drop_nulls().len() else ""
    yield KeyMark(f"A group{interval}; its bar is as wide as its share of the population", Shape.CIRCLE, style.MARK)
    if fitted:
        yield KeyMark("Fitted line", Shape.LINE, style.CONCERN)


def _spec(
    data: pl.DataFrame, ends: tuple[float, float] | None, *, unit: str, transform: str | None
) -> Mapping[str, Any]:
    curve = _curve(ends, transform=transform) if ends else []
    numbers = [*data["value"], *data["lower"], *data["upper"], *(row["value"] for row in curve)]
    scale = scale_of(numbers, unit=unit)
    height = HEIGHT - style.TITLED_AXIS_HEIGHT - style.ABOVE
    plot = Plot(width=style.PLOT_WIDTH - style.AXIS_WIDTH - MARGIN, height=height, scale=scale)
    axis = {
        "title": "Share of the population, from the most deprived (left) to the least deprived (right)",
        "format": ".0%",
        "values": [0, 0.2, 0.4, 0.6, 0.8, 1],
        "grid": False,
        "labelFlush": False,
    }
    across = {"field": "at", "type": "quantitative", "scale": {"domain": [0, 1], "nice": False}, "axis": axis}
    axis_up = {**style.UPRIGHT, **scale.axis(sentence(unit))}
    up = {"field": "value", "type": "quantitative", "scale": scale.domain, "axis": axis_up}
    groups = _covered(data)
    fitted = _fitted_layers(curve, across, up=up, plot=plot, unit=unit, groups=groups)
    layers = [*_group_layers(data, across, up=up), *fitted]
    return style.plotted(*layers, plot=(plot.width, plot.height), right=MARGIN, below=style.TITLED_AXIS_HEIGHT)


def _covered(data: pl.DataFrame) -> list[dict[str, float]]:
    """Places that groups take: their values and the ends of their intervals."""
    known = data.drop_nulls("value").iter_rows(named=True)
    return [
        {"at": row["middle_of_population_share"], "value": row[name]}
        for row in known
        for name in ("value", "lower", "upper")
        if row[name] is not None
    ]


def _group_layers(data: pl.DataFrame, across: Mapping[str, Any], *, up: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    total = float(data["population"].sum()) or 1.0
    rows = []
    for row in data.drop_nulls("value").iter_rows(named=True):
        middle, half = row["middle_of_population_share"], float(row["population"] or 0) / total / 2
        edges = {"at": middle, "from": middle - half + 0.002, "to": middle + half - 0.002}
        rows.append({**edges, "value": row["value"], "lower": row["lower"], "upper": row["upper"]})
    values = {"data": {"values": rows}}
    width = {"type": "rule", "color": style.MARK, "strokeWidth": 5, "opacity": 0.28}
    base = {"x": {**across, "field": "from"}, "x2": {"field": "to"}, "y": up}
    bar = {"type": "rule", "color": style.SOFT_INK, "strokeWidth": 1.6}
    interval = {"x": across, "y": {**up, "field": "lower"}, "y2": {"field": "upper"}}
    point = {**style.POINTS, "color": style.MARK, "shape": "circle"}
    return [
        {**values, "mark": width, "encoding": base},
        {**values, "transform": [{"filter": "isValid(datum.lower)"}], "mark": bar, "encoding": interval},
        {**values, "mark": point, "encoding": {"x": across, "y": up}},
    ]


def _curve(ends: tuple[float, float], *, transform: str | None) -> list[dict[str, float]]:
    """The fitted line; a curve where it was fitted on another scale."""
    there, back = _SCALES[transform]
    low, high = there(ends[0]), there(ends[1])
    places = [place / STEPS_OF_CURVE for place in range(STEPS_OF_CURVE + 1)]
    return [{"at": place, "value": back(low + (high - low) * place)} for place in places]


def _fitted_layers(
    curve: Sequence[Mapping[str, float]],
    across: Mapping[str, Any],
    *,
    up: Mapping[str, Any],
    plot: Plot,
    unit: str,
    groups: Sequence[Mapping[str, float]],
) -> list[Mapping[str, Any]]:
    """The line and its value at both ends; the one on the left keeps clear of the line and of the groups."""
    if not curve:
        return []
    mark = {"type": "line", "color": style.CONCERN, "strokeWidth": 2.6}
    own = unit if is_per_cent(unit) else ""
    first, last = (f"Fitted {printed(curve[end]['value'], own)}" for end in (0, -1))
    spots = [Spot(row["at"] * plot.width, plot.up(row["value"])) for row in (*curve, *groups)]
    line = {"data": {"values": list(curve)}, "mark": mark, "encoding": {"x": across, "y": up}}
    return [
        line,
        *label_layers([replace(spots[0], words=first)], spots, plot=plot, sure=1),
        line_label_layer([LineLabel(curve[-1]["value"], last)], plot=plot),
    ]
