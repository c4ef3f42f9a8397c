"""Reads a file of governed values: gives each its public path, and the review and unit of what stands around it."""

from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any, TypeVar

from placeplan.documents.models import DocumentModel
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import Path, YamlDocument, read_yaml
from placeplan.kernel.errors import InputError, Problem
from placeplan.rounds.governance import Review

VALUES = FilePath(__file__).parent / "values"
_INHERITED = ("review", "unit")
_CONTAINERS = (dict, list)


class Section(DocumentModel):
    """A file of values: one review for all of them unless a value has its own."""

    review: Review


AnySection = TypeVar("AnySection", bound=Section)


def read_values(path: FilePath, *, name: str, section: type[AnySection]) -> AnySection:
    """A file of governed values, each with the review and unit of what stands around it and its public path."""
    document = read_yaml(text_of(path.read_bytes(), name), name)
    review = _review_of(document)
    faults = list(_reserved_keys(document))
    if faults:
        raise InputError(faults)
    if isinstance(document.data, dict):
        _complete_section(document.data, path=name.removesuffix(".yaml"), review=review)
    return validated(section, document)


def _reserved_keys(document: YamlDocument) -> Iterator[Problem]:
    """Keys that the reader gives and a file may not."""
    for path in document.marks:
        if path and path[-1] == "path":
            yield Problem(document.locate_key(path), "the key 'path' is given by the reader", mend="Take it out.")


def _review_of(document: YamlDocument) -> Review:
    """The review at the head of a file; what is wrong with it is said once, and not again for each value."""
    try:
        return validated(Review, document, at=("review",))
    except KeyError as error:
        mend = "Say at the head of the file who looked at its values, when, and when to look again."
        expected = "reviewed, reviewer and review_due"
        missing = document.problem((), "the key 'review' is missing", expected=expected, mend=mend)
        raise InputError([missing]) from error


def path_of(document: YamlDocument, path: Path) -> str:
    """The public path of the value at a path of the document, as its model carries it."""
    value: Any = document.data
    public = document.file.removesuffix(".yaml")
    for depth, step in enumerate(path):
        if isinstance(step, int):
            value = value[step]
            public += f"/{_name(value, step)}"
            continue
        keys = [key for key in value if key != "review"]
        value = value[step]
        public += "" if depth == 0 and len(keys) == 1 else f"/{step}"
    return public


def _complete_section(section: dict[str, Any], *, path: str, review: Review) -> None:
    """Complete the values of a file, in place. Where a file holds one list, its key is not repeated in the paths."""
    keys = [key for key in section if key != "review"]
    for key in keys:
        _complete_inside(section[key], path=path if len(keys) == 1 else f"{path}/{key}", around={"review": review})


def _complete(table: dict[str, Any], *, path: str, around: Mapping[str, Any]) -> None:
    """Give a table its path, and the review and unit of the table around it unless it has its own."""
    for key in _INHERITED:
        if key in around:
            table.setdefault(key, around[key])
    for key in [key for key, value in table.items() if type(value) in _CONTAINERS and key != "review"]:
        _complete_inside(table[key], path=f"{path}/{key}", around=table)
    table["path"] = path


def _complete_inside(value: Any, *, path: str, around: Mapping[str, Any]) -> None:
    """Complete a table, or every table in a list."""
    if isinstance(value, dict):
        _complete(value, path=path, around=around)
    elif isinstance(value, list):
        for index, one in enumerate(value):
            if isinstance(one, dict):
                _complete(one, path=f"{path}/{_name(one, index)}", around=around)


def _name(value: Mapping[str, Any], index: int) -> str:
    """What to call an item of a list in a path: its identifier, or else its number from 1."""
    return str(value.get("id", index + 1))
