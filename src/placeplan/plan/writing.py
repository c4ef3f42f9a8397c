"""A plan written as a folder. Either the whole folder is written or nothing is."""

import csv
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.columns import FLAG, Column
from placeplan.plan.header import PlanHeader
from placeplan.plan.model import HEADER_FILE, TABLES, Plan, Table
from placeplan.plan.scenario import Scenario

LINE_WIDTH = 120


def write_plan(plan: Plan, folder: Path) -> None:
    """Write a plan to a folder that does not exist yet, or that is empty.

    The files are made in a folder beside it and moved when they are complete.

    Raises:
        InputError: the folder exists and is not empty, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            [Problem(Location(str(folder)), f"{folder} exists and is not empty", "a folder that does not exist yet")]
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".placeplan-") as temporary:
            complete = Path(temporary) / folder.name
            for name, text in files_of(plan):
                (complete / name).parent.mkdir(parents=True, exist_ok=True)
                (complete / name).write_text(text, encoding="utf-8", newline="")
            if folder.exists():
                folder.rmdir()
            shutil.move(complete, folder)
    except OSError as error:
        raise InputError([Problem(Location(str(folder)), f"{folder} cannot be written: {error.strerror}")]) from error


def files_of(plan: Plan) -> Iterator[tuple[str, str]]:
    """Name and text of each file of the plan's folder, in a fixed order."""
    yield HEADER_FILE, header_text(plan.header)
    for table in TABLES:
        rows = plan.rows(table)
        if rows:
            yield table.path, table_text(table, rows, plan_years=plan.header.years)
    for narrative in plan.narrative:
        yield narrative.file, narrative.text
    for scenario in plan.scenarios:
        yield f"scenarios/{scenario.scenario}.yaml", scenario_text(scenario)


def header_text(header: PlanHeader) -> str:
    """``plan.yaml`` of a plan."""
    return yaml_text(plain(header.model_dump(exclude_defaults=True)))


def scenario_text(scenario: Scenario) -> str:
    """The YAML file of a scenario."""
    return yaml_text(plain(scenario.model_dump(exclude_defaults=True)))


def table_text(table: Table, rows: Iterable[Any], *, plan_years: tuple[FinancialYear, ...]) -> str:
    """The CSV file of a table."""
    rows = tuple(rows)
    headings = table.headings(years_of(table, rows, plan_years=plan_years))
    return csv_text([headings, *(texts_of(table, row) for row in rows)])


def csv_text(records: Iterable[Sequence[str]]) -> str:
    """Records as the text of a CSV file of a plan."""
    lines = _Lines()
    csv.writer(lines, lineterminator=_QUOTED_IN_TEXT).writerows(records)
    return "".join(lines.texts)


_QUOTED_IN_TEXT = "\r\n"  # the writer puts quotes round a text that holds a character of its line ending


class _Lines:
    """Takes the lines of a CSV file, each as it is written, and ends them as a text file does."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def write(self, line: str) -> None:
        """Keep a line."""
        self.texts.append(f"{line.removesuffix(_QUOTED_IN_TEXT)}\n")


def years_of(
    table: Table, rows: tuple[Any, ...], *, plan_years: tuple[FinancialYear, ...]
) -> tuple[FinancialYear, ...]:
    """Years of a table's year columns: the plan's, or those of its rows."""
    if not table.has_years or table.plan_years or not rows:
        return plan_years
    by_year = next(column for column in table.columns if column.by_year)
    return tuple(getattr(rows[0], by_year.name))


def texts_of(table: Table, row: Any) -> list[str]:
    """The texts of a row's cells, in the order of the headings."""
    texts: list[str] = []
    for column in table.columns:
        value = getattr(row, column.name)
        if column.by_year:
            texts.extend("" if cell is None else str(cell) for cell in value.values())
        else:
            texts.append(_text(column, value))
    return texts


def _text(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if column.kind is FLAG:
        return "yes" if value else "no"
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def plain(value: Any) -> Any:
    """The same tree with years, words and tuples turned into what YAML can hold."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, StrEnum | FinancialYear):
        return str(value)
    return value if isinstance(value, bool | int | date | str) or value is None else str(value)


def yaml_text(data: Any) -> str:
    """Plain data as the files of a plan have it."""
    text: str = yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=LINE_WIDTH)
    return text
