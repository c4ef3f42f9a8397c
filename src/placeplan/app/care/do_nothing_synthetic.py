"""An invented place for when there is no data folder: people and rates by the curves of its definition file.

Nothing here is drawn or measured, so that it is the same everywhere. It is labelled synthetic.
"""

from collections.abc import Sequence

import numpy as np

from placeplan.app.care.do_nothing_definitions import read_groups, read_invented_place
from placeplan.app.care.do_nothing_files import AGES, FIRST_AGE, SEXES
from placeplan.app.care.do_nothing_inputs import DemandInputs
from placeplan.demand.activity import FloatArray
from placeplan.demand.points import InventedDistrict, InventedPlace, InventedRate
from placeplan.kernel.errors import InputError, Location, Problem


def synthetic_inputs(*, until: str = "", variants: bool = False) -> DemandInputs:
    """The invented place, with its other projections where they are asked for.

    Raises:
        InputError: the last year is not one that it has.
    """
    place = read_invented_place()
    years = _years(place, until)
    groups = tuple(group.id for group in read_groups().groups)
    by_group = {rate.group: _rate(place, rate) for rate in place.rates}
    rates = np.stack([np.stack([by_group[group]] * len(place.districts)) for group in groups])
    names = tuple(district.name for district in place.districts)
    people = np.stack([_people(place, district, years=years) for district in place.districts])
    passed = np.array(years, dtype=np.float64) - years[0]
    others = {one.name: people * (1 + float(one.growth)) ** passed for one in place.variants}
    return DemandInputs(
        title=place.title,
        areas=names,
        names=names,
        groups=groups,
        years=tuple(map(str, years)),
        people=people,
        rates=rates,
        smooth_rates=rates,
        gained=_gained(place, years),
        synthetic=True,
        sources=("Made-up curves",),
        notes=(f"Adults of {FIRST_AGE} and over of a place that does not exist.",),
        variants=others if variants else {},
    )


def _years(place: InventedPlace, until: str) -> Sequence[int]:
    first, last = place.first_year, place.last_year
    if until and not (until.isdigit() and first < int(until) <= last):
        message = f"'{until}' is no last year that can be reached"
        raise InputError([Problem(Location("until"), message, f"a year from {first + 1} to {last}")])
    return range(first, int(until or last) + 1)


def _people(place: InventedPlace, district: InventedDistrict, *, years: Sequence[int]) -> FloatArray:
    """Sexes x ages x years: as many at every age until old age takes them, later year by year."""
    passed = np.array(years, dtype=np.float64) - years[0]
    half = float(place.half_left_at) + float(district.older) + float(place.later_each_year) * passed
    left = 1 / (1 + np.exp((np.array(AGES)[:, np.newaxis] - half) / float(place.within_years)))
    people = float(district.at_each_age) * left * (1 + float(district.growth)) ** passed
    return _by_sex(place, people)


def _rate(place: InventedPlace, rate: InventedRate) -> FloatArray:
    share = (np.array(AGES, dtype=np.float64) - AGES[0]) / (AGES[-1] - AGES[0])
    return _by_sex(place, float(rate.young) + float(rate.added) * share ** float(rate.steep))


def _by_sex(place: InventedPlace, of_men: FloatArray) -> FloatArray:
    return np.stack([of_men * float(place.women) if sex == "f" else of_men for sex in SEXES])


def _gained(place: InventedPlace, years: Sequence[int]) -> FloatArray:
    gained = np.zeros((len(SEXES), len(AGES), len(years)))
    passed = np.array(years, dtype=np.float64) - years[0]
    gained[:, place.gain_from_age - FIRST_AGE :, :] = float(place.gain_each_year) * passed
    return gained
