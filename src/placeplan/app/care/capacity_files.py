"""Reads small tables about capacity: every row, or every problem at its line and column."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from placeplan.capacity.arrays import CapacityInputError
from placeplan.datasets.catalogue import read_catalogue
from placeplan.datasets.csv_reading import LINE
from placeplan.datasets.reading import ReadTable, read_table
from placeplan.kernel.errors import InputError, Location, Place, Problem

FINAL = "final"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table and its place. Cells of columns that the file does not have are nothing."""

    cells: Mapping[str, Any]
    place: Place

    def __getitem__(self, heading: str) -> Any:
        """A cell that every row fills."""
        return self.cells[heading]

    def number(self, heading: str, otherwise: float = 0.0) -> float:
        """A number, or another one where the cell is blank."""
        found = self.cells.get(heading)
        return otherwise if found is None else float(found)

    def text(self, heading: str, otherwise: str = "") -> str:
        """A text, or another one where the cell is blank."""
        return str(self.cells.get(heading) or "").strip() or otherwise

    def has(self, heading: str) -> bool:
        """Whether the cell is filled."""
        return self.cells.get(heading) is not None

    def problem(self, heading: str, message: str, *, expected: str = "", mend: str = "") -> Problem:
        """A problem with one cell."""
        return Problem(self.place.at(heading), message, expected, mend)


Check = Callable[[Row], Iterable[Problem]]


def rows_of(path: Path, layout: str, *, check: Check | None = None) -> tuple[Row, ...]:
    """Every row of a table.

    Args:
        path: a CSV file.
        layout: identifier of a layout of the catalogue.
        check: what else can be wrong with a row.

    Raises:
        InputError: the file cannot be read, a heading is not known, a cell cannot be read, a row stands twice, there is
            no row, or ``check`` finds something; with every problem.
    """
    dataset = read_catalogue()[layout]
    table = read_table(path, dataset)
    rows = tuple(_rows(table))
    problems = [*table.problems, *_strange_headings(table), *_repeats(rows, dataset.grain)]
    problems += [problem for row in rows for problem in (check(row) if check else ())]
    if not problems and not rows:
        problems = [Problem(Location(table.file), "there is no row under the headings", "at least one row")]
    if problems:
        raise InputError(problems)
    return rows


@contextmanager
def refusals_located(path: Path) -> Iterator[None]:
    """Say of which file it is what the engine refuses though each row can be read by itself."""
    try:
        yield
    except CapacityInputError as error:
        raise InputError([Problem(Location(path.name), str(error))]) from error


def marks_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """Words that have to be seen wherever numbers of these rows are: ``Synthetic``, ``2 of 9 rows estimated``."""
    statuses = [row.text("status", FINAL) for row in rows]
    return tuple(
        status.capitalize()
        if statuses.count(status) == len(statuses)
        else f"{statuses.count(status):,} of {len(statuses):,} rows {status}"
        for status in sorted({*statuses} - {FINAL})
    )


def known_or_problem(row: Row, heading: str, *, known: Sequence[str]) -> Iterator[Problem]:
    """A problem where a cell is filled with a word that is not known, with the nearest one that is."""
    word = row.text(heading)
    if word and word not in known:
        near = get_close_matches(word, known, n=1)
        mend = f"Did you mean '{near[0]}'?" if near else ""
        yield row.problem(heading, f"'{word}' is not known here", expected=f"one of {', '.join(known)}", mend=mend)


def _rows(table: ReadTable) -> Iterator[Row]:
    for cells in table.frame.iter_rows(named=True):
        yield Row(cells, Place(table.file, cells[LINE], table.headings))


def _strange_headings(table: ReadTable) -> Iterator[Problem]:
    """A heading with a slip would else leave its column out unseen."""
    free = [name for column in table.dataset.columns if (name := column.name) and name not in table.headings]
    for heading in table.unknown:
        near = get_close_matches(heading, free, n=1)
        mend = f"Did you mean '{near[0]}'?" if near else "Take it out, or use the column 'note'."
        place = Location(table.file, 1, heading, table.headings.index(heading) + 1)
        yield Problem(place, f"the column '{heading}' is not known here", f"some of {', '.join(free)}", mend)


def _repeats(rows: Sequence[Row], grain: Sequence[str]) -> Iterator[Problem]:
    if not grain:
        return
    first: dict[Hashable, Row] = {}
    for row in rows:
        key = tuple(row.cells.get(name) for name in grain)
        if key in first:
            words = ", ".join(str(each) for each in key)
            yield row.problem(
                grain[0],
                f"{words} stands here twice; the first time on line {first[key].place.line}",
                expected=f"one row for each {' and '.join(grain)}",
            )
        first.setdefault(key, row)
