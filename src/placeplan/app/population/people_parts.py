"""The people of a place as parts of the document tree: pyramid, growth, years, variants, lists, cohorts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from placeplan.app.picture_parts import chart_of
from placeplan.app.population.definitions import read_programmes
from placeplan.app.population.growing import growth_document, path_document, registered_document, variant_rows
from placeplan.app.population.places import PlacePopulation, PlaceRequest, place_population
from placeplan.app.population.printed import PrintedPopulation, printed_in
from placeplan.app.population.programme_demand import cohorts_document
from placeplan.app.population.reading import variants
from placeplan.app.population.showing import pyramid_of
from placeplan.app.segments.synthetic_models import read_places
from placeplan.datasets.folder import DataFolder
from placeplan.indicators.naming import slug
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.population.types import PRINCIPAL
from placeplan.reports.charts import Point, TrajectoryChart
from placeplan.reports.document import Block, Cell, Chart, Column, Note, Row, Section, Table, Text, Tone, Unconfirmed
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults

MILLION = 1_000_000
USUAL_VARIANT = PRINCIPAL
MOST_LABELS = 12
INVENTED = "Nobody here exists. These people were made up to show what the page does; they describe no real place."


@dataclass(frozen=True, slots=True)
class PeopleAsked:
    """What a page asks: the place, the year of the bars and that of the outline, the projection.

    A year of 0 is the last estimate, or the last year of the projection.
    """

    place: str
    now: int = 0
    then: int = 0
    variant: str = USUAL_VARIANT


@dataclass(frozen=True, slots=True)
class PeopleShown:
    """The answer, with what may be chosen instead: years, the places that come with Placeplan, projections."""

    title: str
    now: int
    then: int
    years: tuple[int, ...]
    synthetic: bool
    sections: tuple[Section, ...]


def places_offered() -> tuple[tuple[str, str], ...]:
    """Identifier and title of each place that may be chosen by name."""
    return tuple((place.id, place.title) for place in read_places().places)


def place_offered(words: str) -> str:
    """The identifier of the place that bears these words, or the words themselves: they may name an area."""
    wanted = slug(words)
    return next((place for place, title in places_offered() if slug(title) == wanted), words)


def variants_offered(folder: DataFolder | None) -> tuple[str, ...]:
    """The variant projections of a folder; none where it has no file of them, or none that can be read."""
    if folder is None:
        return ()
    try:
        return tuple(variants(folder))
    except InputError:
        return ()


def people_of_plan(asked: PeopleAsked, folder: DataFolder | None, *, results: PlanResults | None) -> PeopleShown:
    """The people of a place beside what a plan prints of them; nothing of a plan that cannot be read.

    Raises:
        InputError: as ``people_shown``.
    """
    printed = printed_in(results.plan) if results else PrintedPopulation("", (), ())
    return people_shown(asked, folder, printed=printed)


def people_shown(asked: PeopleAsked, folder: DataFolder | None, *, printed: PrintedPopulation) -> PeopleShown:
    """The people of a place; invented ones, and marked so, without a folder.

    Raises:
        InputError: the place, a year or the variant is not known, or a file cannot be read.
    """
    place = place_population(PlaceRequest(asked.place, variant=asked.variant), folder)
    now, then = asked.now or place.join.last_estimate, asked.then or place.whole.years[-1]
    pyramid = chart_of(pyramid_of(place, now=now, then=then))
    if now >= then:
        message = f"{then} is not after {now}"
        raise InputError([Problem(Location("year"), message, "a later year for the outline than for the bars")])
    sections = (
        Section("population-pyramid", "Who lives here", (*_marks(place), pyramid)),
        _growth(place, now=now, then=then),
        _path(place, folder, now=now, then=then),
        _lists(place, printed),
        _cohorts(place, years=(now, then)),
    )
    found = tuple(each for each in sections if each is not None)
    return PeopleShown(place.title, now, then, tuple(place.whole.years), place.synthetic, found)


def _marks(place: PlacePopulation) -> Iterator[Block]:
    if place.synthetic:
        yield Note("Synthetic", (Text(INVENTED),), Tone.NEAR)


def _growth(place: PlacePopulation, *, now: int, then: int) -> Section:
    document = growth_document(place, first=now, last=then)
    tables = [_changes(document["changes"], "population-growth", name="band", heading="Age", years=(now, then))]
    if len(document["districts"]) > 1:
        tables.append(
            _changes(document["districts"], "population-districts", name="area", heading="District", years=(now, then))
        )
    average = f"On average {document['average_yearly_per_cent']:.2f}% a year; yearly growth compounds."
    return Section("population-growth-section", f"Growth, {now} to {then}", (Note("Growth", (Text(average),)), *tables))


def _changes(
    changes: Sequence[dict[str, Any]], table_id: str, *, name: str, heading: str, years: tuple[int, int]
) -> Table:
    return Table(
        id=table_id,
        caption=f"Growth by {heading.lower()}, {years[0]} to {years[1]}",
        columns=(
            Column(heading, wide=True),
            *(Column(words, numeric=True) for words in (str(years[0]), str(years[1]), "More people", "Per cent")),
        ),
        rows=tuple(
            Row(
                tuple(
                    plain(words)
                    for words in (
                        _band_words(change[name]),
                        f"{change['before']:,.0f}",
                        f"{change['after']:,.0f}",
                        f"{change['people']:+,.0f}",
                        "" if change["per_cent"] is None else f"{change['per_cent']:+.1f}%",
                    )
                )
            )
            for change in changes
        ),
    )


def _band_words(name: str) -> str:
    return name[:1].upper() + name[1:]


def _path(place: PlacePopulation, folder: DataFolder | None, *, now: int, then: int) -> Section:
    document = path_document(place, first=now, last=then)
    rows: list[dict[str, Any]] = document["path"]
    table = Table(
        id="population-path-data",
        caption=f"People year by year, {now} to {then}",
        columns=tuple(
            Column(words, numeric=place > 0)
            for place, words in enumerate(("Year", "People", "Growth of the year", f"Growth since {now}"))
        ),
        rows=tuple(Row(tuple(map(plain, _path_cells(row, last=document["last_estimate"])))) for row in rows),
    )
    every = max(1, -(-len(rows) // MOST_LABELS))
    shown = [row for number, row in enumerate(reversed(rows)) if number % every == 0][::-1]
    points = tuple(Point(str(row["year"]), row["people"], f"{row['people']:,.0f}") for row in shown)
    chart = Chart(
        id="population-path",
        title=f"People year by year, {now} to {then}",
        picture=TrajectoryChart(points),
        note=f"Estimates until {document['last_estimate']}, then the projection. The scale does not start at zero.",
        says=f"Line chart of the people of {document['place']}: "
        + "; ".join(f"{point.year} {point.label}" for point in points),
        data=table,
    )
    about = Note("About these numbers", (Text(" ".join((*document["notes"], f"Source: {document['source']}"))),))
    return Section("population-years", "Year by year", (chart, *_variants(place, folder, year=then), about))


def _path_cells(row: dict[str, Any], *, last: int) -> tuple[str, ...]:
    mark = "" if row["year"] <= last else ", projected"
    growth = "" if row["growth_per_cent"] is None else f"{row['growth_per_cent']:+.2f}%"
    return f"{row['year']}{mark}", f"{row['people']:,.0f}", growth, f"{row['since_first_per_cent']:+.2f}%"


def _variants(place: PlacePopulation, folder: DataFolder | None, *, year: int) -> Iterator[Block]:
    """The place in a year by every variant; a note where they cannot be had."""
    if folder is None:
        return
    try:
        rows = variant_rows(place, folder, year=year)
    except InputError as error:
        yield Note("Variants", (Text(f"They are not shown: {error.problems[0].message}."),))
        return
    yield Table(
        id="population-variants",
        caption=f"People in {year} by each variant of the projection",
        columns=(
            Column("Variant", wide=True),
            Column("People", numeric=True),
            Column("Against the principal projection", numeric=True),
        ),
        rows=tuple(
            Row(tuple(map(plain, (row["variant"], f"{row['people']:,.0f}", f"{row['against_principal']:+,.0f}"))))
            for row in rows
        ),
    )


def _lists(place: PlacePopulation, printed: PrintedPopulation) -> Section | None:
    """Registered people, as the plan prints them, beside residents."""
    found = registered_document(place, printed)
    if found is None:
        return None
    rows = (
        (f"On the lists of practices, {found['registered_on']}, as the plan prints it", f"{found['registered']:,.0f}"),
        (f"Resident, middle of {found['resident_year']}", f"{found['resident']:,.0f}"),
        ("Registered less resident", f"{found['inflation']:+,.0f} ({found['inflation_per_cent']:+.2f}%)"),
        ("Registered for each resident", f"{found['ratio']:.4f}"),
        ("Paid for the difference in a year, about", f"£{found['payment_gbp'] / MILLION:,.2f}m"),
    )
    table = Table(
        id="population-lists",
        caption="Registered beside resident people",
        columns=(Column("What", wide=True), Column("Number", numeric=True)),
        rows=tuple(Row((plain(words), plain(number))) for words, number in rows),
        notes=((Text(f"Payment: {found['payment_reference']}."),),),
    )
    return Section("population-registered", "Registered and resident", (table,))


def _cohorts(place: PlacePopulation, *, years: tuple[int, int]) -> Section:
    """What screening and immunisation have to provide."""
    try:
        document = cohorts_document(place, read_programmes().programmes, years=years)
    except InputError as error:
        words = f"Not shown for this projection: {error.problems[0].message}."
        return Section("population-cohorts", "Screening and immunisation", (Note("Cohorts", (Text(words),)),))
    names = (
        "Eligible",
        "Invited in a year",
        "Seen, low uptake",
        "Seen, expected",
        "Seen, high uptake",
        "One point more",
    )
    keys = ("eligible", "invited", "low", "expected", "high", "per_point")
    rows = [
        Row(
            (
                _programme(programme["title"], confirmed=programme["confirmed"]),
                plain(str(row["year"])),
                *(plain(f"{row[key]:,.0f}") for key in keys),
            )
        )
        for programme in document["programmes"]
        for row in programme["years"]
    ]
    table = Table(
        id="population-cohorts-table",
        caption=f"People that programmes have to see, {years[0]} and {years[1]}",
        columns=(Column("Programme", wide=True), Column("Year"), *(Column(name, numeric=True) for name in names)),
        rows=tuple(rows),
    )
    return Section("population-cohorts", "Screening and immunisation", (table,))


def _programme(title: str, *, confirmed: bool) -> Cell:
    cell = plain(title)
    return cell if confirmed else Cell((*cell.runs, Unconfirmed()))
