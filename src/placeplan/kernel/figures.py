"""Figures: computed numbers that say what they are made of.

A figure's inputs are cells of the plan, other figures or values of the planning round. In an additive figure each input
carries the share that it contributes, and the shares add up to the value exactly; a figure of another shape (a
quotient) lists its inputs without shares.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, overload

from placeplan.kernel.errors import Location, Place

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class FigureReference:
    """Points at another figure by its identifier."""

    figure: str

    def __str__(self) -> str:
        """Print the identifier."""
        return self.figure


@dataclass(frozen=True, slots=True)
class RuleReference:
    """Points at a dated value of a planning round, and says how sure that value is."""

    path: str
    reference: str
    confirmed: bool

    def __str__(self) -> str:
        """Print the path, marked when the value is unconfirmed."""
        return self.path if self.confirmed else f"{self.path} (unconfirmed)"


class CellReference(NamedTuple):
    """Points at a cell of the plan; a named tuple, as :class:`Input` is, since a large plan makes many thousands."""

    place: Place
    heading: str

    @property
    def location(self) -> Location:
        """Where the cell stands."""
        return self.place.at(self.heading)

    def __str__(self) -> str:
        """Print as ``file:line:column (heading)``."""
        return str(self.location)


Origin = CellReference | FigureReference | RuleReference


class Input(NamedTuple):
    """One thing that a figure was made from.

    ``value`` is what stood there; ``share`` is what it adds to the figure (``None`` in a figure that is not a sum).
    """

    label: str
    value: Decimal
    origin: Origin
    share: Decimal | None = None


class CellInputs(Sequence[Input]):
    """Cells that add up to a known total, as inputs that are made when somebody looks at them.

    A large plan has tens of thousands of cells, and few of its figures are ever opened.

    Args:
        make: makes the inputs.
        total: what their shares add up to.
    """

    __slots__ = ("_made", "_make", "total")

    def __init__(self, make: Callable[[], tuple[Input, ...]], *, total: Decimal) -> None:
        self._make = make
        self._made: tuple[Input, ...] | None = None
        self.total = total

    def _inputs(self) -> tuple[Input, ...]:
        if self._made is None:
            self._made = self._make()
        return self._made

    @overload
    def __getitem__(self, index: int) -> Input: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Input, ...]: ...

    def __getitem__(self, index: int | slice) -> Input | tuple[Input, ...]:
        """One input, or some of them."""
        return self._inputs()[index]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._inputs())

    def __eq__(self, other: object) -> bool:
        """Equal to any sequence of the same inputs."""
        return isinstance(other, Sequence) and self._inputs() == tuple(other)

    def __hash__(self) -> int:
        """As a tuple of the inputs."""
        return hash(self._inputs())


@dataclass(frozen=True, slots=True)
class Figure:
    """A computed number with its derivation.

    ``id`` is dotted and stable (``finance.public-health.2014-15.total``). ``value`` is ``None`` when an input is
    unknown; ``missing`` then says which. ``tolerance`` is how far the value may be off because inputs were printed
    rounded. ``leans_on`` names the unconfirmed values that the figure rests on, its inputs' included.
    """

    id: str
    label: str
    value: Decimal | None
    unit: str
    formula: str
    inputs: Sequence[Input] = ()
    tolerance: Decimal = ZERO
    missing: tuple[str, ...] = ()
    leans_on: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        total = added(self.inputs)
        if self.value is not None and total is not None and total != self.value:
            raise ValueError(f"{self.id}: inputs add to {total}, not to {self.value}")


def added(inputs: Sequence[Input]) -> Decimal | None:
    """What the shares of inputs add up to; ``None`` when there is none, or one without a share."""
    if isinstance(inputs, CellInputs):
        return inputs.total
    shares = [given.share for given in inputs if given.share is not None]
    return sum(shares, ZERO) if shares and len(shares) == len(inputs) else None


def unconfirmed_in(inputs: Iterable[Input], figures: Mapping[str, Figure]) -> tuple[str, ...]:
    """Names of the unconfirmed values that ``inputs`` rest on, directly or through figures."""
    names: dict[str, None] = {}
    for given in inputs:
        if isinstance(given.origin, RuleReference) and not given.origin.confirmed:
            names[given.origin.path] = None
        elif isinstance(given.origin, FigureReference):
            names.update(dict.fromkeys(figures[given.origin.figure].leans_on))
    return tuple(names)


class Figures(Mapping[str, Figure]):
    """All figures of a plan, by identifier, in the order in which they were computed."""

    def __init__(self, figures: Iterable[Figure] = ()) -> None:
        self._by_id: dict[str, Figure] = {}
        for figure in figures:
            if figure.id in self._by_id:
                raise ValueError(f"two figures are called {figure.id}")
            self._by_id[figure.id] = figure

    def __getitem__(self, figure_id: str) -> Figure:
        """The figure with this identifier."""
        return self._by_id[figure_id]

    def __iter__(self) -> Iterator[str]:
        """Identifiers, in the order of computation."""
        return iter(self._by_id)

    def __len__(self) -> int:
        """How many figures there are."""
        return len(self._by_id)

    def with_more(self, figures: Iterable[Figure]) -> "Figures":
        """These figures followed by ``figures``."""
        return Figures([*self._by_id.values(), *figures])
