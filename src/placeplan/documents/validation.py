"""From a YAML document to a frozen model, with every problem at its line and in plain words."""

import difflib
import types
import typing
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from placeplan.documents.messages import LONGEST_SHOWN, described, reading_of
from placeplan.documents.yaml_reading import Path, YamlDocument
from placeplan.kernel.errors import InputError, Problem

Model = TypeVar("Model", bound=BaseModel)
ROOT: Path = ()


def validated(model_type: type[Model], document: YamlDocument, *, at: Path = ROOT) -> Model:
    """Build a model from a document, or from the part of it at ``at``.

    Args:
        model_type: a pydantic model; it should forbid extra keys.
        document: what was read.
        at: path of the table to read; the whole document when empty.

    Raises:
        InputError: with a located problem for every key that is unknown or missing and every value that does not fit.
        KeyError: nothing stands at ``at``.
    """
    try:
        return model_type.model_validate(document.value_at(at))
    except ValidationError as error:
        raise InputError(problems_of(error, model_type=model_type, document=document, at=at)) from error


def problems_of(
    error: ValidationError, *, model_type: type[BaseModel], document: YamlDocument, at: Path = ROOT
) -> list[Problem]:
    """The problems in a pydantic error, located in ``document`` and without repeats."""
    every = error.errors(include_url=False)
    errors = [one for one in every if not _only_follows(one, every)]
    found = [_problem(one, model_type=model_type, document=document, at=at) for one in errors]
    return list(dict.fromkeys(found))


def _only_follows(one: ErrorDetails, every: Sequence[ErrorDetails]) -> bool:
    """Whether a list seems too short only because something in it could not be read."""
    loc = one["loc"]
    return one["type"] == "too_short" and any(other is not one and other["loc"][: len(loc)] == loc for other in every)


def _problem(error: ErrorDetails, *, model_type: type[BaseModel], document: YamlDocument, at: Path) -> Problem:
    """One problem."""
    path = _path_in(document, at=at, loc=error["loc"])
    kind = error["type"]
    if kind == "extra_forbidden":
        return _unknown_key(path, model_type=model_type, document=document, at=at)
    if kind == "missing":
        return _missing_key(path, key=str(error["loc"][-1]), document=document)
    reading = reading_of(error)
    return Problem(document.locate(path), reading.message, reading.expected, reading.mend)


def _path_in(document: YamlDocument, *, at: Path, loc: Sequence[str | int]) -> Path:
    """The path that pydantic means: its own, without steps (union members, validators) that the document has not."""
    path = at
    for step in loc:
        if (*path, step) in document.marks:
            path = (*path, step)
    return path


def _missing_key(path: Path, *, key: str, document: YamlDocument) -> Problem:
    """A key that has to be there and is not: located at the table that should hold it."""
    where = document.locate(path)
    return Problem(
        where, f"the key '{key}' is missing", f"a value for '{key}'", f"Add a line '{key}: …' to this table."
    )


def _unknown_key(path: Path, *, model_type: type[BaseModel], document: YamlDocument, at: Path) -> Problem:
    """A key that the model does not have: located at the key itself, with the nearest known one."""
    key = str(path[-1])
    known = sorted(set(_keys_at(model_type, path[len(at) : -1])))
    present = document.value_at(path[:-1])
    free = [name for name in known if not isinstance(present, dict) or name not in present]
    near = difflib.get_close_matches(key, free, n=1)
    mend = f"Did you mean '{near[0]}'?" if near else "Take it out, or correct its spelling."
    expected = f"one of: {', '.join(free)}" if free else ""
    return Problem(
        document.locate_key(path), f"the key {described(key, LONGEST_SHOWN)} is not known here", expected, mend
    )


def _keys_at(annotation: Any, path: Sequence[str | int]) -> Iterator[str]:
    """Names of the keys that the models reachable along ``path`` allow."""
    for candidate in _models_and_containers(annotation):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            yield from _keys_of_model(candidate, path)
        elif path:
            inner = typing.get_args(candidate)[-1:] if isinstance(path[0], str) else typing.get_args(candidate)[:1]
            for item in inner:
                yield from _keys_at(item, path[1:])


def _keys_of_model(model_type: type[BaseModel], path: Sequence[str | int]) -> Iterator[str]:
    """Keys of the model itself at the end of the path, or of the model in the field that the path goes on with."""
    fields = {(field.alias or name): field for name, field in model_type.model_fields.items()}
    if not path:
        yield from fields
    elif path[0] in fields:
        yield from _keys_at(fields[str(path[0])].annotation, path[1:])


def _models_and_containers(annotation: Any) -> Iterator[Any]:
    """The members of a union, with ``Annotated`` taken off; anything else as it is."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        yield from _models_and_containers(typing.get_args(annotation)[0])
    elif origin in (typing.Union, types.UnionType):
        for member in typing.get_args(annotation):
            yield from _models_and_containers(member)
    else:
        yield annotation
