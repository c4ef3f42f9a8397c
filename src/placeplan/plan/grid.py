"""From a grid of texts, as a CSV file or a worksheet holds it, to the rows of one table, with every problem located."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from operator import attrgetter
from typing import Any

from placeplan.kernel.errors import Location, Place, Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.columns import Column
from placeplan.plan.model import Table

MOST_ROWS = 200_000
MOST_PROBLEMS = 500
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Grid:
    """Texts of one table: its file, the line of its headings, the headings, and its records with the line of each."""

    file: str
    heading_line: int
    headings: tuple[str, ...]
    records: Iterable[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class _Reader:
    """How one column of the grid becomes one field of the row; several columns where the field has one a year.

    ``known`` remembers what texts were read as: the same few stand in most rows of a table.
    """

    column: Column
    position: int = 0
    years: tuple[tuple[FinancialYear, int], ...] = ()
    known: dict[str, Any] = field(default_factory=dict)

    def cells(self, texts: list[str], place: Place, *, problems: list[Problem]) -> dict[FinancialYear, Any]:
        """The cells of one row, by year."""
        known = self.known
        return {
            year: known[text]
            if (text := texts[position]) in known
            else self.parsed(text, place, heading=year, problems=problems)
            for year, position in self.years
        }

    def parsed(self, text: str, place: Place, *, heading: str, problems: list[Problem]) -> Any:
        """What a text is read as; problems with it are noted."""
        stripped, kind = text.strip(), self.column.kind
        if not stripped:
            if self.column.required:
                mend = f"Fill in: {self.column.title.lower()}."
                problems.append(Problem(place.at(heading), "this cell is blank", kind.expected, mend))
            else:
                self.known[text] = None
            return None
        try:
            value = kind.parse(stripped)
        except ValueError:
            shown = stripped if len(stripped) <= LONGEST_SHOWN else f"{stripped[:LONGEST_SHOWN]}…"
            problems.append(Problem(place.at(heading), f"{shown!r} cannot be read", kind.expected))
            return None
        self.known[text] = value
        return value


def read_rows(table: Table, grid: Grid, *, plan_years: tuple[FinancialYear, ...]) -> tuple[list[Any], list[Problem]]:
    """Turn a grid into the rows of a table.

    Args:
        table: what the grid is meant to hold.
        grid: the texts.
        plan_years: years of the plan, which the year columns must equal in a table of plan years (empty: not known).

    Returns:
        The rows that could be read and every problem found. Rows are only to be used when there is no problem.
    """
    readers, problems = _readers(table, grid, plan_years=plan_years)
    if problems:
        return [], problems
    rows = list(_rows(table, grid, readers=readers, problems=problems))
    problems.extend(_repeated_keys(table, rows))
    if len(problems) > MOST_PROBLEMS:
        more = len(problems) - MOST_PROBLEMS
        problems = [*problems[:MOST_PROBLEMS], Problem(Location(grid.file), f"{more:,} more problems are not listed")]
    return rows, problems


def _readers(table: Table, grid: Grid, *, plan_years: tuple[FinancialYear, ...]) -> tuple[list[_Reader], list[Problem]]:
    """Match headings with columns."""
    problems = list(_heading_problems(table, grid))
    years, year_problems = _years(table, grid, plan_years=plan_years)
    problems.extend(year_problems)
    if problems:
        return [], problems
    position = {heading: ordinal for ordinal, heading in enumerate(grid.headings)}
    readers = []
    for column in table.columns:
        if column.by_year:
            readers.append(_Reader(column, years=tuple((year, position[str(year)]) for year in years)))
        elif column.name in position:
            readers.append(_Reader(column, position[column.name]))
    return readers, problems


def _heading_problems(table: Table, grid: Grid) -> Iterator[Problem]:
    known = {column.name for column in table.columns if not column.by_year}
    seen: set[str] = set()
    for ordinal, heading in enumerate(grid.headings, start=1):
        place = Location(grid.file, grid.heading_line, heading, ordinal)
        if heading in seen:
            yield Problem(place, f"two columns are headed {heading!r}", mend="Remove or rename one of them.")
        elif not heading:
            yield Problem(place, f"column {ordinal} has no heading", f"one of {', '.join(sorted(known))}")
        elif heading not in known and not _is_year(heading):
            yield Problem(
                place,
                f"{heading!r} is not a column of this table",
                f"one of {', '.join(sorted(known))}",
                _nearest(heading, known),
            )
        elif _is_year(heading) and not table.has_years:
            yield Problem(
                place,
                f"this table has no year columns, but one is headed {heading!r}",
                mend="Give the year in the year column.",
            )
        seen.add(heading)
    for column in table.columns:
        if column.required and not column.by_year and column.name not in seen:
            yield Problem(
                Location(grid.file, grid.heading_line, column.name),
                f"the column {column.name!r} is missing",
                column.title.lower(),
            )


def _nearest(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word.lower(), list(known), n=1)
    return f"Did you mean {close[0]!r}?" if close else ""


def _is_year(heading: str) -> bool:
    try:
        return str(FinancialYear.parse(heading)) == heading
    except ValueError:
        return False


def _years(
    table: Table, grid: Grid, *, plan_years: tuple[FinancialYear, ...]
) -> tuple[tuple[FinancialYear, ...], list[Problem]]:
    """The years of the year columns, which must follow one another and, where the table asks, be those of the plan."""
    if not table.has_years:
        return (), []
    headings = [(ordinal, heading) for ordinal, heading in enumerate(grid.headings, start=1) if _is_year(heading)]
    years = tuple(FinancialYear.parse(heading) for _, heading in headings)
    problems = []
    for (ordinal, heading), before, year in zip(headings[1:], years, years[1:], strict=False):
        if year != before.next:
            place = Location(grid.file, grid.heading_line, heading, ordinal)
            problems.append(
                Problem(
                    place,
                    f"{year} stands after {before}",
                    f"the year {before.next}",
                    "Put one column for every year, in order.",
                )
            )
    if not problems and table.plan_years and plan_years and years != plan_years:
        found = ", ".join(map(str, years)) or "none"
        place = Location(grid.file, grid.heading_line)
        wanted = ", ".join(map(str, plan_years))
        problems.append(
            Problem(
                place,
                f"the year columns are {found}",
                f"the years of the plan, {wanted}",
                "Change the columns or the plan's years.",
            )
        )
    return years, problems


def _rows(table: Table, grid: Grid, *, readers: list[_Reader], problems: list[Problem]) -> Iterator[Any]:
    width = len(grid.headings)
    absent: dict[str, Any] = {column.name: None for column in table.columns}
    simple = [(reader.column.name, reader.position, reader.known, reader) for reader in readers if not reader.years]
    by_year = [reader for reader in readers if reader.years]
    for count, (line, texts) in enumerate(grid.records, start=1):
        if count > MOST_ROWS:
            problems.append(
                Problem(
                    Location(grid.file, line), f"this table has more than {MOST_ROWS:,} rows", mend="Split the plan."
                )
            )
            return
        place = Place(grid.file, line, grid.headings)
        if len(texts) != width:
            problems.append(_wrong_width(place, len(texts), width=width))
            continue
        before = len(problems)
        values = dict(absent)
        for name, position, known, reader in simple:
            text = texts[position]
            values[name] = known[text] if text in known else reader.parsed(text, place, heading=name, problems=problems)
        for reader in by_year:
            values[reader.column.name] = reader.cells(texts, place, problems=problems)
        if len(problems) == before:
            yield table.row(**values, place=place)


def _wrong_width(place: Place, found: int, *, width: int) -> Problem:
    expected = f"{width}, as many as there are headings"
    return Problem(place.at(), f"this row has {found} cells", expected, "Put text that holds a comma in quotes.")


def _repeated_keys(table: Table, rows: list[Any]) -> Iterator[Problem]:
    seen: dict[Any, Place] = {}
    key_of = attrgetter(*table.key)
    for row in rows:
        key = key_of(row)
        if key in seen:
            texts = zip(table.key, table.key_of(row), strict=True)
            named = ", ".join(f"{name} {text!r}" for name, text in texts if text)
            yield Problem(
                row.place.at(table.key[0]),
                f"the row for {named} stands twice (first on line {seen[key].line})",
                mend="Remove or rename one of them.",
            )
        else:
            seen[key] = row.place


def references(plan_rows: Mapping[str, Iterable[str]], table: Table, *, rows: Iterable[Any]) -> Iterator[Problem]:
    """Problems of rows that name something that the plan does not have.

    Args:
        plan_rows: for each kind of thing that can be named (``service``), the names that exist.
        table: the table of the rows.
        rows: the rows.
    """
    referring = [column for column in table.columns if column.refers_to]
    known = {column.name: frozenset(plan_rows[column.refers_to]) for column in referring}
    for row in rows:
        for column in referring:
            value = getattr(row, column.name)
            names = value if isinstance(value, tuple) else (value,) if value else ()
            for name in names:
                if name not in known[column.name]:
                    listed = ", ".join(sorted(known[column.name])[:MOST_LISTED]) or "none is declared"
                    yield Problem(
                        row.place.at(column.name),
                        f"there is no {column.refers_to} called {name!r}",
                        f"one of: {listed}",
                        _nearest(name, known[column.name]),
                    )


MOST_LISTED = 12
