"""Answers how many beds are needed and how many are there, from a table of sites and years."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.capacity_definitions import read_standards
from placeplan.app.care.capacity_files import Row, marks_of, refusals_located, rows_of
from placeplan.capacity.beds import BedTable, bed_table
from placeplan.capacity.queueing import beds_for_blocking, occupancy_quantile
from placeplan.kernel.errors import InputError, Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.reports.pictures.bed_need import BedYear, beds_picture
from placeplan.reports.pictures.picture import StatisticalPicture

LAYOUT = "capacity-beds"
TAILS = (0.05, 0.95)
UNCONFIRMED = "Unconfirmed standard"


@dataclass(frozen=True, slots=True)
class BedOptions:
    """Targets where a row gives none; the standards that come with Placeplan where these are nothing."""

    occupancy: float | None = None
    not_free: float | None = None


def answer_beds(path: Path, options: BedOptions) -> CapacityAnswer:
    """Beds needed against beds there, by site and year.

    Raises:
        InputError: the table cannot be read, or a site lacks a year, with every problem.
    """
    rows = rows_of(path, LAYOUT, check=_row_problems)
    with refusals_located(path):
        table = _table(rows, options)
        totals, pooled = [_total(table, place) for place in range(len(table.years))], _pooled(table)
    marks = (*marks_of(rows), *_unconfirmed(rows, options))
    return CapacityAnswer(
        title=f"Beds needed and there: {len(table.rows)} sites, {table.years[0]} to {table.years[-1]}",
        says=tuple(_says(table, totals, pooled=pooled)),
        tables=(_sites(table), _all_sites(totals, pooled)),
        document={"sites": list(_document(table)), "all_sites": list(_all_document(totals, pooled))},
        marks=marks,
        findings=tuple(_findings(table)),
        pictures=(_picture(table, totals, marks=marks),),
    )


def _row_problems(row: Row) -> Iterator[Problem]:
    if row.has("bed_days") == (row.has("admissions") and row.has("length_of_stay")):
        message = "a row gives bed days, or admissions and length of stay"
        yield row.problem("bed_days", message, mend="Fill one of the two, and leave the other blank.")
    for heading, top in (("occupancy", 1.0), ("not_free", 0.999999)):
        if row.has(heading) and not 0 < row.number(heading) <= top:
            yield row.problem(heading, f"{row.number(heading):g} is no target", expected="a share between 0 and 1")


def _table(rows: Sequence[Row], options: BedOptions) -> BedTable:
    sites = tuple(dict.fromkeys(row["site"] for row in rows))
    years = tuple(sorted({FinancialYear.parse(row["year"]) for row in rows}))
    cells = {(row["site"], FinancialYear.parse(row["year"])): row for row in rows}
    missing = [(site, year) for site in sites for year in years if (site, year) not in cells]
    if missing:
        raise InputError([_lacks(rows, site=site, year=year) for site, year in missing])

    def grid(heading: str, otherwise: float = 0.0) -> list[list[float]]:
        return [[cells[site, year].number(heading, otherwise) for year in years] for site in sites]

    standards = read_standards()
    days = np.array(grid("bed_days")) + np.array(grid("admissions")) * np.array(grid("length_of_stay"))
    return bed_table(
        sites,
        years,
        bed_days=days,
        there=grid("beds"),
        occupancy=grid("occupancy", options.occupancy or standards.number("bed-occupancy")),
        probability=grid("not_free", options.not_free or standards.number("bed-not-free")),
        home_share=grid("home_share"),
    )


def _lacks(rows: Sequence[Row], *, site: str, year: FinancialYear) -> Problem:
    row = next(row for row in rows if row["site"] == site)
    return row.problem("year", f"'{site}' has no row for {year}", expected="every year for every site")


def _unconfirmed(rows: Sequence[Row], options: BedOptions) -> Iterator[str]:
    standards = read_standards()
    for heading, given, standard in (
        ("occupancy", options.occupancy, "bed-occupancy"),
        ("not_free", options.not_free, "bed-not-free"),
    ):
        if given is None and not standards[standard].confirmed and not all(row.has(heading) for row in rows):
            yield UNCONFIRMED


def _pooled(table: BedTable) -> tuple[int, ...]:
    """Beds by queueing of each year if all sites lent each other beds, at the strictest of their limits."""
    beds = beds_for_blocking(table.occupied.sum(axis=0), probability=table.probability.min(axis=0))
    return tuple(int(each) for each in beds)


def _total(table: BedTable, place: int) -> BedYear:
    """All sites of a year: each site needs its own beds, and the band is of the beds in use in all of them."""
    load = float(table.occupied[:, place].sum())
    low, high = (int(occupancy_quantile(load, probability=tail)) for tail in TAILS)
    return BedYear(
        year=str(table.years[place]),
        needed=float(table.needed[:, place].sum()),
        there=float(table.there[:, place].sum()),
        by_queueing=float(table.needed_by_queue[:, place].sum()),
        low=low,
        high=high,
    )


def _says(table: BedTable, totals: Sequence[BedYear], *, pooled: Sequence[int]) -> Iterator[str]:
    last = totals[-1]
    yield (
        f"In {last.year} {last.needed:,.1f} beds are needed at the target occupancy, {last.by_queueing:,.0f} by "
        f"queueing, and {last.there:,.0f} are there."
    )
    if len(table.rows) > 1:
        yield f"If the sites lent each other beds, {pooled[-1]:,} would do by queueing."
    if home := float(table.at_home[:, -1].sum()):
        yield f"{home:,.0f} bed days of {last.year} are spent at home with care instead."


def _findings(table: BedTable) -> Iterator[str]:
    for row, site in enumerate(table.rows):
        short = [place for place, gap in enumerate(table.gap[row]) if gap < 0]
        if short:
            worst = -float(table.gap[row].min())
            yield f"{site}: too few beds {_when(table, short)} at the target occupancy; {worst:,.1f} too few at most."
        full = [place for place, gap in enumerate(table.gap_by_queue[row]) if gap < 0]
        if full:
            worst, limit = float(table.not_free[row, full].max()), f"{table.probability[row, full[0]]:.0%}"
            yield f"{site}: up to {worst:.1%} of arrivals find no bed free {_when(table, full)}; the limit is {limit}."


def _when(table: BedTable, places: Sequence[int]) -> str:
    """``in every year``, or the years by name."""
    if len(places) == len(table.years) > 1:
        return "in every year"
    return f"in {', '.join(str(table.years[place]) for place in places)}"


def _sites(table: BedTable) -> TextTable:
    headings = ("Site", "Year", "Beds in use", "Needed", "By queueing", "There", "Gap", "No bed free")
    rows = tuple(
        (
            site,
            str(year),
            f"{table.occupied[row, column]:,.1f}",
            f"{table.needed[row, column]:,.1f}",
            f"{table.needed_by_queue[row, column]:,}",
            f"{table.there[row, column]:,}",
            f"{table.gap[row, column]:+,.1f}",
            f"{table.not_free[row, column]:.1%}",
        )
        for row, site in enumerate(table.rows)
        for column, year in enumerate(table.years)
    )
    return TextTable(headings, rows, left=2)


def _all_sites(totals: Sequence[BedYear], pooled: Sequence[int]) -> TextTable:
    headings = ("All sites", "Needed", "By queueing", "Pooled", "There", "Gap", "In use, nine days in ten")
    rows = tuple(
        (
            year.year,
            f"{year.needed:,.1f}",
            f"{year.by_queueing:,.0f}",
            f"{together:,}",
            f"{year.there:,.0f}",
            f"{year.there - year.needed:+,.1f}",
            f"{year.low:,.0f} to {year.high:,.0f}",
        )
        for year, together in zip(totals, pooled)
    )
    return TextTable(headings, rows)


def _document(table: BedTable) -> Iterator[dict[str, Any]]:
    for row, site in enumerate(table.rows):
        for column, year in enumerate(table.years):
            yield {
                "site": site,
                "year": str(year),
                "bed_days": float(table.bed_days[row, column]),
                "bed_days_at_home": float(table.at_home[row, column]),
                "occupancy": float(table.occupancy[row, column]),
                "not_free_target": float(table.probability[row, column]),
                "beds_in_use": float(table.occupied[row, column]),
                "needed": float(table.needed[row, column]),
                "needed_by_queueing": int(table.needed_by_queue[row, column]),
                "there": int(table.there[row, column]),
                "gap": float(table.gap[row, column]),
                "not_free": float(table.not_free[row, column]),
            }


def _all_document(totals: Sequence[BedYear], pooled: Sequence[int]) -> Iterator[dict[str, Any]]:
    for year, together in zip(totals, pooled):
        yield {
            "year": year.year,
            "needed": year.needed,
            "needed_by_queueing": year.by_queueing,
            "needed_by_queueing_pooled": together,
            "there": year.there,
            "in_use_low": year.low,
            "in_use_high": year.high,
        }


def _picture(table: BedTable, totals: Sequence[BedYear], *, marks: Sequence[str]) -> StatisticalPicture:
    targets = sorted({f"{share:.0%}" for share in table.occupancy.ravel()})
    limits = sorted({f"{share:.0%}" for share in table.probability.ravel()})
    return beds_picture(
        "beds-needed-and-there",
        totals,
        title="Beds needed and beds there",
        subtitle=f"{len(table.rows)} sites. Target occupancy {', '.join(targets)}.",
        note=(
            f"By queueing: each site by itself, so that at most {', '.join(limits)} of arrivals find no bed free "
            "(Erlang-B). The band is what Poisson arrivals make of one day and another if nobody is turned away."
        ),
        marks=marks,
    )
