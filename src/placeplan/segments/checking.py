"""Checks of a linked dataset against its contract: counts, row numbers, and whom and what a problem could misplace.

Nothing that identifies a person comes out: rows are named by their number in the file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

import narwhals.stable.v2 as nw

from placeplan.segments.contract import PERSON_KEY, Column, Contract, Kind, Table
from placeplan.segments.engine import Frame

EARLIEST = date(1900, 1, 1)  # nobody in the records was born before; an earlier date is a slip of the pen
ROW, UNREADABLE = "row_number", "unreadable"
LATEST = date(9999, 12, 31)
SAMPLE = 5
_OTHER = "_other"


class ProblemKind(StrEnum):
    """What may be wrong with a row."""

    UNREADABLE = "unreadable"
    BLANK = "blank"
    NOT_ALLOWED = "not-allowed"
    NEGATIVE = "negative"
    IMPOSSIBLE_DATE = "impossible-date"
    ENDS_BEFORE_IT_STARTS = "ends-before-it-starts"
    REPEATED = "repeated"
    ORPHAN = "orphan"
    BEFORE_BIRTH = "before-birth"
    OVERLAPPING = "overlapping"


@dataclass(frozen=True, slots=True)
class RowTest:
    """A test of the rows of one table: what is wrong where it holds, and in which column."""

    kind: ProblemKind
    table: str
    column: str
    holds: nw.Expr

    @property
    def name(self) -> str:
        """A name of its own within the table."""
        return f"{self.kind.replace('-', '_')}__{self.column}"


@dataclass(frozen=True, slots=True)
class DataProblem:
    """Something wrong with some rows of a table.

    ``rows`` are the numbers of the first few. ``people`` and ``spend_pence`` are those that the rows touch, and the
    shares are of everybody and of all spend in the dataset: what the problem could misplace, at most. The spend of a
    row without a person in ``people`` (an orphan) is the cost of the row itself.
    """

    table: str
    kind: ProblemKind
    column: str
    count: int
    rows: tuple[int, ...]
    people: int
    spend_pence: int
    share_of_people: float | None
    share_of_spend: float | None


class Fetches(Protocol):
    """An engine that can hand over a small result."""

    def fetched_rows(self, frame: Frame) -> list[tuple[int | str | None, ...]]:
        """The rows of a small frame."""
        ...

    def kept(self, frame: Frame) -> Frame:
        """The same rows, worked out once."""
        ...


@dataclass(frozen=True, slots=True)
class QualityReport:
    """How many rows each table has, everybody, all spend, and what is wrong, the widest first."""

    rows: Mapping[str, int]
    people: int
    spend_pence: int
    problems: tuple[DataProblem, ...]


def row_tests(table: Table, *, extracted: date) -> list[RowTest]:
    """The tests that need nothing but the row itself."""
    found = [test for column in table.columns for test in _column_tests(table, column, extracted=extracted)]
    if table.spell:
        backwards = nw.col(table.spell.end) < nw.col(table.spell.start)
        found.append(RowTest(ProblemKind.ENDS_BEFORE_IT_STARTS, table.name, table.spell.end, backwards))
    return found


def _column_tests(table: Table, column: Column, *, extracted: date) -> Iterator[RowTest]:
    cell = nw.col(column.name)
    unreadable = nw.col(UNREADABLE).str.contains(rf"(^|, ){column.name}(,|$)")
    if not column.kind.is_text:
        yield RowTest(ProblemKind.UNREADABLE, table.name, column.name, unreadable)
    if not column.blank:
        yield RowTest(ProblemKind.BLANK, table.name, column.name, cell.is_null() & ~unreadable)
    if column.allowed:
        yield RowTest(ProblemKind.NOT_ALLOWED, table.name, column.name, ~cell.is_in(list(column.allowed)))
    if column.kind in {Kind.PENCE, Kind.WHOLE} and not column.negative:
        yield RowTest(ProblemKind.NEGATIVE, table.name, column.name, cell < 0)
    if column.kind.is_day:
        outside = (cell < EARLIEST) | (cell > extracted)
        yield RowTest(ProblemKind.IMPOSSIBLE_DATE, table.name, column.name, outside)


def quality_of(tables: Mapping[str, Frame], contract: Contract, *, extracted: date, engine: Fetches) -> QualityReport:
    """Check every table: one pass for the tests of rows, one for repeats, one beside the people.

    Args:
        tables: frames with ``row_number`` and ``unreadable``, as an engine scans them for checking.
        contract: what each table should hold.
        extracted: the day of the extract; nothing may be later.
        engine: holds the frames.
    """
    spend = engine.kept(_spend(tables["activity"]))
    everybody, _ = _numbers(engine, tables["people"].select(nw.col(PERSON_KEY).n_unique(), nw.len().alias("n")))
    (total,) = _numbers(engine, spend.select(nw.col("pence").sum()))
    rows: dict[str, int] = {}
    found: list[DataProblem] = []
    for name, frame in tables.items():
        check = _TableCheck(contract[name], frame, tables["people"], spend, engine)
        rows[name], problems = check.problems(extracted=extracted, everybody=everybody, total=total)
        found.extend(problems)
    widest = sorted(found, key=lambda one: (-one.people, -one.count, one.table, one.kind, one.column))
    return QualityReport(rows, everybody, total, tuple(widest))


@dataclass(frozen=True, slots=True)
class _TableCheck:
    """The check of one table."""

    table: Table
    frame: Frame
    people: Frame
    spend: Frame
    engine: Fetches

    def problems(self, *, extracted: date, everybody: int, total: int) -> tuple[int, list[DataProblem]]:
        """How many rows there are, and what is wrong with them."""
        tests = row_tests(self.table, extracted=extracted)
        count, *counts = _numbers(self.engine, self.frame.select(nw.len().alias("n"), *map(_counted, tests)))
        wrong = [(test.kind, test.column, self.frame.filter(test.holds)) for test, many in zip(tests, counts) if many]
        wrong += list(self._beside_other_rows())
        found = [self._told(kind, column, rows=rows, everybody=everybody, total=total) for kind, column, rows in wrong]
        return count, [one for one in found if one.count]

    def _beside_other_rows(self) -> Iterator[tuple[ProblemKind, str, Frame]]:
        grain = list(self.table.grain)
        texts = [name for name in grain if self.table.column(name).kind.is_text]
        filled = self.frame.with_columns(nw.col(texts).fill_null("")) if texts else self.frame
        groups = filled.group_by(grain).agg(nw.col(ROW).min().alias(_OTHER), nw.len().alias("n"))
        repeated = groups.filter(nw.col("n") > 1).drop("n")
        copies = filled.join(repeated, on=grain, how="inner").filter(nw.col(ROW) > nw.col(_OTHER))
        yield ProblemKind.REPEATED, ", ".join(grain), copies
        if not self.table.of_people or self.table.name == "people":
            return
        born = self.people.group_by(PERSON_KEY).agg(nw.col("birth_month").min().alias(_OTHER))
        yield ProblemKind.ORPHAN, PERSON_KEY, self.frame.join(born, on=PERSON_KEY, how="anti")
        for column in self.table.columns:
            if column.kind.is_day:
                early = self.frame.join(born, on=PERSON_KEY, how="inner").filter(nw.col(column.name) < nw.col(_OTHER))
                yield ProblemKind.BEFORE_BIRTH, column.name, early
        if self.table.spell and self.table.spell.alone:
            yield ProblemKind.OVERLAPPING, self.table.spell.start, self._overlapping(self.table.spell.start)

    def _overlapping(self, start: str) -> Frame:
        """Spells that begin before an earlier one of the same person has ended."""
        spell = self.table.spell
        if spell is None:
            return self.frame.filter(nw.col(ROW) < 0)
        open_end = nw.when(nw.col(spell.end).is_null()).then(nw.lit(LATEST)).otherwise(nw.col(spell.end))
        order = [start, ROW]
        before = self.frame.with_columns(open_end.alias(_OTHER))
        before = before.with_columns(nw.col(_OTHER).cum_max().over(PERSON_KEY, order_by=order))
        before = before.with_columns(nw.col(_OTHER).shift(1).over(PERSON_KEY, order_by=order))
        return before.filter(nw.col(start) <= nw.col(_OTHER))

    def _told(self, kind: ProblemKind, column: str, *, rows: Frame, everybody: int, total: int) -> DataProblem:
        count, people, pence = self._reach(rows)
        first = self.engine.fetched_rows(rows.select(ROW).sort(ROW).head(SAMPLE)) if count else []
        return DataProblem(
            table=self.table.name,
            kind=kind,
            column=column,
            count=count,
            rows=tuple(int(row[0] or 0) for row in first),
            people=people,
            spend_pence=pence,
            share_of_people=people / everybody if everybody else None,
            share_of_spend=pence / total if total else None,
        )

    def _reach(self, rows: Frame) -> tuple[int, int, int]:
        """How many rows, how many people they touch, and what those people cost."""
        (count,) = _numbers(self.engine, rows.select(nw.len().alias("n")))
        if not count or not self.table.of_people:
            return count, 0, 0
        touched = rows.select(PERSON_KEY).unique()
        known = touched.join(self.people.select(PERSON_KEY).unique(), on=PERSON_KEY, how="inner")
        (people,) = _numbers(self.engine, known.select(nw.len().alias("n")))
        (pence,) = _numbers(
            self.engine, touched.join(self.spend, on=PERSON_KEY, how="inner").select(nw.col("pence").sum())
        )
        return count, people, pence


def _counted(test: RowTest) -> nw.Expr:
    return nw.when(test.holds).then(1).otherwise(0).sum().alias(test.name)


def _spend(activity: Frame) -> Frame:
    """What each key cost, negative costs left out."""
    counted = activity.filter(nw.col("cost_pence") > 0)
    return counted.group_by(PERSON_KEY).agg(nw.col("cost_pence").sum().cast(nw.Int64).alias("pence"))


def _numbers(engine: Fetches, frame: Frame) -> Sequence[int]:
    """One row of whole numbers; a sum of nothing is 0."""
    ((*values,),) = engine.fetched_rows(frame)
    return [int(value or 0) for value in values]
