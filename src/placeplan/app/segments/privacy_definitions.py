"""Reads what is data in person-level privacy: jobs, passes of linkage, words for the sexes, and who may do what."""

from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from placeplan.app.segments.definitions import FOLDER, read_contract
from placeplan.documents.models import Words
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import YamlDocument, read_yaml
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.rounds.governance import Governed
from placeplan.segments.privacy.jobs import PseudonymisationJob, faults_of
from placeplan.segments.privacy.linking import Linkage
from placeplan.segments.privacy.stages import PrivacyPolicy

PRIVACY = FOLDER / "privacy"
Definition = TypeVar("Definition", bound=Governed)


class WordsForSexes(Governed):
    """How extracts write the sex of a person, in small letters."""

    sexes: dict[Words, tuple[Words, ...]]


def read_job(file: Path) -> PseudonymisationJob:
    """A job, checked against the contract of a dataset.

    Raises:
        InputError: it cannot be read, or names tables and columns that there are not; every problem at its line.
    """
    document = _document(file, file.name)
    job = validated(PseudonymisationJob, document)
    faults = [
        document.problem(("sources", number), message, mend=mend)
        for number, message, mend in faults_of(job, read_contract())
    ]
    if faults:
        raise InputError(faults)
    return job


def read_linkage(name: str, folder: Path) -> Linkage:
    """The passes that come with Placeplan by this name, or those in a file of the user's.

    Raises:
        InputError: there are none, or they cannot be read.
    """
    own = read_governed(Linkage, PRIVACY / "linkage.yaml")
    if name == own.id:
        return own
    file = folder / name
    if not file.is_file():
        message = f"there are no passes of linkage called '{name}'"
        raise InputError([Problem(Location(name), message, f"'{own.id}', or a file beside the job")])
    return read_governed(Linkage, file)


def read_sexes() -> dict[str, str]:
    """What each word for a sex means."""
    found = read_governed(WordsForSexes, PRIVACY / "identifiers.yaml")
    return {word: meaning for meaning, words in found.sexes.items() for word in words}


def read_policy() -> PrivacyPolicy:
    """Who may see and do what with a linked dataset."""
    return read_governed(PrivacyPolicy, PRIVACY / "stages.yaml")


def read_governed(model: type[Definition], file: Path) -> Definition:
    """A file of definitions with its source and review.

    Raises:
        InputError: it cannot be read.
    """
    document = _document(file, f"privacy/{file.name}")
    data: Any = document.data
    completed = {**data, "path": f"segments/privacy/{file.stem}"} if isinstance(data, dict) else data
    return validated(model, replace(document, data=completed))


def _document(file: Path, name: str) -> YamlDocument:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError([Problem(Location(name), f"this file cannot be read: {error.strerror}")]) from error
    return read_yaml(text_of(content, name), name)
