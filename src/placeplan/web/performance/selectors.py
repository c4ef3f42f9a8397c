"""Reads where indicators stand, and measures of the data folder; what was drawn is kept while nothing changes."""

from functools import lru_cache
from typing import Any

from django.conf import settings

from placeplan.app.data_at_hand import DataAtHand, data_at_hand
from placeplan.app.indicators.looking_up import (
    MeasureAsked,
    OfferedMeasure,
    OfferedRows,
    measure_sections,
    offered_measures,
    offered_rows,
)
from placeplan.app.indicators.plan_standing import OFF_TRAJECTORY, StandingRow, standing_rows
from placeplan.app.plan_chapters import Chapter, drawn
from placeplan.app.workspace_checks import ShownFinding
from placeplan.web.named_values import Under
from placeplan.web.planning.results import results_of, under_checksum
from placeplan.web.planning.selectors import Working

KEPT = 128


def public_data() -> DataAtHand:
    """The data folder of this installation."""
    return data_at_hand(settings.DATA_FOLDER)


def standings(working: Working) -> tuple[StandingRow, ...]:
    """Where the indicators of a plan stand, the worst first; none when it cannot be read."""
    found = under_checksum(working)
    return _standings(found) if found.value else ()


def off_trajectory(working: Working) -> tuple[ShownFinding, ...]:
    """What was found of trajectories that are not kept, the gravest first."""
    return tuple(each for each in results_of(working).findings if each.code in OFF_TRAJECTORY and not each.waived)


def measures_with(words: str) -> tuple[OfferedMeasure, ...]:
    """The measures of the data folder whose name holds all of some words."""
    data = public_data()
    if data.folder is None:
        return ()
    wanted = words.lower().split()
    return tuple(
        each for each in _measures(Under(data.state, data.folder)) if all(word in each.words for word in wanted)
    )


def rows_of(asked: MeasureAsked) -> OfferedRows:
    """The areas and periods of a measure.

    Raises:
        InputError: the file or the measure is not there, or cannot be read.
    """
    data = public_data()
    return _rows(Under(data.state, data.folder), MeasureAsked(asked.measure, asked.file))


def measure_chapter(asked: MeasureAsked, working: Working) -> Chapter:
    """A measure for an area, beside what the plan has planned of it.

    Raises:
        InputError: the file, the measure, the area or the period is not there.
    """
    data = public_data()
    return _chapter(Under(data.state, data.folder), asked, results=under_checksum(working))


@lru_cache(maxsize=KEPT)
def _standings(results: Under[Any]) -> tuple[StandingRow, ...]:
    return standing_rows(results.value)


@lru_cache(maxsize=4)
def _measures(folder: Under[Any]) -> tuple[OfferedMeasure, ...]:
    return offered_measures(folder.value)


@lru_cache(maxsize=KEPT)
def _rows(folder: Under[Any], asked: MeasureAsked) -> OfferedRows:
    return offered_rows(folder.value, asked)


@lru_cache(maxsize=KEPT)
def _chapter(folder: Under[Any], asked: MeasureAsked, *, results: Under[Any]) -> Chapter:
    return drawn(measure_sections(folder.value, asked, results=results.value), synthetic=False)
