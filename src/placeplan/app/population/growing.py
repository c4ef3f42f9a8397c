"""How a place grows: by band, by district, by year and by variant; lists against residents; figures as printed."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from placeplan.app.population.definitions import read_values
from placeplan.app.population.places import PlacePopulation, place_totals_of
from placeplan.app.population.printed import REGISTERED, PrintedPopulation
from placeplan.app.population.reading import variants
from placeplan.app.population.showing import default_bands, notes_of
from placeplan.datasets.folder import DataFolder
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.population.changes import BandChange, band_changes
from placeplan.population.errors import PopulationError
from placeplan.population.growth import average_growth, compounded, yearly_growth
from placeplan.population.new_lists import new_list
from placeplan.population.registered import RegisteredPeople
from placeplan.population.types import PRINCIPAL, PopulationTable, frozen

MILLION = 1_000_000
PEOPLE = "people"
_YEAR = re.compile(r"(?:19|20)\d{2}")


def growth_document(place: PlacePopulation, *, first: int, last: int, bands: Sequence[str] = ()) -> dict[str, Any]:
    """How many more people of which ages, from one year to another, in the place and in each district.

    Args:
        place: the place.
        first: the earlier year.
        last: the later year.
        bands: ages such as ``85+``; the usual ones when empty.

    Raises:
        InputError: a year is not there or not after the other, or a band is none or would split one.
    """
    shown = bands or default_bands(place.whole)
    try:
        whole = band_changes(place.whole, first=first, last=last, bands=shown)
        parts = band_changes(place.parts, first=first, last=last)
    except PopulationError as error:
        raise InputError(Problem(Location("growth"), message) for message in error.messages) from error
    total = whole[0]
    return {
        "place": place.title,
        "synthetic": place.synthetic,
        "variant": place.whole.variant,
        "first": first,
        "last": last,
        "changes": [_change(one, place.title) for one in whole],
        "districts": [_change(one, place.parts.name_of(one.area)) for one in parts],
        "average_yearly_per_cent": 100 * average_growth(total.before, total.after, years=last - first),
        "notes": list(place.notes),
        "source": place.whole.source,
    }


def growth_sentences(document: dict[str, Any]) -> Iterator[str]:
    """The same for a reader."""
    yield f"{document['place']}: growth from {document['first']} to {document['last']} ({document['variant']})"
    yield _row("", ("before", "after", "people", "per cent"))
    for change in document["changes"]:
        yield _row(change["band"], _cells(change))
    if len(document["districts"]) > 1:
        yield ""
        for change in document["districts"]:
            yield _row(change["area"], _cells(change))
    yield ""
    yield f"On average {document['average_yearly_per_cent']:.2f}% a year; yearly growth compounds, it does not add up."
    yield from notes_of(document)


def path_document(place: PlacePopulation, *, first: int, last: int, over: float | None = None) -> dict[str, Any]:
    """Year by year: people, growth of the year, and growth since the first year by compounding.

    Args:
        place: the place.
        first: the first year.
        last: the last year.
        over: a list size; for each district the first year whose growth passes it is added.

    Raises:
        InputError: a year is not there or not after the other, or the list size is not above 0.
    """
    years = [year for year in place.whole.years if first <= year <= last]
    if first not in place.whole.years or last not in place.whole.years or last <= first:
        known = f"years from {place.whole.years[0]} to {place.whole.years[-1]}, the second after the first"
        raise InputError([Problem(Location("year"), f"there is no growth from {first} to {last}", known)])
    totals = place.whole.select(years=years).totals()[0]
    growth = yearly_growth(totals, years=years)
    rows = [{"year": first, "people": float(totals[0]), "growth_per_cent": None, "since_first_per_cent": 0.0}]
    for number, year in enumerate(years[1:], start=1):
        since = float(compounded(growth[:number]))
        rows.append(
            {
                "year": year,
                "people": float(totals[number]),
                "growth_per_cent": 100 * float(growth[number - 1]),
                "since_first_per_cent": 100 * since,
            }
        )
    document = {
        "place": place.title,
        "synthetic": place.synthetic,
        "variant": place.whole.variant,
        "last_estimate": place.join.last_estimate,
        "break_people": float(place.join.break_people[0]),
        "rebasing": str(place.join.rebasing),
        "path": rows,
        "notes": list(place.notes),
        "source": place.whole.source,
    }
    if over is not None:
        document["new_list"] = _new_list(place.parts.select(years=years), over=over)
    return document


def _new_list(parts: PopulationTable, *, over: float) -> dict[str, Any]:
    """For each district the first year in which its growth since the first passes a list size."""
    try:
        passed = new_list(parts, base_year=parts.years[0], over=over).first_year
    except PopulationError as error:
        raise InputError(Problem(Location("new list"), message) for message in error.messages) from error
    return {"over": over, "first_year": {parts.name_of(code): year for code, year in passed.items()}}


def path_sentences(document: dict[str, Any]) -> Iterator[str]:
    """The same for a reader."""
    yield f"{document['place']}: people year by year ({document['variant']})"
    yield _row("", ("people", "growth", "since start"))
    for row in document["path"]:
        mark = "" if row["year"] <= document["last_estimate"] else " projected"
        growth = "" if row["growth_per_cent"] is None else f"{row['growth_per_cent']:+.2f}%"
        yield _row(f"{row['year']}{mark}", (f"{row['people']:,.0f}", growth, f"{row['since_first_per_cent']:+.2f}%"))
    if "new_list" in document:
        over = document["new_list"]["over"]
        yield ""
        for name, year in document["new_list"]["first_year"].items():
            told = f"first in {year}" if year else "in no year"
            yield f"{name}: growth passes a new list of {over:,.0f} people {told}."
    for row in document.get("variants", ()):
        yield _row(row["variant"], (f"{row['people']:,.0f}", f"{row['against_principal']:+,.0f}"))
    yield from notes_of(document)


def variant_rows(place: PlacePopulation, folder: DataFolder, *, year: int) -> list[dict[str, Any]]:
    """The people of a place in a year by every variant projection, as published, beside the principal one.

    Raises:
        InputError: the file cannot be read, or the year or a district is not in it.
    """
    if place.whole.variant != PRINCIPAL or year not in place.whole.years:
        message = (
            f"variants are compared with the principal projection in a year of it, not {place.whole.variant} {year}"
        )
        raise InputError([Problem(Location("variant"), message)])
    base = place.whole.total(year=year)
    rows = [{"variant": PRINCIPAL, "people": base, "against_principal": 0.0}]
    for name, table in variants(folder).items():
        people = place_totals_of(table, place, year=year)
        rows.append({"variant": name, "people": people, "against_principal": people - base})
    return rows


def registered_document(place: PlacePopulation, printed: PrintedPopulation) -> dict[str, Any] | None:
    """People on lists, as a plan prints them for the place, against residents of that year, and what that costs.

    Nothing where the plan prints no registered people for the place, or for a year without residents here.
    """
    row = printed.latest(REGISTERED, area=place.title)
    found = _YEAR.search(row.period or "") if row else None
    year = int(found[0]) if found else 0
    if row is None or not row.value or row.value.value <= 0 or row.unit != PEOPLE or year not in place.whole.years:
        return None
    resident = place.whole.select(years=[year]).totals()[0]
    lists = RegisteredPeople((place.title,), frozen("registered", [float(row.value.value)]), resident)
    price = read_values().payment_for_growth
    payment = lists.payment_effect(lists.shared_by_list(float(price.value) * MILLION, of=float(price.registered)))
    return {
        "registered": float(lists.registered[0]),
        "registered_on": row.period,
        "resident": float(lists.resident[0]),
        "resident_year": year,
        "ratio": float(lists.ratio[0]),
        "inflation": float(lists.inflation[0]),
        "inflation_per_cent": float(lists.inflation_per_cent[0]),
        "payment_gbp": float(payment[0]),
        "payment_reference": price.reference,
    }


def registered_sentences(document: dict[str, Any]) -> Iterator[str]:
    """The same for a reader."""
    yield (
        f"Registered {document['registered']:,.0f} ({document['registered_on']}), resident "
        f"{document['resident']:,.0f} (mid-{document['resident_year']}): ratio {document['ratio']:.4f}, list inflation "
        f"{document['inflation']:+,.0f} ({document['inflation_per_cent']:+.2f}%), about "
        f"£{document['payment_gbp'] / MILLION:,.2f}m a year."
    )
    yield f"Payment: {document['payment_reference']}."


def printed_sentences(printed: PrintedPopulation) -> Iterator[str]:
    """What a plan prints about its population, and whether the figures bear each other out."""
    yield f"As printed: {printed.plan}"
    for check in printed.checks:
        yield f"  {check.verdict}: {check.words} ({check.row.source})"
    if not printed.checks:
        yield "  Nothing printed about its population can be checked by another figure."


def plan_document(printed: PrintedPopulation) -> list[dict[str, str]]:
    """The same as data."""
    return [{"verdict": str(one.verdict), "words": one.words, "source": one.row.source} for one in printed.checks]


def _change(change: BandChange, area: str) -> dict[str, Any]:
    return {
        "area": area,
        "band": change.band,
        "before": change.before,
        "after": change.after,
        "people": change.people,
        "per_cent": change.per_cent,
    }


def _cells(change: dict[str, Any]) -> tuple[str, ...]:
    share = "" if change["per_cent"] is None else f"{change['per_cent']:+.1f}%"
    return f"{change['before']:,.0f}", f"{change['after']:,.0f}", f"{change['people']:+,.0f}", share


def _row(name: str, cells: Sequence[str]) -> str:
    return f"{name:<34}" + "".join(f"{cell:>14}" for cell in cells)
