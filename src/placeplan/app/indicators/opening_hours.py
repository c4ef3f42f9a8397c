"""When sites are open: the share in each half hour of the week, hours a week, sites with few."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import polars as pl

from placeplan.app.indicator_levels import read_levels
from placeplan.app.indicators.own_files import OwnTable, read_own, text_in
from placeplan.app.indicators.reporting import IndicatorReport
from placeplan.indicators.observed.remarks import Remark, RemarkKind
from placeplan.indicators.variation.declared_hours import DeclaredDay, DeclaredHours, DeclaredWeek, Site, declared_hours
from placeplan.indicators.variation.opening_hours import (
    OpeningMatrix,
    WeeklyHours,
    hours_of_practices,
    opening_matrix,
    sites_below,
    weekly_hours,
)
from placeplan.indicators.variation.variation_levels import HoursLevel, HoursWindow, named
from placeplan.kernel.errors import InputError, Location, Place, Problem
from placeplan.reports.pictures.axes import bare, how_many
from placeplan.reports.pictures.heat_map import opening_picture
from placeplan.rounds.governance import Confidence

LAYOUTS = ("opening-hours", "opening-hours-in-words")
NAMES_SAID = 8
OWN_LEVEL = "given with the question"
TITLE = "Declared opening hours"


@dataclass(frozen=True, slots=True)
class HoursOptions:
    """``window`` is the identifier of the slots to show (the first of the levels where empty); ``below`` a number of
    hours a week under which a site is listed (the levels that come with Placeplan where none is given).
    """

    window: str = ""
    below: Decimal | None = None


def opening_hours(path: Path, *, options: HoursOptions | None = None) -> IndicatorReport:
    """Say when the sites of a file are open: share open by weekday and half hour, hours a week, sites with few.

    The file has ``site``, ``weekday``, ``opens`` and ``closes``, or ``site`` and ``hours`` in words; it may have
    ``practice``, ``name`` and ``group``.

    Raises:
        InputError: the file cannot be read, it names no site, or there is no such window.
    """
    asked = options or HoursOptions()
    window, levels = _window(asked.window), _levels(asked.below)
    table = read_own(path, *LAYOUTS)
    found, remarks = _declared(table)
    matrix, sites = opening_matrix(found.sites, window=window), weekly_hours(found.sites)
    practices = weekly_hours(hours_of_practices(found.sites))
    few = pl.concat(sites_below(sites, level=level) for level in levels)
    return IndicatorReport(
        title=TITLE,
        measure=None,
        tables={
            "sites": sites.sites,
            "practices": practices.sites.drop("practice", "main"),
            "spread": pl.concat([_spread(sites, "sites"), _spread(practices, "practices")]),
            "few-hours": few,
            "slots": matrix.cells,
        },
        pictures=(opening_picture("opening-hours", matrix, title=TITLE),),
        says=tuple(_says(matrix, sites, practices=practices, levels=levels)),
        remarks=(*table.remarks, *remarks, *found.remarks),
    )


def _window(window_id: str) -> HoursWindow:
    windows = read_levels().windows
    try:
        return named(windows, window_id) if window_id else windows[0]
    except KeyError as error:
        known = ", ".join(each.id for each in windows)
        message = f"there is no window of opening hours called '{window_id}'"
        raise InputError([Problem(Location("opening hours"), message, f"one of {known}")]) from error


def _levels(below: Decimal | None) -> tuple[HoursLevel, ...]:
    """The levels under which sites are listed, the highest first."""
    levels = read_levels().low_hours
    if below is None:
        return tuple(sorted(levels, key=lambda level: -level.value))
    own = {"id": "own", "value": below, "reference": OWN_LEVEL, "confidence": Confidence.CONFIRMED, "note": ""}
    return (levels[0].model_copy(update=own),)


def _declared(table: OwnTable) -> tuple[DeclaredHours, list[Remark]]:
    """The hours of every site that the table names, and remarks on sites that it describes in two ways."""
    sites: dict[str, Site] = {}
    declared: list[DeclaredDay | DeclaredWeek] = []
    remarks: list[Remark] = []
    for row, place in table.rows():
        code = text_in(row, "site")
        given = Site(code, text_in(row, "name"), text_in(row, "practice"), group=text_in(row, "group"))
        sites[code], differing = _same_site(sites.get(code, given), given)
        remarks.extend(_two_ways(code, heading, place=place) for heading in differing)
        declared.append(_hours_of(row, code, place=place))
    if not sites:
        problem = Problem(Location(table.read.file), "no row names a site that could be read", "one row or more")
        raise InputError([problem, *table.read.problems])
    return declared_hours(sites.values(), declared), remarks


def _same_site(known: Site, given: Site) -> tuple[Site, tuple[str, ...]]:
    """What is known of a site with what a further row says, and the headings on which the two differ."""
    pairs = {name: (getattr(known, name), getattr(given, name)) for name in ("name", "practice", "group")}
    together = Site(known.code, **{name: first or second for name, (first, second) in pairs.items()})
    return together, tuple(name for name, (first, second) in pairs.items() if first and second and first != second)


def _two_ways(site: str, heading: str, *, place: Place) -> Remark:
    message = f"the site '{site}' has another {heading} in a row above; the first is used"
    mend = f"Write the same {heading} in every row of the site."
    return Remark(RemarkKind.OVERLAP, Problem(place.at(heading), message, "", mend))


def _hours_of(row: dict[str, object], site: str, *, place: Place) -> DeclaredDay | DeclaredWeek:
    weekday = text_in(row, "weekday")
    if "hours" not in row:
        return DeclaredDay(site, weekday, text_in(row, "opens"), text_in(row, "closes"), place)
    hours = text_in(row, "hours")
    return DeclaredDay(site, weekday, hours, place=place) if weekday else DeclaredWeek(site, hours, place)


def _spread(hours: WeeklyHours, of: str) -> pl.DataFrame:
    return hours.spread.select(pl.lit(of).alias("of"), pl.all())


def _says(
    matrix: OpeningMatrix, sites: WeeklyHours, *, practices: WeeklyHours, levels: Sequence[HoursLevel]
) -> Iterator[str]:
    yield _spread_words(sites, "site")
    if practices.sites.height != sites.sites.height:
        yield f"{_spread_words(practices, 'practice')} A practice is open when any of its sites is."
    for level in levels:
        few = sites_below(sites, level=level)
        mark = "" if level.confirmed else ", a level that is unconfirmed"
        yield f"Under {bare(float(level.value))} hours a week{mark}: {_names(few)}."
    yield from dict.fromkeys(f"Levels of hours: {level.reference}." for level in levels if not level.confirmed)
    yield from matrix.caveats


def _spread_words(hours: WeeklyHours, noun: str) -> str:
    many = how_many(hours.sites.height, noun)
    known = hours.sites["hours"].drop_nulls().len()
    if not known:
        return f"{many}; hours a week are known of none."
    at = dict(hours.spread.iter_rows())
    return (
        f"{many}, hours a week known of {known:,}: fewest {bare(at['fewest'])}, lower quartile "
        f"{bare(at['first quarter'])}, median {bare(at['median'])}, upper quartile {bare(at['third quarter'])}, "
        f"most {bare(at['most'])}."
    )


def _names(sites: pl.DataFrame) -> str:
    """How many, and the first of them with their hours."""
    if sites.is_empty():
        return "none"
    told = [f"{name or site} {bare(hours)}" for site, name, hours in sites.select("site", "name", "hours").iter_rows()]
    more = f" and {len(told) - NAMES_SAID:,} more" if len(told) > NAMES_SAID else ""
    return f"{len(told):,} ({'; '.join(told[:NAMES_SAID])}{more})"
