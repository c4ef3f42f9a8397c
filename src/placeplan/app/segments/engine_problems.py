"""What DuckDB says about a file, its memory or the disk, as a problem that a person can act on.

Its own words hold the paths of this machine and the line of the extract that it stopped at, which may be about a
person: neither is passed on.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from placeplan.kernel.errors import InputError, Location, Problem

NOTHING_KEPT = "nothing half written is kept"
AFRESH = "Write this file afresh from its source, and run the check of the dataset."
ROOM = f"Name a temporary folder with more room, or give more memory, and run again; {NOTHING_KEPT}."
_FILE = re.compile(r"([^/\\\"'\s]+\.(?:parquet|csv(?:\.gz)?))")
_LINE = re.compile(r"Line: (\d+)")
_CELLS = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")
# A few of the engine's words, and what they mean for the file.
_MEANINGS = (
    ("not utf-8", "some bytes are not UTF-8 text", "Save the file as UTF-8, all of it: two encodings may be mixed."),
    ("unterminated quote", "a quotation mark is opened and never closed", AFRESH),
    ("magic bytes", "this is no whole Parquet file: its end is missing", AFRESH),
)
_FULL = ("no space left", "max_temp_directory_size", "could not write")


@contextmanager
def read_problems(name: str = "extracts") -> Iterator[None]:
    """Raise what DuckDB says as an ``InputError`` about ``name``, or about the file that it names itself."""
    try:
        yield
    except duckdb.Error as error:
        raise InputError([_problem(name, error)]) from error


def _problem(name: str, error: duckdb.Error) -> Problem:
    said = str(error)
    if any(words in said.lower() for words in _FULL):
        return Problem(Location("temporary folder"), "there is no room left to write to", mend=ROOM)
    if isinstance(error, duckdb.OutOfMemoryException):
        mend = "Give more with the memory setting, or name a temporary folder with room."
        return Problem(Location("memory"), "the engine ran out of memory", mend=mend)
    file, line = _FILE.search(said), _LINE.search(said)
    where = Location(file[1] if file else name, int(line[1]) if line else 0)
    cells = _CELLS.search(said)
    if cells:
        return Problem(where, f"{cells[2]} cells", f"{cells[1]}, as the heading has", mend=AFRESH)
    for words, meaning, mend in _MEANINGS:
        if words in said.lower():
            return Problem(where, meaning, mend=mend)
    return Problem(where, "this cannot be read: it is damaged, or it is not what its name says", mend=AFRESH)
