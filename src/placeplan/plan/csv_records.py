"""Records of a comma-separated text, each with the line on which it starts."""

import csv
from collections.abc import Iterator
from io import StringIO

from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.plan.columns import LONGEST_TEXT

Record = tuple[int, list[str]]
_MEND = "Check the quotes from here on: one that is opened must be closed; in a text, a quote is written twice."


def numbered_records(file: str, text: str) -> Iterator[Record]:
    """Every record of a text that is not blank, with the line on which it starts.

    Args:
        file: the name of the file, for what is wrong with it.
        text: what stands in it.

    Raises:
        InputError: a record cannot be read.
    """
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for record in reader:
            if "".join(record).strip():
                yield line, record
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"this row cannot be read: {error}"
        raise InputError([Problem(Location(file, line), message, "comma-separated values", _MEND)]) from error


# A longer text is read all the same, so that the table says at which cell it stands.
csv.field_size_limit(LONGEST_TEXT * 4)
