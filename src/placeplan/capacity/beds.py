"""Beds from bed days: how many are needed at a target occupancy and by queueing, against how many are there.

``beds = admissions x length of stay / (days of the year x occupancy)``. A target occupancy alone says nothing of how
often no bed is free: a small ward at 85% turns away far more people than a large one. So every answer has both: beds at
the occupancy, and the fewest beds with which an arrival finds none free at most so often (Erlang-B).

Source: Bagust, Place and Posnett, Dynamics of bed use in accommodating emergency admissions: stochastic simulation
model, BMJ 1999;319:155-158; Jones, Hospital bed occupancy demystified, British Journal of Healthcare Management 2011.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placeplan.capacity.arrays import (
    FloatArray,
    WholeArray,
    amounts,
    distinct,
    fitted,
    freeze,
    occupancies,
    positive,
    probabilities,
    refuse_where,
    shares,
    stretched,
    whole_numbers,
)
from placeplan.capacity.queueing import beds_for_blocking, erlang_b, occupancy_quantile
from placeplan.kernel.periods import FinancialYear

DAYS_IN_YEAR = 365
ROUNDING = 1e-9


@dataclass(frozen=True, eq=False, kw_only=True)
class BedTable:
    """Beds needed and beds there; arrays are rows (sites, specialties or areas) x years.

    ``bed_days`` are days in a bed after those at home are taken off, ``at_home`` the days that are spent at home
    instead. ``occupied`` is the mean number of beds in use, ``needed`` beds at the target ``occupancy``,
    ``needed_by_queue`` the fewest whole beds with which an arrival finds none free with ``probability`` at most,
    ``there`` the beds that there are, ``not_free`` the probability that an arrival finds none of those free
    (Erlang-B), and ``busy_day`` the beds in use that are exceeded on one day in twenty if nobody is turned away.
    """

    rows: tuple[str, ...]
    years: tuple[FinancialYear, ...]
    bed_days: FloatArray
    at_home: FloatArray
    occupancy: FloatArray
    probability: FloatArray
    occupied: FloatArray
    needed: FloatArray
    needed_by_queue: WholeArray
    there: WholeArray
    not_free: FloatArray
    busy_day: WholeArray

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def gap(self) -> FloatArray:
        """Beds that are there less those needed at the target occupancy; negative where there are too few."""
        return np.asarray(self.there - self.needed)

    @property
    def gap_by_queue(self) -> WholeArray:
        """Beds that are there less those needed by queueing; negative where there are too few."""
        return np.asarray(self.there - self.needed_by_queue)

    @property
    def needed_whole(self) -> WholeArray:
        """Beds at the target occupancy, each row rounded up to whole beds."""
        return whole_beds(self.needed)


BUSY_DAY = 0.95


def days_in(years: Sequence[FinancialYear]) -> WholeArray:
    """Days of each financial year: 366 where 29 February lies in it, as in 2015-16."""
    return np.array([(year.last_day - year.first_day).days + 1 for year in years], dtype=np.int64)


def whole_beds(beds: npt.ArrayLike) -> WholeArray:
    """Beds rounded up; a billionth above a whole bed, as sums of decimals leave it, is that bed."""
    return np.asarray(np.ceil(amounts("beds", beds) - ROUNDING).astype(np.int64))


def beds_at_occupancy(
    bed_days: npt.ArrayLike, *, occupancy: npt.ArrayLike, days: npt.ArrayLike = DAYS_IN_YEAR
) -> FloatArray:
    """Beds with which so many bed days fill this share of them.

    Args:
        bed_days: days in a bed over the period, 0 or more; any shape, draws of an uncertain demand included.
        occupancy: target share of beds in use, above 0 and up to 1.
        days: days of the period; see ``days_in`` for leap years.

    Returns:
        Beds, not rounded.

    Raises:
        CapacityInputError: bed days are negative, an occupancy is 0 or above 1, or the shapes do not fit.
    """
    load = stretched(
        bed_days=amounts("bed_days", bed_days),
        occupancy=occupancies("occupancy", occupancy),
        days=positive("days", days),
    )
    return np.asarray(load[0] / (load[2] * load[1]))


def beds_for_admissions(
    admissions: npt.ArrayLike,
    *,
    length_of_stay: npt.ArrayLike,
    occupancy: npt.ArrayLike,
    days: npt.ArrayLike = DAYS_IN_YEAR,
) -> FloatArray:
    """Beds for admissions of a mean length of stay in days: ``admissions x stay / (days x occupancy)``.

    Raises:
        CapacityInputError: as ``beds_at_occupancy``.
    """
    return beds_at_occupancy(_bed_days(admissions, length_of_stay), occupancy=occupancy, days=days)


def bed_table(
    rows: Sequence[str],
    years: Sequence[FinancialYear],
    *,
    bed_days: npt.ArrayLike,
    there: npt.ArrayLike,
    occupancy: npt.ArrayLike,
    probability: npt.ArrayLike,
    home_share: npt.ArrayLike = 0.0,
) -> BedTable:
    """Beds needed against beds there, by row and year.

    Args:
        rows: names of sites, specialties or areas.
        years: financial years; each is divided by its own days.
        bed_days: rows x years.
        there: whole beds, rows x years, or what stretches to it: a column for beds that stay the same.
        occupancy: target share of beds in use.
        probability: how often an arrival may find no bed free.
        home_share: share of bed days that are spent at home with care instead.

    Raises:
        CapacityInputError: a name stands twice, a shape does not fit, or a number lies outside what it can be.
    """
    names = distinct("rows", rows)
    shape = {"rows": len(names), "years": len(years)}
    days = days_in(years)
    given = fitted("bed_days", amounts("bed_days", bed_days), **shape)
    home = fitted("home_share", shares("home_share", home_share), **shape)
    beds = fitted("there", whole_numbers("there", there), **shape)
    target = fitted("occupancy", occupancies("occupancy", occupancy), **shape)
    limit = fitted("probability", probabilities("probability", probability), **shape)
    stayed = given * (1 - home)
    load = stayed / days
    return BedTable(
        rows=names,
        years=tuple(years),
        bed_days=stayed,
        at_home=given * home,
        occupancy=target,
        probability=limit,
        occupied=load,
        needed=beds_at_occupancy(stayed, occupancy=target, days=days),
        needed_by_queue=beds_for_blocking(load, probability=limit),
        there=beds,
        not_free=erlang_b(beds, load),
        busy_day=occupancy_quantile(load, probability=BUSY_DAY),
    )


def spread_over_sites(needed: npt.ArrayLike, *, there: npt.ArrayLike) -> FloatArray:
    """Beds needed in a place as a whole, year by year, spread over its sites as the beds there are.

    Args:
        needed: one number for each year.
        there: beds of each site, 0 or more.

    Returns:
        Sites x years; each year adds up to what is needed.

    Raises:
        CapacityInputError: no site has a bed, so that there is nothing to spread by.
    """
    beds, total = amounts("there", there), amounts("needed", needed)
    refuse_where(beds.sum() == 0, "there: no site has a bed, so that nothing says where beds are needed")
    return np.outer(beds / beds.sum(), total)


def _bed_days(admissions: npt.ArrayLike, length_of_stay: npt.ArrayLike) -> FloatArray:
    count, stay = stretched(
        admissions=amounts("admissions", admissions), length_of_stay=amounts("length_of_stay", length_of_stay)
    )
    return np.asarray(count * stay)
