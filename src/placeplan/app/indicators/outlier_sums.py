"""Red outliers of several measures added up: by unit, by theme and by group, in bands that partition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from placeplan.app.area_scores import read_unit_groups
from placeplan.app.indicator_levels import read_levels
from placeplan.app.indicators.outlier_records import Reasons, read_reasons
from placeplan.app.indicators.reporting import IndicatorReport
from placeplan.app.indicators.several_measures import WhichMeasures, left_out_words, read_several
from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.values.which_is_better import better_side
from placeplan.indicators.variation.outlier_sums import NO_GROUP, OutlierSums, outlier_sums
from placeplan.indicators.variation.outliers import Outliers, outliers_of
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.reports.pictures.axes import how_many
from placeplan.reports.pictures.bars import Bar, bars_picture
from placeplan.reports.pictures.heat_map import heat_map_picture
from placeplan.reports.pictures.picture import StatisticalPicture

NAMES_SAID = 8
UNITS = "units"
TITLE = "Red outliers added up"
UNCONFIRMED = "Unconfirmed bands"


@dataclass(frozen=True, slots=True)
class SumsOptions:
    """``which`` measures are added up; ``groups`` is a file that says which larger unit each is in; ``baseline`` the
    code or name of the area that is the average (all units together where empty); ``reasons`` a file of what was found
    on outliers.
    """

    which: WhichMeasures = field(default_factory=WhichMeasures)
    groups: Path | None = None
    baseline: str = ""
    reasons: Path | None = None


def sums_of_outliers(path: Path, *, options: SumsOptions | None = None) -> IndicatorReport:
    """Add up the red outliers of several measures of a file, each in its latest period or in the one that is given.

    Measures of which no way is better have no red outliers and are left out.

    Raises:
        InputError: a file cannot be read, no measure is left, or units belong to several groups.
    """
    asked = options or SumsOptions()
    several = read_several(path, asked.which)
    groups: Mapping[str, str] = read_unit_groups(asked.groups) if asked.groups else {}
    reasons = read_reasons(asked.reasons) if asked.reasons else None
    baseline = several.code_of(asked.baseline) if asked.baseline else None
    judged = [one for one in several.results if better_side(one.measure)]
    neither = [one.measure.id for one in several.results if not better_side(one.measure)]
    found, refused = _outliers(judged, baseline=baseline, groups=groups)
    try:
        sums = outlier_sums(found, bands=read_levels().outlier_bands[0])
    except MethodInputError as error:
        message = str(error) if found else "; ".join(("no measure has outliers that can be told", *refused))
        raise InputError([Problem(Location(several.file), message)]) from error
    told = (*_says(sums, found), *(reasons.says(found) if reasons else ()), *_not_judged(neither), *refused)
    return IndicatorReport(
        title=TITLE,
        measure=None,
        tables=_tables(sums, found, reasons=reasons),
        pictures=tuple(_pictures(sums)),
        says=(*told, *left_out_words(several), *sums.caveats),
        remarks=(*several.remarks, *(reasons.remarks if reasons else ())),
        attribution=several.attribution,
    )


def _outliers(
    judged: list[MeasureResults], *, baseline: str | None, groups: Mapping[str, str]
) -> tuple[list[Outliers], list[str]]:
    """The outliers of each measure, and why there are none of some."""
    found, refused = [], []
    for one in judged:
        try:
            found.append(outliers_of(one, levels=read_levels(), average=baseline, group=groups))
        except MethodInputError as error:
            refused.append(f"Left out: {one.measure.id}: {error}")
    return found, refused


def _tables(sums: OutlierSums, found: list[Outliers], *, reasons: Reasons | None) -> dict[str, pl.DataFrame]:
    flagged = pl.concat(
        (reasons.beside(one) if reasons else one.red).select(
            pl.lit(one.measure.id).alias("measure"), pl.lit(one.period).alias("period"), pl.all()
        )
        for one in found
    )
    return {"groups": sums.by_group, "units": sums.by_unit, "themes": sums.by_theme, "red-outliers": flagged}


def _pictures(sums: OutlierSums) -> Iterator[StatisticalPicture]:
    bands = [band.words for band in sums.bands.bands]
    marks = () if sums.bands.confirmed else (UNCONFIRMED,)
    groups = sums.by_group.head(-1)
    table = groups if groups.height > 1 else sums.by_group.tail(1)
    yield heat_map_picture(
        "outliers-by-group",
        [[float(row[band]) for band in bands] for row in table.iter_rows(named=True)],
        rows=table["group"].to_list(),
        columns=bands,
        title="Units by their number of red outliers",
        subtitle=f"Number of units in each band, over {how_many(len(sums.measures), 'measure')}.",
        unit=UNITS,
        note=" ".join((*sums.caveats, f"Bands: {sums.bands.reference}.")),
        column_title="Red outliers of a unit",
        marks=marks,
    )
    by_theme = _by_theme(sums)
    if by_theme.height > 1:
        yield bars_picture(
            "outliers-by-theme",
            [Bar(theme, float(red)) for theme, red in by_theme.iter_rows()],
            title="Red outliers by theme",
            subtitle=f"{sums.red:,} red outliers in all.",
            unit="red outliers",
        )


def _by_theme(sums: OutlierSums) -> pl.DataFrame:
    """Red outliers of each theme over all groups, the most first."""
    names = pl.col("theme").str.replace_all("-", " ")
    return sums.by_theme.group_by(names).agg(pl.col("red").sum()).sort("red", "theme", descending=[True, False])


def _says(sums: OutlierSums, found: list[Outliers]) -> Iterator[str]:
    everything = sums.by_group.row(-1, named=True)
    periods = ", ".join(dict.fromkeys(one.period for one in found))
    yield (
        f"{how_many(len(sums.measures), 'measure')}, {how_many(everything['units'], 'unit')}, {periods}: "
        f"{how_many(sums.red, 'red outlier')}."
    )
    bands = "; ".join(f"{band.words}: {everything[band.words]:,}" for band in sums.bands.bands)
    yield f"Units by number of red outliers: {bands}."
    review = sums.by_unit.filter(pl.col("review")).sort("red", descending=True)
    mark = "" if sums.bands.confirmed else " (unconfirmed level)"
    yield f"More than {sums.bands.review_above}, to be reviewed{mark}: {_names(review)}."
    yield (
        f"{sums.bands.reduction}% fewer would be {how_many(everything['target'], 'red outlier')} "
        f"or fewer{'' if sums.bands.confirmed else ' (unconfirmed target)'}."
    )
    if sums.by_group.height > 2:
        for row in sums.by_group.filter(pl.col("group") != NO_GROUP).head(-1).iter_rows(named=True):
            yield f"{row['group']}: {row['units']:,} units, {row['red']:,} red outliers, target {row['target']:,}."
    themes = _by_theme(sums).iter_rows()
    yield f"By theme: {'; '.join(f'{theme} {red:,}' for theme, red in themes)}."


def _not_judged(neither: list[str]) -> Iterator[str]:
    if neither:
        yield f"No way is better, so no red outliers are told of: {', '.join(neither)}."


def _names(units: pl.DataFrame) -> str:
    if units.is_empty():
        return "none"
    told = [f"{name or area} {red}" for area, name, red in units.select("area", "area_name", "red").iter_rows()]
    more = f" and {len(told) - NAMES_SAID:,} more" if len(told) > NAMES_SAID else ""
    return f"{len(told):,} ({'; '.join(told[:NAMES_SAID])}{more})"
