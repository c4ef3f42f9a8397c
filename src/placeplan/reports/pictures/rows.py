"""Pictures of named rows, one below the other: the axis of names, the scale across, and words at the end of a row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import Scale, sentence
from placeplan.reports.pictures.fitting import cut, width_of

ROW, THICKNESS = 24, 15
LONGEST_NAME = 300
ROOM_FOR_WORDS = 14
LEAST_FOR_MARKS = 1 / 3


def row_axis(names: Sequence[str]) -> tuple[Mapping[str, Any], float]:
    """The axis of names down the left, for the field ``place`` (0, 1, 2, …), and how wide the names are."""
    short = {str(place): cut(name, size=style.LABEL_SIZE, width=LONGEST_NAME) for place, name in enumerate(names)}
    room = {"labelLimit": 2 * LONGEST_NAME, "labelPadding": 8, "ticks": False, "domain": False}
    axis = {"title": None, "labelExpr": style.labels_from(short), **room}
    wide = max((width_of(name, size=style.LABEL_SIZE) for name in short.values()), default=0.0)
    return {"field": "place", "type": "ordinal", "sort": None, "axis": axis}, wide


def across_rows(scale: Scale, ends: Iterable[tuple[float, str]], *, unit: str, left: float) -> Mapping[str, Any]:
    """The scale across, drawn out on the right until the words behind every end fit.

    Args:
        scale: of the numbers.
        ends: where each row ends on the right, and the words that stand there.
        unit: of the numbers.
        left: room that the names take.
    """
    plot, high = style.PLOT_WIDTH - left - ROOM_FOR_WORDS, scale.high
    for value, words in ends:
        share = max(1 - (width_of(words, size=style.LABEL_SIZE) + ROOM_FOR_WORDS) / plot, LEAST_FOR_MARKS)
        high = max(high, scale.low + (value - scale.low) / share)
    axis = {**scale.axis(sentence(unit)), "orient": "bottom", "labelFlush": False}
    return {"type": "quantitative", "scale": {**scale.domain, "domain": [scale.low, high]}, "axis": axis}


def end_words(
    rows: Sequence[Mapping[str, Any]], across: Mapping[str, Any], *, down: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The ``words`` of rows behind their ``right`` ends."""
    mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 6}
    encoding = {"x": {**across, "field": "right"}, "y": down, "text": {"field": "words"}}
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}
