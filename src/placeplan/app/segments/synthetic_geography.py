"""The place that synthetic people live in: real small areas and practices from a data folder, or invented ones."""

from difflib import get_close_matches
from pathlib import Path

from placeplan.app.segments.synthetic_models import read_models, read_places
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.synthetic.invented import invented_place
from placeplan.segments.synthetic.models import NamedPlace
from placeplan.segments.synthetic.places import SyntheticPlace


def named_place(place_id: str) -> NamedPlace:
    """The place of this identifier.

    Raises:
        InputError: there is none; the message names the nearest.
    """
    known = {place.id: place for place in read_places().places}
    if place_id in known:
        return known[place_id]
    near = get_close_matches(place_id.lower(), known, n=3, cutoff=0.5) or sorted(known)
    message = f"there is no place called '{place_id}'"
    raise InputError([Problem(Location("place"), message, "", f"Did you mean {', '.join(near)}?")])
