"""The terms on which sites are chosen: how many, at what charge, how full, which of them, and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from placeplan.capacity.siting.fairness import Fairness, GroupTravel
from placeplan.capacity.siting.types import FloatArray, Problem, SitingError, columns


@dataclass(frozen=True, eq=False, kw_only=True)
class Terms:
    """Terms that fit the problem.

    Attributes:
        number: how many sites; nothing where charges decide.
        charges: of each candidate when it is chosen.
        capacities: most demand that each candidate can serve.
        catchments: least demand that each candidate needs when it is chosen.
        forced: columns that are chosen.
        forbidden: columns that are not.
        most_new: how many sites outside the existing estate at most.
        new: columns outside the existing estate.
        fairness: whose travel counts beside everybody's.
        single_source: whether a point is served by one site.
    """

    number: int | None = None
    charges: FloatArray | None = None
    capacities: FloatArray | None = None
    catchments: FloatArray | None = None
    forced: tuple[int, ...] = ()
    forbidden: tuple[int, ...] = ()
    most_new: int | None = None
    new: tuple[int, ...] = ()
    fairness: tuple[Fairness, ...] = ()
    single_source: bool = True

    @property
    def nearest(self) -> bool:
        """Whether everybody goes to the nearest chosen site: no capacity or catchment sends them elsewhere."""
        return self.capacities is None and self.catchments is None

    @property
    def plain(self) -> bool:
        """Whether weights of people and forced and forbidden columns say all."""
        groups = all(isinstance(one, GroupTravel) and one.most == np.inf for one in self.fairness)
        return self.number is not None and self.charges is None and self.nearest and self.most_new is None and groups

    def without(self, name: str) -> "Terms":
        """The same terms but for one of ``given``."""
        if name == "fairness":
            relaxed = [replace(one, most=np.inf) for one in self.fairness]
            return replace(self, fairness=tuple(relaxed))
        empty: dict[str, Any] = {field.name: field.default for field in fields(self) if field.name == name}
        return replace(self, **empty)

    @property
    def given(self) -> tuple[str, ...]:
        """Names of the terms that can make a choice impossible."""
        filling = [name for name in ("capacities", "catchments", "most_new") if getattr(self, name) is not None]
        names = [*filling, *(name for name in ("forced", "forbidden") if getattr(self, name))]
        return (*names, "fairness") if any(one.most < np.inf for one in self.fairness) else tuple(names)


@dataclass(frozen=True, eq=False, kw_only=True)
class Limits:
    """How long a search may take, in seconds, and which share of the objective may stay open."""

    seconds: float
    gap: float

    def __post_init__(self) -> None:
        found = []
        if not self.seconds >= 0:
            found.append(f"time_limit: {self.seconds!r}; expected seconds, 0 or more")
        if not 0 <= self.gap < 1:
            found.append(f"gap: {self.gap!r}; expected a share from 0 to below 1")
        if found:
            raise SitingError(found)


def per_candidate(name: str, given: npt.ArrayLike | None, *, problem: Problem) -> FloatArray | None:
    """A number of 0 or more for each candidate; one number stands for all.

    Raises:
        SitingError: another number of them, or one below 0 or not a number.
    """
    if given is None:
        return None
    try:
        array = np.broadcast_to(np.asarray(given, dtype=np.float64), (problem.candidates,)).copy()
    except (TypeError, ValueError) as error:
        message = f"{name}: expected one number, or one for each of {problem.candidates} candidates"
        raise SitingError([message]) from error
    wrong = np.flatnonzero(~(array >= 0) | (np.isinf(array) & (name != "capacities")))
    if len(wrong):
        raise SitingError(
            [f"{name}[{column}] is {array[column]:g}; expected a number of 0 or more" for column in wrong]
        )
    return array


def estate(existing: Sequence[int] | None, *, most_new: int | None, number: int, problem: Problem) -> Terms:
    """Existing estate first: as many new sites as the estate leaves over, or as are allowed.

    Raises:
        SitingError: a column that is none, or a number of new sites below 0 or without an existing estate.
    """
    if existing is None:
        if most_new is not None:
            raise SitingError(["most_new: there is no existing estate; give its columns as existing"])
        return Terms()
    there = columns("existing", existing, problem=problem)
    allowed = max(0, number - len(there)) if most_new is None else most_new
    if isinstance(allowed, bool) or int(allowed) != allowed or allowed < 0:
        raise SitingError([f"most_new: {most_new!r}; expected a whole number of 0 or more"])
    new = tuple(sorted(set(range(problem.candidates)) - set(there)))
    return Terms(most_new=int(allowed), new=new)


def fitting(fairness: Sequence[Fairness], problem: Problem) -> tuple[Fairness, ...]:
    """Fairness that is about these demand points.

    Raises:
        SitingError: a group of another number of points, or one without demand.
    """
    found = []
    for one in fairness:
        if not isinstance(one, GroupTravel):
            continue
        if one.members.shape != problem.demand.shape:
            found.append(f"{one.name}: {len(one.members)} points; expected {problem.points}")
        elif not problem.demand[one.members].sum() > 0:
            found.append(f"{one.name}: its points have no demand")
    if found:
        raise SitingError(found)
    return tuple(fairness)
