"""The hub question of a place answered: tables, sentences, data, pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.siting.choosing import HubChoice, HubRequest, chosen_hubs, most_deprived, reasons_for
from placeplan.app.siting.pictures import hub_map, hub_travel
from placeplan.app.siting.places import SitingPlace
from placeplan.capacity.siting import SiteReason, Status
from placeplan.datasets.folder import DataFolder
from placeplan.reports.pictures.picture import StatisticalPicture

SYNTHETIC, ESTIMATED = "Synthetic", "Estimated minutes"
DASH = "–"


@dataclass(frozen=True, slots=True)
class Shown:
    """Which number of hubs is told in full, and whether pictures are drawn."""

    explained: int | None = None
    drawn: bool = False


def hub_answer(
    place: SitingPlace, request: HubRequest, *, shown: Shown, folder: DataFolder | None = None
) -> CapacityAnswer:
    """Hubs for each number; for one number why each hub is there.

    Args:
        place: the place.
        request: what is wanted of the hubs.
        shown: what is told in full.
        folder: the data folder, for outlines of areas on the map.

    Raises:
        InputError: a candidate or a number does not fit.
    """
    choices = chosen_hubs(place, request)
    told = next((one for one in choices if one.number == shown.explained), choices[-1])
    reasons = reasons_for(place, told, request=request)
    marks = (SYNTHETIC,) if place.synthetic else (ESTIMATED,)
    pictures: tuple[StatisticalPicture, ...] = ()
    if shown.drawn:
        pictures = (hub_map(place, told, folder=folder, marks=marks), hub_travel(place, choices, marks=marks))
    return CapacityAnswer(
        title=f"{place.title}: where {_numbers(choices)} hubs reach people best",
        says=(*place.notes, _fifth(place), *_room(request), f"Source: {place.source}"),
        tables=tuple(
            filter(None, (_frontier(choices, request), _where(place, choices), _why(place, told, reasons=reasons)))
        ),
        document=_document(place, choices, told=told, reasons=reasons, request=request),
        marks=marks,
        findings=tuple(_findings(choices)),
        pictures=pictures,
    )


def _numbers(choices: Sequence[HubChoice]) -> str:
    first, last = choices[0].number, choices[-1].number
    return str(first) if first == last else f"{first} to {last}"


def _fifth(place: SitingPlace) -> str:
    who = most_deprived(place)
    return (
        f"The most deprived fifth are {place.people[who].sum():,.0f} of {place.people.sum():,.0f} people: those in the "
        f"{int(who.sum())} areas of the place with the highest deprivation."
    )


def _room(request: HubRequest) -> tuple[str, ...]:
    if request.capacity is None and request.catchment is None:
        return ()
    return ("People go where there is room. What a hub saves is told for people who go to the nearest of the others.",)


def _minutes(value: float | None) -> str:
    return DASH if value is None else f"{value:.1f}"


def _frontier(choices: Sequence[HubChoice], request: HubRequest) -> TextTable:
    headings = ("Hubs", "Mean", "Most deprived fifth", "Worst-off tenth", "Furthest", f"Within {request.within:g} min")
    rows = []
    for one in choices:
        within = DASH if one.within is None else f"{one.within:.1%}"
        cells = [_minutes(value) for value in (one.mean, one.most_deprived, one.worst_off, one.furthest)]
        gap = DASH if not one.siting.sites else f"{one.siting.gap:.2%}"
        rows.append((str(one.number), *cells, within, str(one.siting.status), gap))
    return TextTable((*headings, "Status", "Gap"), tuple(rows))


def _where(place: SitingPlace, choices: Sequence[HubChoice]) -> TextTable:
    rows = [
        (str(one.number), "; ".join(place.candidates[site].name for site in one.siting.sites) or DASH)
        for one in choices
    ]
    return TextTable(("Hubs", "Where"), tuple(rows), left=2)


def _why(place: SitingPlace, told: HubChoice, *, reasons: Sequence[SiteReason]) -> TextTable | None:
    if not reasons:
        return None
    rows = []
    for one in reasons:
        site = place.candidates[one.site]
        people = float(place.people.sum())
        instead = DASH if one.instead is None else place.candidates[one.instead].name
        later = DASH if one.instead is None else f"{one.lost_instead / people:+.2f}"
        without = f"{one.lost / people:+.2f}" if one.lost < float("inf") else "not reached"
        why = "forced" if one.forced else ("existing estate" if site.estate else "")
        rows.append((site.name, f"{one.served:,.0f}", f"{len(one.points):,}", without, later, f" {instead}", f" {why}"))
    headings = ("Why each of these hubs", "People", "Areas", "Mean without it", "Mean with next best", " Next best", "")
    return TextTable((f"{headings[0]} ({told.number})", *headings[1:]), tuple(rows))


def _findings(choices: Sequence[HubChoice]) -> list[str]:
    found = [f"{one.number} hubs: {reason}." for one in choices for reason in one.siting.reasons]
    late = [one for one in choices if one.siting.status is Status.FEASIBLE and one.siting.sites]
    return [*found, *(f"{one.number} hubs: time ran out; up to {one.siting.gap:.2%} better may exist." for one in late)]


def _document(
    place: SitingPlace,
    choices: Sequence[HubChoice],
    *,
    told: HubChoice,
    reasons: Sequence[SiteReason],
    request: HubRequest,
) -> dict[str, Any]:
    return {
        "place": place.title,
        "synthetic": place.synthetic,
        "unit": "minutes",
        "people": float(place.people.sum()),
        "candidates": len(place.candidates),
        "minutes_measured_to": [one.id for one, known in zip(place.candidates, place.measured, strict=True) if known],
        "within_minutes": request.within,
        "choices": [_choice(place, one) for one in choices],
        "explained": {"number": told.number, "hubs": [_reason(place, one) for one in reasons]},
        "notes": list(place.notes),
        "source": place.source,
    }


def _choice(place: SitingPlace, one: HubChoice) -> dict[str, Any]:
    known = bool(one.siting.sites)
    return {
        "number": one.number,
        "status": str(one.siting.status),
        "objective": one.siting.objective if known else None,
        "bound": one.siting.bound if one.siting.bound == one.siting.bound else None,
        "gap": one.siting.gap if known else None,
        "method": one.siting.method,
        "hubs": [
            {"id": place.candidates[site].id, "name": place.candidates[site].name, "kind": place.candidates[site].kind}
            for site in one.siting.sites
        ],
        "mean": one.mean,
        "most_deprived_fifth": one.most_deprived,
        "worst_off_tenth": one.worst_off,
        "furthest": one.furthest,
        "share_within": one.within,
        "reasons": list(one.siting.reasons),
    }


def _reason(place: SitingPlace, one: SiteReason) -> dict[str, Any]:
    reached = one.lost < float("inf")
    return {
        "id": place.candidates[one.site].id,
        "name": place.candidates[one.site].name,
        "people": one.served,
        "areas": [place.areas[point] for point in one.points],
        "mean_without": one.lost / float(place.people.sum()) if reached else None,
        "next_best": None if one.instead is None else place.candidates[one.instead].id,
        "mean_with_next_best": None if one.instead is None else one.lost_instead / float(place.people.sum()),
        "forced": one.forced,
    }
