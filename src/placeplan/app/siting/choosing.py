"""Hubs chosen for a place, for one number after another, and what each choice means for whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from placeplan.app.siting.definitions import read_siting
from placeplan.app.siting.places import SitingPlace
from placeplan.capacity.siting import (
    FrontierPoint,
    GroupTravel,
    SiteReason,
    Siting,
    SitingError,
    WorstOffTravel,
    frontier,
    mean_travel,
    why_chosen,
)
from placeplan.capacity.siting.fairness import Fairness
from placeplan.capacity.siting.types import BoolArray, FloatArray
from placeplan.kernel.errors import InputError, Location, Problem

MOST_NAMED = 3
DEPRIVED_NAME, WORST_NAME = "the most deprived fifth", "the worst-off tenth"


@dataclass(frozen=True, slots=True, kw_only=True)
class HubRequest:
    """What is wanted of the hubs.

    Attributes:
        numbers: of hubs.
        forced: candidates, by identifier or name, that must be chosen.
        forbidden: those that must not.
        existing_first: whether new sites come only after the existing estate.
        capacity: people whom one hub can serve.
        catchment: people whom one hub needs.
        deprived_weight: how much more travel of the most deprived fifth counts.
        deprived_most: minutes that it may travel on average.
        worst_weight: how much travel of the worst-off tenth counts.
        worst_most: minutes that it may travel on average.
        within: minutes for which the share of people within reach is told.
        time_limit: seconds for each number of hubs.
        gap: share of the objective that may stay open.
    """

    numbers: tuple[int, ...]
    forced: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    existing_first: bool = False
    capacity: float | None = None
    catchment: float | None = None
    deprived_weight: float = 0.0
    deprived_most: float | None = None
    worst_weight: float = 0.0
    worst_most: float | None = None
    within: float = 20.0
    time_limit: float = 60.0
    gap: float = 0.0


@dataclass(frozen=True, eq=False)
class HubChoice:
    """The hubs of one number, and minutes of travel: mean, of the most deprived fifth, of the worst-off tenth, longest.

    Numbers are ``None`` where there is no choice. ``within`` is the share of people within reach.
    """

    number: int
    siting: Siting
    mean: float | None = None
    most_deprived: float | None = None
    worst_off: float | None = None
    furthest: float | None = None
    within: float | None = None


def chosen_hubs(place: SitingPlace, request: HubRequest) -> tuple[HubChoice, ...]:
    """The best hubs for each number.

    Raises:
        InputError: a candidate is not known, or the numbers do not fit; each with its message.
    """
    forced, forbidden = (columns_of(place, names) for names in (request.forced, request.forbidden))
    try:
        points = frontier(
            place.minutes,
            place.people,
            request.numbers,
            time_limit=request.time_limit,
            gap=request.gap,
            forced=forced,
            forbidden=forbidden,
            existing=[number for number, one in enumerate(place.candidates) if one.estate]
            if request.existing_first
            else None,
            capacities=request.capacity,
            catchments=request.catchment,
            fairness=tuple(_fairness(place, request)),
        )
    except SitingError as error:
        raise InputError(Problem(Location("siting"), message) for message in error.messages) from error
    return tuple(_measured(place, point, within=request.within) for point in points)


def reasons_for(place: SitingPlace, choice: HubChoice, *, request: HubRequest) -> tuple[SiteReason, ...]:
    """Why each hub of a choice is there; none where there is no choice."""
    if not choice.siting.sites:
        return ()
    forced, forbidden = (columns_of(place, names) for names in (request.forced, request.forbidden))
    return why_chosen(
        place.minutes,
        place.people,
        choice.siting.sites,
        forced=forced,
        forbidden=forbidden,
        assignment=choice.siting.assignment,
    )


def most_deprived(place: SitingPlace) -> BoolArray:
    """The areas with the highest deprivation that hold a fifth of the people of the place, as nearly as areas allow."""
    share = float(read_siting().fairness.most_deprived)
    order = np.argsort(place.ranks, kind="stable")
    before = np.cumsum(place.people[order]) - place.people[order]
    found = np.zeros(len(order), dtype=bool)
    found[order] = before + place.people[order] / 2 <= share * place.people.sum()
    return found


def columns_of(place: SitingPlace, names: Sequence[str]) -> list[int]:
    """Columns of candidates by identifier or name.

    Raises:
        InputError: one is not known; the message names the nearest.
    """
    known = {one.id.casefold(): number for number, one in enumerate(place.candidates)}
    known |= {one.name.casefold(): number for number, one in enumerate(place.candidates)}
    unknown = [name for name in names if name.casefold() not in known]
    if unknown:
        raise InputError(_not_known(name, known) for name in unknown)
    return [known[name.casefold()] for name in dict.fromkeys(names)]


def _not_known(name: str, known: dict[str, int]) -> Problem:
    near = get_close_matches(name.casefold(), known, n=MOST_NAMED) or sorted(known)[:MOST_NAMED]
    return Problem(
        Location("candidates"), f"there is no candidate called '{name}'", "", f"Did you mean {', '.join(near)}?"
    )


def _fairness(place: SitingPlace, request: HubRequest) -> Iterator[Fairness]:
    if request.deprived_weight or request.deprived_most is not None:
        yield GroupTravel(
            who=most_deprived(place),
            weight=request.deprived_weight,
            most=np.inf if request.deprived_most is None else request.deprived_most,
            name=DEPRIVED_NAME,
        )
    if request.worst_weight or request.worst_most is not None:
        yield WorstOffTravel(
            share=float(read_siting().fairness.worst_off),
            weight=request.worst_weight,
            most=np.inf if request.worst_most is None else request.worst_most,
            name=WORST_NAME,
        )


def travel(place: SitingPlace, siting: Siting) -> FloatArray:
    """Minutes of each area to the hub that serves it."""
    found: FloatArray = place.minutes[np.arange(len(place.areas)), siting.assignment]
    return found


def _measured(place: SitingPlace, point: FrontierPoint, *, within: float) -> HubChoice:
    if not point.siting.sites:
        return HubChoice(point.number, point.siting)
    minutes = travel(place, point.siting)
    shares = read_siting().fairness
    return HubChoice(
        number=point.number,
        siting=point.siting,
        mean=float(np.average(minutes, weights=place.people)),
        most_deprived=mean_travel(minutes, place.people, of=GroupTravel(who=most_deprived(place))),
        worst_off=mean_travel(minutes, place.people, of=WorstOffTravel(share=float(shares.worst_off))),
        furthest=float(minutes[place.people > 0].max()),
        within=float(place.people[minutes <= within].sum() / place.people.sum()),
    )
