"""Staff in later years, by age band: who retires, who leaves, who grows older, who joins, who comes back.

**Order of steps**, each year, from the staff at its start: retirement, leaving (of those who did not retire), ageing,
joining, returning. Those who return left in the year before, a year older now; retired people do not return. A band of
``n`` years hands on one in ``n`` of its people each year, the last band none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from placeplan.capacity.arrays import (
    CapacityInputError,
    FloatArray,
    amounts,
    distinct,
    fitted,
    freeze,
    positive,
    shares,
)


@dataclass(frozen=True, eq=False, kw_only=True)
class StaffProjection:
    """Staff by year and age band, and every flow between the years.

    ``staff`` has one row more than there are years: the start, then the end of each year. ``retired``, ``left``,
    ``aged`` (net: those who came from the band below less those who went on), ``returned`` and each of ``joined`` are
    years x bands.
    """

    bands: tuple[str, ...]
    staff: FloatArray
    retired: FloatArray
    left: FloatArray
    aged: FloatArray
    returned: FloatArray
    joined: Mapping[str, FloatArray]

    def __post_init__(self) -> None:
        freeze(self)
        object.__setattr__(self, "joined", MappingProxyType(dict(self.joined)))

    @property
    def total(self) -> FloatArray:
        """Staff of all ages, at the start and at the end of each year."""
        return np.asarray(self.staff.sum(axis=1))

    @property
    def all_joined(self) -> FloatArray:
        """Everybody who joined, by year and band."""
        return np.asarray(sum(self.joined.values(), np.zeros_like(self.left)))

    @property
    def share_in_last_bands(self) -> FloatArray:
        """Share of staff in the last two bands, each year: those who are next to retire."""
        return np.asarray(self.staff[:, -2:].sum(axis=1) / np.maximum(self.total, np.finfo(float).tiny))


def projected_staff(
    bands: Sequence[str],
    headcount: npt.ArrayLike,
    *,
    band_years: npt.ArrayLike,
    retiring: npt.ArrayLike,
    leaving: npt.ArrayLike,
    joining: Mapping[str, npt.ArrayLike],
    returning: npt.ArrayLike,
    years: int,
) -> StaffProjection:
    """Project staff by age band.

    Args:
        bands: names of the age bands, youngest first.
        headcount: people in each band at the start.
        band_years: how many years of age each band spans; that of the last is not used.
        retiring: share of each band that retires in a year; bands, or years x bands.
        leaving: share of those who did not retire that leaves in a year; bands, or years x bands.
        joining: people who join in a year, by how they come (recruited, trained, …); bands, or years x bands.
        returning: share of those who left in the year before that comes back.
        years: how many years, from 1.

    Raises:
        CapacityInputError: a share or a count cannot be, or a shape does not fit.
    """
    names = distinct("bands", bands)
    if years < 1:
        raise CapacityInputError(f"years: expected at least one, found {years}.")
    start = fitted("headcount", amounts("headcount", headcount), bands=len(names))
    spans = fitted("band_years", positive("band_years", band_years), bands=len(names))
    flow = {"years": years, "bands": len(names)}
    flows = _Flows(
        on=1 / np.append(spans[:-1], np.inf),
        retiring=fitted("retiring", shares("retiring", retiring), **flow),
        leaving=fitted("leaving", shares("leaving", leaving), **flow),
        returning=fitted("returning", shares("returning", returning), **flow),
        joining={
            how: fitted(f"joining, {how}", amounts(f"joining, {how}", each), **flow) for how, each in joining.items()
        },
    )
    return flows.run(names, start, years=years)


@dataclass(frozen=True, eq=False, slots=True)
class _Flows:
    """Rates of every step; ``on`` is the share of each band that grows out of it in a year."""

    on: FloatArray
    retiring: FloatArray
    leaving: FloatArray
    returning: FloatArray
    joining: Mapping[str, FloatArray]

    def run(self, bands: tuple[str, ...], start: FloatArray, *, years: int) -> StaffProjection:
        staff = np.vstack([start, np.zeros((years, len(bands)))])
        retired, left, aged, returned = np.zeros((4, years, len(bands)))
        away = np.zeros(len(bands))
        for year in range(years):
            people = staff[year]
            retired[year] = people * self.retiring[year]
            left[year] = (people - retired[year]) * self.leaving[year]
            stayed = people - retired[year] - left[year]
            aged[year] = self._older(stayed) - stayed
            returned[year] = away * self.returning[year]
            joined = sum(each[year] for each in self.joining.values())
            staff[year + 1] = stayed + aged[year] + joined + returned[year]
            away = self._older(left[year])
        return StaffProjection(
            bands=bands, staff=staff, retired=retired, left=left, aged=aged, returned=returned, joined=self.joining
        )

    def _older(self, people: FloatArray) -> FloatArray:
        """The same people a year later."""
        moved = people * self.on
        return np.asarray(people - moved + np.concatenate([[0.0], moved[:-1]]))
