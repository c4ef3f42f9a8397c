"""What screening and immunisation programmes have to provide in a place, year by year, and what uptake changes."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from placeplan.app.population.places import PlacePopulation
from placeplan.app.population.showing import notes_of
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.population.cohorts import CohortDemand, cohort_demand
from placeplan.population.errors import PopulationError
from placeplan.population.programmes import Programme, Programmes
from placeplan.rounds.governance import Confidence


def chosen_programmes(programmes: Programmes, wanted: Sequence[str]) -> tuple[Programme, ...]:
    """Programmes by identifier; all when none is named.

    Raises:
        InputError: one is not known; all of them are named, each with the nearest that is.
    """
    known = {one.id: one for one in programmes.programmes}
    problems = []
    for name in wanted:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            mend = f"Did you mean '{near[0]}'?" if near else ""
            expected = f"one of: {', '.join(known)}"
            problems.append(Problem(Location("programme"), f"there is no programme called '{name}'", expected, mend))
    if problems:
        raise InputError(problems)
    return tuple(known[name] for name in wanted) if wanted else tuple(known.values())


def cohorts_document(
    place: PlacePopulation, programmes: Sequence[Programme], *, years: Sequence[int], uptake: float | None = None
) -> dict[str, Any]:
    """Cohorts and demand of a place.

    Args:
        place: the place, in single years of age.
        programmes: which.
        years: which years, in any order; they have to be there.
        uptake: another uptake in per cent, beside those of the programme.

    Raises:
        InputError: a year is not there, a programme's ages lie inside bands, or the uptake is out of range.
    """
    problems: list[Problem] = []
    found: list[dict[str, Any]] = []
    try:
        people = place.whole.select(years=sorted(set(years)))
    except PopulationError as error:
        raise InputError(Problem(Location("cohorts"), message) for message in error.messages) from error
    for programme in programmes:
        try:
            found.append(_rows(cohort_demand(people, programme), uptake=uptake))
        except PopulationError as error:
            problems.extend(Problem(Location("cohorts", 0, programme.id), message) for message in error.messages)
    if problems:
        raise InputError(problems)
    return {
        "place": place.title,
        "synthetic": place.synthetic,
        "variant": place.whole.variant,
        "programmes": found,
        "notes": list(place.notes),
        "source": place.whole.source,
    }


def _rows(demand: CohortDemand, *, uptake: float | None) -> dict[str, Any]:
    programme = demand.programme
    asked = None if uptake is None else demand.at(uptake)[0]
    years = [
        {
            "year": year,
            "eligible": float(demand.eligible[0, place]),
            "invited": float(demand.invited[0, place]),
            "low": float(demand.low[0, place]),
            "expected": float(demand.expected[0, place]),
            "high": float(demand.high[0, place]),
            "per_point": float(demand.per_point[0, place]),
            **({} if asked is None else {"asked": float(asked[place])}),
        }
        for place, year in enumerate(demand.years)
    ]
    return {
        "id": programme.id,
        "title": programme.title,
        "uptake_per_cent": [
            float(one) for one in (programme.uptake.low, programme.uptake.expected, programme.uptake.high)
        ],
        "confirmed": programme.confidence is Confidence.CONFIRMED,
        "note": programme.note,
        "reference": programme.reference,
        "years": years,
    }


def cohorts_sentences(document: dict[str, Any]) -> Iterator[str]:
    """The same for a reader."""
    yield f"{document['place']}: screening and immunisation, people a year ({document['variant']})"
    for programme in document["programmes"]:
        mark = "" if programme["confirmed"] else "  [UNCONFIRMED]"
        low, expected, high = programme["uptake_per_cent"]
        yield ""
        yield f"{programme['title']}{mark}"
        yield f"  uptake {low:g}% to {high:g}%, expected {expected:g}%. {programme['note']}".rstrip()
        yield f"  {'':<6}" + "".join(
            f"{name:>12}" for name in ("eligible", "invited", "low", "expected", "high", "1 point")
        )
        for row in programme["years"]:
            cells = (row[name] for name in ("eligible", "invited", "low", "expected", "high", "per_point"))
            asked = f"   at the uptake asked for {row['asked']:,.0f}" if "asked" in row else ""
            yield f"  {row['year']:<6}" + "".join(f"{cell:>12,.0f}" for cell in cells) + asked
    yield from notes_of(document)
