"""Two numbers of each area against one another: whether they go together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import how_many, printed, scale_of, sentence
from placeplan.reports.pictures.labelling import Plot, Spot, label_layers
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture

HEIGHT = 400
MOST_LABELLED = 15
MANY = 300
SMALL_POINT = 16
RIGHT = 8


@dataclass(frozen=True, slots=True)
class Pair:
    """An area with both numbers."""

    name: str
    across: float
    up: float


@dataclass(frozen=True, slots=True)
class Side:
    """An axis: what it shows, in its unit."""

    words: str
    unit: str = ""


def scatter_picture(
    identifier: str,
    pairs: Iterable[Pair],
    *,
    across: Side,
    up: Side,
    title: str,
    subtitle: str,
    says: str,
    note: str = "",
    marks: Sequence[str] = (),
) -> StatisticalPicture:
    """A point for each area; few areas are labelled. ``says`` tells how closely the two go together."""
    shown = sorted(pairs, key=lambda pair: pair.across)
    data = pl.DataFrame(
        {
            "name": [pair.name for pair in shown],
            across.words: [pair.across for pair in shown],
            up.words: [pair.up for pair in shown],
        },
        schema_overrides={"name": pl.String, across.words: pl.Float64, up.words: pl.Float64},
    )
    if not shown:
        why = "No area has both numbers."
        return message_picture(identifier, title=title, subtitle=subtitle, why=why, data=data, note=note)
    low, high = shown[0], shown[-1]
    ends = (
        f"{how_many(len(shown), 'area')}, from {low.name} ({printed(low.across, across.unit)}, "
        f"{printed(low.up, up.unit)}) to {high.name} ({printed(high.across, across.unit)}, "
        f"{printed(high.up, up.unit)})."
    )
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(shown, across=across, up=up),
        says=f"{ends} {says}",
        note=note,
        data=data,
        marks=tuple(marks),
    )


def _spec(shown: Sequence[Pair], *, across: Side, up: Side) -> Mapping[str, Any]:
    wide = scale_of([pair.across for pair in shown], unit=across.unit)
    high = scale_of([pair.up for pair in shown], unit=up.unit)
    height = HEIGHT - style.TITLED_AXIS_HEIGHT - style.ABOVE
    plot = Plot(width=style.PLOT_WIDTH - style.AXIS_WIDTH - RIGHT, height=height, scale=high)
    many = len(shown) > MANY
    point = {**style.POINTS, "color": style.MARK, "shape": "circle"}
    if many:
        point |= {"size": SMALL_POINT, "opacity": 0.5, "strokeWidth": 0}
    encoding = {
        "x": {
            "field": "across",
            "type": "quantitative",
            "scale": wide.domain,
            "axis": wide.axis(sentence(across.words)),
        },
        "y": {
            "field": "up",
            "type": "quantitative",
            "scale": high.domain,
            "axis": {**style.UPRIGHT, **high.axis(sentence(up.words))},
        },
    }
    values = [{"across": pair.across, "up": pair.up} for pair in shown]
    spots = [
        Spot((pair.across - wide.low) / (wide.high - wide.low) * plot.width, plot.up(pair.up), pair.name)
        for pair in shown
    ]
    named = spots if len(shown) <= MOST_LABELLED else []
    layers = [{"mark": point, "encoding": encoding}, *label_layers(named, spots, plot=plot)]
    sizes = (plot.width, plot.height)
    return style.plotted(*layers, plot=sizes, right=RIGHT, below=style.TITLED_AXIS_HEIGHT, data={"values": values})
