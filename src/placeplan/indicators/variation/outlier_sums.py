"""Red outliers added up: by unit, by theme, and by the larger unit that each belongs to, in bands that partition."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

import polars as pl

from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.variation.outliers import CONVERSATION, STRICTER, Flag, Outliers
from placeplan.indicators.variation.variation_levels import HUNDRED, OutlierBands

NO_THEME = "no theme"
NO_GROUP = "no group"
TOTAL = "all"


@dataclass(frozen=True, eq=False)
class OutlierSums:
    """Red outliers of several measures, added up.

    ``by_unit``: ``area, area_name, group, measured`` (measures with an interval), ``red``, ``better``, ``band`` and
    ``review`` (more red outliers than the level for a review). ``by_theme``: ``group, theme, units, measured, red,
    better``. ``by_group``: ``group, units``, a column for each band with its number of units, ``red``, ``target`` (red
    outliers when they are as many per cent fewer as the level asks for) and ``review`` (units to review); the last row
    is for all. Sums by theme, by unit and by group add up to the same total.
    """

    by_unit: pl.DataFrame
    by_theme: pl.DataFrame
    by_group: pl.DataFrame
    bands: OutlierBands
    measures: tuple[str, ...]
    caveats: tuple[str, ...]

    @property
    def red(self) -> int:
        """All red outliers."""
        return int(self.by_unit["red"].sum())


def outlier_sums(found: Sequence[Outliers], *, bands: OutlierBands) -> OutlierSums:
    """Add up the red outliers of several measures.

    A unit that has an interval for none of them is in no band: nothing is known of it, which is not none.

    Raises:
        MethodInputError: no measure at all, one of them twice, or a unit that belongs to two groups.
    """
    ids = [one.measure.id for one in found]
    if not ids or len(set(ids)) < len(ids):
        raise MethodInputError(f"expected the outliers of measures that differ, found {ids}.")
    rows = pl.concat(_flagged(one) for one in found)
    _refuse_two_groups(rows)
    by_unit = _by_unit(rows, bands)
    return OutlierSums(
        by_unit=by_unit,
        by_theme=_by_theme(rows),
        by_group=_by_group(by_unit, bands),
        bands=bands,
        measures=tuple(ids),
        caveats=_caveats(found, by_unit, bands=bands),
    )


def target_after(red: int, *, reduction: Decimal) -> int:
    """The most outliers that are still ``reduction`` per cent fewer."""
    left = Decimal(red) * (HUNDRED - reduction) / HUNDRED
    return int(left.to_integral_value(ROUND_FLOOR))


def _flagged(one: Outliers) -> pl.DataFrame:
    flag = pl.col("flag")
    return one.units.select(
        "area",
        "area_name",
        group=pl.when(pl.col("group") == "").then(pl.lit(NO_GROUP)).otherwise(pl.col("group")),
        theme=pl.lit(one.measure.theme or NO_THEME),
        measured=flag != Flag.UNKNOWN.value,
        red=flag == Flag.RED.value,
        better=flag == Flag.BETTER.value,
    )


def _refuse_two_groups(rows: pl.DataFrame) -> None:
    several = rows.group_by("area").agg(pl.col("group").n_unique()).filter(pl.col("group") > 1)
    if several.height:
        raise MethodInputError(
            f"the unit '{min(several['area'].to_list())}' belongs to several groups; name one for it."
        )


def _by_unit(rows: pl.DataFrame, bands: OutlierBands) -> pl.DataFrame:
    sums = (
        rows.group_by("area", maintain_order=True)
        .agg(pl.col("area_name", "group").first(), pl.col("measured", "red", "better").sum().cast(pl.Int64))
        .sort("group", "area")
    )
    known = pl.col("measured") > 0
    band = [
        bands.band_of(red).words if measured else None
        for red, measured in zip(sums["red"].to_list(), sums["measured"].to_list(), strict=True)
    ]
    return sums.with_columns(
        pl.Series("band", band, dtype=pl.String),
        review=pl.when(known).then(pl.col("red") > bands.review_above),
    )


def _by_theme(rows: pl.DataFrame) -> pl.DataFrame:
    return (
        rows.group_by("group", "theme")
        .agg(
            pl.col("area").n_unique().cast(pl.Int64).alias("units"),
            pl.col("measured", "red", "better").sum().cast(pl.Int64),
        )
        .sort("group", "theme")
    )


def _by_group(by_unit: pl.DataFrame, bands: OutlierBands) -> pl.DataFrame:
    """The table of the source: a row for each group and one for all."""
    counted = [
        pl.len().cast(pl.Int64).alias("units"),
        *((pl.col("band") == band.words).sum().cast(pl.Int64).alias(band.words) for band in bands.bands),
        pl.col("red").sum(),
        pl.col("review").sum().cast(pl.Int64),
    ]
    groups = by_unit.group_by("group").agg(counted).sort("group")
    everything = by_unit.select(counted).select(pl.lit(TOTAL).alias("group"), pl.all())
    table = pl.concat([groups, everything])
    targets = [target_after(red, reduction=bands.reduction) for red in table["red"].to_list()]
    return table.insert_column(table.columns.index("review"), pl.Series("target", targets, dtype=pl.Int64))


def _caveats(found: Sequence[Outliers], by_unit: pl.DataFrame, *, bands: OutlierBands) -> tuple[str, ...]:
    words = [STRICTER, CONVERSATION]
    averages = dict.fromkeys(one.average_of for one in found)
    if len(averages) > 1:
        words.append(f"Measures are held against different averages: {', '.join(averages)}.")
    if unmeasured := by_unit.filter(pl.col("measured") == 0).height:
        words.append(f"{unmeasured:,} units have an interval for no measure and are in no band.")
    if not bands.confirmed:
        words.append("The bands and the level for a review are unconfirmed.")
    return tuple(words)
