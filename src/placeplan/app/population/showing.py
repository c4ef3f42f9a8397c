"""The people of a place by band and year, by district, and as a pyramid: documents, sentences and files."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from placeplan.app.population.places import PlacePopulation
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.population.ages import FIVE_YEAR_BANDS
from placeplan.population.banding import banded, people_by_band
from placeplan.population.errors import PopulationError
from placeplan.population.types import FEMALE, MALE, FloatArray, PopulationTable
from placeplan.reports.files import write_files
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.pyramid import PyramidYear, pyramid_picture
from placeplan.reports.pictures.writing import picture_files

BANDS, BANDS_OF_FIVE = ("0-15", "16-64", "65-84", "85+"), ("0-14", "15-64", "65-84", "85+")
ADULT = 16
SYNTHETIC = "Synthetic"
WIDTH = 14


def default_bands(table: PopulationTable) -> tuple[str, ...]:
    """Bands of ages that a table can show without splitting one of its own."""
    return BANDS if ADULT in table.ages else BANDS_OF_FIVE


def people_document(place: PlacePopulation, *, years: Sequence[int], bands: Sequence[str]) -> dict[str, Any]:
    """People of a place as data: by band and year, and of each district by year.

    Args:
        place: the place.
        years: years to show, in any order; they have to be there.
        bands: ages such as ``85+``; the usual ones when empty.

    Raises:
        InputError: a year is not there, or a band is none or would split one.
    """
    shown = sorted(set(years))
    problems = list(_year_problems(place.whole, shown))
    rows: dict[str, FloatArray] = {}
    try:
        rows = people_by_band(place.whole, bands or default_bands(place.whole))
    except PopulationError as error:
        problems.extend(Problem(Location("band"), message.removeprefix("ages: ")) for message in error.messages)
    if problems:
        raise InputError(problems)
    whole, parts = place.whole, place.parts.select(years=shown)
    columns = [whole.years.index(year) for year in shown]
    return {
        "place": place.title,
        "synthetic": place.synthetic,
        "variant": whole.variant,
        "last_estimate": place.join.last_estimate,
        "rebasing": str(place.join.rebasing),
        "years": shown,
        "people": {band: numbers[0, columns].tolist() for band, numbers in rows.items()},
        "districts": [
            {"code": code, "name": parts.name_of(code), "share": place.shares[code], "people": totals.tolist()}
            for code, totals in zip(parts.areas, parts.totals(), strict=True)
        ],
        "notes": list(place.notes),
        "source": whole.source,
    }


def people_sentences(document: dict[str, Any]) -> Iterator[str]:
    """The same for a reader, as lines of a table."""
    after = f"{document['variant']} after {document['last_estimate']}"
    yield f"{document['place']}: people in the middle of the year ({after})"
    yield _line("", [str(year) for year in document["years"]])
    for band, numbers in document["people"].items():
        yield _line(band, [f"{number:,.0f}" for number in numbers])
    if len(document["districts"]) > 1:
        yield ""
        for district in document["districts"]:
            yield _line(district["name"], [f"{number:,.0f}" for number in district["people"]])
    yield from notes_of(document)


def notes_of(document: dict[str, Any]) -> Iterator[str]:
    """What a reader should know, below a blank line."""
    yield ""
    yield from document["notes"]
    yield f"Source: {document['source']}"


def _line(name: str, cells: Sequence[str]) -> str:
    return f"{name:<26}" + "".join(f"{cell:>{WIDTH}}" for cell in cells)


def pyramid_of(place: PlacePopulation, *, now: int, then: int) -> StatisticalPicture:
    """A pyramid of a place in five-year bands, one year as bars, another as an outline.

    Raises:
        InputError: a year is not there.
    """
    problems = list(_year_problems(place.whole, (now, then)))
    if problems:
        raise InputError(problems)
    table = banded(place.whole, FIVE_YEAR_BANDS)
    return pyramid_picture(
        f"pyramid-{place.title}-{now}-{then}",
        bands=table.bands,
        now=_year(table, now, place=place),
        then=_year(table, then, place=place),
        title=f"{place.title}: people by age, {now} and {then}",
        note=" ".join(("The last band has no upper end.", *place.notes)),
        source=f"Source: {table.source}",
        marks=(SYNTHETIC,) if place.synthetic else (),
    )


def write_pyramid(
    place: PlacePopulation, folder: Path, *, now: int, then: int, formats: Sequence[str]
) -> tuple[Path, ...]:
    """Write a pyramid as pictures, with its numbers as a table and its words as text.

    Raises:
        InputError: a year is not there, or the folder cannot be written.
    """
    return write_files(folder, picture_files(pyramid_of(place, now=now, then=then), formats))


def _year(table: PopulationTable, year: int, *, place: PlacePopulation) -> PyramidYear:
    name = f"{year}, projected" if year > place.join.last_estimate else str(year)
    one = table.select(years=[year])
    men, women = ([one.total(sex=sex, band=band) for band in one.bands] for sex in (MALE, FEMALE))
    return PyramidYear(name, men=men, women=women)


def _year_problems(table: PopulationTable, years: Sequence[int]) -> Iterator[Problem]:
    for year in years:
        if year not in table.years:
            expected = f"a year from {table.years[0]} to {table.years[-1]}"
            yield Problem(Location("year"), f"{year} is not among the years of this population", expected)
