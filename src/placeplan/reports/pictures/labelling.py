"""Placing labels beside points, so that none covers another; a label without room is left out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import Scale
from placeplan.reports.pictures.fitting import width_of

CLEAR = 7.0
LINE = 14.0
MOST_OBSTACLES = 400


@dataclass(frozen=True, slots=True)
class Plot:
    """The room that marks have, in points, with the scale upwards."""

    width: float
    height: float
    scale: Scale

    def up(self, value: float) -> float:
        """How far from the top a value stands."""
        return (self.scale.high - value) / (self.scale.high - self.scale.low) * self.height


@dataclass(frozen=True, slots=True)
class Spot:
    """A point and its label, in points from the upper left corner."""

    x: float
    y: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, spot: Spot) -> bool:
        return self.left - 3 < spot.x < self.right + 3 and self.top - 3 < spot.y < self.bottom + 3


def placed_labels(labelled: Sequence[Spot], points: Sequence[Spot], *, plot: Plot) -> list[Mapping[str, Any] | None]:
    """For each label where it stands from its point (``dx``, ``dy``, ``align``); nothing where it has no room.

    Labels come in the order of their importance. ``points`` are what they should not cover; among very many points
    only the labelled ones count.
    """
    obstacles = [*labelled, *(points if len(points) <= MOST_OBSTACLES else ())]
    taken: list[_Box] = []
    found: list[Mapping[str, Any] | None] = []
    for spot in labelled:
        free = next((one for one in _candidates(spot) if _is_free(one[1], taken, obstacles, plot)), None)
        found.append(free[0] if free else None)
        if free:
            taken.append(free[1])
    return found


def _candidates(spot: Spot) -> Iterator[tuple[Mapping[str, Any], _Box]]:
    wide = width_of(spot.words, size=style.LABEL_SIZE)
    for dx, dy, align in (
        (CLEAR, 0.0, "left"),
        (-CLEAR, 0.0, "right"),
        (0.0, -LINE * 0.85, "center"),
        (0.0, LINE * 0.85, "center"),
        (CLEAR, -LINE * 0.7, "left"),
        (-CLEAR, -LINE * 0.7, "right"),
        (CLEAR, LINE * 0.7, "left"),
        (-CLEAR, LINE * 0.7, "right"),
    ):
        start = {"left": 0.0, "right": -wide, "center": -wide / 2}[align]
        left, middle = spot.x + dx + start, spot.y + dy
        yield {"dx": dx, "dy": dy, "align": align}, _Box(left, middle - LINE / 2, left + wide, middle + LINE / 2)


def _is_free(box: _Box, taken: Iterable[_Box], points: Iterable[Spot], plot: Plot) -> bool:
    inside = box.left >= 0 and box.top >= 0 and box.right <= plot.width and box.bottom <= plot.height
    return inside and not any(box.meets(other) for other in taken) and not any(box.holds(point) for point in points)


def spread(places: Sequence[float], *, apart: float = LINE, low: float = 0.0, high: float = 1e9) -> list[float]:
    """Places moved as little as needed so that neighbours are ``apart``, in the given order of entries."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    found = [0.0] * len(places)
    last = low - apart
    for number in order:
        last = max(places[number], last + apart)
        found[number] = last
    limit = high
    for number in reversed(order):
        found[number] = min(found[number], limit)
        limit = found[number] - apart
    return found


@dataclass(frozen=True, slots=True)
class LineLabel:
    """Words for a line, at the right end of the plot; ``value`` is the height of the line there."""

    value: float
    words: str
    colour: str = style.INK


def line_label_layer(labels: Sequence[LineLabel], *, plot: Plot) -> Mapping[str, Any]:
    """Labels in the right margin beside the ends of their lines, moved apart where they would meet."""
    heights = spread([plot.up(label.value) for label in labels], low=6, high=plot.height - 2)
    rows = [
        {"words": label.words, "colour": label.colour, "height": height}
        for label, height in zip(labels, heights, strict=True)
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 8},
        "encoding": {
            "x": {"value": "width"},
            "y": {"field": "height", "type": "quantitative", "scale": None},
            "text": {"field": "words"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
        },
    }


def label_layers(x: Mapping[str, Any], y: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Labels from rows with ``words`` and what :func:`placed_labels` says, on a halo of paper."""
    place = {name: {"expr": f"datum.{name}"} for name in ("dx", "dy", "align")}
    text = {"type": "text", "baseline": "middle", **place}
    halo = {**text, "stroke": style.PAPER, "strokeWidth": 3, "strokeJoin": "round", "color": style.PAPER}
    encoding = {"x": x, "y": y, "text": {"field": "words"}}
    return [{"data": {"values": list(rows)}, "mark": mark, "encoding": encoding} for mark in (halo, text)]
