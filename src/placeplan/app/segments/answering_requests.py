"""A request to re-identify, from files to a file: pseudonyms in, and an answer that only the key holder may read."""

import csv
from datetime import datetime
from io import StringIO
from pathlib import Path

from placeplan.app.segments.private_files import write_private
from placeplan.app.segments.reidentifying import Holding, reidentify
from placeplan.documents.text_reading import text_of
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.contract import PERSON_KEY
from placeplan.segments.privacy.pseudonyms import Key
from placeplan.segments.privacy.reidentifying import Reidentified
from placeplan.segments.privacy.stages import Request

NHS_NUMBER = "nhs_number"


def reidentification_request(
    *, who: str, role: str, purpose: str, practice: str, works_for: str, reason: str
) -> Request:
    """A request to learn who somebody is, as the stages of privacy name it."""
    return Request("stage-2", "re-identify", who, role, purpose, practice, works_for, reason)


def answer_request(
    people: Path, out: Path, *, holding: Holding, request: Request, key: Key, at: datetime
) -> Reidentified:
    """Re-identify the people whom a file names, and write who they are.

    Args:
        people: pseudonyms, one a line.
        out: a new file; only its owner may read it.
        holding: where to look, and the record.
        request: who asks, for which practice, and why.
        key: of the key holder.
        at: the time, with its zone.

    Raises:
        NotPermittedError: no permission allows it.
        InputError: a file cannot be read or written, or as ``reidentify``.
    """
    if out.exists():
        message = "this file exists already, and is not written over"
        raise InputError([Problem(Location(out.name), message, mend="Name another file.")])
    found = reidentify(pseudonyms_in(people), holding, request=request, key=key, at=at)
    answer = StringIO()
    writer = csv.writer(answer, lineterminator="\n")
    writer.writerows([(PERSON_KEY, NHS_NUMBER), *sorted(found.numbers.items())])
    write_private(out, answer.getvalue())
    return found


def pseudonyms_in(file: Path) -> tuple[str, ...]:
    """The pseudonyms of a file, one a line, each once; a first line ``person_key`` is a heading.

    Raises:
        InputError: it cannot be read, or names nobody.
    """
    try:
        text = text_of(file.read_bytes(), file.name)
    except OSError as error:
        message = f"this file cannot be read: {error.strerror}"
        raise InputError([Problem(Location(file.name), message, "a pseudonym a line")]) from error
    names = [line.strip() for line in text.splitlines() if line.strip()]
    found = tuple(dict.fromkeys(names[1:] if names[:1] == [PERSON_KEY] else names))
    if not found:
        raise InputError([Problem(Location(file.name), "nobody is asked about", "a pseudonym a line")])
    return found
