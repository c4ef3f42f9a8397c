"""People on the lists of practices against people who live in an area: the ratio, and how far lists are inflated.

List inflation is registered less resident people. It holds people who left and are still on a list, and also those who
live elsewhere and are registered here; the numbers alone cannot tell the two apart. Payment follows the list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placeplan.population.errors import refuse
from placeplan.population.types import FloatArray, frozen

PER_CENT = 100


@dataclass(frozen=True, eq=False)
class RegisteredPeople:
    """Lists against residents, by area.

    Attributes:
        areas: codes or names.
        registered: people on the lists of the practices of each area; read-only.
        resident: people who live in each area; read-only.

    Raises:
        PopulationError: lengths differ, an area stands twice, a number is missing, infinite or negative, or nobody is
            registered or resident somewhere.
    """

    areas: tuple[str, ...]
    registered: FloatArray
    resident: FloatArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "areas", tuple(self.areas))
        for name in ("registered", "resident"):
            object.__setattr__(self, name, frozen(name, getattr(self, name)))
        refuse(self._problems())

    @property
    def ratio(self) -> FloatArray:
        """Registered for each resident person; above 1 where lists hold more people than live there."""
        return np.asarray(self.registered / self.resident)

    @property
    def inflation(self) -> FloatArray:
        """Registered less resident people; below 0 where more people live there than are registered."""
        return np.asarray(self.registered - self.resident)

    @property
    def inflation_per_cent(self) -> FloatArray:
        """Inflation per cent of resident people."""
        return PER_CENT * np.asarray(self.ratio - 1)

    def payment_effect(self, pounds_per_one_per_cent: float | npt.ArrayLike) -> FloatArray:
        """Pounds a year paid for list inflation, by area.

        Args:
            pounds_per_one_per_cent: what 1% more people on the lists of an area cost a year; one number for each area.
                A price that was stated for a whole place is shared out first, by registered people
                (``shared_by_list``).

        Raises:
            PopulationError: the numbers do not fit the areas or are not finite.
        """
        price = frozen("pounds for 1%", pounds_per_one_per_cent)
        wrong = price.shape not in ((), self.registered.shape) or not np.isfinite(price).all()
        refuse([f"pounds for 1%: expected one number or {len(self.areas)}, all finite"] if wrong else [])
        return np.asarray(PER_CENT * self.inflation / self.registered * price)

    def shared_by_list(self, pounds_per_one_per_cent: float, *, of: float) -> FloatArray:
        """What 1% more people cost in each area, where it was stated for ``of`` people on lists together."""
        return np.asarray(self.registered / of * pounds_per_one_per_cent)

    def _problems(self) -> Iterator[str]:
        twice = sorted({area for place, area in enumerate(self.areas) if area in self.areas[:place]})
        yield from (f"areas: '{area}' stands here twice; expected each once" for area in twice)
        for name, people in (("registered", self.registered), ("resident", self.resident)):
            if people.shape != (len(self.areas),):
                yield f"{name}: expected a number for each of {len(self.areas)} areas, found {people.size}"
                continue
            yield from _number_problems(name, people, areas=self.areas)


def _number_problems(name: str, people: FloatArray, *, areas: Sequence[str]) -> Iterator[str]:
    for area, number in zip(areas, people, strict=True):
        if not np.isfinite(number):
            yield f"{name}: the number for '{area}' is missing or infinite; expected people"
        elif number <= 0:
            yield f"{name}: {number:g} people in '{area}'; expected a number above 0"
