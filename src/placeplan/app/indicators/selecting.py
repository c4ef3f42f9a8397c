"""Which rows of a file a question is about: areas, periods, breakdowns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from placeplan.indicators.observed.observations import Observations
from placeplan.kernel.errors import InputError, Location, Problem

EVERY_CATEGORY = "*"
NAMES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Selection:
    """What to keep. Empty means everything, but for breakdowns.

    ``areas`` are codes or names; ``since`` and ``until`` the first and last day; ``period`` one period as the file
    writes it. ``category`` is empty for the rows about everything, ``"*"`` for every category. ``roll_up`` are files of
    memberships and take-overs along which rows are added up before they are selected, to the organisations of the day
    ``on`` (the last day of the observations when not given).
    """

    areas: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    period: str = ""
    category: str = ""
    roll_up: tuple[Path, ...] = ()
    on: date | None = None


def selected(observations: Observations, selection: Selection, *, file: str) -> Observations:
    """The rows of a selection. An area that is not in the file by its whole text may be several, with commas between.

    Raises:
        InputError: an area, period or category of the selection does not stand in the file, or no row is left.
    """
    known = {*observations.frame["area"].unique(), *observations.frame["area_name"].unique()} - {""}
    asked = replace(selection, areas=tuple(_one_by_one(selection.areas, known)))
    problems = list(_unknown_areas(asked.areas, known, file=file))
    problems.extend(_unknown_words(observations, asked, file=file))
    if problems:
        raise InputError(problems)
    kept = observations.where(*_conditions(asked))
    if not len(kept):
        expected = "periods from {} to {}".format(*observations.frame.select(pl.min("starts"), pl.max("ends")).row(0))
        raise InputError([Problem(Location(file), "no row is left after the selection", expected)])
    return kept


def _one_by_one(areas: Iterable[str], known: set[str]) -> Iterator[str]:
    """Areas of a list, where its text as a whole is not one (``Bristol, City of`` is)."""
    for text in areas:
        yield from (text,) if text in known else filter(None, (part.strip() for part in text.split(",")))


def _conditions(selection: Selection) -> Iterator[pl.Expr]:
    if selection.areas:
        yield pl.col("area").is_in(selection.areas) | pl.col("area_name").is_in(selection.areas)
    if selection.since:
        yield pl.col("starts") >= selection.since
    if selection.until:
        yield pl.col("ends") <= selection.until
    if selection.period:
        yield pl.col("period") == selection.period
    if selection.category != EVERY_CATEGORY:
        yield pl.col("category") == selection.category


def _unknown_areas(areas: Iterable[str], known: set[str], *, file: str) -> Iterator[Problem]:
    for area in areas:
        if area not in known:
            yield Problem(Location(file), f"no row is about the area {area!r}", _near(area, known))


def _unknown_words(observations: Observations, selection: Selection, *, file: str) -> Iterator[Problem]:
    for column, word in (("period", selection.period), ("category", selection.category)):
        known = set(observations.frame[column].unique())
        if word and word != EVERY_CATEGORY and word not in known:
            yield Problem(Location(file), f"no row is about the {column} {word!r}", _near(word, known))


def _near(word: str, known: set[str]) -> str:
    """Names like the one that was given, or else a few of those that are there."""
    near = get_close_matches(word, known, n=3, cutoff=0.6) or sorted(known - {""})[:NAMES_SHOWN]
    more = " ..." if len(known) > len(near) else ""
    return f"{', '.join(near)}{more}" if near else ""
