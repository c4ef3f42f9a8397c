"""Finds a scheme: one that comes with Placeplan by its name, or one of the user's by its file."""

from difflib import get_close_matches
from pathlib import Path

from placeplan.app.segments.definitions import read_definitions, read_scheme, read_schemes
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.schemes import Scheme

ENDINGS = (".yaml", ".yml")


def scheme_named(name: str) -> Scheme:
    """The scheme of this name, or the one in the file of this name, which ends in ``.yaml``.

    Raises:
        InputError: there is none, or the file holds no scheme that puts everybody in exactly one segment.
    """
    if name.endswith(ENDINGS):
        path = Path(name)
        if not path.is_file():
            raise InputError([Problem(Location(name), "this file does not exist", "the file of a scheme")])
        return read_scheme(path, read_definitions())
    known = {scheme.id: scheme for scheme in read_schemes()}
    if name in known:
        return known[name]
    near = get_close_matches(name.lower(), known, n=1, cutoff=0.4)
    mend = f"Did you mean {near[0]}?" if near else ""
    expected = f"one of {', '.join(known)}, or a file that ends in .yaml"
    raise InputError([Problem(Location("scheme"), f"there is no scheme '{name}'", expected, mend)])
