"""A place for people to live in: small areas with ages and deprivation, practices with lists, who goes where."""

from dataclasses import dataclass

import numpy as np

from placeplan.segments.synthetic.arrays import Floats, Ints, Rows, Texts, Wholes

NEAREST = 12
# Willingness to travel falls by e for each of so many kilometres; Placeplan's own round figure.
REACH_KM = 1.8
ROUNDS = 60
TENTHS = 10


@dataclass(frozen=True, eq=False)
class Practices:
    """Practices: codes, the cluster of each, and people on each list."""

    codes: tuple[str, ...]
    clusters: tuple[str, ...]
    lists: Floats


@dataclass(frozen=True, eq=False)
class Areas:
    """Small areas: codes, the larger area of each, tenths of deprivation (1 most deprived), and people.

    ``people`` has a row for each area and a column for each year of age; the last is an open band.
    ``share_female`` has a row for each tenth of deprivation and the same columns.
    """

    codes: tuple[str, ...]
    within: tuple[str, ...]
    deciles: Ints
    people: Floats
    share_female: Floats


@dataclass(frozen=True, eq=False)
class Attendance:
    """Which practices the people of each area go to: the nearest ones, and the share that goes to each."""

    practices: Ints
    shares: Floats


@dataclass(frozen=True, eq=False)
class SyntheticPlace:
    """A place. ``real`` says whether its areas and practices exist; its people never do."""

    id: str
    title: str
    real: bool
    source: str
    areas: Areas
    practices: Practices
    attendance: Attendance

    @property
    def people(self) -> int:
        """How many people really live there, or were invented for it."""
        return round(float(self.areas.people.sum()))


def attendance(areas: Areas, practices: Practices, *, candidates: Ints, kilometres: Floats) -> Attendance:
    """Shares of the people of each area at each of its candidate practices, so that lists come near their sizes.

    A gravity model whose margins are fitted in turn (Deming and Stephan 1940): nearness falls with distance, and each
    round brings the practices to their share of all lists and then the areas back to all of their people.

    Args:
        areas: where people live.
        practices: their lists.
        candidates: for each area the numbers of the practices that are near.
        kilometres: how far each of them is.
    """
    living = areas.people.sum(axis=1)
    wanted = practices.lists * living.sum() / practices.lists.sum()
    shares = np.exp(-kilometres / REACH_KM) * practices.lists[candidates] + np.finfo(float).tiny
    shares /= shares.sum(axis=1, keepdims=True)
    for _ in range(ROUNDS):
        got = np.bincount(candidates.ravel(), weights=(shares * living[:, None]).ravel(), minlength=len(wanted))
        factor = np.divide(wanted, got, out=np.ones_like(wanted), where=got > 0)
        shares = shares * factor[candidates]
        shares /= shares.sum(axis=1, keepdims=True)
    return Attendance(candidates, shares)


def nearest(areas: tuple[Floats, Floats], practices: tuple[Floats, Floats]) -> tuple[Ints, Floats]:
    """For each area the numbers of its nearest practices and how many kilometres away they are.

    Args:
        areas: latitude and longitude of each area.
        practices: latitude and longitude of each practice.
    """
    degree = 111.2
    north = (areas[0][:, None] - practices[0][None, :]) * degree
    east = (areas[1][:, None] - practices[1][None, :]) * degree * np.cos(np.deg2rad(areas[0]))[:, None]
    kilometres = np.hypot(north, east)
    order = np.argsort(kilometres, axis=1, kind="stable")[:, :NEAREST]
    return order, np.take_along_axis(kilometres, order, axis=1)


def areas_table(place: SyntheticPlace) -> Rows:
    """The small areas as the contract has them."""
    areas = place.areas
    every = np.arange(len(areas.codes))
    return {
        "small_area": Texts(areas.codes, every),
        "area": Texts(areas.within, every),
        "deprivation_decile": Wholes(areas.deciles),
    }


def practices_table(place: SyntheticPlace) -> Rows:
    """The practices as the contract has them."""
    practices = place.practices
    every = np.arange(len(practices.codes))
    return {"practice": Texts(practices.codes, every), "cluster": Texts(practices.clusters, every)}
