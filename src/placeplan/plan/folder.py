"""A plan as a folder: ``plan.yaml``, tables in CSV, text in Markdown, scenarios in YAML."""

import csv
import re
from collections.abc import Iterator
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from placeplan.documents.text_reading import text_of
from placeplan.documents.yaml_reading import YamlDocument, read_yaml
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.plan.assembly import Parts, assemble
from placeplan.plan.columns import LONGEST_TEXT
from placeplan.plan.grid import Grid
from placeplan.plan.model import HEADER_FILE, TABLES, Narrative, Plan

LARGEST_FILE = 64 * 1024 * 1024
MOST_FILES = 2_000
NARRATIVE, SCENARIOS = "narrative", "scenarios"
NARRATIVE_FILE = re.compile(r"^narrative/[a-z0-9]+(?:-[a-z0-9]+)*\.md$")
SCENARIO_FILE = re.compile(r"^scenarios/[a-z0-9]+(?:-[a-z0-9]+)*\.yaml$")
_READ_SUFFIXES = {".csv", ".yaml", ".yml", ".md"}
_TABLE_PATHS = tuple(table.path for table in TABLES)
_FOLDERS = {path.split("/")[0] for path in _TABLE_PATHS if "/" in path} | {NARRATIVE, SCENARIOS}


def read_plan(folder: Path) -> Plan:
    """Read the plan in a folder.

    Raises:
        InputError: with every problem of every file; the folder is not there, a file is missing, cannot be decoded or
            is too large, a
            value cannot be read, a name is unknown.
    """
    return assemble(_parts(folder))


def _parts(folder: Path) -> Parts:
    if not folder.is_dir():
        found = "is not a folder" if folder.exists() else "does not exist"
        raise InputError(
            [
                Problem(
                    Location(str(folder)), f"{folder} {found}", "the folder of a plan", "placeplan new PATH makes one."
                )
            ]
        )
    problems: list[Problem] = []
    texts = dict(_texts(folder, problems))
    header = _yaml(HEADER_FILE, texts, problems=problems)
    if HEADER_FILE not in texts and not any(problem.location.file == HEADER_FILE for problem in problems):
        problems.append(
            Problem(
                Location(HEADER_FILE),
                "this file is missing",
                "plan.yaml",
                "placeplan new PATH writes one to start from.",
            )
        )
    grids = {
        path: grid for path in _TABLE_PATHS if path in texts and (grid := _grid(path, texts[path], problems=problems))
    }
    narrative = tuple(Narrative(file, text) for file, text in texts.items() if NARRATIVE_FILE.match(file))
    scenario_files = [file for file in texts if SCENARIO_FILE.match(file)]
    scenarios = tuple(document for file in scenario_files if (document := _yaml(file, texts, problems=problems)))
    return Parts(header=header, grids=grids, narrative=narrative, scenarios=scenarios, problems=tuple(problems))


def _texts(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Texts of the files that belong to a plan, by name, in the order of their names."""
    root = folder.resolve()
    for name, path in _files(folder, problems):
        place = Location(name)
        if not path.resolve().is_relative_to(root):
            problems.append(
                Problem(
                    place,
                    "this is a link to a file outside the plan",
                    "a file of the plan",
                    "Copy the file into the plan.",
                )
            )
            continue
        try:
            if path.stat().st_size > LARGEST_FILE:
                megabytes = LARGEST_FILE // (1024 * 1024)
                problems.append(
                    Problem(place, f"this file has {path.stat().st_size:,} bytes", f"at most {megabytes} MiB")
                )
                continue
            yield name, text_of(path.read_bytes(), name)
        except InputError as error:
            problems.extend(error.problems)
        except OSError as error:
            problems.append(Problem(place, f"this file cannot be opened: {error.strerror}"))


def _files(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    candidates = [folder / HEADER_FILE, *sorted(folder.glob("*.csv"))]
    for name in sorted(_FOLDERS):
        candidates.extend(sorted(path for path in (folder / name).glob("*") if path.suffix in _READ_SUFFIXES))
    if len(candidates) > MOST_FILES:
        problems.append(
            Problem(Location(str(folder)), f"this folder has {len(candidates):,} files", f"at most {MOST_FILES:,}")
        )
        return
    for path in candidates:
        name = path.relative_to(folder).as_posix()
        if _belongs(name):
            if path.is_file():
                yield name, path
            elif path.exists() or path.is_symlink():
                problems.append(Problem(Location(name), "this is not a file that can be read", "a plain file"))
        elif not path.name.startswith("."):
            close = get_close_matches(name, _TABLE_PATHS, n=1)
            hint = f"Did you mean {close[0]}?" if close else "Rename it or move it out of the plan."
            problems.append(
                Problem(
                    Location(name),
                    "this file is not part of a plan",
                    "one of the tables, texts or scenarios of a plan",
                    hint,
                )
            )


def _belongs(name: str) -> bool:
    return name == HEADER_FILE or name in _TABLE_PATHS or bool(NARRATIVE_FILE.match(name) or SCENARIO_FILE.match(name))


def _yaml(file: str, texts: dict[str, str], *, problems: list[Problem]) -> YamlDocument | None:
    if file not in texts:
        return None
    try:
        return read_yaml(texts[file], file)
    except InputError as error:
        problems.extend(error.problems)
        return None


def _grid(file: str, text: str, *, problems: list[Problem]) -> Grid | None:
    """Texts of a CSV file, with the line on which each record starts."""
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        problems.append(
            Problem(
                Location(file, line), "this file holds a null character", "plain text", "Save it again as CSV UTF-8."
            )
        )
        return None
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    records: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for record in reader:
            if "".join(record).strip():
                records.append((line, record))
            line = reader.line_num + 1
    except csv.Error as error:
        mend = "Check the quotes from here on: one that is opened must be closed; in a text, a quote is written twice."
        problems.append(
            Problem(Location(file, line), f"this row cannot be read: {error}", "comma-separated values", mend)
        )
        return None
    if not records:
        problems.append(
            Problem(
                Location(file, 1),
                "this file is empty",
                "a row of headings",
                "Delete the file if the plan has no such table.",
            )
        )
        return None
    heading_line, headings = records[0]
    return Grid(file, heading_line, tuple(heading.strip() for heading in headings), records[1:])


csv.field_size_limit(LONGEST_TEXT * 4)
