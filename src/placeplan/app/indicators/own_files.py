"""Reads tables in Placeplan's own layouts: every row that can be read, and a remark on every other."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from placeplan.datasets.catalogue import read_catalogue
from placeplan.datasets.csv_reading import LINE
from placeplan.datasets.reading import ReadTable, read_texts, texts_of
from placeplan.indicators.observed.remarks import Remark, RemarkKind
from placeplan.kernel.errors import Location, Place, Problem


@dataclass(frozen=True, eq=False)
class OwnTable:
    """A table of one of our own layouts, and remarks on the rows that could not be read."""

    read: ReadTable
    remarks: tuple[Remark, ...]

    def rows(self) -> Iterator[tuple[dict[str, Any], Place]]:
        """Every row by heading, with its place; a column that the file does not have is not in it."""
        for row in self.read.frame.iter_rows(named=True):
            yield row, Place(self.read.file, row[LINE], self.read.headings)


def read_own(path: Path, *layouts: str) -> OwnTable:
    """Read a file in the first of some layouts whose needed headings it has, else in the first of all.

    Raises:
        InputError: the file cannot be read, or a heading is missing.
    """
    table = texts_of(path, path.name)
    known = [read_catalogue()[layout] for layout in layouts]
    fitting = [each for each in known if set(each.needed) <= set(table.headings)]
    read = read_texts(table, (fitting or known)[0], file=path.name)
    return OwnTable(read, tuple(unreadable(read)))


def unreadable(read: ReadTable) -> Iterator[Remark]:
    """A remark for each problem that is listed, and one for the rest of each column."""
    yield from (Remark(RemarkKind.UNREADABLE, problem) for problem in read.problems)
    for heading, count in read.problems_by_column.items():
        more = count - sum(problem.location.field == heading for problem in read.problems)
        if more > 0:
            yield Remark(
                RemarkKind.UNREADABLE,
                Problem(Location(read.file, 0, heading), f"{more} more cells cannot be read"),
                more,
            )


def text_in(row: dict[str, Any], heading: str) -> str:
    """The text of a cell; empty where it is blank or the file has no such column."""
    return str(row.get(heading) or "").strip()
