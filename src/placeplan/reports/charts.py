"""Chart specifications in Vega-Lite: plain data, no drawing.

Colours are safe for colour-blind readers and every mark is told apart by its place, its sign or its words as well. A
style sheet may turn the named colours into others (the HTML page does so in the dark).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

INK, SOFT_INK, RULE, PAPER = "#212b32", "#4c6272", "#d8dde0", "#ffffff"
TOTAL, RISE, FALL, POSITION, STANDARD = "#005eb8", "#b4530a", "#00786c", "#7c2855", "#6b5b00"
FONT = "Liberation Sans"
WIDTH, BAR = 470, 27
Spec = dict[str, Any]
# Measuring text is what drawing costs most: without limits and overlap tests a chart takes half the time.
UNMEASURED = {"labelLimit": 0, "titleLimit": 0, "labelOverlap": False, "labelFlush": False}


def themed(spec: Mapping[str, Any]) -> Spec:
    """A specification with the look that all charts share."""
    axis = {
        "labelColor": INK, "labelFontSize": 12,
        "titleColor": SOFT_INK, "titleFontSize": 12, "titleFontWeight": "normal",
        "gridColor": RULE, "domainColor": RULE, "tickColor": RULE, "titlePadding": 8, "labelPadding": 6,
        **UNMEASURED,
    }  # fmt: skip
    config = {
        "font": FONT,
        "aria": False,
        "background": None,
        "view": {"stroke": None},
        "axis": axis,
        "text": {"color": INK, "fontSize": 12, "limit": 0},
    }
    return {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", **spec, "config": config}


class StepKind(StrEnum):
    """What a step of a waterfall is, which gives it its colour."""

    TOTAL = "total"
    RISE = "rise"
    FALL = "fall"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One bar: how far it moves the level (a total moves nothing once the level is there), and its label."""

    name: str
    amount: float
    label: str
    kind: StepKind


def waterfall(steps: Sequence[WaterfallStep], *, axis: str) -> Spec:
    """A waterfall that runs from top to bottom.

    The level is summed by the chart itself. Totals reach in from the edge of the scale, which need not start at zero;
    movements float.
    """
    rows = [{"name": step.name, "amount": step.amount, "label": step.label, "kind": step.kind} for step in steps]
    names = [step.name for step in steps]
    y = {"field": "name", "type": "nominal", "sort": names, "title": None, "axis": {"ticks": False, "domain": False}}
    x = {
        "field": "start", "type": "quantitative", "title": axis, "stack": None,
        "scale": {"zero": False, "nice": True, "padding": 34}, "axis": {"format": ",f", "tickCount": 5},
    }  # fmt: skip
    colour = {
        "field": "kind", "type": "nominal", "legend": None,
        "scale": {"domain": list(StepKind), "range": [TOTAL, RISE, FALL, POSITION]},
    }  # fmt: skip
    is_total = "datum.kind === 'total'"
    layers = [
        {
            "transform": [{"filter": "datum.next !== null"}],
            "mark": {"type": "rule", "color": SOFT_INK, "strokeDash": [2, 2], "strokeWidth": 1},
            "encoding": {"x": {**x, "field": "end"}, "y": y, "y2": {"field": "next"}},
        },
        {
            "transform": [{"filter": is_total}],
            "mark": {"type": "bar", "height": {"band": 0.62}},
            "encoding": {"x": {**x, "field": "end"}, "x2": {"value": 0}, "y": y, "color": colour},
        },
        {
            "transform": [{"filter": f"!({is_total})"}],
            "mark": {"type": "bar", "height": {"band": 0.62}, "minBandSize": 2},
            "encoding": {"x": x, "x2": {"field": "end"}, "y": y, "color": colour},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 6},
            "encoding": {"x": {**x, "field": "right"}, "y": y, "text": {"field": "label"}},
        },
    ]
    transform = [
        {"window": [{"op": "sum", "field": "amount", "as": "end"}, {"op": "lead", "field": "name", "as": "next"}]},
        {"calculate": f"{is_total} ? datum.end : datum.end - datum.amount", "as": "start"},
        {"calculate": "max(datum.start, datum.end)", "as": "right"},
    ]
    return themed(
        {"data": {"values": rows}, "transform": transform, "width": WIDTH, "height": BAR * len(rows), "layer": layers}
    )


@dataclass(frozen=True, slots=True)
class Level:
    """A level that a trajectory is held against."""

    name: str
    value: float


def trajectory(points: Sequence[tuple[str, float, str]], levels: Sequence[Level], *, axis: str) -> Spec:
    """Planned values by year, each with its label, and the levels asked for as lines across."""
    rows = [{"year": year, "value": value, "label": label} for year, value, label in points]
    x = {
        "field": "year",
        "type": "ordinal",
        "title": None,
        "axis": {"labelAngle": 0, "grid": False},
        "scale": {"padding": 0.4},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "title": axis,
        "scale": {"zero": False, "nice": True, "padding": 22},
        "axis": {"tickCount": 5},
    }
    planned: Spec = {"data": {"values": rows}, "encoding": {"x": x, "y": y}}
    layers: list[Spec] = [
        {**planned, "mark": {"type": "line", "color": TOTAL, "strokeWidth": 2.5}},
        {**planned, "mark": {"type": "point", "filled": True, "size": 70, "color": TOTAL, "opacity": 1}},
        {
            **planned,
            "mark": {"type": "text", "dy": -13, "fontWeight": "bold"},
            "encoding": {**planned["encoding"], "text": {"field": "label"}},
        },
    ]
    if levels:
        lines = {"data": {"values": [{"value": level.value, "name": level.name} for level in levels]}}
        height = {"field": "value", "type": "quantitative"}
        layers += [
            {
                **lines,
                "mark": {"type": "rule", "color": STANDARD, "strokeDash": [6, 4], "strokeWidth": 1.5},
                "encoding": {"y": height},
            },
            {
                **lines,
                "mark": {"type": "text", "align": "left", "dy": -6, "color": STANDARD, "x": 4},
                "encoding": {"y": height, "text": {"field": "name"}},
            },
        ]
    return themed({"width": WIDTH, "height": 190, "layer": layers})
