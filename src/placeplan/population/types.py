"""People by area, sex, age and year: one array whose axes carry their names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from placeplan.population.ages import age_axis_problems, band_names, whole_between
from placeplan.population.errors import PopulationError, refuse

FloatArray: TypeAlias = npt.NDArray[np.float64]

FEMALE, MALE, PERSONS = "f", "m", "persons"
SEXES = (FEMALE, MALE, PERSONS)
AREA_AXIS, SEX_AXIS, AGE_AXIS, YEAR_AXIS = range(4)
AXIS_WORDS = "areas x sexes x ages x years"
FIRST_YEAR, LAST_YEAR = 1800, 2300
SHOWN = 5
ESTIMATE, PRINCIPAL = "estimate", "principal"


def frozen(name: str, given: npt.ArrayLike) -> FloatArray:
    """A read-only copy as floats.

    Raises:
        PopulationError: something in it is not a number, or rows differ in length.
    """
    try:
        array = np.array(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise PopulationError([f"{name}: expected numbers in rows of one length ({error})"]) from error
    array.flags.writeable = False
    return array


@dataclass(frozen=True, eq=False, kw_only=True)
class PopulationTable:
    """How many people: one number for each area, sex, age and year.

    Attributes:
        areas: codes (or names) of the areas.
        sexes: ``f`` and ``m``, or ``persons`` alone where the source does not tell them apart.
        ages: lower bounds of the bands, in whole years; single years are bands of one year. The last is open: 90 is
            90 and over. An axis may begin above 0.
        years: calendar years, rising, with gaps allowed; the population is that of 30 June, mid-year.
        people: persons, areas x sexes x ages x years, not below 0; not always whole, for shares of areas are not.
            Read-only.
        area_names: a name for each area by its code; an area without one is called by its code.
        variant: ``estimate``, ``principal``, or the name of a variant projection.
        source: where the numbers come from, in words.
        synthetic: whether the numbers are made up.

    Raises:
        PopulationError: an axis is empty, repeats itself or is out of order, the shape does not fit the axes, or a
            number is missing, infinite or below 0; every problem is in it, each cell by its name.
    """

    areas: tuple[str, ...]
    sexes: tuple[str, ...]
    ages: tuple[int, ...]
    years: tuple[int, ...]
    people: FloatArray
    area_names: Mapping[str, str] = field(default_factory=dict)
    variant: str = ESTIMATE
    source: str = ""
    synthetic: bool = False

    def __post_init__(self) -> None:
        for axis in ("areas", "sexes", "ages", "years"):
            object.__setattr__(self, axis, tuple(getattr(self, axis)))
        object.__setattr__(self, "area_names", dict(self.area_names))
        refuse([*self._axis_problems(), *age_axis_problems(self.ages), *self._year_problems()])
        people = frozen("people", self.people)
        object.__setattr__(self, "people", people)
        if people.shape != self.shape:
            found, wanted = (" x ".join(map(str, shape)) for shape in (people.shape, self.shape))
            raise PopulationError([f"people: expected {AXIS_WORDS}, here {wanted}, found {found}"])
        refuse(self._cell_problems())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PopulationTable):
            return NotImplemented
        return self._said == other._said and bool(np.array_equal(self.people, other.people))

    @property
    def _said(self) -> tuple[object, ...]:
        """Everything but the numbers."""
        return self.areas, self.sexes, self.ages, self.years, self.area_names, self.variant, self.source, self.synthetic

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Lengths of the axes, in the order of the array."""
        return len(self.areas), len(self.sexes), len(self.ages), len(self.years)

    @property
    def bands(self) -> tuple[str, ...]:
        """The name of each age or band: ``0``, ``65-69``, ``90+``."""
        return band_names(self.ages)

    def name_of(self, area: str) -> str:
        """The name of an area; its code where it has none."""
        return self.area_names.get(area, area)

    def area_called(self, text: str) -> str:
        """The code of an area that is given by code or by name, in any case of letters.

        Raises:
            PopulationError: no area, or several, are called so.
        """
        wanted = text.strip().casefold()
        found = [code for code in self.areas if wanted in (code.casefold(), self.name_of(code).casefold())]
        if len(found) == 1:
            return found[0]
        known = _listed([self.name_of(code) for code in self.areas])
        what = "is not known" if not found else f"is the name of {len(found)} areas"
        raise PopulationError([f"area: '{text}' {what}; expected one of: {known}"])

    def select(
        self,
        *,
        areas: Sequence[str] | None = None,
        sexes: Sequence[str] | None = None,
        years: Sequence[int] | None = None,
    ) -> "PopulationTable":
        """The part of the table with these areas, sexes and years, in the order asked for; all where none are named.

        Years have to rise all the same. People of some ages are taken with ``placeplan.population.banding``.

        Raises:
            PopulationError: something asked for is not on its axis; all of it is named.
        """
        asked = {"areas": areas, "sexes": sexes, "years": years}
        refuse(
            message for axis, wanted in asked.items() if wanted is not None for message in self._unknown(axis, wanted)
        )
        people = self.people
        for position, axis in ((AREA_AXIS, "areas"), (SEX_AXIS, "sexes"), (YEAR_AXIS, "years")):
            wanted = asked[axis]
            if wanted is not None:
                along = getattr(self, axis)
                people = people.take([along.index(one) for one in wanted], axis=position)
        kept = {axis: tuple(wanted) for axis, wanted in asked.items() if wanted is not None}
        return self.with_people(people, **kept)

    def with_people(self, people: npt.ArrayLike, **changed: object) -> "PopulationTable":
        """The same table with other numbers and, where they are given, other axes or words."""
        return replace(self, people=people, **changed)  # type: ignore[arg-type]

    def persons(self) -> "PopulationTable":
        """Women and men together; the same table where they are together already."""
        if self.sexes == (PERSONS,):
            return self
        return self.with_people(self.people.sum(axis=SEX_AXIS, keepdims=True), sexes=(PERSONS,))

    def total(
        self, *, area: str | None = None, sex: str | None = None, band: str | None = None, year: int | None = None
    ) -> float:
        """People in everything that is not named: ``total(area="E07000110", band="90+", year=2017)``.

        Raises:
            PopulationError: a name is not on its axis.
        """
        axes: tuple[tuple[str, Sequence[object], object], ...] = (
            ("areas", self.areas, area), ("sexes", self.sexes, sex), ("bands", self.bands, band),
            ("years", self.years, year),
        )  # fmt: skip
        refuse(message for name, _, one in axes if one is not None for message in self._unknown(name, [one]))
        index = tuple(slice(None) if one is None else along.index(one) for _, along, one in axes)
        return float(self.people[index].sum())

    def totals(self) -> FloatArray:
        """People of all sexes and ages, areas x years."""
        return np.asarray(self.people.sum(axis=(SEX_AXIS, AGE_AXIS)))

    def where(self, index: Sequence[int]) -> str:
        """A cell of the array in words, such as ``Swale, f, 85, 2019``."""
        area, sex, age, year = index
        return f"{self.name_of(self.areas[area])}, {self.sexes[sex]}, {self.bands[age]}, {self.years[year]}"

    def _unknown(self, axis: str, wanted: Sequence[object]) -> Iterator[str]:
        along: tuple[object, ...] = getattr(self, axis)
        for one in wanted:
            if one not in along:
                yield f"{axis}: {one!r} is not in this table; expected some of: {_listed(along)}"

    def _axis_problems(self) -> Iterator[str]:
        axes: dict[str, tuple[object, ...]] = {"areas": self.areas, "sexes": self.sexes}
        for axis, along in axes.items():
            if not along:
                yield f"{axis}: expected at least one, found none"
            for place, one in enumerate(along):
                if not isinstance(one, str) or not one.strip():
                    yield f"{axis}: {one!r} is no identifier; expected a text that is not blank"
                elif one in along[:place]:
                    yield f"{axis}: '{one}' stands here twice; expected each once"
        odd = [one for one in self.sexes if one not in SEXES]
        if odd or (PERSONS in self.sexes and len(self.sexes) > 1):
            yield f"sexes: found {_listed(self.sexes)}; expected f and m, or persons alone"

    def _year_problems(self) -> Iterator[str]:
        if not self.years:
            yield "years: expected at least one year, found none"
        for year in self.years:
            if not whole_between(year, low=FIRST_YEAR, high=LAST_YEAR):
                yield f"years: {year!r} is no calendar year; expected a whole number such as 2017"
                return
        for before, after in pairwise(self.years):
            if after <= before:
                yield f"years: {after} stands after {before}; expected rising years, each once"

    def _cell_problems(self) -> Iterator[str]:
        for bad, what in ((~np.isfinite(self.people), "is missing or infinite"), (self.people < 0, "is below 0")):
            cells = np.argwhere(bad)
            for cell in cells[:SHOWN]:
                yield f"people: {self.where(cell)}: {self.people[tuple(cell)]:g} {what}; expected a number of 0 or more"
            if len(cells) > SHOWN:
                yield f"people: {len(cells) - SHOWN:,} more cells: a number {what}"


def _listed(along: Sequence[object], most: int = 12) -> str:
    more = f" and {len(along) - most} more" if len(along) > most else ""
    return ", ".join(map(str, along[:most])) + more
