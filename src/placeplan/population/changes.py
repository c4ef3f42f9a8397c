"""Changes of age bands from one year to another: so many people, so many per cent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from placeplan.population.banding import people_by_band
from placeplan.population.errors import refuse
from placeplan.population.types import PopulationTable


@dataclass(frozen=True, slots=True)
class BandChange:
    """How many people of some ages there are more (or fewer) in a later year.

    Attributes:
        area: code of the area.
        band: ages, such as ``85+``, or ``all ages``.
        first: the earlier year.
        last: the later year.
        before: people then.
        after: people later.
    """

    area: str
    band: str
    first: int
    last: int
    before: float
    after: float

    @property
    def people(self) -> float:
        """By how many they changed."""
        return self.after - self.before

    @property
    def per_cent(self) -> float | None:
        """By how many per cent; None where nobody was there before."""
        return 100 * self.people / self.before if self.before else None


def band_changes(table: PopulationTable, *, first: int, last: int, bands: Sequence[str] = ()) -> tuple[BandChange, ...]:
    """Changes of all ages and of some bands, for each area, from one year to another.

    Args:
        table: people in single years or bands.
        first: the earlier year.
        last: the later year.
        bands: ages such as ``85+`` or ``16-64``; each has to begin and end where bands of the table do.

    Raises:
        PopulationError: a year is not in the table, a band is none or would split one; all of it is named.
    """
    refuse(_year_problems(table, first=first, last=last))
    places = table.years.index(first), table.years.index(last)
    rows = people_by_band(table, bands)
    return tuple(
        BandChange(area, band, first, last, float(people[number, places[0]]), float(people[number, places[1]]))
        for number, area in enumerate(table.areas)
        for band, people in rows.items()
    )


def _year_problems(table: PopulationTable, *, first: int, last: int) -> Iterator[str]:
    known = f"{table.years[0]} to {table.years[-1]}"
    for year in (first, last):
        if year not in table.years:
            yield f"years: {year} is not in this table; it holds {known}"
    if last <= first:
        yield f"years: {last} is not after {first}; expected a later year"
