"""A population pyramid, now and then: men to the left, women to the right, the youngest at the bottom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Any

import polars as pl

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import Scale, scale_of
from placeplan.reports.pictures.fitting import cut
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.style import KeyMark, Shape

ROW, LEAST_HEIGHT, MOST_HEIGHT = 21, 160, 560
GAP_SHARE = 0.085
"""Half the room in the middle, where the ages stand, as a share of one side."""
BAR_FROM, BAR_TO = 0.09, 0.91
MOST_NAMED = 40
MEN, WOMEN = style.MARK, style.FORECAST
MEN_BEHIND, WOMEN_BEHIND = "#5b95d0", "#b9789a"
"""Bars of the first year: paler than the outlines, and yet three times as dark as the paper."""
OUTLINE, HALO = 2.2, 4.6
KEY_WIDTH = 300


@dataclass(frozen=True, slots=True)
class PyramidYear:
    """People of one year by band, youngest first.

    Attributes:
        name: the year, and what it is, such as ``2017`` or ``2035, projected``.
        men: people in each band.
        women: people in each band.
    """

    name: str
    men: Sequence[float]
    women: Sequence[float]

    @property
    def people(self) -> float:
        """Everybody."""
        return sum(self.men) + sum(self.women)


def pyramid_picture(
    identifier: str,
    *,
    bands: Sequence[str],
    now: PyramidYear,
    then: PyramidYear,
    title: str,
    subtitle: str = "",
    note: str = "",
    source: str = "",
    marks: Sequence[str] = (),
) -> StatisticalPicture:
    """One year as bars, another as an outline over them.

    Args:
        identifier: name of the picture.
        bands: names of the ages, youngest first, each of the same width but for the last.
        now: the bars.
        then: the outline.
        title: of the picture.
        subtitle: below the title; which year is which when left out.
        note: caveats.
        source: where the numbers come from.
        marks: words that must be seen, such as ``Synthetic``.

    Raises:
        ValueError: a year has not one finite number of 0 or more for each band and sex.
    """
    for year in (now, then):
        _check(year, bands)
    data = _data(bands, now=now, then=then)
    subtitle = subtitle or f"People by age and sex; bars: {now.name}; outline: {then.name}"
    if not now.people and not then.people:
        why = "Nobody lives here in either year."
        return message_picture(identifier, title=title, subtitle=subtitle, why=why, data=data, note=note)
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(bands, now=now, then=then),
        says=_says(bands, now=now, then=then),
        note=note,
        source=source,
        data=data,
        marks=tuple(marks),
        key=(
            KeyMark(_of("Men", now), Shape.SWATCH, MEN_BEHIND),
            KeyMark(_of("Women", now), Shape.SWATCH, WOMEN_BEHIND),
            KeyMark(_of("Men", then), Shape.LINE, MEN),
            KeyMark(_of("Women", then), Shape.LINE, WOMEN),
        ),
    )


def _of(sex: str, year: PyramidYear) -> str:
    """Whom a mark of the key stands for; a long name of a year is cut."""
    return cut(f"{sex}, {year.name}", size=style.LABEL_SIZE, width=KEY_WIDTH)


def _check(year: PyramidYear, bands: Sequence[str]) -> None:
    for side in (year.men, year.women):
        if len(side) != len(bands) or not all(isfinite(number) and number >= 0 for number in side):
            raise ValueError(f"{year.name}: expected {len(bands)} numbers of 0 or more for each sex")


def _data(bands: Sequence[str], *, now: PyramidYear, then: PyramidYear) -> pl.DataFrame:
    columns = {
        "age": list(bands),
        f"men {now.name}": _whole_tenths(now.men),
        f"women {now.name}": _whole_tenths(now.women),
    }
    later = {
        f"men {then.name}": _whole_tenths(then.men),
        f"women {then.name}": _whole_tenths(then.women),
    }
    if now.name == then.name:
        later = {f"{name} (outline)": numbers for name, numbers in later.items()}
    return pl.DataFrame(columns | later)


def _whole_tenths(people: Sequence[float]) -> list[float]:
    """People for the table: shares of areas are not whole, and a tenth is enough."""
    return [round(float(number), 1) for number in people]


def _says(bands: Sequence[str], *, now: PyramidYear, then: PyramidYear) -> str:
    told = [f"{now.name}: {now.people:,.0f} people; {then.name}: {then.people:,.0f}"]
    if now.people:
        told[0] += f", {_change(now.people, then.people)}"
    before, after = ([*map(sum, zip(year.men, year.women, strict=True))] for year in (now, then))
    largest = [bands[numbers.index(max(numbers))] for numbers in (before, after)]
    told.append(f"The largest band is {largest[0]} in the first and {largest[1]} in the second")
    if before[-1]:
        oldest = f"from {before[-1]:,.0f} to {after[-1]:,.0f}, {_change(before[-1], after[-1])}"
        told.append(f"Those of {bands[-1]} change {oldest}")
    return f"{'. '.join(told)}."


def _change(before: float, after: float) -> str:
    return f"{100 * (after / before - 1):+.1f}%"


def _spec(bands: Sequence[str], *, now: PyramidYear, then: PyramidYear) -> Mapping[str, Any]:
    scale = scale_of([*now.men, *now.women, *then.men, *then.women], from_zero=True)
    gap = scale.high * GAP_SHARE
    height = min(max(ROW * len(bands), LEAST_HEIGHT), MOST_HEIGHT)
    width = style.PLOT_WIDTH - 2 * style.AXIS_WIDTH
    across, down = _across(scale, gap=gap), _down(len(bands))
    layers = [
        *_bars(now, gap=gap, place_of={"x": across, "y": down}),
        *_outlines(then, gap=gap, across=across, down=down),
    ]
    layers.append(_ages(bands, across=across, down=down))
    layers.append(_sides(scale, bands=len(bands), across=across, down=down))
    return style.plotted(*layers, plot=(width, height), right=style.AXIS_WIDTH, below=style.TITLED_AXIS_HEIGHT)


def _across(scale: Scale, *, gap: float) -> dict[str, Any]:
    """From the most men on the left to the most women on the right, with room for the ages between."""
    ticks = [tick for tick in scale.ticks if tick >= 0]
    names = [f"{tick:,.0f}" for tick in ticks]
    places = [*(-gap - tick for tick in ticks), *(gap + tick for tick in ticks)]
    axis = {
        "title": "People in each band",
        "values": places,
        "labelExpr": _labels(places, [*names, *names]),
        "titleAnchor": "middle",
        "labelOverlap": False,
        "labelFlush": False,
    }
    end = gap + scale.high
    return {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [-end, end], "nice": False, "zero": False},
        "axis": axis,
    }


def _labels(places: Sequence[float], names: Sequence[str]) -> str:
    """An expression that prints the tick nearest to a place; numbers only, so that it holds no words of others."""
    choices = "".join(
        f"abs(datum.value - ({place!r})) < 1e-6 ? '{name}' : " for place, name in zip(places, names, strict=True)
    )
    return f"{choices}''"


def _down(bands: int) -> dict[str, Any]:
    return {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [0, bands], "nice": False, "zero": False},
        "axis": None,
    }


def _bars(year: PyramidYear, *, gap: float, place_of: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for side, people, colour in ((-1, year.men, MEN_BEHIND), (1, year.women, WOMEN_BEHIND)):
        values = [
            {"x": side * gap, "x2": side * (gap + number), "y": place + BAR_FROM, "y2": place + BAR_TO}
            for place, number in enumerate(people)
        ]
        mark = {"type": "rect", "color": colour}
        encoding = {**place_of, "x2": {"field": "x2"}, "y2": {"field": "y2"}}
        yield {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _outlines(
    year: PyramidYear, *, gap: float, across: Mapping[str, Any], down: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    for side, people, colour in ((-1, year.men, MEN), (1, year.women, WOMEN)):
        corners = [(0.0, 0), *((one, place + step) for place, one in enumerate(people) for step in (0, 1))]
        corners.append((0.0, len(people)))
        values = [
            {"x": side * (gap + number), "y": height, "order": order} for order, (number, height) in enumerate(corners)
        ]
        encoding = {"x": across, "y": down, "order": {"field": "order", "type": "quantitative"}}
        for ink, width in ((style.PAPER, HALO), (colour, OUTLINE)):
            mark = {"type": "line", "color": ink, "interpolate": "linear", "strokeWidth": width, "strokeJoin": "round"}
            yield {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _ages(bands: Sequence[str], *, across: Mapping[str, Any], down: Mapping[str, Any]) -> Mapping[str, Any]:
    """The names of the bands in the middle; of many only some, and always the last."""
    step = -(-len(bands) // MOST_NAMED)
    shown = [place for place in range(len(bands)) if place % step == 0 or place == len(bands) - 1]
    crowded = [one for one, after in pairwise(shown) if after - one < step]
    values = [{"x": 0, "y": place + 0.5, "words": bands[place]} for place in shown if place not in crowded]
    mark = {"type": "text", "align": "center", "baseline": "middle"}
    encoding = {"x": across, "y": down, "text": {"field": "words"}}
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _sides(scale: Scale, *, bands: int, across: Mapping[str, Any], down: Mapping[str, Any]) -> Mapping[str, Any]:
    """Whom each side is of, above it, and that the middle holds ages."""
    middle = scale.high / 2 + scale.high * GAP_SHARE
    values = [
        {"x": -middle, "y": bands, "words": "Men"},
        {"x": 0, "y": bands, "words": "Age"},
        {"x": middle, "y": bands, "words": "Women"},
    ]
    mark = {"type": "text", "align": "center", "baseline": "bottom", "dy": -8, "fontWeight": "bold"}
    encoding = {"x": across, "y": down, "text": {"field": "words"}}
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}
