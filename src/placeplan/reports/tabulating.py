"""Tables from rows: each field says how its cell is filled, and a field that is empty in every row leaves no column."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from placeplan.kernel.errors import Place
from placeplan.reports.document import Cell, Column, Row, Runs, Table, Text, Tone
from placeplan.reports.quoting import words

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Field(Generic[Record]):
    """One column to be: its heading and how a row fills it."""

    heading: str
    fill: Callable[[Record], Cell]
    numeric: bool = False
    wide: bool = False


def tabulate(
    table_id: str,
    caption: str,
    *,
    rows: Iterable[Record],
    fields: Sequence[Field[Record]],
    notes: tuple[Runs, ...] = (),
) -> Table:
    """A table of rows, without the columns that no row fills (the first one stays)."""
    filled = [[field.fill(row) for field in fields] for row in rows]
    kept = [number for number in range(len(fields)) if number == 0 or any(cells[number].runs for cells in filled)]
    columns = (fields[number] for number in kept)
    return Table(
        id=table_id,
        caption=caption,
        columns=tuple(Column(field.heading, numeric=field.numeric, wide=field.wide) for field in columns),
        rows=tuple(Row(tuple(cells[number] for number in kept)) for cells in filled),
        notes=notes,
    )


class Sourced(Protocol):
    """A row of the plan that says where it comes from."""

    @property
    def source(self) -> str | None:
        """Page or paragraph."""

    @property
    def place(self) -> Place:
        """File and line."""


def source_cell(row: Sourced) -> Cell:
    """Where a row comes from: what it says itself, and its line in the plan's files."""
    place = (Text(str(row.place.at()), code=True),) if row.place.file else ()
    between = (Text(" · "),) if row.source and place else ()
    return Cell((*words(row.source), *between, *place), Tone.QUIET)


def plain(text: str | None, tone: Tone = Tone.PLAIN) -> Cell:
    """A cell with words, or empty."""
    return Cell(words(text), tone)
