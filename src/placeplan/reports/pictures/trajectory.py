"""Trajectories: what happened beside what was planned, what is asked for, and what may come."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

import polars as pl

from placeplan.indicators.trajectory.delivery import (
    STANDING_WORDS,
    ActualPoint,
    Delivery,
    ForecastPoint,
    Gap,
    PlannedPoint,
)
from placeplan.kernel.spans import Frequency, Span
from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import is_per_cent, printed, scale_of, sentence
from placeplan.reports.pictures.fitting import cut, width_of
from placeplan.reports.pictures.labelling import Plot, Spot, label_layers
from placeplan.reports.pictures.naming import spoken
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.style import KeyMark, Shape
from placeplan.reports.pictures.time_axis import moment, time_axis, time_scale, time_words

HEIGHT = 340
MARGIN = 124
BESIDE = 12  # between the end of a line, its label, and the edge
BAND_ACROSS, BAND_UP = 4, 8
UNCONFIRMED_STANDARD = "Unconfirmed standard"
_Drawn = ActualPoint | PlannedPoint | ForecastPoint
UNCERTAIN = ("synthetic", "provisional", "estimated")


def trajectory_picture(delivery: Delivery) -> StatisticalPicture:
    """Planned, actual, standard and forecast of one measure and area; lines differ by kind and carry their names."""
    place = spoken(delivery.area_name) or delivery.area
    title = f"{delivery.title}: {place}" if place else delivery.title
    identifier = "-".join(filter(None, (delivery.measure, "trajectory", delivery.area)))
    if not any(point.value is not None for point in delivery.actual) and not delivery.planned:
        why = "Nothing was planned and no period has a value."
        return message_picture(identifier, title=title, subtitle="", why=why, data=_table(delivery))
    spans = _spans(delivery)
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=f"{sentence(delivery.unit)}, {_when(spans[0])} to {_when(spans[-1])}.",
        spec=_spec(delivery, spans),
        says=_says(delivery),
        note=" ".join(_notes(delivery)),
        data=_table(delivery),
        marks=tuple(_marks(delivery)),
        key=tuple(_key(delivery)),
    )


def _spans(delivery: Delivery) -> list[Span]:
    """All periods that are drawn, in order of time."""
    drawn: Sequence[_Drawn] = (*delivery.actual, *delivery.planned, *delivery.forecast.points)
    return sorted({point.span for point in drawn})


def _when(span: Span) -> str:
    return time_words(span.text, span.starts, frequency=span.frequency)


def _says(delivery: Delivery) -> str:
    latest, unit = delivery.latest, delivery.unit
    if latest is None or latest.value is None:
        return f"There is no observed value yet; {len(delivery.planned)} planned values are drawn."
    gap = next(gap for gap in reversed(delivery.gaps) if gap.span == latest.span)
    said = [f"The latest value is {printed(latest.value, unit)} ({_when(latest.span)})."]
    if gap.planned is not None:
        stands = f"the trajectory is {STANDING_WORDS[delivery.trajectory_test]}{_off(delivery)}"
        said.append(f"It was planned to be {printed(gap.planned, unit)}: {stands}.")
    if gap.standard is not None:
        stands = f"is {STANDING_WORDS[delivery.standard_test]}{_short_by(gap, unit)}"
        said.append(f"The standard of {printed(gap.standard, unit)} {stands}.")
    if delivery.forecast.points:
        last = delivery.forecast.points[-1]
        ends = f"{printed(last.lower, unit)} and {printed(last.upper, unit)}"
        said.append(f"The forecast for {_when(last.span)} is {printed(last.value, unit)}, between {ends}.")
    return " ".join(said)


def _off(delivery: Delivery) -> str:
    count = delivery.periods_off
    return f", for {count} periods in a row" if count > 1 else ""


def _short_by(gap: Gap, unit: str) -> str:
    if gap.to_standard is None or gap.to_standard >= 0:
        return ""
    apart = printed(-gap.to_standard, "" if is_per_cent(unit) else unit)
    return f" by {apart}{' percentage points' if is_per_cent(unit) else ''}"


def _notes(delivery: Delivery) -> Iterator[str]:
    missing = [point for point in delivery.actual if point.value is None]
    if missing:
        reasons = "; ".join(dict.fromkeys(point.note or "no reason is given" for point in missing))
        verb = "has" if len(missing) == 1 else "have"
        yield f"{len(missing)} of {len(delivery.actual)} periods {verb} no value: {reasons.rstrip('.')}."
    if delivery.forecast.points:
        yield f"Forecast: {delivery.forecast.method.rstrip('.')}. The band is its prediction interval."
    if any(point.lower is not None for point in delivery.actual):
        yield "Upright bars are confidence intervals of observed values."
    yield from delivery.notes


def _marks(delivery: Delivery) -> Iterator[str]:
    for status in UNCERTAIN:
        count = sum(point.status == status for point in delivery.actual)
        if count:
            yield (
                sentence(status)
                if count == len(delivery.actual)
                else f"{count} of {len(delivery.actual)} values {status}"
            )
    if any(not step.confirmed for step in delivery.standards):
        yield UNCONFIRMED_STANDARD


def _key(delivery: Delivery) -> Iterator[KeyMark]:
    if delivery.actual:
        yield KeyMark("Actual", Shape.LINE, style.ACTUAL)
    if delivery.planned:
        yield KeyMark("Planned", Shape.DASHED, style.PLANNED)
    if delivery.standards:
        yield KeyMark("Standard", Shape.DOTTED, style.TARGET)
    if delivery.forecast.points:
        yield KeyMark("Forecast and its band", Shape.DASHED, style.FORECAST)


def _table(delivery: Delivery) -> pl.DataFrame:
    columns: dict[str, Any] = dict.fromkeys(
        ("actual", "lower", "upper", "planned", "standard", "forecast", "forecast_lower", "forecast_upper"), pl.Float64
    )
    actual = {point.span: point for point in delivery.actual}
    forecast = {point.span: point for point in delivery.forecast.points}
    rows = [_row(delivery, span, actual=actual.get(span), forecast=forecast.get(span)) for span in _spans(delivery)]
    return pl.DataFrame(
        rows, schema={"period": pl.String, **columns, "status": pl.String, "note": pl.String}, orient="row"
    )


def _row(
    delivery: Delivery, span: Span, *, actual: ActualPoint | None, forecast: ForecastPoint | None
) -> tuple[Any, ...]:
    planned, standard = delivery.planned_for(span), delivery.standard_on(span.ends)
    return (
        span.text,
        *((actual.value, actual.lower, actual.upper) if actual else (None, None, None)),
        planned.value if planned else None,
        standard.value if standard else None,
        *((forecast.value, forecast.lower, forecast.upper) if forecast else (None, None, None)),
        actual.status if actual else "",
        actual.note if actual else "",
    )


def _spec(delivery: Delivery, spans: Sequence[Span]) -> Mapping[str, Any]:
    scale = scale_of(_numbers(delivery), unit=delivery.unit)
    height = HEIGHT - style.AXIS_HEIGHT - style.ABOVE
    plot = Plot(width=style.PLOT_WIDTH - style.AXIS_WIDTH - MARGIN, height=height, scale=scale)
    ends = _ends(spans)
    shortest = _shortest(spans)
    across = {**time_scale(*ends), "axis": _time_axis(shortest, ends, width=plot.width)}
    up = {
        "field": "value",
        "type": "quantitative",
        "scale": scale.domain,
        "axis": {**style.UPRIGHT, **scale.axis(sentence(delivery.unit))},
    }
    layers = [
        *_forecast_layers(delivery, across, up=up),
        *_standard_layers(delivery, across, up=up, ends=ends),
        *_planned_layers(delivery, across, up=up, frequency=shortest[0].frequency),
        *_actual_layers(delivery, across, up=up),
        *_labels(delivery, plot=plot, ends=ends),
    ]
    return style.plotted(*layers, plot=(plot.width, plot.height), right=MARGIN)


def _time_axis(spans: Sequence[Span], ends: tuple[float, float], *, width: float) -> Mapping[str, Any]:
    taken = (moment(spans[-1].starts) - moment(spans[0].starts)) / (ends[1] - ends[0]) * width
    texts, starts = [span.text for span in spans], [span.starts for span in spans]
    return time_axis(texts, starts, frequency=spans[0].frequency, width=taken)


def _numbers(delivery: Delivery) -> list[float | None]:
    actual = [number for point in delivery.actual for number in (point.value, point.lower, point.upper)]
    forecast = [number for point in delivery.forecast.points for number in (point.value, point.lower, point.upper)]
    return [
        *actual,
        *forecast,
        *(point.value for point in delivery.planned),
        *(one.value for one in delivery.standards),
    ]


def _shortest(spans: Sequence[Span]) -> list[Span]:
    """The periods of the shortest length, for the axis."""
    length = min(span.ends - span.starts for span in spans)
    frequency = next(span.frequency for span in spans if span.ends - span.starts == length)
    return [span for span in spans if span.frequency is frequency]


def _ends(spans: Sequence[Span]) -> tuple[float, float]:
    first, last = spans[0].starts, max(span.starts for span in spans)
    longest = max(spans, key=lambda span: span.ends - span.starts)
    if longest.frequency is not _shortest(spans)[0].frequency:
        last = max(span.ends for span in spans)
    room = max((last - first) / max(len(spans), 2) * 0.5, timedelta(days=1))
    return moment(first - room), moment(last + room)


def _line(colour: str, shape: Shape, *, width: float = 2.2) -> Mapping[str, Any]:
    return {"type": "line", "color": colour, "strokeWidth": width, "strokeDash": list(style.DASHES[shape])}


def _rows(points: Iterable[_Drawn]) -> list[dict[str, Any]]:
    return [
        {"at": moment(point.span.starts), "to": moment(point.span.ends), "value": point.value}
        for point in points
        if point.value is not None
    ]


def _forecast_layers(
    delivery: Delivery, across: Mapping[str, Any], *, up: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    points = delivery.forecast.points
    if not points:
        return
    rows = [row | {"lower": one.lower, "upper": one.upper} for row, one in zip(_rows(points), points, strict=True)]
    start = delivery.latest
    joined = [*_rows([start] if start else []), *rows]
    band = {"type": "area", "color": style.FORECAST, "opacity": 0.16}
    ends = {"x": across, "y": {**up, "field": "lower"}, "y2": {"field": "upper"}}
    yield {"data": {"values": rows}, "mark": band, "encoding": ends}
    yield {"data": {"values": joined}, "mark": _line(style.FORECAST, Shape.DASHED), "encoding": {"x": across, "y": up}}
    point = {**style.POINTS, "shape": Shape.TRIANGLE_UP.value, "color": style.FORECAST, "size": 40}
    yield {"data": {"values": rows}, "mark": point, "encoding": {"x": across, "y": up}}


def _standard_layers(
    delivery: Delivery, across: Mapping[str, Any], *, up: Mapping[str, Any], ends: tuple[float, float]
) -> Iterator[Mapping[str, Any]]:
    starts = [max(moment(step.starts), ends[0]) for step in delivery.standards]
    stops = [*starts[1:], ends[1]]
    rows = [
        {"at": start, "to": stop, "value": step.value}
        for step, start, stop in zip(delivery.standards, starts, stops, strict=False)
        if start < stop
    ]
    mark = {"type": "rule", "color": style.TARGET, "strokeWidth": 2, "strokeDash": list(style.DASHES[Shape.DOTTED])}
    if rows:
        yield {"data": {"values": rows}, "mark": mark, "encoding": {"x": across, "x2": {"field": "to"}, "y": up}}


def _planned_layers(
    delivery: Delivery, across: Mapping[str, Any], *, up: Mapping[str, Any], frequency: Frequency
) -> Iterator[Mapping[str, Any]]:
    """A line of planned points; a plan for longer periods than are observed is a level across each."""
    same = [point for point in delivery.planned if point.span.frequency is frequency]
    longer = [point for point in delivery.planned if point.span.frequency is not frequency]
    if same:
        point = {**style.POINTS, "shape": Shape.DIAMOND.value, "color": style.PLANNED, "size": 46}
        line = {"x": across, "y": up}
        yield {"data": {"values": _rows(same)}, "mark": _line(style.PLANNED, Shape.DASHED), "encoding": line}
        yield {"data": {"values": _rows(same)}, "mark": point, "encoding": line}
    if longer:
        level = {"type": "rule", "color": style.PLANNED, "strokeWidth": 2.2, "strokeDash": [6, 4]}
        ends = {"x": across, "x2": {"field": "to"}, "y": up}
        yield {"data": {"values": _rows(longer)}, "mark": level, "encoding": ends}


def _actual_layers(
    delivery: Delivery, across: Mapping[str, Any], *, up: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    """The observed line, broken where a period has no value, with intervals; a provisional value is hollow."""
    rows = []
    for run, point in _numbered_runs(delivery.actual):
        row = _rows([point])[0]
        fill = style.PAPER if point.status in UNCERTAIN else style.ACTUAL
        rows.append(row | {"run": run, "lower": point.lower, "upper": point.upper, "colour": fill})
    data = {"data": {"values": rows}}
    line = {"x": across, "y": up, "detail": {"field": "run", "type": "nominal"}}
    if any(row["lower"] is not None for row in rows):
        bar = {"type": "rule", "color": style.ACTUAL, "strokeWidth": 1}
        yield {**data, "mark": bar, "encoding": {"x": across, "y": {**up, "field": "lower"}, "y2": {"field": "upper"}}}
    yield {**data, "mark": _line(style.ACTUAL, Shape.LINE), "encoding": line}
    colour = {"field": "colour", "type": "nominal", "scale": None}
    point_mark = {**style.POINTS, "shape": "circle", "size": 44 if len(rows) <= 40 else 24, "strokeWidth": 1.4}
    yield {**data, "mark": point_mark, "encoding": {"x": across, "y": up, "color": colour}}


def _numbered_runs(points: Sequence[ActualPoint]) -> Iterator[tuple[int, ActualPoint]]:
    """Observed points with the number of the unbroken run that each belongs to."""
    run = 0
    previous: ActualPoint | None = None
    for point in points:
        broken = previous is not None and (point.span.starts - previous.span.ends).days > 1
        if point.value is None or broken:
            run += 1
        if point.value is not None:
            yield run, point
        previous = point


def _labels(delivery: Delivery, *, plot: Plot, ends: tuple[float, float]) -> list[Mapping[str, Any]]:
    """The name and last value of each line, beside its end."""
    unit = delivery.unit if is_per_cent(delivery.unit) else ""
    shortest = _shortest(_spans(delivery))[0].frequency

    def spot(words: str, at: float, *, value: float) -> Spot:
        return Spot((at - ends[0]) / (ends[1] - ends[0]) * plot.width, plot.up(value), words)

    named = []
    if delivery.latest is not None and delivery.latest.value is not None:
        at, value = moment(delivery.latest.span.starts), delivery.latest.value
        named.append(spot(f"Actual {printed(value, unit)}", at, value=value))
    for words, points in (("Planned", delivery.planned), ("Forecast", delivery.forecast.points)):
        if points:
            last = points[-1]
            level = last.span.frequency is not shortest
            at = moment(last.span.ends if level else last.span.starts)
            named.append(spot(f"{words} {printed(last.value, unit)}", at, value=last.value))
    if delivery.standards:
        step = delivery.standards[-1]
        value_words = printed(step.value, unit)
        room = MARGIN - BESIDE - width_of(f" {value_words}", size=style.LABEL_SIZE)
        name = cut(step.name or "Standard", size=style.LABEL_SIZE, width=room)
        named.append(spot(f"{name} {value_words}", ends[1], value=step.value))
    drawn: Sequence[_Drawn] = (*delivery.actual, *delivery.planned, *delivery.forecast.points)
    obstacles = [spot("", row["at"], value=row["value"]) for row in _rows(drawn)]
    obstacles += [spot("", at, value=value) for at, value in _in_band(delivery)]
    wide = Plot(width=plot.width + MARGIN, height=plot.height, scale=plot.scale)
    return label_layers(named, obstacles, plot=wide, sure=len(named))


def _in_band(delivery: Delivery) -> Iterator[tuple[float, float]]:
    """Moments and values spread over the band of the forecast, so that labels keep clear of it."""
    points = delivery.forecast.points
    for before, after in pairwise(points):
        for share in (number / BAND_ACROSS for number in range(BAND_ACROSS)):
            at = _between(moment(before.span.starts), moment(after.span.starts), share=share)
            low, high = (
                _between(before.lower, after.lower, share=share),
                _between(before.upper, after.upper, share=share),
            )
            yield from ((at, _between(low, high, share=step / BAND_UP)) for step in range(BAND_UP + 1))


def _between(start: float, end: float, *, share: float) -> float:
    return start + (end - start) * share
