"""Rooms from contacts: sessions a week at a target utilisation, against the rooms there are.

A session is a half-day for which a room is booked. ``rooms = contacts x minutes / session minutes / (sessions a week x
weeks a year x utilisation)``.

Source: Department of Health, Health Building Note 11-01: Facilities for primary and community care services, 2013
(rooms from contacts, sessions and a utilisation).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placeplan.capacity.arrays import (
    FloatArray,
    WholeArray,
    amounts,
    by_name,
    freeze,
    occupancies,
    positive,
    shares,
    stretched,
)

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """When rooms can be booked: sessions a week, weeks a year, minutes of a session."""

    sessions_a_week: float
    weeks_a_year: float
    session_minutes: float

    def __post_init__(self) -> None:
        for name in ("sessions_a_week", "weeks_a_year", "session_minutes"):
            positive(name, getattr(self, name))

    @property
    def sessions_a_year(self) -> float:
        """Sessions for which one room can be booked in a year."""
        return self.sessions_a_week * self.weeks_a_year


@dataclass(frozen=True, eq=False, kw_only=True)
class RoomTable:
    """Rooms needed and rooms there by type of room (and year); ``sessions`` are those a year that contacts fill.

    ``used`` is the share of sessions that contacts fill in the rooms there are. Above 1 they do not fit; it is 0 where
    there is no room.
    """

    types: tuple[str, ...]
    sessions: FloatArray
    needed: FloatArray
    there: FloatArray
    used: FloatArray

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def needed_whole(self) -> WholeArray:
        """Rooms, each type rounded up."""
        return np.asarray(np.ceil(self.needed - ROUNDING).astype(np.int64))

    @property
    def gap(self) -> FloatArray:
        """Whole rooms there less whole rooms needed; negative where there are too few."""
        return np.asarray(self.there - self.needed_whole)


def sessions_needed(contacts: npt.ArrayLike, *, minutes: npt.ArrayLike, opening: Opening) -> FloatArray:
    """Sessions a year that so many contacts of so many minutes fill.

    Raises:
        CapacityInputError: a number is negative.
    """
    count, length = stretched(contacts=amounts("contacts", contacts), minutes=amounts("minutes", minutes))
    return np.asarray(count * length / opening.session_minutes)


def rooms_needed(sessions: npt.ArrayLike, *, utilisation: npt.ArrayLike, opening: Opening) -> FloatArray:
    """Rooms for so many sessions a year at a target utilisation, not rounded.

    Raises:
        CapacityInputError: a number is negative, or a utilisation is 0 or above 1.
    """
    booked, target = stretched(
        sessions=amounts("sessions", sessions), utilisation=occupancies("utilisation", utilisation)
    )
    return np.asarray(booked / (opening.sessions_a_year * target))


def room_table(
    types: Sequence[str],
    *,
    contacts: npt.ArrayLike,
    minutes: npt.ArrayLike,
    there: npt.ArrayLike,
    utilisation: npt.ArrayLike,
    opening: Opening,
) -> RoomTable:
    """Rooms needed against rooms there, by type of room on the first axis.

    Raises:
        CapacityInputError: a number cannot be, a type stands twice, or the shapes do not fit the types.
    """
    count, length, rooms, target = stretched(
        contacts=amounts("contacts", contacts),
        minutes=amounts("minutes", minutes),
        there=amounts("there", there),
        utilisation=occupancies("utilisation", utilisation),
    )
    names = by_name("types", types, array=count)
    sessions = sessions_needed(count, minutes=length, opening=opening)
    places = rooms * opening.sessions_a_year
    return RoomTable(
        types=names,
        sessions=sessions,
        needed=rooms_needed(sessions, utilisation=target, opening=opening),
        there=rooms,
        used=np.divide(sessions, places, out=np.zeros_like(sessions), where=places > 0),
    )


def rooms_to_release(rooms: npt.ArrayLike, *, used: npt.ArrayLike, target: npt.ArrayLike) -> FloatArray:
    """Rooms that could be let go, or filled with other work, if the rest were used as much as the target.

    Args:
        rooms: rooms, or square metres.
        used: share that is in use today, such as 0.34.
        target: share that should be in use.

    Returns:
        In the unit of ``rooms``; negative where use is above the target, so that more are needed.

    Raises:
        CapacityInputError: a share is below 0 or above 1, or the target is 0.
    """
    have, now, aim = stretched(
        rooms=amounts("rooms", rooms), used=shares("used", used), target=occupancies("target", target)
    )
    return np.asarray(have * (1 - now / aim))
