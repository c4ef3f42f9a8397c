"""Travel where nobody has measured it: minutes from straight distance, fitted to journeys that have been measured."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placeplan.capacity.siting.types import FloatArray, SitingError

EARTH_KM = 6371.0088
FEWEST = 10


@dataclass(frozen=True, slots=True)
class TravelFit:
    """Minutes as a start and so many for each kilometre of straight distance, by least squares.

    Attributes:
        start: minutes of a journey of no distance.
        per_km: minutes for each kilometre.
        pairs: measured journeys that it is fitted to.
        mean_error: by how many minutes a fitted journey is out on average, whichever way.
        longest_km: journeys further than this were left out.
    """

    start: float
    per_km: float
    pairs: int
    mean_error: float
    longest_km: float

    def minutes(self, km: npt.ArrayLike) -> FloatArray:
        """Minutes for straight distances."""
        return np.asarray(self.start + self.per_km * np.asarray(km, dtype=np.float64), dtype=np.float64)


def straight_km(points: tuple[npt.ArrayLike, npt.ArrayLike], sites: tuple[npt.ArrayLike, npt.ArrayLike]) -> FloatArray:
    """Distance over the earth in kilometres, points by sites.

    Args:
        points: latitudes and longitudes in degrees.
        sites: the same of sites.
    """
    north, east = (np.radians(np.asarray(one, dtype=np.float64))[:, np.newaxis] for one in points)
    to_north, to_east = (np.radians(np.asarray(one, dtype=np.float64))[np.newaxis, :] for one in sites)
    half = np.sin((to_north - north) / 2) ** 2
    half = half + np.cos(north) * np.cos(to_north) * np.sin((to_east - east) / 2) ** 2
    km: FloatArray = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return km


def fitted_travel(km: npt.ArrayLike, minutes: npt.ArrayLike, *, longest_km: float) -> TravelFit:
    """Fit minutes to straight distance over measured journeys.

    Args:
        km: straight distance of each journey.
        minutes: measured; a journey that is not known is left out.
        longest_km: journeys further than this are left out, since long ones are on faster roads.

    Raises:
        SitingError: too few journeys, or minutes that do not grow with distance.
    """
    distance, taken = np.asarray(km, dtype=np.float64).ravel(), np.asarray(minutes, dtype=np.float64).ravel()
    used = np.isfinite(distance) & np.isfinite(taken) & (distance <= longest_km)
    if used.sum() < FEWEST:
        message = f"travel: {int(used.sum())} measured journeys of up to {longest_km:g} km"
        raise SitingError([f"{message}; expected {FEWEST} or more to fit minutes to distance"])
    distance, taken = distance[used], taken[used]
    table = np.column_stack([np.ones_like(distance), distance])
    (start, per_km), *_ = np.linalg.lstsq(table, taken, rcond=None)
    if start < 0:
        start, per_km = 0.0, float(distance @ taken / (distance @ distance))
    if not per_km > 0:
        raise SitingError(["travel: measured minutes do not grow with distance"])
    error = float(np.abs(start + per_km * distance - taken).mean())
    return TravelFit(float(start), float(per_km), int(used.sum()), error, longest_km)
