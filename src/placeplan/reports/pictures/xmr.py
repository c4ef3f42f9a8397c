"""Control charts (XmR) with their verdicts, after Making Data Count."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from math import isfinite
from typing import Any

import polars as pl

from placeplan.indicators.control.control_series import ControlSeries
from placeplan.indicators.methods import Assurance, Variation
from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import number_or_none, printed, scale_of, sentence
from placeplan.reports.pictures.fitting import cut
from placeplan.reports.pictures.icons import Icon, Run
from placeplan.reports.pictures.labelling import LineLabel, Plot, line_label_layer
from placeplan.reports.pictures.naming import spoken
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.saying import definition_marks, people_words
from placeplan.reports.pictures.style import KeyMark, Shape, Verdict
from placeplan.reports.pictures.time_axis import moment, time_axis, time_scale, time_words

HEIGHT = 360
MARGIN = 108
NARROWEST_REASON = 60
DAY = 1.0
RULES = (
    "Special cause: a point beyond the limits, a run of seven on one side of the mean or all rising or falling, or two "
    "of three points close to a limit."
)
_VERDICTS = {
    Variation.NONE: Verdict.COMMON,
    Variation.COMMON_CAUSE: Verdict.COMMON,
    Variation.IMPROVEMENT_HIGH: Verdict.IMPROVEMENT,
    Variation.IMPROVEMENT_LOW: Verdict.IMPROVEMENT,
    Variation.CONCERN_HIGH: Verdict.CONCERN,
    Variation.CONCERN_LOW: Verdict.CONCERN,
    Variation.NEITHER_HIGH: Verdict.NEITHER,
    Variation.NEITHER_LOW: Verdict.NEITHER,
}
_KEY_WORDS = {
    Verdict.COMMON: "Common cause",
    Verdict.IMPROVEMENT: "Special cause, improvement",
    Verdict.CONCERN: "Special cause, concern",
    Verdict.NEITHER: "Special cause, neither",
}
_HIGH = {Variation.IMPROVEMENT_HIGH, Variation.CONCERN_HIGH, Variation.NEITHER_HIGH}
_ASSURANCE_LOOKS = {
    Assurance.PASS: (style.IMPROVEMENT, "P"),
    Assurance.FAIL: (style.CONCERN, "F"),
    Assurance.INCONSISTENT: (style.COMMON_CAUSE, "?"),
}


def xmr_picture(series: ControlSeries, *, source: str = "") -> StatisticalPicture:
    """One series as a control chart: points by verdict, mean, limits, target, and where limits begin afresh.

    ``source`` is a sentence on where the numbers were read.
    """
    title = f"{series.measure.title}: {_place(series)}"
    identifier = "-".join(
        filter(None, (series.measure.id, "xmr", series.area, series.sex, series.age, series.category))
    )
    about = people_words(series.sex, series.age, series.category)
    if series.latest is None:
        why = "no period has a value, so there is nothing to chart."
        return message_picture(identifier, title=title, subtitle=about, why=sentence(why), data=_table(series))
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=_subtitle(series, about),
        spec=_spec(series),
        says=_says(series),
        note=" ".join((*map(_as_sentence, series.notes), RULES)),
        source=source,
        data=_table(series),
        marks=(*_marks(series), *definition_marks(series.measure)),
        icons=tuple(_icons(series)),
        key=tuple(_key(series)),
    )


def _place(series: ControlSeries) -> str:
    return spoken(series.area_name) or series.area


def _as_sentence(note: str) -> str:
    """A note that begins with periods, turned round: ``2014-03: estimated.`` as ``Estimated: 2014-03.`` instead."""
    periods, colon, words = note.partition(": ")
    if not colon or not periods[:1].isdigit():
        return note
    return f"{sentence(words.rstrip('.'))}: {periods}."


def _subtitle(series: ControlSeries, about: str) -> str:
    unit = sentence(series.measure.unit)
    length = series.measure.frequency.value.replace("-", " ")
    return f"{unit} by {length}, {_when(series, 0)} to {_when(series, -1)}.{about}"


def _when(series: ControlSeries, place: int) -> str:
    return time_words(series.periods[place], series.starts[place], frequency=series.measure.frequency)


def _says(series: ControlSeries) -> str:
    unit, chart = series.measure.unit, series.chart
    place = series.latest_position or 0
    value = printed(float(chart.observed[place]), unit)
    since = series.since
    begun = series.periods.index(since) if since else place
    lasting = f", since {_when(series, begun)}" if begun < place else ""
    verdict = series.variation_words if series.variation else "no verdict on variation"
    said = [f"{_place(series)}: the latest value is {value} ({_when(series, place)}); {verdict}{lasting}."]
    if isfinite(chart.lower[place]):
        ends = f"{printed(float(chart.lower[place]), unit)} to {printed(float(chart.upper[place]), unit)}"
        said.append(f"The mean is {printed(float(chart.mean[place]), unit)}, and the control limits are {ends}.")
    if series.target is not None:
        words = series.assurance_words if series.assurance else "no verdict on the target"
        said.append(f"Against the target of {printed(series.target, unit)}: {words}.")
    return " ".join(said)


def _marks(series: ControlSeries) -> Iterator[str]:
    count = sum(series.provisional)
    if count:
        yield f"{count} of {len(series.periods)} points provisional"


def _icons(series: ControlSeries) -> Iterator[Icon]:
    verdict = _VERDICTS[series.variation]
    if series.variation is Variation.COMMON_CAUSE:
        yield Icon("Common cause variation", style.COMMON_CAUSE, "", Run.STEADY)
    elif series.variation:
        high = series.variation in _HIGH
        run = Run.RISING if high else Run.FALLING
        yield Icon(sentence(series.variation_words), style.COLOURS[verdict], "H" if high else "L", run)
    if series.assurance:
        colour, letter = _ASSURANCE_LOOKS[series.assurance]
        yield Icon(sentence(series.assurance_words), colour, letter, Run.ACROSS, target=True)


def _key(series: ControlSeries) -> Iterator[KeyMark]:
    shown = {_VERDICTS[Variation(int(code))] for code in series.chart.point_verdict.tolist()}
    yield from (style.key_mark(verdict, words) for verdict, words in _KEY_WORDS.items() if verdict in shown)
    if any(series.provisional):
        yield KeyMark("Provisional", Shape.CIRCLE, style.SOFT_INK, hollow=True)
    yield KeyMark("Mean", Shape.LINE, style.MEAN)
    yield KeyMark("Control limits", Shape.DASHED, style.LIMIT)
    if series.target is not None:
        yield KeyMark("Target", Shape.DOTTED, style.TARGET)


def _table(series: ControlSeries) -> pl.DataFrame:
    chart = series.chart
    numbers = {
        name: [number_or_none(each) for each in array.tolist()]
        for name, array in (
            ("value", chart.observed),
            ("mean", chart.mean),
            ("lower_limit", chart.lower),
            ("upper_limit", chart.upper),
        )
    }
    return pl.DataFrame(
        {
            "period": list(series.periods),
            **numbers,
            "special_cause": chart.special_cause_words.tolist(),
            "verdict": [
                _KEY_WORDS[_VERDICTS[Variation(code)]] if code else "" for code in chart.point_verdict.tolist()
            ],
            "provisional": list(series.provisional),
        },
        schema_overrides=dict.fromkeys(numbers, pl.Float64),
    )


def _spec(series: ControlSeries) -> Mapping[str, Any]:
    chart, unit = series.chart, series.measure.unit
    numbers = [*chart.observed.tolist(), *chart.lower.tolist(), *chart.upper.tolist(), series.target]
    scale = scale_of(numbers, unit=unit)
    plot = Plot(
        width=style.PLOT_WIDTH - style.AXIS_WIDTH - MARGIN, height=HEIGHT - style.AXIS_HEIGHT - style.ABOVE, scale=scale
    )
    first, last = _ends(series)
    taken = (moment(series.starts[-1]) - moment(series.starts[0])) / (last - first) * plot.width
    axis = time_axis(series.periods, series.starts, frequency=series.measure.frequency, width=taken)
    across = {**time_scale(first, last), "axis": axis}
    up = {
        "field": "value",
        "type": "quantitative",
        "scale": scale.domain,
        "axis": {**style.UPRIGHT, **scale.axis(sentence(unit))},
    }
    layers = [
        *_segment_lines(series, across, up=up),
        *_target_line(series, up),
        *_changes(series, across, plot=plot),
        *_points(series, across, up=up),
        line_label_layer(list(_line_labels(series)), plot=plot),
    ]
    return style.plotted(*layers, plot=(plot.width, plot.height), right=MARGIN)


def _ends(series: ControlSeries) -> tuple[float, float]:
    """The ends of the time axis, with half a period of room."""
    first, last = moment(series.starts[0]), moment(series.starts[-1])
    room = max((last - first) / max(len(series.starts) - 1, 1) * 0.6, DAY)
    return first - room, last + room


def _points(series: ControlSeries, across: Mapping[str, Any], *, up: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The line, broken at gaps, and the points; a provisional point has a hole."""
    rows = []
    run = 0
    for place, value in enumerate(series.chart.observed.tolist()):
        if not isfinite(value):
            run += 1
            continue
        verdict = _VERDICTS[Variation(int(series.chart.point_verdict[place]))]
        looks = style.looks(verdict)
        row = {"at": moment(series.starts[place]), "value": value, "run": run, "open": series.provisional[place]}
        rows.append(row | looks)
    size = style.POINT if len(rows) <= 60 else 34
    data = {"data": {"values": rows}}
    line = {"mark": {"type": "line", "color": "#8a949a", "strokeWidth": 1.4}, **data}
    hole = {"type": "point", "filled": True, "opacity": 1, "size": size * 0.28, "color": style.PAPER, "shape": "circle"}
    return [
        {**line, "encoding": {"x": across, "y": up, "detail": {"field": "run", "type": "nominal"}}},
        {**data, "mark": {**style.POINTS, "size": size}, "encoding": {"x": across, "y": up, **style.AS_GIVEN}},
        {**data, "transform": [{"filter": "datum.open"}], "mark": hole, "encoding": {"x": across, "y": up}},
    ]


def _segments(series: ControlSeries) -> Iterator[tuple[float, float, int]]:
    """Where each run of limits begins and ends, and a position in it."""
    first, last = _ends(series)
    starts = [moment(day) for day in series.starts]
    for _, group in groupby(range(len(starts)), key=lambda place: int(series.chart.segment[place])):
        places = list(group)
        begins = first if not places[0] else (starts[places[0] - 1] + starts[places[0]]) / 2
        finishes = last if places[-1] + 1 == len(starts) else (starts[places[-1]] + starts[places[-1] + 1]) / 2
        yield begins, finishes, places[-1]


def _segment_lines(
    series: ControlSeries, across: Mapping[str, Any], *, up: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    chart = series.chart
    for array, colour, dashes in (
        (chart.mean, style.MEAN, ()),
        (chart.lower, style.LIMIT, style.DASHES[Shape.DASHED]),
        (chart.upper, style.LIMIT, style.DASHES[Shape.DASHED]),
    ):
        rows = [
            {"at": begins, "to": finishes, "value": float(array[place])}
            for begins, finishes, place in _segments(series)
            if isfinite(array[place])
        ]
        mark = {"type": "rule", "color": colour, "strokeWidth": 1.4, "strokeDash": list(dashes)}
        yield {"data": {"values": rows}, "mark": mark, "encoding": {"x": across, "x2": {"field": "to"}, "y": up}}


def _target_line(series: ControlSeries, up: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if series.target is not None:
        mark = {"type": "rule", "color": style.TARGET, "strokeWidth": 2, "strokeDash": list(style.DASHES[Shape.DOTTED])}
        yield {"data": {"values": [{"value": series.target}]}, "mark": mark, "encoding": {"y": up}}


def _changes(series: ControlSeries, across: Mapping[str, Any], *, plot: Plot) -> Iterator[Mapping[str, Any]]:
    """A dated upright line for each change, with its reason above the plot as far as there is room."""
    if not series.rebased:
        return
    first, last = _ends(series)
    places = [begins for begins, _, _ in _segments(series)][1:]
    begins = [*places, last + (last - first) * MARGIN / plot.width]
    rows = []
    for change, at, following in zip(series.rebased, begins, begins[1:], strict=False):
        room = (following - at) / (last - first) * plot.width - 8
        words = f"{change.on.day} {change.on:%b %Y}: {change.reason}"
        label = cut(words, size=style.NOTE_SIZE, width=room) if room >= NARROWEST_REASON else ""
        rows.append({"at": at, "words": label})
    rule = {"type": "rule", "color": style.INK, "strokeWidth": 1, "strokeDash": [1, 2]}
    text = {"type": "text", "align": "left", "baseline": "bottom", "dx": 3, "fontSize": style.NOTE_SIZE}
    yield {"data": {"values": rows}, "mark": rule, "encoding": {"x": across}}
    yield {
        "data": {"values": rows},
        "mark": text,
        "encoding": {"x": across, "y": {"value": 11}, "text": {"field": "words"}},
    }


def _line_labels(series: ControlSeries) -> Iterator[LineLabel]:
    chart, unit = series.chart, series.measure.unit
    for words, array in (("Mean", chart.mean), ("Lower limit", chart.lower), ("Upper limit", chart.upper)):
        if isfinite(array[-1]):
            yield LineLabel(float(array[-1]), f"{words} {_short(float(array[-1]), unit)}")
    if series.target is not None:
        yield LineLabel(series.target, f"Target {_short(series.target, unit)}", style.TARGET)


def _short(number: float, unit: str) -> str:
    return printed(number, unit if unit.startswith("per cent") else "")
