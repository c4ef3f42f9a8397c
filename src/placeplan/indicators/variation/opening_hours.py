"""Opening hours of sites together: the share open in each half hour of the week, hours a week, sites with few."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from placeplan.indicators.methods import quantiles
from placeplan.indicators.methods.results import BoolArray
from placeplan.indicators.variation.declared_hours import SiteHours, joined_stretches
from placeplan.indicators.variation.reading_hours import (
    DAYS_IN_WEEK,
    MINUTES_IN_DAY,
    MINUTES_IN_WEEK,
    WEEKDAYS,
    clock_text,
)
from placeplan.indicators.variation.variation_levels import HoursLevel, HoursWindow

QUARTERS = 4
THROUGHOUT = "A site counts as open in a slot only when it is open throughout."
DECLARED = "Hours are those that sites declare; whether appointments could be had is another question."


@dataclass(frozen=True, eq=False)
class OpeningMatrix:
    """The share of sites open in each slot of each weekday.

    ``cells``: ``weekday, day`` (1 for Monday), ``slot`` (``08:00``), ``open``, ``sites`` (those whose hours on that day
    are known) and ``share`` (0 to 1, null where no site's are). ``caveats`` belong beside the picture.
    """

    cells: pl.DataFrame
    window: HoursWindow
    sites: int
    caveats: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class WeeklyHours:
    """Hours a week of each site and how they are spread.

    ``sites``: ``site, name, practice, main, group, hours, quantile`` (1: the fewest hours) and ``note``. ``spread``:
    ``measure`` (fewest, first quarter, median, third quarter, most) and ``hours``; null without a site whose hours are
    known.
    """

    sites: pl.DataFrame
    spread: pl.DataFrame
    quantiles: int


def opening_matrix(hours: Sequence[SiteHours], *, window: HoursWindow) -> OpeningMatrix:
    """Share of sites open in each slot of a window, Monday to Sunday. Choose main surgeries or branches beforehand."""
    slots = len(window.starts)
    open_sites = np.zeros((DAYS_IN_WEEK, slots), dtype=np.int64)
    known_sites = np.zeros(DAYS_IN_WEEK, dtype=np.int64)
    for one in hours:
        known = np.array([day not in one.unknown_days for day in range(DAYS_IN_WEEK)])
        open_sites += _open_throughout(one, window) & known[:, np.newaxis]
        known_sites += known
    sites = np.repeat(known_sites, slots)
    cells = pl.DataFrame(
        {
            "weekday": np.repeat(WEEKDAYS, slots).tolist(),
            "day": np.repeat(np.arange(1, DAYS_IN_WEEK + 1), slots),
            "slot": [clock_text(start) for start in window.starts] * DAYS_IN_WEEK,
            "open": open_sites.ravel(),
            "sites": sites,
        }
    ).with_columns(share=pl.when(pl.col("sites") > 0).then(pl.col("open") / pl.col("sites")))
    return OpeningMatrix(cells, window=window, sites=len(hours), caveats=_caveats(hours, window))


def weekly_hours(hours: Sequence[SiteHours], *, number: int = QUARTERS) -> WeeklyHours:
    """Hours a week of each site, in quantiles from the fewest, with the spread of all.

    A site with an unknown day has no hours a week, and says so.
    """
    known = pl.Series("hours", [one.hours_a_week for one in hours], dtype=pl.Float64)
    placed = quantiles(known.fill_null(float("nan")).to_numpy(), number=number, highest_first=False)
    table = pl.DataFrame(
        {
            "site": pl.Series([one.site.code for one in hours], dtype=pl.String),
            "name": pl.Series([one.site.name for one in hours], dtype=pl.String),
            "practice": pl.Series([one.site.practice for one in hours], dtype=pl.String),
            "main": pl.Series([one.site.main for one in hours], dtype=pl.Boolean),
            "group": pl.Series([one.site.group for one in hours], dtype=pl.String),
            "hours": known,
            "quantile": pl.Series(placed.value).fill_nan(None).cast(pl.Int64),
            "note": pl.Series(["; ".join(one.notes) for one in hours], dtype=pl.String),
        }
    )
    return WeeklyHours(table, spread=_spread(known.drop_nulls()), quantiles=number)


def sites_below(hours: WeeklyHours, *, level: HoursLevel) -> pl.DataFrame:
    """The sites with fewer hours a week than a level, the fewest first, with ``level`` and ``short`` (hours missing).

    Sites whose hours are not known are not in it.
    """
    threshold = float(level.value)
    return (
        hours.sites.filter(pl.col("hours") < threshold)
        .with_columns(level=pl.lit(threshold), short=threshold - pl.col("hours"))
        .sort("hours", "site")
    )


def hours_of_practices(hours: Iterable[SiteHours]) -> tuple[SiteHours, ...]:
    """The hours at which any site of a practice is open, as one main site each; a site without a practice stands for
    itself.
    """
    families: dict[str, list[SiteHours]] = {}
    for one in hours:
        families.setdefault(one.site.practice or one.site.code, []).append(one)
    return tuple(_together(code, family) for code, family in families.items())


def _together(code: str, family: list[SiteHours]) -> SiteHours:
    main = next((one.site for one in family if one.site.main), family[0].site)
    stretches, _ = joined_stretches(stretch for one in family for stretch in one.stretches)
    unknown = frozenset(day for one in family for day in one.unknown_days)
    notes = dict.fromkeys(note for one in family for note in one.notes)
    site = replace(main, code=code, practice=code, main=True)
    return SiteHours(site, stretches, unknown, tuple(notes))


def _open_throughout(one: SiteHours, window: HoursWindow) -> BoolArray:
    """Whether the site is open in every minute of each slot: weekdays on the first axis, slots on the last."""
    minutes = np.zeros(MINUTES_IN_WEEK, dtype=np.bool_)
    for start, end in one.stretches:
        minutes[start:end] = True
    days = minutes.reshape(DAYS_IN_WEEK, MINUTES_IN_DAY)[:, window.first_minute : window.end_minute]
    return np.asarray(days.reshape(DAYS_IN_WEEK, len(window.starts), window.minutes).all(axis=-1))


def _spread(known: pl.Series) -> pl.DataFrame:
    names = ("fewest", "first quarter", "median", "third quarter", "most")
    steps = np.linspace(0, 1, len(names))
    at = np.quantile(known.to_numpy(), steps).tolist() if known.len() else [None] * len(names)
    return pl.DataFrame({"measure": names, "hours": pl.Series(at, dtype=pl.Float64)})


def _caveats(hours: Sequence[SiteHours], window: HoursWindow) -> tuple[str, ...]:
    words = [THROUGHOUT, DECLARED]
    if unknown := sum(bool(one.unknown_days) for one in hours):
        words.append(
            f"{unknown:,} of {len(hours):,} sites have days whose hours are not known; those days are left out."
        )
    if past := sum("past midnight" in note for one in hours for note in one.notes):
        words.append(f"{past:,} stretches are read as open past midnight.")
    if not window.confirmed:
        words.append(f"The slots shown are unconfirmed: {window.reference}.")
    return tuple(words)
