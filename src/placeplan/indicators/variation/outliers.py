"""Outliers: units whose interval does not overlap that of the average, told as worse or better."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from placeplan.indicators.measures import Measure
from placeplan.indicators.methods.results import FloatArray
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.values.one_period import rows_of_one_period, uncertain_statuses
from placeplan.indicators.values.which_is_better import better_side
from placeplan.indicators.variation.averages import (
    ALL_UNITS,
    Average,
    Averages,
    average_of_all,
    average_of_area,
    averages_of_groups,
    same_for_all,
)
from placeplan.indicators.variation.trigger_levels import levels_of
from placeplan.indicators.variation.variation_levels import VariationLevels


class Flag(StrEnum):
    """How the interval of a unit lies to that of the average; an empty text where there is no interval."""

    RED = "red outlier"
    BETTER = "better than average"
    HIGHER = "higher than average"
    LOWER = "lower than average"
    NOT_AN_OUTLIER = "not an outlier"
    UNKNOWN = ""


OUTLIER_COLUMNS = (
    "area",
    "area_name",
    "group",
    "numerator",
    "denominator",
    "value",
    "lower",
    "upper",
    "average",
    "average_lower",
    "average_upper",
    "flag",
    "level",
    "note",
)
STRICTER = (
    "A flag means that two intervals do not overlap. That is a stricter test than a test of the difference at 5%: some "
    "units that differ from the average by more than chance are not flagged."
)
CONVERSATION = "A flag starts a conversation and is no verdict: look at it beside what else is known of the unit."
IN_THE_AVERAGE = "Each unit is part of the average that it is held against."
OWN_LEVELS = "Trigger levels are Placeplan's own and unconfirmed; no national rule was found."


@dataclass(frozen=True, eq=False)
class Outliers:
    """The units of one measure and period beside an average, in the unit of the measure.

    ``units`` has the columns of ``OUTLIER_COLUMNS``, one row a unit; ``flag`` holds the words of :class:`Flag`, and
    ``level`` the title of a trigger level, ``no level``, or nothing where it cannot be told. A unit without an interval
    keeps its row and says why in ``note``. ``average_of`` says in words what the average is; ``confidence`` is that of
    the intervals, as a share. ``caveats`` are sentences that belong beside the table.
    """

    measure: Measure
    period: str
    units: pl.DataFrame
    average_of: str
    confidence: float
    caveats: tuple[str, ...]

    @property
    def red(self) -> pl.DataFrame:
        """The rows of the red outliers."""
        return self.units.filter(pl.col("flag") == Flag.RED.value)


def outliers_of(
    results: MeasureResults,
    *,
    levels: VariationLevels,
    period: str | None = None,
    average: Average | float | str | None = None,
    group: Mapping[str, str] | None = None,
    within_groups: bool = False,
) -> Outliers:
    """Flag the units whose interval does not overlap that of the average, and put each in a trigger level.

    ``period`` is the latest unless given. ``average`` is given as a value with an interval, as a number without one, or
    as the code of an area in the results, which is then no unit; otherwise it is worked out from all units together (a
    ratio: what was expected).
    ``group`` names the larger unit that each belongs to; ``within_groups`` holds each unit against its own group.

    A unit is a red outlier when it is worse than the average, better than average when it is better. Where no way is
    better it is higher or lower than average, never red. Intervals that just touch overlap.

    Raises:
        MethodInputError: a period or an area that is not in the results, several rows for one area, or an average that
            cannot be worked out from counts.

    Source: the rule of the GP Patient Survey analysis in NHS England (Kent and Medway), Direct Commissioning Strategy
    and Two Year Operational Plan 2014 to 2016.
    """
    rows, text = rows_of_one_period(results, period=period)
    if isinstance(average, str):
        rows, average = rows.filter(pl.col("area") != average), average_of_area(rows, average)
    elif isinstance(average, float | int):
        average = Average(f"given ({results.measure.unit})", average, average, average)
    groups = [(group or {}).get(area, "") for area in rows["area"].to_list()]
    if within_groups:
        held = averages_of_groups(results.measure, rows, groups=groups, confidence=results.confidence)
    else:
        one = average or average_of_all(results.measure, rows, confidence=results.confidence)
        held = same_for_all(one, rows=rows.height)
    titles, untold = levels_of(results, rows, averages=held, levels=levels.triggers)
    units = _units(rows, held, better=better_side(results.measure), groups=groups, titles=titles)
    return Outliers(
        measure=results.measure,
        period=text,
        units=units,
        average_of=held.of,
        confidence=results.confidence,
        caveats=(
            STRICTER,
            CONVERSATION,
            *_many_flags(units, confidence=results.confidence),
            *((IN_THE_AVERAGE,) if within_groups or held.of == ALL_UNITS else ()),
            *(() if all(level.confirmed for level in levels.triggers) else (OWN_LEVELS,)),
            *untold,
            *uncertain_statuses(rows),
        ),
    )


def _many_flags(units: pl.DataFrame, *, confidence: float) -> tuple[str, ...]:
    """Said where more units are flagged than the level of the intervals leaves to chance."""
    known = units.filter(pl.col("flag") != Flag.UNKNOWN.value)
    flagged = known.filter(pl.col("flag") != Flag.NOT_AN_OUTLIER.value).height
    if flagged <= (1 - confidence) * known.height:
        return ()
    words = (
        f"{flagged:,} of {known.height:,} units are flagged, more than chance explains: units of this measure differ "
        "for other reasons too. Scores adjusted for over-dispersion tell which stand out even so."
    )
    return (words,)


def _units(rows: pl.DataFrame, held: Averages, *, better: int, groups: list[str], titles: list[str]) -> pl.DataFrame:
    lower, upper = (rows[name].fill_null(float("nan")).to_numpy() for name in ("lower", "upper"))
    no_average = pl.Series(np.isnan(held.value))
    return rows.select(
        "area",
        "area_name",
        pl.Series("group", groups, dtype=pl.String),
        "numerator",
        "denominator",
        "value",
        "lower",
        "upper",
        pl.Series("average", held.value, dtype=pl.Float64),
        pl.Series("average_lower", held.lower, dtype=pl.Float64),
        pl.Series("average_upper", held.upper, dtype=pl.Float64),
        pl.Series("flag", _flags(lower, upper, held=held, better=better), dtype=pl.String),
        pl.Series("level", titles, dtype=pl.String),
        note=pl.when((pl.col("note") == "") & no_average)
        .then(pl.lit("there is no average to hold it against"))
        .otherwise(pl.col("note")),
    ).with_columns(pl.col(pl.Float64).fill_nan(None))


def _flags(lower: FloatArray, upper: FloatArray, *, held: Averages, better: int) -> list[str]:
    above, below = {
        1: (Flag.BETTER, Flag.RED),
        -1: (Flag.RED, Flag.BETTER),
        0: (Flag.HIGHER, Flag.LOWER),
    }[better]
    unknown = np.isnan(lower) | np.isnan(upper) | np.isnan(held.value)
    words = np.select(
        [unknown, lower > held.upper, upper < held.lower],
        [Flag.UNKNOWN.value, above.value, below.value],
        default=Flag.NOT_AN_OUTLIER.value,
    )
    return [str(word) for word in words]
