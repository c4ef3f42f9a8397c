"""A good plan in memory, to be broken."""

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from types import MappingProxyType

from placeplan.plan.columns import Column, Kind
from placeplan.plan.model import TABLES
from tests.corpus.broken_plan import Entries, Entry

EXAMPLES = Path(__file__).parents[2] / "src" / "placeplan" / "examples"
_TABLES = {table.path: table for table in TABLES}


@cache
def good_plans() -> tuple[str, ...]:
    """Names of the bundled plans."""
    return tuple(sorted(path.parent.name for path in EXAMPLES.glob("*/plan.yaml")))


@cache
def good_files(plan: str) -> MappingProxyType[str, bytes]:
    """The files of a bundled plan."""
    root = EXAMPLES / plan
    return MappingProxyType(
        {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
    )


@dataclass(slots=True)
class CsvTable:
    """A table as rows of texts."""

    path: str
    headings: list[str]
    rows: list[list[str]]

    def text(self) -> str:
        """The CSV text."""
        return _csv([self.headings, *self.rows])

    def line(self, row: int) -> int:
        """The line on which a row starts."""
        return 1 + _csv([self.headings, *self.rows[:row]]).count("\n")

    def columns(self) -> Iterator[tuple[int, Column]]:
        """Position and declaration of each column."""
        declared = {column.name: column for column in _TABLES[self.path].columns}
        by_year = next((column for column in declared.values() if column.by_year), None)
        for position, heading in enumerate(self.headings):
            column = declared.get(heading, by_year)
            if column is not None:
                yield position, column

    def years(self) -> list[int]:
        """Positions of the year columns."""
        return [position for position, column in self.columns() if column.by_year]


def _csv(rows: list[list[str]]) -> str:
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


@dataclass(slots=True)
class Spot:
    """One cell of one table."""

    table: CsvTable
    row: int
    position: int

    @property
    def line(self) -> int:
        """The line on which the cell's row starts."""
        return self.table.line(self.row)

    @property
    def text(self) -> str:
        """What stands in the cell."""
        return self.table.rows[self.row][self.position]


class Draft:
    """The files of a good plan, to be changed; chooses at random, but always the same for the same name."""

    def __init__(self, plan: str, seed: str) -> None:
        self.plan = plan
        self.entries: Entries = dict(good_files(plan))
        self.random = random.Random(seed)

    def text(self, name: str) -> str:
        """A file's text."""
        content = self.entries[name]
        assert isinstance(content, bytes)
        return content.decode("utf-8")

    def put(self, name: str, entry: str | Entry) -> None:
        """Set a file."""
        self.entries[name] = entry.encode() if isinstance(entry, str) else entry

    def table_names(self) -> list[str]:
        """Tables that the plan has."""
        return [name for name in self.entries if name in _TABLES]

    def table(self, name: str) -> CsvTable:
        """One table."""
        headings, *rows = csv.reader(StringIO(self.text(name), newline=""))
        return CsvTable(name, headings, rows)

    def any_table(self, wanted: Callable[[CsvTable], bool] = lambda _: True) -> CsvTable | None:
        """A table that is as wanted, if there is one."""
        found = [table for name in self.table_names() if (table := self.table(name)).rows and wanted(table)]
        return self.random.choice(found) if found else None

    def any_cell(self, wanted: Callable[[Column], bool], *, filled: bool = False) -> Spot | None:
        """A cell whose column is as wanted, if there is one; ``filled``: one that is not blank."""
        spots = [
            (table, position)
            for name in self.table_names()
            for table in [self.table(name)]
            for position, column in table.columns()
            if wanted(column) and any(row[position] or not filled for row in table.rows)
        ]
        if not spots:
            return None
        table, position = self.random.choice(spots)
        rows = [number for number, row in enumerate(table.rows) if row[position] or not filled]
        return Spot(table, self.random.choice(rows), position)

    def set_cell(self, spot: Spot, text: str) -> None:
        """Write a text into a cell."""
        spot.table.rows[spot.row][spot.position] = text
        self.put(spot.table.path, spot.table.text())

    def line_starting(self, name: str, start: str) -> int:
        """The first line of a file that starts with these words."""
        for number, line in enumerate(self.text(name).split("\n"), start=1):
            if line.startswith(start):
                return number
        raise ValueError(f"no line of {name} starts with {start!r}")

    def replace_line(self, name: str, start: str, *, by: str) -> int:
        """Put other text in the place of the first line that starts with these words; the line's number."""
        number = self.line_starting(name, start)
        lines = self.text(name).split("\n")
        lines[number - 1] = by
        self.put(name, "\n".join(lines))
        return number

    def append(self, name: str, text: str) -> int:
        """Add text at the end of a file, on a line of its own; the number of that line."""
        before = self.text(name)
        before = before if before.endswith("\n") else f"{before}\n"
        self.put(name, before + text)
        return before.count("\n") + 1


def of_kind(*kinds: Kind) -> Callable[[Column], bool]:
    """Whether a column holds one of these kinds."""
    return lambda column: column.kind in kinds
