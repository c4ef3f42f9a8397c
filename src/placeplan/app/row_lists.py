"""The rows of a table as a list that is searched and sorted, each with what is found in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from placeplan.app.section_rows import ShownRow
from placeplan.app.workspace_checks import ShownFinding
from placeplan.kernel.printed import parse_printed

_PARTS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row with the findings that stand on its line."""

    row: ShownRow
    findings: tuple[ShownFinding, ...]


def listed_rows(
    rows: Sequence[ShownRow], findings: Sequence[ShownFinding], *, words: str = "", sort: str = ""
) -> tuple[ListedRow, ...]:
    """The rows that hold some words, in an order.

    Args:
        rows: the rows, in the order of the file.
        findings: what is found in the section.
        words: each of them must stand somewhere in the row.
        sort: heading of a column; ``-`` before it turns the order; ``found`` puts the gravest first; empty: as in the
            file. Numbers are sorted as numbers, and blanks stand last.
    """
    wanted = words.lower().split()
    by_line: dict[int, list[ShownFinding]] = {}
    for finding in findings:
        by_line.setdefault(finding.line, []).append(finding)
    found = [
        ListedRow(row, tuple(by_line.get(row.line, ())))
        for row in rows
        if all(word in " ".join(row.cells.values()).lower() for word in wanted)
    ]
    if not sort:
        return tuple(found)
    name, turned = sort.removeprefix("-"), sort.startswith("-")
    if name == "found":
        return tuple(sorted(found, key=lambda each: -len([one for one in each.findings if not one.waived])))
    filled = [each for each in found if each.row.cells.get(name, "").strip()]
    blank = [each for each in found if not each.row.cells.get(name, "").strip()]
    filled.sort(key=lambda each: _sortable(each.row.cells[name]), reverse=turned)
    return (*filled, *blank)


def _sortable(text: str) -> tuple[tuple[int, float, str], ...]:
    """A text as something that sorts as a person expects: numbers by value, also inside of words."""
    number = parse_printed(text.strip())
    if number is not None:
        return ((0, float(number.value), ""),)
    parts = (part for part in _PARTS.split(text.strip().lower()) if part)
    return tuple((1, float(part), "") if part.isdecimal() else (2, 0.0, part) for part in parts)
