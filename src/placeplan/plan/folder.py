"""A plan as a folder: ``plan.yaml``, tables in CSV, text in Markdown, scenarios in YAML."""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from placeplan.documents.yaml_reading import YamlDocument, read_yaml
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.plan.assembly import Parts, assemble
from placeplan.plan.csv_records import numbered_records
from placeplan.plan.folder_files import NARRATIVE_FILE, SCENARIO_FILE, TABLE_PATHS, strangers, texts_in
from placeplan.plan.grid import MOST_ROWS, Grid
from placeplan.plan.model import HEADER_FILE, Narrative, Plan

MOST_COLUMNS = 500


def read_plan(folder: Path) -> Plan:
    """Read the plan in a folder.

    Raises:
        InputError: with every problem of every file; the folder is not there, a file is missing, cannot be decoded or
            is too large, a value cannot be read, a name is unknown.
    """
    problems: list[Problem] = []
    texts = _texts(folder, problems)
    return assemble(_parts(texts, problems))


def read_plan_texts(texts: Mapping[str, str]) -> Plan:
    """Read a plan from the texts of its files, by name, wherever they are kept.

    Raises:
        InputError: with every problem of every file; a file does not belong to a plan.
    """
    return assemble(_parts(texts, list(strangers(texts))))


def _parts(texts: Mapping[str, str], problems: list[Problem]) -> Parts:
    header = _yaml(HEADER_FILE, texts, problems=problems)
    if HEADER_FILE not in texts and not any(problem.location.file == HEADER_FILE for problem in problems):
        mend = "placeplan new PATH writes one to start from."
        problems.append(Problem(Location(HEADER_FILE), "this file is missing", HEADER_FILE, mend))
    grids = {
        path: grid for path in TABLE_PATHS if path in texts and (grid := _grid(path, texts[path], problems=problems))
    }
    narrative = tuple(Narrative(file, text) for file, text in texts.items() if NARRATIVE_FILE.match(file))
    scenario_files = [file for file in texts if SCENARIO_FILE.match(file)]
    scenarios = tuple(document for file in scenario_files if (document := _yaml(file, texts, problems=problems)))
    return Parts(header=header, grids=grids, narrative=narrative, scenarios=scenarios, problems=tuple(problems))


def _texts(folder: Path, problems: list[Problem]) -> dict[str, str]:
    """Texts of the files of the plan, by name.

    Raises:
        InputError: there is no such folder, or it cannot be opened.
    """
    place = Location(str(folder))
    try:
        if not folder.is_dir():
            found = "is not a folder" if folder.exists() else "does not exist"
            mend = "placeplan new PATH makes one."
            raise InputError([Problem(place, f"{folder} {found}", "the folder of a plan", mend)])
        return dict(texts_in(folder, problems))
    except OSError as error:
        raise InputError([Problem(place, f"{folder} cannot be opened: {error.strerror}")]) from error


def _yaml(file: str, texts: Mapping[str, str], *, problems: list[Problem]) -> YamlDocument | None:
    if file not in texts:
        return None
    try:
        return read_yaml(texts[file], file)
    except InputError as error:
        problems.extend(error.problems)
        return None


def _grid(file: str, text: str, *, problems: list[Problem]) -> Grid | None:
    """Texts of a CSV file, with the line on which each record starts."""
    try:
        # One record more than the grid takes, so that it says so.
        records = list(islice(numbered_records(file, text), MOST_ROWS + 2))
    except InputError as error:
        problems.extend(error.problems)
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
    if len(headings) > MOST_COLUMNS:
        message = f"this file has {len(headings):,} columns"
        problems.append(Problem(Location(file, heading_line), message, f"at most {MOST_COLUMNS}"))
        return None
    return Grid(file, heading_line, tuple(heading.strip() for heading in headings), records[1:])
