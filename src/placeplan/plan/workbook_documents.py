"""``plan.yaml``, scenarios and text as rows of a worksheet, and back.

A row of the plan sheet is a path and a value (``services.0.id``). A row of the scenarios sheet is one override. A row
of the narrative sheet is one line of a text, so that a long text stays readable.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from placeplan.documents.yaml_reading import Data, Path, YamlDocument
from placeplan.kernel.errors import Location, Problem
from placeplan.plan.folder_files import NARRATIVE_FILE
from placeplan.plan.header import PlanHeader
from placeplan.plan.model import Narrative
from placeplan.plan.scenario import Override, Scenario
from placeplan.plan.workbook_layout import (
    KEY_HEADINGS,
    MOST_KEYS,
    NARRATIVE_HEADINGS,
    PLAN_HEADINGS,
    SCENARIO_HEADINGS,
)
from placeplan.plan.workbook_text import in_pieces
from placeplan.plan.writing import plain

LONGEST_PIECE = 4_000
MOST_STEPS = 12
LONGEST_POSITION = 6
MOST_LISTED = 12
PATH_COLUMN, VALUE_COLUMN = 1, 2
Row = tuple[int, Sequence[str]]
"""Row number of the sheet, and the texts under the headings."""


def header_rows(header: PlanHeader) -> Iterator[tuple[str, str]]:
    """Path and value of everything that a plan's header says."""
    yield from _leaves(plain(header.model_dump(exclude_defaults=True)), "")


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from _leaves(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, bool):
        yield path, "true" if value else "false"
    elif value is not None:
        yield path, str(value)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A value of the plan sheet and its row."""

    text: str
    row: int


class _Mark(NamedTuple):
    """A cell as a document's marks have it: row and column from 0."""

    line: int
    column: int


Marks = dict[Path, tuple[_Mark, _Mark]]


def _marks(row: int, column: int, *, key_column: int) -> tuple[_Mark, _Mark]:
    """Where a value and its key stand; row and columns from 1."""
    return _Mark(row - 1, column - 1), _Mark(row - 1, key_column - 1)


class _Branch(dict[str, "_Leaf | _Branch"]):
    """What stands under a path: its next steps, in the order of the rows."""

    @property
    def row(self) -> int:
        """The first row under this path."""
        return min((child.row for child in self.values()), default=1)

    @property
    def positions(self) -> list[int]:
        """The steps as positions of a list; empty when they are not all whole numbers."""
        if all(step.isascii() and step.isdigit() and len(step) <= LONGEST_POSITION for step in self):
            return [int(step) for step in self]
        return []


def header_document(file: str, rows: Iterable[Row], *, problems: list[Problem]) -> YamlDocument:
    """The document that the rows of the plan sheet stand for. Every value is a text until the model reads it."""
    root = _Branch()
    for number, (path, value) in rows:
        if value:
            _insert(root, _Leaf(value, number), path=path.strip(), file=file, problems=problems)
    marks: Marks = {}
    data = _data(root, (), file=file, marks=marks, problems=problems)
    return YamlDocument(file, data, marks)


def _insert(root: _Branch, leaf: _Leaf, *, path: str, file: str, problems: list[Problem]) -> None:
    where = Location(file, leaf.row, PLAN_HEADINGS[0], 1)
    *steps, last = path.split(".")
    if not all(steps) or not last or len(steps) >= MOST_STEPS:
        problems.append(Problem(where, f"{path!r} is not a path", "a path such as title or services.0.name"))
        return
    branch = root
    for step in steps:
        below = branch.setdefault(step, _Branch())
        if isinstance(below, _Leaf):
            problems.append(
                Problem(where, f"row {below.row} already gives {step!r} a value", mend="Keep one of the two.")
            )
            return
        branch = below
    if last in branch:
        problems.append(
            Problem(where, f"{path!r} stands twice (first on row {branch[last].row})", mend="Keep one of the two.")
        )
    else:
        branch[last] = leaf


def _data(node: _Leaf | _Branch, path: Path, *, file: str, marks: Marks, problems: list[Problem]) -> Data:
    """Plain data of a part of the sheet; notes where each value stands."""
    marks[path] = _marks(node.row, VALUE_COLUMN, key_column=PATH_COLUMN)
    if isinstance(node, _Leaf):
        return node.text
    positions = node.positions
    if not positions:
        return {
            step: _data(below, (*path, step), file=file, marks=marks, problems=problems) for step, below in node.items()
        }
    if sorted(positions) != list(range(len(positions))):
        named = ".".join(map(str, path))
        message = f"the items of {named!r} are numbered {', '.join(map(str, sorted(positions)[:MOST_LISTED]))}"
        problems.append(
            Problem(Location(file, node.row, named, PATH_COLUMN), message, "0, 1, 2 and so on, without a gap")
        )
    in_order = sorted(zip(positions, node.values(), strict=True), key=lambda pair: pair[0])
    return [
        _data(below, (*path, place), file=file, marks=marks, problems=problems)
        for place, (_, below) in enumerate(in_order)
    ]


def narrative_rows(narrative: Iterable[Narrative]) -> Iterator[tuple[str, str, str]]:
    """File, line number and text of every line; a very long line takes several rows with the same number."""
    for each in narrative:
        for number, line in enumerate(each.text.split("\n"), start=1):
            for piece in in_pieces(line, LONGEST_PIECE):
                yield each.file, str(number), piece


def narrative_of(file: str, rows: Iterable[Row], *, problems: list[Problem]) -> tuple[Narrative, ...]:
    """The texts that the rows of the narrative sheet hold.

    A row without a file goes on with the file above. Rows are lines in the order of the sheet; a row with the same line
    number as the one above goes on with that line. Blank rows inside a text are blank lines.
    """
    lines: dict[str, list[str]] = {}
    above, line_above, row_above = "", "", 0
    for number, (named, line, text) in rows:
        name = named.strip() or above
        if not NARRATIVE_FILE.match(name):
            expected = "narrative/ and a short name in small letters, digits and hyphens, such as narrative/summary.md"
            problems.append(
                Problem(Location(file, number, NARRATIVE_HEADINGS[0], 1), f"{name!r} is not a text of a plan", expected)
            )
            continue
        own = lines.setdefault(name, [])
        if name == above and line and line == line_above:
            own[-1] += text
        else:
            own.extend([""] * (number - row_above - 1) if name == above else ())
            own.append(text)
        above, line_above, row_above = name, line, number
    return tuple(Narrative(name, "\n".join(own)) for name, own in lines.items())


def scenario_rows(scenarios: Iterable[Scenario]) -> Iterator[tuple[str, ...]]:
    """One row for each override; title and description stand on the first row of a scenario."""
    for scenario in scenarios:
        opening = (scenario.title, scenario.description or "")
        for override in scenario.overrides:
            yield scenario.scenario, *opening, override.table, *_key_texts(override), override.column, override.value
            opening = ("", "")


def _key_texts(override: Override) -> tuple[str, ...]:
    pairs = [text for pair in override.row.items() for text in pair]
    if len(pairs) > 2 * MOST_KEYS:
        raise ValueError(f"an override names more than {MOST_KEYS} columns of a key")
    return (*pairs, *[""] * (2 * MOST_KEYS - len(pairs)))


def scenario_documents(file: str, rows: Iterable[Row]) -> tuple[YamlDocument, ...]:
    """A document for each scenario, in the order in which they first stand on the sheet."""
    grouped: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for number, texts in rows:
        row = dict(zip(SCENARIO_HEADINGS, texts, strict=True))
        grouped.setdefault(row["scenario"], []).append((number, row))
    return tuple(_scenario_document(file, name=name, rows=own) for name, own in grouped.items())


def _scenario_document(file: str, *, name: str, rows: list[tuple[int, dict[str, str]]]) -> YamlDocument:
    data: dict[str, Data] = {"scenario": name}
    marks: Marks = {(): _mark(rows[0][0], "scenario"), ("scenario",): _mark(rows[0][0], "scenario")}
    for heading in ("title", "description"):
        given = next(((number, row[heading]) for number, row in rows if row[heading]), None)
        if given:
            data[heading] = given[1]
            marks[heading,] = _mark(given[0], heading)
    overrides: list[Data] = []
    for number, row in rows:
        at: Path = ("overrides", len(overrides))
        marks |= {(*at, heading): _mark(number, heading) for heading in ("table", "column", "value")}
        marks[at] = marks[*at, "table"]
        marks[*at, "row"] = _mark(number, KEY_HEADINGS[0])
        overrides.append({"table": row["table"], "row": _key(row), "column": row["column"], "value": row["value"]})
    marks["overrides",] = _mark(rows[0][0], "table")
    data["overrides"] = overrides
    return YamlDocument(file, data, marks)


def _key(row: dict[str, str]) -> dict[str, Data]:
    pairs = zip(KEY_HEADINGS[::2], KEY_HEADINGS[1::2], strict=True)
    return {row[named]: row[filled] for named, filled in pairs if row[named] or row[filled]}


def _mark(number: int, heading: str) -> tuple[_Mark, _Mark]:
    ordinal = SCENARIO_HEADINGS.index(heading) + 1
    return _marks(number, ordinal, key_column=ordinal)
