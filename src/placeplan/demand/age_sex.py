"""Growth by population: more people (size), and what their ages and sexes add to it (structure).

The activity that a population calls for is its people times the rates of their sex and single year of age. The ratio to
the base year is the demographic factor. The ratio of people is the size factor; what is left is the structure, so that
``size x structure`` is the demographic factor exactly.

Health status: people who live longer may also be well for longer. As in the demand model of The Strategy Unit, a person
is given the rate of a younger age: ``age - share x gain in life expectancy since the base year``, rates read between
single years by straight lines. Source: The Strategy Unit, New Hospital Programme demand model, health status adjustment
(interpolated), github.com/The-Strategy-Unit/nhp_model.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placeplan.demand.activity import Activity, FloatArray, frozen
from placeplan.demand.axes import Axes
from placeplan.demand.errors import DemandError, refuse

PEOPLE_AXES = "areas x sexes x ages x years"
RATE_AXES = "points x areas (or 1) x sexes x ages"


@dataclass(frozen=True, eq=False)
class DemographicGrowth:
    """Factors of growth by population, on the four axes of activity.

    Attributes:
        activity: what the population of each year calls for at the rates of the base year.
        size: ratio of people to the base year, by area and year: (1, 1, areas, years).
        structure: what ages and sexes add to it: (points, segments, areas, years).
    """

    activity: Activity
    size: FloatArray
    structure: FloatArray

    @property
    def demographic(self) -> FloatArray:
        """Both together."""
        return np.asarray(self.size * self.structure)


def demographic_growth(
    people: npt.ArrayLike, rates: npt.ArrayLike, *, axes: Axes, bands: Sequence[int] = ()
) -> DemographicGrowth:
    """Split growth by population in size and structure.

    Args:
        people: persons, areas x sexes x ages x years; the first year is the base year.
        rates: events for each person a year, points x areas x sexes x ages, or with one area for all.
        axes: of the activity; its segments are age bands where ``bands`` is given.
        bands: for each age, the place of its band among the segments; one segment for all ages when left out.

    Raises:
        DemandError: shapes do not fit the axes, a number is missing or below 0, an area has nobody in a year, or
            activity comes from nothing.
    """
    persons = _checked_people(people, axes)
    each = _checked_rates(rates, axes, groups=persons.shape[1:3])
    sharing = _sharing(bands, ages=persons.shape[2], axes=axes)
    by_age = np.einsum("prsa,rsay->pray", np.broadcast_to(each, (each.shape[0], *persons.shape[:3])), persons)
    activity = Activity(axes, np.einsum("pray,ga->pgry", by_age, sharing))
    size = _ratio_of_people(persons, axes)
    return DemographicGrowth(activity, size, frozen("structure", _ratio_of_activity(activity) / size))


def health_status(
    people: npt.ArrayLike,
    rates: npt.ArrayLike,
    *,
    years_gained: npt.ArrayLike,
    share: float,
    axes: Axes,
    bands: Sequence[int] = (),
) -> FloatArray:
    """The factor by which healthier ageing changes activity, on four axes; 1 where nothing is gained.

    Args:
        people: see ``demographic_growth``.
        rates: see ``demographic_growth``; for ages in steps of one year.
        years_gained: gain in life expectancy since the base year at each age, sexes x ages x years; 0 in the base year.
        share: how much of each year gained is a year of health: 0 leaves the rates, 1 shifts them by the whole gain.
        axes: see ``demographic_growth``.
        bands: see ``demographic_growth``.

    Raises:
        DemandError: see ``demographic_growth``; or gains do not fit or are not 0 in the base year.
    """
    persons = _checked_people(people, axes)
    each = _checked_rates(rates, axes, groups=persons.shape[1:3])
    gained = frozen("years gained", years_gained)
    refuse(_gain_problems(gained, shape=persons.shape[1:], share=share))
    sharing = _sharing(bands, ages=persons.shape[2], axes=axes)
    shifted = _shifted(each, share * gained)
    whole = np.broadcast_to(shifted, (each.shape[0], persons.shape[0], *shifted.shape[2:]))
    after = np.einsum("prsay,rsay,ga->pgry", whole, persons, sharing)
    before = np.einsum("prsa,rsay,ga->pgry", np.broadcast_to(each, whole.shape[:-1]), persons, sharing)
    return frozen("health status", np.divide(after, before, out=np.ones_like(after), where=before > 0))


def _shifted(rates: FloatArray, shift: FloatArray) -> FloatArray:
    """Rates at ``age - shift``, by straight lines between ages; the first and last ages hold beyond the ends."""
    ages = np.arange(rates.shape[-1], dtype=np.float64)
    found = np.empty((*rates.shape, shift.shape[-1]))
    for index in np.ndindex(*rates.shape[:3]):
        wanted = ages[:, np.newaxis] - shift[index[2]]
        found[index] = np.interp(wanted, ages, rates[index])
    return found


def _checked_people(given: npt.ArrayLike, axes: Axes) -> FloatArray:
    persons = frozen("people", given)
    _, _, areas, years = axes.shape
    if persons.ndim != 4 or (persons.shape[0], persons.shape[3]) != (areas, years):
        found = " x ".join(map(str, persons.shape))
        raise DemandError([f"people: expected {PEOPLE_AXES} with {areas} areas and {years} years, found {found}"])
    refuse(_number_problems("people", persons))
    nobody = np.argwhere(persons.sum(axis=(1, 2)) == 0)
    refuse(
        f"people: nobody lives in {axes.areas[area]} in {axes.years[year]}; expected an area with people"
        for area, year in nobody
    )
    return persons


def _checked_rates(given: npt.ArrayLike, axes: Axes, *, groups: tuple[int, ...]) -> FloatArray:
    each = frozen("rates", given)
    if each.ndim != 4 or each.shape[0] != len(axes.points) or each.shape[1] not in (1, len(axes.areas)):
        found = " x ".join(map(str, each.shape))
        wanted = f"{RATE_AXES} with {len(axes.points)} points and {len(axes.areas)} areas"
        raise DemandError([f"rates: expected {wanted}, found {found}"])
    if each.shape[2:] != groups:
        told = [" x ".join(map(str, shape)) for shape in (groups, each.shape[2:])]
        raise DemandError([f"rates: expected {told[0]} sexes and ages, as the people have; found {told[1]}"])
    refuse(_number_problems("rates", each))
    return each


def _number_problems(name: str, array: FloatArray) -> Iterator[str]:
    if not np.isfinite(array).all():
        yield f"{name}: a number is missing or infinite"
    elif (array < 0).any():
        yield f"{name}: {array.min():g} is below 0; expected 0 or more"


def _sharing(bands: Sequence[int], *, ages: int, axes: Axes) -> FloatArray:
    """Which age is in which segment, as segments x ages of ones and noughts."""
    count = len(axes.segments)
    places = list(bands) if len(bands) else [0] * ages
    if len(places) != ages:
        raise DemandError([f"bands: expected one for each of {ages} ages, found {len(places)}"])
    if sorted(set(places)) != list(range(count)):
        raise DemandError([f"bands: expected every place from 0 to {count - 1}, for the segments {axes.segments}"])
    return np.asarray(np.arange(count)[:, np.newaxis] == np.array(places), dtype=np.float64)


def _ratio_of_people(persons: FloatArray, axes: Axes) -> FloatArray:
    totals = persons.sum(axis=(1, 2))
    return frozen("size", (totals / totals[:, :1]).reshape(1, 1, *axes.shape[2:]))


def _ratio_of_activity(activity: Activity) -> FloatArray:
    """Activity against the base year; 1 where there is none throughout."""
    values = activity.values
    base = np.broadcast_to(values[..., :1], values.shape)
    from_nothing = np.argwhere((base == 0) & (values > 0))
    refuse(
        f"activity: {activity.axes.where(cell)}: it comes from nothing in the base year, so that it has no growth"
        for cell in from_nothing[:1]
    )
    return np.asarray(np.divide(values, base, out=np.ones_like(values), where=base > 0))


def _gain_problems(gained: FloatArray, *, shape: tuple[int, ...], share: float) -> Iterator[str]:
    if gained.shape != shape:
        found, wanted = (" x ".join(map(str, one)) for one in (gained.shape, shape))
        yield f"years gained: expected sexes x ages x years, here {wanted}, found {found}"
    elif not np.isfinite(gained).all():
        yield "years gained: a number is missing or infinite"
    elif (gained[..., 0] != 0).any():
        yield "years gained: expected 0 in the base year, from which they are counted"
    if not np.isfinite(share):
        yield f"share: {share}; expected a finite number, from 0 (no years of health) to 1 (all)"
