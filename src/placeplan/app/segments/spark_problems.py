"""What Spark says about a file or a worker, as a problem that a person can act on."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException

from placeplan.kernel.errors import InputError, Location, Problem

_LONGEST = 300
for _logger in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):  # they write pages; a problem of ours is told
    logging.getLogger(_logger).setLevel(logging.CRITICAL)
_FILE = re.compile(r"/([^\s'\"/]+\.(?:parquet|csv\.gz|csv))\b")
_READ_AGAIN = "Write this file afresh from its source, and run the check of the dataset."
# What a message of Spark contains, what it means, and what to do. The first that fits is told.
_KNOWN = (
    ("is not written in UTF-8", "an extract cannot be read: {words}", "Write it in UTF-8 from its source."),
    ("PATH_ALREADY_EXISTS", "the folder is there already", "Name another, or move it away."),
    ("PATH_NOT_FOUND", "there is nothing at this address", "Look whether every worker can read it, not only this one."),
    ("CSV header", "an extract cannot be read: its headings are not those of the first file", _READ_AGAIN),
    ("MALFORMED", "an extract cannot be read: a row has more or fewer cells than the headings", _READ_AGAIN),
    ("No space left on device", "a disk of a worker is full", "Make room on the workers, or set spark.local.dir."),
    ("OutOfMemoryError", "a worker ran out of memory", "Give more with the memory setting, or use more workers."),
    ("FAILED_READ_FILE", "an extract cannot be read", _READ_AGAIN),
    ("CANNOT_READ_FILE_FOOTER", "an extract cannot be read: it is not a Parquet file", _READ_AGAIN),
    ("is not a Parquet file", "an extract cannot be read: it is not a Parquet file", _READ_AGAIN),
    ("ARITHMETIC_OVERFLOW", "a sum is larger than any that can be", "Look for an impossible cost: check the dataset."),
    ("stopped SparkContext", "the cluster let go of this job", "Look at the master's log; does it run the same Spark?"),
)


@contextmanager
def read_problems(name: str = "extracts") -> Iterator[None]:
    """Raise what Spark says as an ``InputError`` about ``name``, or about the file that Spark names."""
    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise InputError([_problem(name, _told(error))]) from error


def _told(error: Exception) -> str:
    """Everything that Spark said, the stack of its own calls left out."""
    lines = str(error).splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(("at ", "...")))


def _problem(name: str, told: str) -> Problem:
    file = _FILE.search(unquote(told))
    place = Location(file[1] if file else name)
    for mark, message, mend in _KNOWN:
        if mark in told:
            words = next(line for line in told.splitlines() if mark in line)
            return Problem(place, message.format(words=_of_ours(words)), mend=mend)
    first = told.splitlines()[0] if told else "no reason was given"
    return Problem(place, f"Spark could not go on: {first[:_LONGEST]}", mend="Look at the logs of the cluster.")


def _of_ours(words: str) -> str:
    """Our own words within a line of Spark."""
    found = re.search(r"the column '[^']*' of the table '[^']*' is not written in UTF-8", words)
    return found[0] if found else words[:_LONGEST]
