"""Small populations for tests."""

import numpy as np

from placeplan.population.types import PopulationTable


def table_of(people: object = None, **changed: object) -> PopulationTable:
    """Two districts, two sexes, four bands of ages, three years; every number differs from every other."""
    given: dict[str, object] = {
        "areas": ("E1", "E2"),
        "sexes": ("f", "m"),
        "ages": (0, 16, 65, 85),
        "years": (2015, 2016, 2017),
        "area_names": {"E1": "Weald", "E2": "Marsh"},
    } | changed
    shape = tuple(len(given[axis]) for axis in ("areas", "sexes", "ages", "years"))  # type: ignore[arg-type]
    numbers = np.arange(1.0, np.prod(shape) + 1).reshape(shape) if people is None else people
    return PopulationTable(people=numbers, **given)  # type: ignore[arg-type]
