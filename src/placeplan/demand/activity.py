"""Activity on its axes, and the attribution of a change in it to named parts that add up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from placeplan.demand.axes import WORDS, Axes
from placeplan.demand.errors import DemandError, refuse

FloatArray = npt.NDArray[np.float64]
CLOSES_WITHIN = 1e-9
SHOWN = 5


def frozen(name: str, given: npt.ArrayLike) -> FloatArray:
    """A read-only copy as floats.

    Raises:
        DemandError: something in it is not a number.
    """
    try:
        array = np.array(given, dtype=np.float64, order="C")
    except (TypeError, ValueError) as error:
        raise DemandError([f"{name}: expected numbers in rows of one length ({error})"]) from error
    array.flags.writeable = False
    return array


@dataclass(frozen=True, eq=False)
class Activity:
    """How much care: one number for each point of delivery, segment, area and year.

    Attributes:
        axes: what the positions mean.
        values: events a year (attendances, admissions, bed days, appointments, contacts), in the order of the axes;
            read-only.

    Raises:
        DemandError: the shape does not fit the axes, or a value is missing, infinite or below zero; each is named by
            its cell.
    """

    axes: Axes
    values: FloatArray

    def __post_init__(self) -> None:
        values = frozen("activity", self.values)
        if values.shape != self.axes.shape:
            raise DemandError([f"activity: expected {_by(self.axes.shape)} by its axes, found {_by(values.shape)}"])
        refuse(_cell_problems(values, self.axes))
        object.__setattr__(self, "values", values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Activity):
            return NotImplemented
        return self.axes == other.axes and bool(np.array_equal(self.values, other.values))

    def total(
        self, *, point: str | None = None, segment: str | None = None, area: str | None = None, year: str | None = None
    ) -> float:
        """The sum over everything that is not named: ``total(point="elective-admissions", year="2018-19")``.

        Raises:
            DemandError: a name is not on its axis.
        """
        asked = {"points": point, "segments": segment, "areas": area, "years": year}
        index = tuple(slice(None) if one is None else self.axes.position(axis, one) for axis, one in asked.items())
        return float(self.values[index].sum())


@dataclass(frozen=True, eq=False)
class Change:
    """One named change and its own effect: what it does alone, to the base, with nothing else changed.

    Attributes:
        name: identifier of the adjustment or intervention.
        own: the difference that it makes, signed, in the shape of the base; read-only.
    """

    name: str
    own: FloatArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "own", frozen(self.name, self.own))


@dataclass(frozen=True, eq=False)
class Attribution:
    """From a base to a total by named changes: ``base + own effects + interaction = total``.

    The interaction is what the changes do together beyond what each does alone. Taking a change away takes away its own
    effect and alters the interaction, and nothing else.

    Attributes:
        base: before any change; activity, or money, of any shape.
        changes: each with its own effect from the base, in the order to be shown.
        interaction: what is left to the total.
        total: after all of them.

    Raises:
        DemandError: shapes differ, a name stands twice, a number is missing, or the parts do not add up within 1e-9 of
            the largest of them.
    """

    base: FloatArray
    changes: tuple[Change, ...]
    interaction: FloatArray
    total: FloatArray

    def __post_init__(self) -> None:
        for part in ("base", "interaction", "total"):
            object.__setattr__(self, part, frozen(part, getattr(self, part)))
        object.__setattr__(self, "changes", tuple(self.changes))
        refuse(self._shape_problems())
        refuse(self._sum_problems())

    @classmethod
    def of(cls, base: npt.ArrayLike, own: Mapping[str, npt.ArrayLike], *, total: npt.ArrayLike) -> Self:
        """Give what is left of ``total`` to the interaction.

        Args:
            base: before any change.
            own: effect of each change alone, by name.
            total: after all changes.

        Raises:
            DemandError: see the class.
        """
        changes = tuple(Change(name, frozen(name, effect)) for name, effect in own.items())
        start, end = frozen("base", base), frozen("total", total)
        wrong = [change.name for change in changes if change.own.shape != end.shape]
        refuse(f"attribution: '{name}' has another shape than the total" for name in wrong)
        rest = end - start
        for change in changes:
            rest = rest - change.own
        return cls(start, changes, rest, end)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the changes, in order."""
        return tuple(change.name for change in self.changes)

    def own(self, name: str) -> FloatArray:
        """Own effect of one change.

        Raises:
            DemandError: there is no such change.
        """
        for change in self.changes:
            if change.name == name:
                return change.own
        raise DemandError([f"'{name}' is not among the changes; expected one of: {', '.join(self.names)}"])

    def summed(self, axis: int | tuple[int, ...] | None = None) -> "Attribution":
        """The same, added up along axes (all of them where none is given); it still closes."""
        changes = tuple(Change(change.name, change.own.sum(axis=axis)) for change in self.changes)
        return Attribution(
            self.base.sum(axis=axis), changes, self.interaction.sum(axis=axis), self.total.sum(axis=axis)
        )

    @property
    def discrepancy(self) -> float:
        """The most by which base, own effects and interaction miss the total; zero but for rounding."""
        return float(np.abs(self._sum_of_parts() - self.total).max(initial=0.0))

    def _sum_of_parts(self) -> FloatArray:
        parts = self.base + self.interaction
        for change in self.changes:
            parts = parts + change.own
        return parts

    def _shape_problems(self) -> Iterator[str]:
        twice = {name for place, name in enumerate(self.names) if name in self.names[:place]}
        yield from (f"attribution: '{name}' stands here twice; expected each change once" for name in sorted(twice))
        parts = [("base", self.base), *((change.name, change.own) for change in self.changes)]
        parts += [("interaction", self.interaction), ("total", self.total)]
        for name, part in parts:
            if part.shape != self.base.shape:
                yield f"attribution: '{name}' is {_by(part.shape)}; expected {_by(self.base.shape)} as the base"
            if not np.isfinite(part).all():
                yield f"attribution: '{name}' has a missing or infinite number"

    def _sum_problems(self) -> Iterator[str]:
        every = [self.base, self.total, self.interaction, *(change.own for change in self.changes)]
        largest = max(1.0, *(float(np.abs(part).max(initial=0.0)) for part in every))
        if self.discrepancy > CLOSES_WITHIN * largest:
            yield f"attribution: the parts miss the total by {self.discrepancy:g}; expected them to add up"


def cut_of(
    attribution: Attribution,
    axes: Axes,
    *,
    year: str,
    point: str | None = None,
    segment: str | None = None,
    area: str | None = None,
) -> Attribution:
    """An attribution on four axes added up to single numbers, for what is named and all of the rest.

    Raises:
        DemandError: a name is not on its axis.
    """
    asked = {"points": point, "segments": segment, "areas": area, "years": year}
    cut = tuple(slice(None) if asked[axis] is None else axes.position(axis, str(asked[axis])) for axis in WORDS)
    own = {change.name: change.own[cut].sum() for change in attribution.changes}
    return Attribution.of(attribution.base[cut].sum(), own, total=attribution.total[cut].sum())


def _cell_problems(values: FloatArray, axes: Axes) -> Iterator[str]:
    for bad, what in ((~np.isfinite(values), "is missing or infinite"), (values < 0, "is below zero")):
        cells = np.argwhere(bad)
        for cell in cells[:SHOWN]:
            yield f"activity: {axes.where(cell)}: {values[tuple(cell)]:g} {what}; expected a number of 0 or more"
        if len(cells) > SHOWN:
            yield f"activity: {len(cells) - SHOWN:,} more cells: {what}"


def _by(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape)) or "one number"
