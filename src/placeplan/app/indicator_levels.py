"""Reads the levels, bands and words that variation is read with, from the files that come with Placeplan."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from placeplan import indicators
from placeplan.documents.models import DocumentModel
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import YamlDocument, read_yaml
from placeplan.indicators.variation.variation_levels import (
    HoursLevel,
    HoursWindow,
    IndexBands,
    IssuePhrases,
    OutlierBands,
    RatingWords,
    TriggerLevel,
    VariationLevels,
)
from placeplan.kernel.errors import InputError, Problem

FOLDER = Path(indicators.__file__).parent / "levels"
AnyModel = TypeVar("AnyModel", bound=DocumentModel)


@cache
def read_levels() -> VariationLevels:
    """Every level, band and word that comes with Placeplan.

    Raises:
        InputError: a file cannot be read, with every problem of every file.
    """
    return read_levels_in(FOLDER)


def read_levels_in(folder: Path) -> VariationLevels:
    """Every level, band and word of a folder with the files of ``indicators/levels``.

    Raises:
        InputError: a file cannot be read, with every problem of every file.
        OSError: a file is not there.
    """
    reading = _Reading(folder)
    levels = {
        "triggers": reading.each(TriggerLevel, "trigger_levels", key="levels"),
        "outlier_bands": reading.each(OutlierBands, "outlier_bands", key="levels"),
        "windows": reading.each(HoursWindow, "opening_hours", key="windows"),
        "low_hours": reading.each(HoursLevel, "opening_hours", key="levels"),
        "index_bands": reading.each(IndexBands, "concentration", key="bands"),
        "ratings": reading.each(RatingWords, "concentration", key="ratings"),
        "issue_phrases": reading.each(IssuePhrases, "issue_phrases", key="sets"),
    }
    if reading.problems:
        raise InputError(dict.fromkeys(reading.problems))
    return VariationLevels.model_validate(levels)


class _Reading:
    """The files of a folder, with the problems found in them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._document: Callable[[str], YamlDocument] = cache(self._read)

    def _read(self, name: str) -> YamlDocument:
        file = f"indicators/levels/{name}.yaml"
        return read_yaml(text_of((self.folder / f"{name}.yaml").read_bytes(), file), file)

    def each(self, model: type[AnyModel], name: str, *, key: str) -> tuple[AnyModel, ...]:
        """The entries of a list, each given its public path and the review at the head of the file."""
        try:
            document = self._document(name)
            number = _number_of_entries(document, key)
        except InputError as error:
            self.problems.extend(error.problems)
            return ()
        return tuple(found for place in range(number) for found in self._one(model, document, at=(key, place)))

    def _one(self, model: type[AnyModel], document: YamlDocument, *, at: tuple[str, int]) -> tuple[AnyModel, ...]:
        key, place = at
        data: Any = document.data
        entry = data[key][place]
        if isinstance(entry, dict):
            path = f"{document.file.removesuffix('.yaml')}/{entry.get('id')}"
            entry = {"review": data["review"], **entry, "path": path}
        entries = [*data[key][:place], entry, *data[key][place + 1 :]]
        try:
            return (validated(model, replace(document, data={**data, key: entries}), at=at),)
        except InputError as error:
            self.problems.extend(error.problems)
            return ()


def _number_of_entries(document: YamlDocument, key: str) -> int:
    data: Any = document.data
    if not isinstance(data, dict) or not isinstance(data.get(key), list) or "review" not in data:
        raise InputError([document.problem((), f"expected the keys 'review' and '{key}', the second with a list")])
    return len(data[key])
