"""One look for every statistical picture: fonts, sizes, colours and shapes.

Colours of verdicts are those of Making Data Count (NHS England). Some of them are light, so every mark has a dark
outline; and since colour may be lost in print or on the eye, each category has a shape of its own as well.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from placeplan.reports.pictures.legible import legible

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, SOFT_INK, RULE, PAPER = "#212b32", "#4c6272", "#d8dde0", "#ffffff"
PAPER_GREY = "#f0f4f5"

COMMON_CAUSE, IMPROVEMENT, CONCERN, NEITHER = "#a6a6a6", "#00b0f0", "#e46c0a", "#490092"
HIGHER, LOWER = "#490092", "#c49bff"
TARGET, MEAN, LIMIT = "#de1b1b", "#000000", "#6f7b83"
PLANNED, ACTUAL, FORECAST = "#005eb8", "#212b32", "#7c2855"
MARK = "#005eb8"
# After ColorBrewer "Blues" (Brewer and Harrower, colorbrewer2.org), in wider steps; words can be read on each of them.
SEQUENCE = ("#f7fbff", "#a9cde8", "#5a9fd0", "#2166a8", "#08306b")
HATCH = "url(#hatch)"

WIDTH = 760
PADDING = 20
PLOT_WIDTH = WIDTH - 2 * PADDING
AXIS_WIDTH, AXIS_HEIGHT, TITLED_AXIS_HEIGHT, ABOVE = 52, 28, 46, 26
TITLE_SIZE, SUBTITLE_SIZE, LABEL_SIZE, NOTE_SIZE = 19, 13, 12, 11
OUTLINE = 0.9
POINT = 62


class Shape(StrEnum):
    """What a mark looks like; the names of points are those of Vega."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE_UP = "triangle-up"
    TRIANGLE_DOWN = "triangle-down"
    CROSS = "cross"
    LINE = "line"
    DASHED = "dashed"
    DOTTED = "dotted"
    SWATCH = "swatch"
    HATCHED = "hatched"


DASHES: Mapping[Shape, tuple[float, ...]] = {Shape.LINE: (), Shape.DASHED: (6, 4), Shape.DOTTED: (2, 3)}


@dataclass(frozen=True, slots=True)
class KeyMark:
    """One entry of a picture's key: a mark and its words. A ``hollow`` point is not filled."""

    words: str
    shape: Shape
    colour: str
    hollow: bool = False


class Verdict(StrEnum):
    """What a point or a unit is, for its colour and its shape."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEITHER = "neither"
    HIGHER = "higher"
    LOWER = "lower"
    UNKNOWN = "unknown"


COLOURS: Mapping[Verdict, str] = {
    Verdict.COMMON: COMMON_CAUSE,
    Verdict.IMPROVEMENT: IMPROVEMENT,
    Verdict.CONCERN: CONCERN,
    Verdict.NEITHER: NEITHER,
    Verdict.HIGHER: HIGHER,
    Verdict.LOWER: LOWER,
    Verdict.UNKNOWN: PAPER,
}
SHAPES: Mapping[Verdict, Shape] = {
    Verdict.COMMON: Shape.CIRCLE,
    Verdict.IMPROVEMENT: Shape.DIAMOND,
    Verdict.CONCERN: Shape.SQUARE,
    Verdict.NEITHER: Shape.TRIANGLE_UP,
    Verdict.HIGHER: Shape.TRIANGLE_UP,
    Verdict.LOWER: Shape.TRIANGLE_DOWN,
    Verdict.UNKNOWN: Shape.CROSS,
}


def key_mark(verdict: Verdict, words: str) -> KeyMark:
    """The entry of a key for a verdict."""
    return KeyMark(words, SHAPES[verdict], COLOURS[verdict])


def looks(verdict: Verdict) -> dict[str, str]:
    """Colour and shape of a verdict, as fields of a row that a picture is drawn from."""
    return {"colour": COLOURS[verdict], "shape": SHAPES[verdict].value}


AS_GIVEN: Mapping[str, Any] = {
    "color": {"field": "colour", "type": "nominal", "scale": None},
    "shape": {"field": "shape", "type": "nominal", "scale": None},
}
"""Colour and shape of points straight from the fields of :func:`looks`."""


POINTS: Mapping[str, Any] = {
    "type": "point",
    "filled": True,
    "opacity": 1,
    "size": POINT,
    "stroke": INK,
    "strokeWidth": OUTLINE,
}
"""Points with an outline, so that light colours stand out from the paper."""


UPRIGHT: Mapping[str, Any] = {
    "minExtent": AXIS_WIDTH,
    "maxExtent": AXIS_WIDTH,
    "titleAngle": 0,
    "titleAlign": "left",
    "titleAnchor": "end",
    "titleX": 8 - AXIS_WIDTH,
    "titleY": -14,
    "domain": False,
    "ticks": False,
    "labelPadding": 6,
}
"""A vertical axis of one width whose title lies above it, to be read without turning the head."""


def labels_from(names: Mapping[str, str]) -> str:
    """An expression for the engine that prints the value of a tick as its name; names are data, never code."""
    return f"({json.dumps({value: legible(name) for value, name in names.items()})})[toString(datum.value)]"


def specification(*layers: Mapping[str, Any], height: int, **more: Any) -> dict[str, Any]:
    """A layered Vega-Lite specification in our look, as wide as a picture's plot."""
    return {
        "$schema": SCHEMA,
        "width": PLOT_WIDTH,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 0,
        "background": None,
        "layer": [dict(layer) for layer in layers],
        "config": theme(),
        **more,
    }


def plotted(
    *layers: Mapping[str, Any], plot: tuple[float, float], right: float = 0.0, below: float = AXIS_HEIGHT, **more: Any
) -> dict[str, Any]:
    """A specification whose plot has exactly this width and height, with room on the right for labels."""
    base = specification(*layers, height=round(plot[1]), **more)
    sides = {"left": AXIS_WIDTH, "right": right, "top": ABOVE, "bottom": below}
    return {**base, "width": round(plot[0]), "autosize": {"type": "none"}, "padding": sides}


def theme() -> dict[str, Any]:
    """The configuration of every specification."""
    return {
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK,
            "titleColor": INK,
            "labelFontSize": LABEL_SIZE,
            "titleFontSize": LABEL_SIZE,
            "titleFontWeight": "normal",
            "titlePadding": 8,
            "gridColor": "#e8edee",
            "domainColor": SOFT_INK,
            "tickColor": SOFT_INK,
            "labelPadding": 5,
            "labelLimit": 300,
            "titleLimit": 620,
        },
        "text": {"fontSize": LABEL_SIZE, "color": INK},
        "line": {"strokeWidth": 2},
        "rule": {"color": SOFT_INK},
    }


def paler(colour: str) -> str:
    """A colour half-way to the paper."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{(part + 255 * 2) // 3:02x}" for part in parts)
