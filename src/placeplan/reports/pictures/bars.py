"""Bars in an order, each with its name and words: shares of providers, the worth of gaps, outliers by theme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import Scale, bare, is_per_cent, printed, scale_of, sentence
from placeplan.reports.pictures.fitting import ELLIPSIS, cut, width_of
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture

MOST_BARS = 40
ROW, THICKNESS = 22, 15
LONGEST_NAME = 300
ROOM_FOR_WORDS = 10
LEAST_FOR_BARS = 1 / 3


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its name, how long it is, and words at its end (the number where there are none)."""

    name: str
    value: float
    words: str = ""


def bars_picture(
    identifier: str,
    bars: Sequence[Bar],
    *,
    title: str,
    subtitle: str,
    unit: str,
    note: str = "",
    marks: Sequence[str] = (),
) -> StatisticalPicture:
    """Bars from the top in the order given, from zero; of very many only the first are drawn, and the note says so."""
    data = pl.DataFrame(
        {
            "name": [bar.name for bar in bars],
            "value": [bar.value for bar in bars],
            "words": [bar.words for bar in bars],
        },
        schema={"name": pl.String, "value": pl.Float64, "words": pl.String},
    )
    if not bars:
        return message_picture(
            identifier, title=title, subtitle=subtitle, why="There is nothing to compare.", data=data, note=note
        )
    left_out = len(bars) - MOST_BARS
    rest = f"{left_out:,} more {'stands' if left_out == 1 else 'stand'} in the table." if left_out > 0 else ""
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(bars[:MOST_BARS], unit=unit),
        says=_says(bars, unit=unit),
        note=" ".join(filter(None, (rest, note))),
        data=data,
        marks=tuple(marks),
    )


def _says(bars: Sequence[Bar], *, unit: str) -> str:
    told = [f"{bar.name} {bar.words or printed(bar.value, unit)}" for bar in bars[:3]]
    more = f"; {len(bars) - 3:,} more follow" if len(bars) > 3 else ""
    return f"First {'stand' if len(told) > 1 else 'stands'} {'; '.join(told)}{more}."


def _spec(bars: Sequence[Bar], *, unit: str) -> Mapping[str, Any]:
    scale = scale_of([bar.value for bar in bars], unit=unit, from_zero=True)
    own = unit if is_per_cent(unit) else ""
    values = [
        {"place": place, "value": bar.value, "words": bar.words or printed(bar.value, own) or bare(bar.value)}
        for place, bar in enumerate(bars)
    ]
    names = {str(place): _short_name(bar.name) for place, bar in enumerate(bars)}
    wide = max(width_of(name, size=style.LABEL_SIZE) for name in names.values())
    plot = style.PLOT_WIDTH - wide - ROOM_FOR_WORDS
    room = {"labelLimit": 2 * LONGEST_NAME, "labelPadding": 8, "ticks": False, "domain": False}
    down = {
        "field": "place",
        "type": "ordinal",
        "sort": None,
        "axis": {"title": None, "labelExpr": style.labels_from(names), **room},
    }
    across = {
        "field": "value",
        "type": "quantitative",
        "scale": _with_room(scale, values, plot=plot),
        "axis": {**scale.axis(sentence(unit)), "orient": "bottom"},
    }
    bar = {"type": "bar", "color": style.MARK, "height": THICKNESS}
    text = {"type": "text", "align": "left", "baseline": "middle", "dx": 5}
    end = {"x": across, "y": down, "text": {"field": "words"}}
    layers = [
        {"mark": bar, "encoding": {"x": across, "x2": {"datum": 0}, "y": down}},
        {"mark": text, "encoding": end},
    ]
    return style.specification(*layers, height=len(bars) * ROW + 60, data={"values": values})


def _short_name(name: str) -> str:
    """A name that fits; of a long one the beginning and the end, since names often differ in their last words."""
    if width_of(name, size=style.LABEL_SIZE) <= LONGEST_NAME:
        return name
    words = name.split()
    start, end = words[:1], words[-1:]
    for number in range(1, len(words) // 2):
        for taken, further in ((end, words[-number - 1]), (start, words[number])):
            room = LONGEST_NAME - width_of(f"{further} {_joined(start, end)}", size=style.LABEL_SIZE)
            if room > 0:
                taken.insert(0 if taken is end else len(taken), further)
    return cut(_joined(start, end), size=style.LABEL_SIZE, width=LONGEST_NAME)


def _joined(start: Sequence[str], end: Sequence[str]) -> str:
    return " ".join((*start, ELLIPSIS, *end))


def _with_room(scale: Scale, values: Sequence[Mapping[str, Any]], *, plot: float) -> Mapping[str, Any]:
    """The scale drawn out on the right until the words at the end of every bar fit."""
    high = scale.high
    for row in values:
        left = 1 - (width_of(row["words"], size=style.LABEL_SIZE) + ROOM_FOR_WORDS) / plot
        high = max(high, row["value"] / max(left, LEAST_FOR_BARS))
    return {**scale.domain, "domain": [scale.low, high]}
