"""Reads what orders or groups areas: scores of deprivation, and which larger unit each unit is in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from placeplan.app.memberships import MEMBERSHIPS
from placeplan.app.memberships import read_groups as groups_of_memberships
from placeplan.datasets.catalogue import read_catalogue
from placeplan.datasets.reading import ReadTable, read_texts, texts_of
from placeplan.datasets.recognising import recognised
from placeplan.datasets.types import Dataset
from placeplan.kernel.errors import InputError, Location, Problem

OWN_SCORES = ("area", "score")
PROBLEMS_SAID = 10


@dataclass(frozen=True, slots=True)
class AreaScores:
    """A score by the code of an area; ``of`` says in words what it is, ``attribution`` what the licence asks for."""

    by_area: Mapping[str, float]
    of: str
    attribution: str


def read_scores(path: Path) -> AreaScores:
    """Scores of areas, higher for the more deprived: columns ``area`` and ``score``, or a public file that has them.

    Raises:
        InputError: the file cannot be read, gives no scores, or a score is no number.
    """
    table = texts_of(path, path.name)
    if set(OWN_SCORES) <= set(table.headings):
        return _own_scores(table.headings, table.frame, lines=table.lines, file=path.name)
    dataset = recognised(table.headings, path.name, file=path.name)
    layout = dataset.scores
    if layout is None:
        raise InputError([_gives_none(dataset, "scores of areas", file=path.name)])
    read = _whole(read_texts(table, dataset, file=path.name))
    rows = _latest(read.frame, layout.edition).drop_nulls([layout.area, layout.score])
    means = rows.group_by(layout.area).agg(pl.col(layout.score).mean())
    attribution = read_catalogue().attribution_of(dataset)
    return AreaScores(dict(means.iter_rows()), layout.of, f"{dataset.publisher}, {dataset.title}. {attribution}")


def read_unit_groups(path: Path) -> dict[str, str]:
    """The larger unit of each unit: columns ``member`` and ``footprint``, or a public file that says it.

    Raises:
        InputError: the file cannot be read, or does not say it.
    """
    table = texts_of(path, path.name)
    if set(MEMBERSHIPS) <= set(table.headings):
        return groups_of_memberships(path)
    dataset = recognised(table.headings, path.name, file=path.name)
    layout = dataset.groups
    if layout is None:
        raise InputError([_gives_none(dataset, "groups of units", file=path.name)])
    read = _whole(read_texts(table, dataset, file=path.name))
    rows = _latest(read.frame, layout.time).drop_nulls([layout.unit, layout.group])
    return dict(rows.select(layout.unit, layout.group).iter_rows())


def _own_scores(headings: Iterable[str], frame: pl.DataFrame, *, lines: pl.Series, file: str) -> AreaScores:
    position = {heading: f"{number}" for number, heading in enumerate(headings)}
    scores = frame.select(
        area=pl.col(position["area"]).str.strip_chars(),
        text=pl.col(position["score"]),
        score=pl.col(position["score"]).str.strip_chars().cast(pl.Float64, strict=False),
        line=lines,
    )
    wrong = scores.filter(pl.col("score").is_null() | ~pl.col("score").is_finite() | (pl.col("area") == ""))
    if wrong.height:
        raise InputError(
            Problem(Location(file, line, "score"), f"{text!r} is no score of an area", "a number beside a code")
            for text, line in wrong.select("text", "line").head(PROBLEMS_SAID).iter_rows()
        )
    means = scores.group_by("area").agg(pl.col("score").mean())
    return AreaScores(dict(means.iter_rows()), f"the scores in {file}", "")


def _whole(read: ReadTable) -> ReadTable:
    """What was read, if all of it could be."""
    if read.problems:
        raise InputError(read.problems)
    return read


def _latest(frame: pl.DataFrame, time: str | None) -> pl.DataFrame:
    """The rows of the latest edition."""
    return frame if time is None else frame.filter(pl.col(time) == pl.col(time).max())


def _gives_none(dataset: Dataset, what: str, *, file: str) -> Problem:
    return Problem(Location(file), f"'{dataset.title}' gives no {what}", "a file that placeplan data describe names so")
