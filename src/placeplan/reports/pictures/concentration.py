"""How spend is concentrated: the share of spend that falls on each share of people, the costliest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import polars as pl

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import Scale
from placeplan.reports.pictures.labelling import Plot, Spot, label_layers
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.style import KeyMark, Shape

HEIGHT = 400
TOLD = (1, 5, 10, 20)
WHOLE = 100.0
COLOURS = (style.MARK, style.FORECAST, style.CONCERN)
SHAPES = (Shape.LINE, Shape.DASHED, Shape.DOTTED)


@dataclass(frozen=True, slots=True)
class Concentration:
    """Classes of people by what they cost, the costliest first: how many are in each, and what they cost together."""

    name: str
    people: Sequence[int]
    spend: Sequence[int]

    @property
    def points(self) -> list[tuple[float, float]]:
        """Per cent of people and per cent of their spend, from nothing to all."""
        people, spend = sum(self.people), sum(self.spend)
        ends = zip(accumulate(self.people), accumulate(self.spend), strict=True)
        return [(0.0, 0.0), *((WHOLE * one / people, WHOLE * pence / spend) for one, pence in ends)]

    def share_of(self, people: float) -> float:
        """Per cent of spend that falls on so many per cent of people; within a class all are taken to cost the same."""
        points = self.points
        for (left, low), (right, high) in pairwise(points):
            if left <= people <= right and right > left:
                return low + (high - low) * (people - left) / (right - left)
        return WHOLE


def concentration_picture(
    identifier: str,
    curves: Sequence[Concentration],
    *,
    title: str,
    subtitle: str = "Share of spend by share of people, the costliest first, per cent",
    note: str = "",
    marks: Sequence[str] = (),
) -> StatisticalPicture:
    """One curve for each of up to three years; the last is labelled at the costliest 1, 5, 10 and 20 per cent."""
    known = [one for one in curves if sum(one.people) and sum(one.spend)][-len(COLOURS) :]
    rows = [(one.name, x, y) for one in known for x, y in one.points]
    columns = {"curve": pl.String, "per_cent_of_people": pl.Float64, "per_cent_of_spend": pl.Float64}
    data = pl.DataFrame(rows, schema=columns, orient="row")
    if not known:
        return message_picture(
            identifier, title=title, subtitle=subtitle, why="There is no spend to share out.", data=data, note=note
        )
    last = known[-1]
    told = ", ".join(f"{last.share_of(share):.0f}% on the costliest {share}%" for share in TOLD)
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(known),
        says=f"Of all spend in {last.name}, about {told} of people.",
        note=note,
        data=data,
        marks=tuple(marks),
        key=(*_key(known), KeyMark("If everybody cost the same", Shape.LINE, style.RULE)),
    )


def _key(curves: Sequence[Concentration]) -> list[KeyMark]:
    return [KeyMark(one.name, shape, colour) for one, shape, colour in zip(curves, SHAPES, COLOURS, strict=False)]


def _spec(curves: Sequence[Concentration]) -> Mapping[str, Any]:
    scale = Scale(0, WHOLE, 20)
    plot = Plot(width=style.PLOT_WIDTH - style.AXIS_WIDTH - 12, height=HEIGHT, scale=scale)
    axis = {"title": "Per cent of people, the costliest first", "values": list(scale.ticks), "grid": False}
    across = {"field": "x", "type": "quantitative", "scale": scale.domain, "axis": axis}
    up_axis = {**style.UPRIGHT, **scale.axis("Per cent of spend")}
    up = {"field": "y", "type": "quantitative", "scale": scale.domain, "axis": up_axis}
    even = [{"x": 0, "y": 0}, {"x": WHOLE, "y": WHOLE}]
    layers: list[Mapping[str, Any]] = [
        {"data": {"values": even}, "mark": {"type": "line", "color": style.RULE}, "encoding": {"x": across, "y": up}}
    ]
    for one, shape, colour in zip(curves, SHAPES, COLOURS, strict=False):
        values = [{"x": x, "y": y} for x, y in one.points]
        mark = {"type": "line", "color": colour, "strokeDash": list(style.DASHES[shape]), "interpolate": "linear"}
        layers.append({"data": {"values": values}, "mark": mark, "encoding": {"x": across, "y": up}})
    spots = [_spot(curves[-1], share, plot=plot) for share in TOLD]
    dots = [{"x": share, "y": curves[-1].share_of(share)} for share in TOLD]
    points = {**style.POINTS, "shape": "circle", "color": COLOURS[len(curves) - 1]}
    layers.append({"data": {"values": dots}, "mark": points, "encoding": {"x": across, "y": up}})
    layers += label_layers(spots, spots, plot=plot, sure=len(spots))
    return style.plotted(*layers, plot=(plot.width, plot.height), right=12, below=style.TITLED_AXIS_HEIGHT)


def _spot(one: Concentration, share: float, *, plot: Plot) -> Spot:
    spend = one.share_of(share)
    return Spot(plot.width * share / WHOLE, plot.up(spend), f"costliest {share:g}%: {spend:.0f}% of spend")
