"""The files of a plan's folder: which belong to it, and their texts."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from placeplan.documents.text_reading import text_of
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.plan.model import HEADER_FILE, TABLES

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 64 * MEBIBYTE
MOST_FILES = 2_000
NARRATIVE, SCENARIOS = "narrative", "scenarios"
NARRATIVE_FILE = re.compile(r"^narrative/[a-z0-9]+(?:-[a-z0-9]+)*\.md\Z")
SCENARIO_FILE = re.compile(r"^scenarios/[a-z0-9]+(?:-[a-z0-9]+)*\.yaml\Z")
TABLE_PATHS = tuple(table.path for table in TABLES)
_FOLDERS = {path.split("/")[0] for path in TABLE_PATHS if "/" in path} | {NARRATIVE, SCENARIOS}
_READ_SUFFIXES = {".csv", ".yaml", ".yml", ".md"}
_NEAR_NAME = 0.75


def texts_in(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Name and text of each file that belongs to the plan; files that cannot be read are noted as problems."""
    root = folder.resolve()
    for name, path in _files(folder, problems):
        try:
            problem = _refusal(path, root, name=name)
            if problem is None:
                yield name, _plain_text(path, name)
            else:
                problems.append(problem)
        except InputError as error:
            problems.extend(error.problems)
        except OSError as error:
            problems.append(Problem(Location(name), f"this file cannot be opened: {error.strerror}"))


def _refusal(path: Path, root: Path, *, name: str) -> Problem | None:
    place = Location(name)
    if not path.resolve().is_relative_to(root):
        mend = "Copy the file into the plan."
        return Problem(place, "this is a link to a file outside the plan", "a file of the plan", mend)
    size = path.stat().st_size
    if size > LARGEST_FILE:
        return Problem(place, f"this file has {size:,} bytes", f"at most {LARGEST_FILE // MEBIBYTE} MiB")
    return None


def _plain_text(path: Path, name: str) -> str:
    text = text_of(path.read_bytes(), name)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        mend = "Save it again as plain text in UTF-8."
        raise InputError([Problem(Location(name, line), "this file holds a null character", "text in UTF-8", mend)])
    return text


def _files(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    problems.extend(_folder_problems(folder))
    candidates = [folder / HEADER_FILE, *sorted(folder.glob("*.[cC][sS][vV]"))]
    for name in sorted(_FOLDERS):
        candidates.extend(sorted(path for path in (folder / name).glob("*") if path.suffix.lower() in _READ_SUFFIXES))
    if len(candidates) > MOST_FILES:
        message = f"this folder has {len(candidates):,} files"
        problems.append(Problem(Location(str(folder)), message, f"at most {MOST_FILES:,}"))
        return
    for path in candidates:
        name = _shown(path.relative_to(folder))
        if not belongs(name):
            if not path.name.startswith("."):
                problems.append(_stranger(name))
        elif path.is_file():
            yield name, path
        elif path.exists() or path.is_symlink():
            problems.append(Problem(Location(name), "this is not a file that can be read", "a plain file"))


def _folder_problems(folder: Path) -> Iterator[Problem]:
    """Names of folders that are taken by something else, or nearly written."""
    for path in sorted(folder.iterdir()):
        name = _shown(path.relative_to(folder))
        if name in _FOLDERS and not path.is_dir():
            mend = "Rename it or move it out of the plan."
            yield Problem(Location(name), "this is not a folder", f"a folder called {name}", mend)
        elif name not in _FOLDERS and path.is_dir():
            near = get_close_matches(name.lower(), _FOLDERS, n=1, cutoff=_NEAR_NAME)
            if near and not (folder / near[0]).exists():
                yield Problem(Location(name), "this folder is not part of a plan", mend=f"Did you mean {near[0]}?")


def belongs(name: str) -> bool:
    """Whether a name is that of a file of a plan."""
    return name == HEADER_FILE or name in TABLE_PATHS or bool(NARRATIVE_FILE.match(name) or SCENARIO_FILE.match(name))


def strangers(names: Iterable[str]) -> Iterator[Problem]:
    """A problem for each name that is no file of a plan."""
    return (_stranger(name) for name in names if not belongs(name))


def _stranger(name: str) -> Problem:
    close = get_close_matches(name.lower(), TABLE_PATHS, n=1)
    hint = f"Did you mean {close[0]}?" if close else "Rename it or move it out of the plan."
    expected = "one of the tables, texts or scenarios of a plan"
    return Problem(Location(name), "this file is not part of a plan", expected, hint)


def _shown(path: Path) -> str:
    """A name that can be printed, also where the file system holds bytes that are no text."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()
