"""Reads who is part of which footprint and who took over from whom, from the user's own tables, into a graph."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from placeplan.datasets.csv_reading import TextTable, text_table
from placeplan.documents.text_reading import text_of
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.organisations import (
    ANY_PURPOSE,
    Area,
    ContradictionError,
    Membership,
    OrganisationGraph,
    Record,
    Source,
    Succession,
)
from placeplan.kernel.periods import FinancialYear

DAY = "a day such as 2020-04-01"
MEMBERSHIPS = ("member", "footprint")
SUCCESSIONS = ("predecessor", "successor", "on")
HEADINGS = (
    *MEMBERSHIPS,
    "since",
    "until",
    "purpose",
    "member_name",
    "footprint_name",
    *SUCCESSIONS,
    "predecessor_name",
    "successor_name",
)


@dataclass
class _Found:
    """What was read so far: areas by code with their names, records with their places, and problems."""

    names: dict[str, str]
    records: list[tuple[Membership | Succession, Location]]
    problems: list[Problem]


def read_memberships(*paths: Path) -> OrganisationGraph:
    """A graph of the areas that CSV files name, with their memberships and take-overs.

    A file of memberships has the columns ``member`` and ``footprint``, and may have ``since`` and ``until`` (first and
    last day; open where blank) and ``purpose``. A file of take-overs has ``predecessor``, ``successor`` and ``on``.
    Beside each code may stand its name, such as ``member_name``. Codes are those of the observations.

    Raises:
        InputError: with every problem of every file: a heading that is missing or not known, a cell that is blank or
            no day, rows that cannot all be true.
    """
    found = _Found({}, [], [])
    for path in paths:
        try:
            _read(text_table(text_of(path.read_bytes(), path.name), file=path.name), path.name, found=found)
        except InputError as error:
            found.problems.extend(error.problems)
    return _graph(found)


def read_groups(path: Path) -> dict[str, str]:
    """The one footprint of each member in a CSV file of memberships, by the member's code.

    Raises:
        InputError: as :func:`read_memberships`, or a member stands in several footprints.
    """
    graph = read_memberships(path)
    groups: dict[str, str] = {}
    problems = []
    for link in graph.memberships:
        group = groups.setdefault(link.member, link.footprint)
        if group != link.footprint:
            line = int(link.source.reference.rpartition(":")[2])
            message = f"'{link.member}' is in '{link.footprint}' here and in '{group}' above"
            mend = "Keep the row of the time that is compared."
            problems.append(
                Problem(Location(path.name, line, "footprint"), message, "one footprint for each member", mend)
            )
    if problems:
        raise InputError(problems)
    return groups


def memberships_by_year(frame: pl.DataFrame, *, source: str) -> OrganisationGraph:
    """A graph from a table that says year by year who is part of what.

    Years that follow each other become one span. A row without a footprint says nothing.

    Args:
        frame: texts ``year`` (a financial year), ``member`` and ``footprint``; ``member_name`` and ``footprint_name``
            where they are known. Several levels may stand below each other, as practices in networks and networks in
            boards.
        source: the file that it comes from, for messages and as the source of each membership.

    Raises:
        InputError: a year that is none, or rows that cannot all be true.
    """
    found = _Found({}, [], [])
    years = _years(frame["year"].unique().to_list(), source, found=found)
    known = frame.filter(pl.col("member").fill_null("") != "", pl.col("footprint").fill_null("") != "")
    for role in MEMBERSHIPS:
        if f"{role}_name" in known.columns:
            named = known.filter(pl.col(f"{role}_name").is_not_null())
            found.names.update(named.select(role, f"{role}_name").iter_rows())
        found.names.update((code, code) for code in known[role].unique().to_list() if code not in found.names)
    starts = pl.col("year").replace_strict(years, default=None, return_dtype=pl.Int64).alias("starts")
    runs = (
        known.select("member", "footprint", starts)
        .drop_nulls()
        .unique()
        .sort("member", "footprint", "starts")
        .with_columns((pl.col("starts") - pl.int_range(pl.len()).over("member", "footprint")).alias("run"))
        .group_by("member", "footprint", "run", maintain_order=True)
        .agg(pl.min("starts").alias("first"), pl.max("starts").alias("last"))
    )
    for member, footprint, _, first, last in runs.iter_rows():
        span = (FinancialYear(first).first_day, FinancialYear(last).last_day)
        link = Membership(member, footprint, Source(source, confirmed=True), ANY_PURPOSE, *span)
        found.records.append((link, Location(source)))
    return _graph(found)


def _years(texts: Iterable[str], source: str, *, found: _Found) -> dict[str, int]:
    """The first calendar year of each financial year."""
    years = {}
    for text in texts:
        try:
            years[text] = FinancialYear.parse(text).start
        except (ValueError, AttributeError):
            problem = Problem(
                Location(source, 0, "year"), f"'{text}' is not a year", "a financial year such as 2019-20 or 2019/20"
            )
            found.problems.append(problem)
    return years


def _read(table: TextTable, file: str, *, found: _Found) -> None:
    """The rows of one table."""
    problems = list(_heading_problems(table.headings, file))
    found.problems.extend(problems)
    if problems:
        return
    required = MEMBERSHIPS if MEMBERSHIPS[0] in table.headings else SUCCESSIONS
    for line, cells in zip(table.lines.to_list(), table.frame.iter_rows(), strict=True):
        row = {heading: (cell or "").strip() for heading, cell in zip(table.headings, cells, strict=True)}
        reader = _Row(row, file, line, table.headings)
        record = reader.membership() if required is MEMBERSHIPS else reader.succession()
        found.problems.extend(reader.problems(required))
        if record is not None:
            found.records.append((record, reader.at("")))
            for role in required[:2]:
                name = row.get(f"{role}_name", "")
                if name or row[role] not in found.names:
                    found.names[row[role]] = name or row[role]


def _heading_problems(headings: tuple[str, ...], file: str) -> Iterator[Problem]:
    for number, heading in enumerate(headings, start=1):
        if heading not in HEADINGS:
            close = get_close_matches(heading, HEADINGS, n=1)
            mend = f"Did you mean '{close[0]}'?" if close else ""
            expected = f"one of {', '.join(HEADINGS)}"
            yield Problem(Location(file, 1, heading, number), f"there is no column '{heading}'", expected, mend)
    whole = [columns for columns in (MEMBERSHIPS, SUCCESSIONS) if set(columns) <= set(headings)]
    if len(whole) != 1:
        expected = f"either {', '.join(MEMBERSHIPS)} or {', '.join(SUCCESSIONS)}"
        yield Problem(Location(file, 1), "the headings say neither memberships nor take-overs alone", expected)


@dataclass(frozen=True)
class _Row:
    """One row of texts by heading, with its place."""

    texts: Mapping[str, str]
    file: str
    line: int
    headings: tuple[str, ...]

    def at(self, heading: str) -> Location:
        column = self.headings.index(heading) + 1 if heading else 0
        return Location(self.file, self.line, heading, column)

    def day(self, heading: str) -> date | None:
        """The day of a cell; nothing where it is blank or no day."""
        try:
            return date.fromisoformat(self.texts.get(heading, ""))
        except ValueError:
            return None

    def problems(self, required: tuple[str, ...]) -> Iterator[Problem]:
        for heading in required:
            if not self.texts[heading]:
                yield Problem(self.at(heading), "this cell is blank", DAY if heading == "on" else "a code")
        for heading in ("since", "until", "on"):
            text = self.texts.get(heading, "")
            if text and self.day(heading) is None:
                yield Problem(self.at(heading), f"'{text}' is not a day", DAY)

    @property
    def source(self) -> Source:
        return Source(f"{self.file}:{self.line}", confirmed=True)

    def membership(self) -> Membership | None:
        member, footprint = (self.texts[heading] for heading in MEMBERSHIPS)
        if not member or not footprint:
            return None
        purpose = self.texts.get("purpose") or ANY_PURPOSE
        return Membership(member, footprint, self.source, purpose, self.day("since"), self.day("until"))

    def succession(self) -> Succession | None:
        day = self.day("on")
        if not day or not self.texts["predecessor"] or not self.texts["successor"]:
            return None
        return Succession(self.texts["predecessor"], self.texts["successor"], day, self.source)


def _graph(found: _Found) -> OrganisationGraph:
    """The graph of everything that was read.

    Raises:
        InputError: with every problem found.
    """
    if found.problems:
        raise InputError(found.problems)
    places: dict[int, Location] = {id(record): place for record, place in found.records}
    records = [record for record, _ in found.records]
    source = Source("named in a table of memberships or take-overs", confirmed=True)
    try:
        return OrganisationGraph(
            areas=tuple(Area(code, name, source) for code, name in found.names.items()),
            successions=tuple(record for record in records if isinstance(record, Succession)),
            memberships=tuple(record for record in records if isinstance(record, Membership)),
        )
    except ContradictionError as error:
        raise InputError(
            Problem(_place(fault.records, places), fault.message, mend="Correct the dates or the codes.")
            for fault in error.faults
        ) from error


def _place(records: tuple[Record, ...], places: Mapping[int, Location]) -> Location:
    """Where the last of some records stands."""
    return next((places[id(record)] for record in reversed(records) if id(record) in places), Location(""))
