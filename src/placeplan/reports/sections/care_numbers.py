"""Numbers and names of the care model as its tables print them."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from placeplan.kernel.figures import Figures
from placeplan.plan.care_tables import Firmness
from placeplan.reports.document import Cell, Chart, Column, Row, Runs, Table, Text, Tone
from placeplan.reports.quoting import NOTHING, figure_cell, quote, unit_words
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults

if TYPE_CHECKING:
    from placeplan.reports.pictures.picture import StatisticalPicture

POUNDS = "pounds"
MARKS = {Firmness.SYNTHETIC: "Synthetic", Firmness.CALIBRATED: "Fitted"}
WORDS = {Firmness.SYNTHETIC: "Numbers behind this are made up.", Firmness.CALIBRATED: "Numbers behind this are fitted."}


class Firm(Protocol):
    """A row that says how firm its number is."""

    @property
    def firmness(self) -> Firmness:
        """How firm."""


def marks_of(rows: Iterable[Firm]) -> list[str]:
    """Words that must be seen in a picture of these rows."""
    found = {row.firmness for row in rows}
    return [mark for firmness, mark in MARKS.items() if firmness in found]


def firmness_notes(rows: Iterable[Firm]) -> tuple[Runs, ...]:
    """What must be said below a table of these rows."""
    found = {row.firmness for row in rows}
    return tuple((Text(words),) for firmness, words in WORDS.items() if firmness in found)


def rounded_cell(figures: Figures, figure_id: str, *, places: int = 0) -> Cell:
    """A figure without its unit, which the table names, and with few places; a dash where there is no such figure."""
    figure = figures.get(figure_id)
    if figure is None:
        return Cell((Text(NOTHING),), Tone.QUIET)
    if figure.value is None:
        return figure_cell(figures, figure_id)
    return Cell((quote(figure, printed=f"{figure.value:,.{places}f}"),))


def drawn(picture: "StatisticalPicture", *, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Chart:
    """A picture as a chart of the document, with its numbers as a table: words in the first column."""
    first, *numbers = columns
    data = Table(
        id=f"{picture.id}-data",
        caption=picture.title,
        columns=(Column(first, wide=True), *(Column(name, numeric=True) for name in numbers)),
        rows=tuple(Row(tuple(map(plain, row))) for row in rows),
    )
    return Chart(
        id=f"{picture.id}-chart",
        title=picture.title,
        picture=picture,
        note=picture.words_below,
        says=picture.says,
        data=data,
    )


def points_of(results: PlanResults) -> list[str]:
    """Points of delivery of the care model, in the order of its table."""
    return list(dict.fromkeys(row.point for row in results.plan.care_activity))


def point_title(results: PlanResults, point: str) -> str:
    """A point of delivery as its figures call it; its own name where nothing is computed for it."""
    settings = results.header.care
    base = settings.base_year if settings else ""
    figure = results.figures.get(f"demand.{point}.{base}.activity")
    return figure.label.removesuffix(f", {base}") if figure else point.replace("-", " ").capitalize()


def point_unit(results: PlanResults, point: str) -> str:
    """What is counted at a point of delivery, such as admissions."""
    settings = results.header.care
    figure = results.figures.get(f"demand.{point}.{settings.base_year if settings else ''}.activity")
    return figure.unit if figure else ""


def spoken_money(unit: str) -> str:
    """A unit of money inside a sentence: ``thousand pounds``."""
    return " ".join((*unit_words(unit).split()[1:], POUNDS))
