"""Which cells a figure rests on, and how far a change in a cell or a figure travels.

A coefficient says by how much a figure moves when the cell moves by one; ``None`` where that is not one number (a
quotient).
"""

from collections.abc import Mapping
from decimal import Decimal

from placeplan.assurance.copying_errors.number_cells import CellKey, key_of
from placeplan.kernel.figures import CellReference, Figure, FigureReference, Figures, Input

Coefficient = Decimal | None
ONE = Decimal(1)
STATED_HEADING = "value"


class Dependence:
    """The derivations of all figures, to be walked both ways."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._order = {figure_id: order for order, figure_id in enumerate(figures)}
        self._users: dict[str, list[tuple[str, Coefficient]]] = {}
        self._cell_users: dict[CellKey, list[tuple[str, Input]]] = {}
        self._settled: set[str] = set()
        for figure in figures.values():
            self._note(figure)

    def _note(self, figure: Figure) -> None:
        for given in figure.inputs:
            if isinstance(given.origin, FigureReference):
                self._users.setdefault(given.origin.figure, []).append((figure.id, _coefficient(given)))
            elif isinstance(given.origin, CellReference):
                self._cell_users.setdefault(key_of(given.origin), []).append((figure.id, given))
                if given.origin.heading == STATED_HEADING:
                    self._settled.add(figure.id)

    def cells_under(self, figure_id: str, *, most: int) -> dict[CellKey, CellReference]:
        """The cells that a figure rests on, directly or through others; nothing when there are more than ``most``."""
        cells: dict[CellKey, CellReference] = {}
        seen = {figure_id}
        waiting = [figure_id]
        while waiting:
            for given in self._figures[waiting.pop()].inputs:
                origin = given.origin
                if isinstance(origin, CellReference):
                    cells[key_of(origin)] = origin
                elif isinstance(origin, FigureReference) and origin.figure not in seen:
                    seen.add(origin.figure)
                    waiting.append(origin.figure)
            if len(cells) > most:
                return {}
        return cells

    def reach_of_cell(self, key: CellKey, own: Decimal) -> Mapping[str, Coefficient]:
        """The figures that a cell bears on, with their coefficients; ``own`` is the number that stands in it."""
        reach: dict[str, Coefficient] = {}
        for figure_id, given in self._cell_users.get(key, ()):
            coefficient = _cell_coefficient(given, own)
            reach[figure_id] = _sum(reach.get(figure_id, Decimal(0)), coefficient)
        return self._carried(reach)

    def reach_of_figure(self, figure_id: str) -> Mapping[str, Coefficient]:
        """The figures that rest on a figure, each with its coefficient, the figure itself left out."""
        reach = dict(self._carried({figure_id: ONE}))
        del reach[figure_id]
        return reach

    def _carried(self, start: dict[str, Coefficient]) -> Mapping[str, Coefficient]:
        """Carry coefficients on through the derivations, each figure after everything that it rests on."""
        reach = dict(start)
        for figure_id in sorted(self._downstream(start), key=self._order.__getitem__):
            for user, step in self._users.get(figure_id, ()):
                own = reach[figure_id]
                fixed = figure_id in self._settled
                moved = None if own is None or step is None or fixed else own * step
                reach[user] = _sum(reach.get(user, Decimal(0)), moved)
        return reach

    def _downstream(self, start: Mapping[str, Coefficient]) -> set[str]:
        seen = set(start)
        waiting = list(start)
        while waiting:
            for user, _ in self._users.get(waiting.pop(), ()):
                if user not in seen:
                    seen.add(user)
                    waiting.append(user)
        return seen


def _sum(one: Coefficient, other: Coefficient) -> Coefficient:
    return None if one is None or other is None else one + other


def _coefficient(given: Input) -> Coefficient:
    return given.share / given.value if given.share is not None and given.value else None


def _cell_coefficient(given: Input, own: Decimal) -> Coefficient:
    if given.share is None or given.value != own:
        return None
    return given.share / given.value if given.value else ONE
