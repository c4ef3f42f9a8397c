"""Placing labels beside points and lines, so that none covers another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import Scale
from placeplan.reports.pictures.fitting import width_of

CLEAR = 7.0
LINE = 14.0
MOST_OBSTACLES = 400
FAR = 20.0
# Where a label may stand from its point, the best place first; the far ones get a line to their point.
_OFFSETS = (
    (CLEAR, 0.0, "left"),
    (-CLEAR, 0.0, "right"),
    (0.0, -LINE * 0.85, "center"),
    (0.0, LINE * 0.85, "center"),
    (CLEAR, -LINE * 0.7, "left"),
    (-CLEAR, -LINE * 0.7, "right"),
    (CLEAR, LINE * 0.7, "left"),
    (-CLEAR, LINE * 0.7, "right"),
    *((-14.0, -LINE * far, "right") for far in (2, 3, 4, 5, 6, 7)),
    *((14.0, LINE * far, "left") for far in (2, 3, 4, 5, 6, 7)),
)


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
        return self.left - 4 < spot.x < self.right + 4 and self.top - 4 < spot.y < self.bottom + 4


def label_layers(
    labelled: Sequence[Spot], points: Sequence[Spot], *, plot: Plot, sure: int = 0
) -> list[Mapping[str, Any]]:
    """Labels beside their points on a halo of paper, with a thin line to those that stand further off.

    Labels come in the order of their importance; one without room is left out, but for the first ``sure`` of them.
    ``points`` are what labels should not cover; among very many points only the labelled ones count.
    """
    rows = [row for row in _rows(labelled, points, plot=plot, sure=sure) if row]
    if not rows:
        return []
    across, up = _in_points("x"), _in_points("y")
    text = {"type": "text", "baseline": "middle", "align": {"expr": "datum.align"}}
    halo = {**text, "stroke": style.PAPER, "strokeWidth": 3, "strokeJoin": "round", "color": style.PAPER}
    line = {"type": "rule", "color": style.SOFT_INK, "strokeWidth": 0.8}
    ends = {"x": _in_points("from_x"), "y": _in_points("from_y"), "x2": across, "y2": up}
    words = {"x": across, "y": up, "text": {"field": "words"}}
    far = [row for row in rows if row["far"]]
    lines = [{"data": {"values": far}, "mark": line, "encoding": ends}] if far else []
    return [*lines, *({"data": {"values": rows}, "mark": mark, "encoding": words} for mark in (halo, text))]


def _in_points(field: str) -> Mapping[str, Any]:
    """A place that is already in points, so that no scale is used."""
    return {"field": field, "type": "quantitative", "scale": None}


def _rows(
    labelled: Sequence[Spot], points: Sequence[Spot], *, plot: Plot, sure: int
) -> Iterator[Mapping[str, Any] | None]:
    obstacles = [*labelled, *(points if len(points) <= MOST_OBSTACLES else ())]
    taken: list[_Box] = []
    for number, spot in enumerate(labelled):
        found = _free_place(spot, taken, points=obstacles, plot=plot)
        if found is None and number < sure:
            found = _least_covering_place(spot, taken, points=obstacles, plot=plot)
        if found:
            taken.append(found[1])
        yield found and found[0]


def _free_place(
    spot: Spot, taken: Sequence[_Box], *, points: Sequence[Spot], plot: Plot
) -> tuple[Mapping[str, Any], _Box] | None:
    return next((one for one in _candidates(spot) if _is_free(one[1], taken, points=points, plot=plot)), None)


def _least_covering_place(
    spot: Spot, taken: Sequence[_Box], *, points: Sequence[Spot], plot: Plot
) -> tuple[Mapping[str, Any], _Box] | None:
    free = [one for one in _candidates(spot) if _is_free(one[1], taken, points=(), plot=plot)]
    return min(free, key=lambda one: sum(one[1].holds(point) for point in points), default=None)


def _candidates(spot: Spot) -> Iterator[tuple[Mapping[str, Any], _Box]]:
    wide = width_of(spot.words, size=style.LABEL_SIZE)
    for dx, dy, align in _OFFSETS:
        start = {"left": 0.0, "right": -wide, "center": -wide / 2}[align]
        left, middle = spot.x + dx + start, spot.y + dy
        far = abs(dx) + abs(dy) > FAR
        row = {"x": spot.x + dx, "y": middle, "from_x": spot.x, "from_y": spot.y, "words": spot.words}
        yield (
            {**row, "align": align, "far": far},
            _Box(left, middle - LINE / 2, left + wide, middle + LINE / 2),
        )


def _is_free(box: _Box, taken: Iterable[_Box], *, points: Iterable[Spot], plot: Plot) -> bool:
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
