"""The segment matrix: segments down, age bands across, a number in each cell, with totals at the ends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from placeplan.reports.pictures import style
from placeplan.reports.pictures.classing import Classes, quantile_classes
from placeplan.reports.pictures.fitting import width_of
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.style import KeyMark, Shape, labels_from

ROW_HEIGHT, HEADING = 32, 34
LONGEST_NAME = 260
SMALLEST_TEXT, LARGEST_TEXT = 10, 14
NOBODY = "–"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell: its number, for the colour, and how it is printed. Withheld cells have a sign and no number."""

    number: float | None
    printed: str
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows and columns by name, the last of each being the total; ``cells`` has a row for each of ``rows``."""

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[MatrixCell]]

    def __post_init__(self) -> None:
        if len(self.cells) != len(self.rows) or any(len(row) != len(self.columns) for row in self.cells):
            raise ValueError(f"expected {len(self.rows)} rows of {len(self.columns)} cells")

    @property
    def inner(self) -> Iterator[tuple[str, str, MatrixCell]]:
        """The cells that are no totals, with the names of row and column."""
        for name, row in zip(self.rows[:-1], self.cells[:-1], strict=True):
            for column, cell in zip(self.columns[:-1], row[:-1], strict=True):
                yield name, column, cell


def segment_matrix_picture(
    identifier: str, matrix: Matrix, *, title: str, subtitle: str, unit: str, note: str = "", marks: Sequence[str] = ()
) -> StatisticalPicture:
    """A matrix whose cells are coloured by their numbers, a fifth of the cells in each colour; totals have none."""
    data = pl.DataFrame(
        [
            (name, column, cell.number, cell.printed)
            for name, row in zip(matrix.rows, matrix.cells, strict=True)
            for column, cell in zip(matrix.columns, row, strict=True)
        ],
        schema={"segment": pl.String, "column": pl.String, "value": pl.Float64, "shown": pl.String},
        orient="row",
    )
    known = [cell.number for _, _, cell in matrix.inner if cell.number is not None]
    if not known:
        why = "Every number is withheld."
        return message_picture(identifier, title=title, subtitle=subtitle, why=why, data=data, note=note)
    classes = quantile_classes(known, unit=unit)
    withheld = any(cell.withheld for row in matrix.cells for cell in row)
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(matrix, classes),
        says=_says(matrix),
        note=note,
        data=data,
        marks=tuple(marks),
        key=tuple(_key(classes, withheld=withheld)),
    )


def _key(classes: Classes, *, withheld: bool) -> Iterator[KeyMark]:
    yield from classes.key(unknown=False)
    if withheld:
        yield KeyMark("Withheld", Shape.HATCHED, style.HATCH)


def _says(matrix: Matrix) -> str:
    known = [(cell.number, name, column, cell) for name, column, cell in matrix.inner if cell.number is not None]
    high, low = max(known, key=lambda one: one[0]), min(known, key=lambda one: one[0])
    hidden = sum(cell.withheld for _, _, cell in matrix.inner)
    most, least = (_named(one[1], one[2], cell=one[3]) for one in (high, low))
    ends = f"The highest number is {most}, the lowest {least}."
    told = [ends, f"The total is {matrix.cells[-1][-1].printed}."]
    if hidden:
        told.append(f"{hidden} of {sum(1 for _ in matrix.inner)} numbers {'is' if hidden == 1 else 'are'} withheld.")
    return " ".join(told)


def _named(row: str, column: str, *, cell: MatrixCell) -> str:
    return f"{cell.printed} ({row}, {column})"


def _spec(matrix: Matrix, classes: Classes) -> Mapping[str, Any]:
    last_row, last_column = len(matrix.rows) - 1, len(matrix.columns) - 1
    values = []
    for place, row in enumerate(matrix.cells):
        for number, cell in enumerate(row):
            total = place == last_row or number == last_column
            values.append({"row": place, "column": number, "words": cell.printed, **_look(cell, classes, total=total)})
    size = _text_size(matrix)
    across = _side("column", matrix.columns)
    across["axis"] |= {"orient": "top", "labelAngle": 0, "labelFontSize": LARGEST_TEXT - 1}
    down = _side("row", matrix.rows)
    down["axis"] |= {"labelLimit": LONGEST_NAME, "labelFontSize": LARGEST_TEXT - 1}
    place_of = {"x": across, "y": down}
    rect = {"type": "rect", "stroke": style.PAPER, "strokeWidth": 2}
    colour = {"field": "colour", "type": "nominal", "scale": None}
    ink = {"field": "ink", "type": "nominal", "scale": None}
    layers: list[Mapping[str, Any]] = [{"mark": rect, "encoding": {**place_of, "color": colour}}]
    for weight in ("normal", "bold"):
        text = {"type": "text", "baseline": "middle", "fontSize": size, "fontWeight": weight}
        chosen = [{"filter": f"datum.weight == '{weight}'"}]
        words = {**place_of, "text": {"field": "words"}, "color": ink}
        layers.append({"transform": chosen, "mark": text, "encoding": words})
    return style.specification(*layers, height=ROW_HEIGHT * len(matrix.rows) + HEADING, data={"values": values})


def _look(cell: MatrixCell, classes: Classes, *, total: bool) -> Mapping[str, str]:
    if cell.withheld:
        return {"colour": style.HATCH, "ink": style.INK, "weight": "bold" if total else "normal"}
    if total:
        return {"colour": style.PAPER_GREY, "ink": style.INK, "weight": "bold"}
    if cell.number is None:
        return {"colour": style.PAPER, "ink": style.INK, "weight": "normal"}
    return {"colour": classes.colour_of(cell.number), "ink": classes.ink_of(cell.number), "weight": "normal"}


def _text_size(matrix: Matrix) -> float:
    """Letters as large as the widest number lets them be."""
    names = min(max(width_of(row, size=LARGEST_TEXT) for row in matrix.rows), LONGEST_NAME)
    room = (style.PLOT_WIDTH - names - 20) / len(matrix.columns) - 8
    widest = max(width_of(cell.printed, size=1, bold=True) for row in matrix.cells for cell in row)
    return min(max(room / max(widest, 1), SMALLEST_TEXT), LARGEST_TEXT)


def _side(field: str, names: Sequence[str]) -> dict[str, Any]:
    """A side of the matrix; its names are looked up by number, so that two may be alike."""
    axis = {
        "title": None,
        "values": list(range(len(names))),
        "labelExpr": labels_from({str(number): name for number, name in enumerate(names)}),
        "ticks": False,
        "domain": False,
        "grid": False,
        "labelOverlap": False,
    }
    scale = {"domain": list(range(len(names))), "paddingInner": 0, "paddingOuter": 0}
    return {"field": field, "type": "ordinal", "scale": scale, "axis": axis, "sort": None}
