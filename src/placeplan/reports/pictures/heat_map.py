"""Heat maps: a matrix as cells of a sequence of colours, such as opening by weekday and half-hour."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from placeplan.indicators.variation.opening_hours import OpeningMatrix
from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import bare, how_many, number_or_none, printed, scale_of
from placeplan.reports.pictures.classing import Classes, equal_classes
from placeplan.reports.pictures.fitting import width_of
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.style import labels_from

Matrix = Sequence[Sequence[float | None]]
ROOM_FOR_NUMBERS = 34
LONGEST_NAME = 300
LARGEST_CELL, SMALLEST_CELL = 34, 16
TALLEST = 900
MOST_COLUMN_LABELS = 13


def heat_map_picture(
    identifier: str,
    values: Matrix,
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    title: str,
    subtitle: str,
    unit: str,
    note: str,
    row_title: str = "",
    column_title: str = "",
    classes: Classes | None = None,
    marks: Sequence[str] = (),
) -> StatisticalPicture:
    """A matrix with named rows and columns. ``values`` has a row for each of ``rows``; unknown cells are hatched.

    Classes are five of one width unless given: from 0 to 100 for per cents, else between round ends.

    Raises:
        ValueError: the matrix has another shape than the names, or the classes do not rise.
    """
    if len(values) != len(rows) or any(len(row) != len(columns) for row in values):
        raise ValueError(f"expected {len(rows)} rows of {len(columns)} values, as many as there are names")
    cells = [
        {"row": place, "column": number, "value": number_or_none(value)}
        for place, row in enumerate(values)
        for number, value in enumerate(row)
    ]
    known = [cell["value"] for cell in cells if cell["value"] is not None]
    data = pl.DataFrame(
        [(rows[int(cell["row"] or 0)], columns[int(cell["column"] or 0)], cell["value"]) for cell in cells],
        schema={"row": pl.String, "column": pl.String, "value": pl.Float64},
        orient="row",
    )
    if not known:
        return message_picture(
            identifier, title=title, subtitle=subtitle, why="No cell has a value.", data=data, note=note
        )
    chosen = classes or _classes(known, unit=unit)
    unknown = len(cells) - len(known)
    verb = "has" if unknown == 1 else "have"
    missing = f"{unknown:,} of {len(cells):,} cells {verb} no value." if unknown else ""
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(cells, chosen, rows=rows, columns=columns, titles=(row_title, column_title)),
        says=_says(data, unit=unit),
        note=" ".join(filter(None, (missing, note))),
        data=data,
        marks=tuple(marks),
        key=tuple(chosen.key(unknown=bool(unknown))),
    )


def _classes(known: Sequence[float], *, unit: str) -> Classes:
    scale = scale_of(known, unit=unit)
    if unit.strip().lower() in {"per cent", "%"}:
        return equal_classes(0, 100, unit=unit) if max(known) > 20 else equal_classes(0, scale.high, unit=unit)
    return equal_classes(scale.low, scale.high, unit=unit)


def _says(data: pl.DataFrame, *, unit: str) -> str:
    known = data.drop_nulls("value")
    high, low = known.sort("value", descending=True, maintain_order=True), known.sort("value", maintain_order=True)
    parts = [
        f"The {word} is {printed(frame['value'][0], unit)} ({_cells(frame)})."
        for word, frame in (("highest value", high), ("lowest", low))
    ]
    return " ".join(parts)


def _cells(frame: pl.DataFrame) -> str:
    """The first cell of a frame, and how many more hold the same."""
    same = frame.filter(pl.col("value") == frame["value"][0]).height - 1
    first = f"{frame['row'][0]}, {frame['column'][0]}"
    return f"{first} and {same:,} more" if same else first


def _spec(
    cells: Sequence[Mapping[str, Any]],
    classes: Classes,
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    titles: tuple[str, str],
) -> Mapping[str, Any]:
    names = min(max(width_of(row, size=style.LABEL_SIZE) for row in rows), LONGEST_NAME)
    wide = (style.PLOT_WIDTH - names - (36 if titles[0] else 14)) / len(columns)
    tall = max(min(LARGEST_CELL, TALLEST / len(rows)), SMALLEST_CELL if len(rows) <= 60 else 4)
    values = [
        dict(cell)
        | {
            "colour": classes.colour_of(cell["value"]),
            "ink": classes.ink_of(cell["value"]),
            "words": "" if cell["value"] is None else bare(cell["value"]),
        }
        for cell in cells
    ]
    down = _side("row", rows, title=titles[0], every=1 if tall >= 12 else 4)
    every = -(-len(columns) // MOST_COLUMN_LABELS)
    across = _side("column", columns, title=titles[1], every=every)
    across["axis"] |= {"orient": "top", "labelAngle": 0, "labelLimit": max(wide * every - 6, 12)}
    place = {"x": across, "y": down}
    colour = {"field": "colour", "type": "nominal", "scale": None}
    cell = {"type": "rect", "stroke": style.PAPER, "strokeWidth": 1 if wide >= 8 else 0.4}
    layers = [{"mark": cell, "encoding": {**place, "color": colour}}]
    if wide >= ROOM_FOR_NUMBERS and tall >= SMALLEST_CELL:
        ink = {"field": "ink", "type": "nominal", "scale": None}
        text = {"type": "text", "baseline": "middle", "fontSize": style.NOTE_SIZE}
        layers.append({"mark": text, "encoding": {**place, "text": {"field": "words"}, "color": ink}})
    height = round(tall * len(rows)) + (64 if titles[1] else 40)
    return style.specification(*layers, height=height, data={"values": values})


def _side(field: str, names: Sequence[str], *, title: str, every: int) -> dict[str, Any]:
    """A side of the matrix; its names are looked up by number, so that two may be alike."""
    shown = range(0, len(names), every)
    axis = {
        "title": title or None,
        "values": list(shown),
        "labelExpr": labels_from({str(number): names[number] for number in shown}),
        "ticks": False,
        "domain": False,
        "grid": False,
        "labelOverlap": False,
    }
    scale = {"domain": list(range(len(names))), "paddingInner": 0, "paddingOuter": 0}
    return {"field": field, "type": "ordinal", "scale": scale, "axis": axis, "sort": None}


def opening_picture(identifier: str, matrix: OpeningMatrix, *, title: str, note: str = "") -> StatisticalPicture:
    """The share of sites that are open, by weekday and slot; the hours of the day down, weekdays across."""
    slots = matrix.cells["slot"].unique(maintain_order=True).to_list()
    days = matrix.cells["weekday"].unique(maintain_order=True).to_list()
    shares = {(row["weekday"], row["slot"]): row["share"] for row in matrix.cells.iter_rows(named=True)}
    values = [[_per_cent(shares.get((day, slot))) for day in days] for slot in slots]
    return heat_map_picture(
        identifier,
        values,
        rows=slots,
        columns=days,
        title=title,
        subtitle=f"Share of {how_many(matrix.sites, 'site')} that are open, per cent, by weekday and time of day.",
        unit="per cent",
        note=" ".join((*matrix.caveats, note)).strip(),
    )


def _per_cent(share: float | None) -> float | None:
    return None if share is None else 100 * share
