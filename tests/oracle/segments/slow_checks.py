"""Every row of a dataset beside its contract, one by one."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from placeplan.segments.contract import Contract, Table

Rows = Sequence[Mapping[str, Any]]
Found = dict[tuple[str, str, str], list[int]]


def slow_problems(tables: Mapping[str, Rows], contract: Contract, *, extracted: date) -> Found:
    """Row numbers by table, kind of problem and column."""
    found: Found = defaultdict(list)
    born = {row["person_key"]: row["birth_month"] for row in tables["people"]}
    for name, rows in tables.items():
        seen: set[tuple[Any, ...]] = set()
        for number, row in enumerate(rows, 1):
            for kind, column in _row(contract[name], row, extracted, born):
                found[name, kind, column].append(number)
            grain = tuple(row[column] for column in contract[name].grain)
            if grain in seen:
                found[name, "repeated", ", ".join(contract[name].grain)].append(number)
            seen.add(grain)
        spell = contract[name].spell
        if spell and spell.alone:
            found[name, "overlapping", spell.start] = _overlapping(rows)
    return {key: sorted(numbers) for key, numbers in found.items() if numbers}


def _row(
    table: Table, row: Mapping[str, Any], extracted: date, born: Mapping[str, date | None]
) -> list[tuple[str, str]]:
    found = []
    for column in table.columns:
        value = row[column.name]
        if value is None:
            if not column.blank:
                found.append(("blank", column.name))
            continue
        if column.allowed and value not in column.allowed:
            found.append(("not-allowed", column.name))
        if column.kind in ("pence", "whole") and value < 0:
            found.append(("negative", column.name))
        if isinstance(value, date):
            birth = None if table.name == "people" else born.get(row.get("person_key", ""))
            found += [(kind, column.name) for kind in _day(value, extracted, birth)]
    if table.spell and row[table.spell.end] is not None and row[table.spell.end] < row[table.spell.start]:
        found.append(("ends-before-it-starts", table.spell.end))
    if table.name != "people" and "person_key" in row and row["person_key"] not in born:
        found.append(("orphan", "person_key"))
    return found


def _day(day: date, extracted: date, birth: date | None) -> list[str]:
    found = [] if date(1900, 1, 1) <= day <= extracted else ["impossible-date"]
    return [*found, "before-birth"] if birth is not None and day < birth else found


def _overlapping(rows: Rows) -> list[int]:
    numbered = sorted(enumerate(rows, 1), key=lambda one: (one[1]["start"], one[0]))
    return [
        number
        for place, (number, row) in enumerate(numbered)
        if any(
            earlier["person_key"] == row["person_key"] and (earlier["end"] is None or earlier["end"] >= row["start"])
            for _, earlier in numbered[:place]
        )
    ]


def slow_reach(tables: Mapping[str, Rows], table: str, *, rows: Sequence[int]) -> tuple[int, int]:
    """How many people some rows touch, and what they cost."""
    keys = {tables[table][number - 1]["person_key"] for number in rows}
    known = {row["person_key"] for row in tables["people"]}
    spend: Counter[str] = Counter()
    for row in tables["activity"]:
        spend[row["person_key"]] += max(row["cost_pence"], 0)
    return len(keys & known), sum(spend[key] for key in keys)
