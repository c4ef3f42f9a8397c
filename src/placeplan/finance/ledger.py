"""The ledger: figures added one after another, each reconciled with what was stated of it.

A stated total that agrees within rounding, and that was printed as finely as its parts, settles the last digit: the
difference becomes an input of its own, so that the figure still adds up exactly and the next one starts from what was
printed. A stated total that fails changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from placeplan.kernel.figures import (
    ZERO,
    CellInputs,
    CellReference,
    Figure,
    FigureReference,
    Figures,
    Input,
    added,
    unconfirmed_in,
)
from placeplan.kernel.printed import PrintedNumber, Verdict, reconcile
from placeplan.plan.tables import Sign, StatedValue


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A stated value beside the derived one. ``stated`` has surplus positive, whatever the source printed."""

    figure: str
    label: str
    unit: str
    row: StatedValue
    stated: Decimal
    derived: Decimal
    tolerance: Decimal
    verdict: Verdict

    @property
    def gap(self) -> Decimal:
        """Stated less derived."""
        return self.stated - self.derived


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A figure that is about to be added.

    ``leans_on`` names what it rests on that nobody has confirmed, beside what its inputs say themselves.
    """

    id: str
    label: str
    unit: str
    formula: str
    inputs: Sequence[Input]
    tolerance: Decimal = ZERO
    missing: tuple[str, ...] = ()
    value: Decimal | None = None
    leans_on: tuple[str, ...] = ()


class Ledger:
    """Collects the figures of one plan while they are computed. ``unit`` is the plan's unit of money."""

    def __init__(
        self, stated: Iterable[StatedValue], *, unit: str = "", known: Mapping[str, Figure] | None = None
    ) -> None:
        self.unit = unit
        self._figures: dict[str, Figure] = dict(known or {})
        self._new: list[Figure] = []
        self._stated: dict[str, list[StatedValue]] = {}
        self._reconciliations: list[Reconciliation] = []
        for row in stated:
            self._stated.setdefault(row.figure, []).append(row)

    def __contains__(self, figure_id: object) -> bool:
        """Whether there is such a figure."""
        return figure_id in self._figures

    def __getitem__(self, figure_id: str) -> Figure:
        """The figure."""
        return self._figures[figure_id]

    def get(self, figure_id: str) -> Figure | None:
        """The figure, or nothing."""
        return self._figures.get(figure_id)

    @property
    def figures(self) -> Figures:
        """The figures that were added, in order."""
        return Figures(self._new)

    @property
    def reconciliations(self) -> tuple[Reconciliation, ...]:
        """Every stated value whose figure was added and is known."""
        return tuple(self._reconciliations)

    def add_sum(self, draft: Draft) -> Figure:
        """Add a figure that is the sum of its inputs' shares (unknown when something is missing)."""
        if draft.missing:
            return self._add(draft, None, inputs=draft.inputs, tolerance=draft.tolerance)
        derived = added(draft.inputs) or ZERO
        rows = self._reconcile(draft, derived)
        settling = _settling(rows, draft)
        if settling is None:
            exact = [row.row.value.tolerance for row in rows if row.verdict is Verdict.EXACT]
            return self._add(draft, derived, inputs=draft.inputs, tolerance=min([draft.tolerance, *exact]))
        gap = settling.stated - derived
        words = f"rounding: printed as {settling.row.value}, while the printed parts add to {derived:,}"
        rounding = Input(words, settling.row.value.value, CellReference(settling.row.place, "value"), gap)
        return self._add(
            draft, settling.stated, inputs=(*draft.inputs, rounding), tolerance=settling.row.value.tolerance
        )

    def add_value(self, draft: Draft) -> Figure:
        """Add a figure that is not a sum, with the value in the draft (``None``: unknown)."""
        if draft.value is not None:
            self._reconcile(draft, draft.value)
        return self._add(draft, draft.value, inputs=draft.inputs, tolerance=draft.tolerance)

    def input_from(self, figure: Figure, *, sign: int = 1) -> Input:
        """Another figure as an input of a sum."""
        value = figure.value if figure.value is not None else ZERO
        return Input(figure.label, value, FigureReference(figure.id), value * sign)

    def _reconcile(self, draft: Draft, derived: Decimal) -> list[Reconciliation]:
        found = []
        for row in self._stated.get(draft.id, ()):
            turned = _turned(row)
            verdict = reconcile(turned, derived=derived, tolerance=draft.tolerance)
            found.append(
                Reconciliation(draft.id, draft.label, draft.unit, row, turned.value, derived, draft.tolerance, verdict)
            )
        self._reconciliations.extend(found)
        return found

    def _add(self, draft: Draft, value: Decimal | None, *, inputs: Sequence[Input], tolerance: Decimal) -> Figure:
        kept = inputs if isinstance(inputs, CellInputs) else tuple(inputs)
        of_inputs = () if isinstance(inputs, CellInputs) else unconfirmed_in(kept, self._figures)
        leans_on = tuple(dict.fromkeys((*draft.leans_on, *of_inputs)))
        figure = Figure(
            draft.id, draft.label, value, draft.unit, draft.formula, kept, tolerance, draft.missing, leans_on
        )
        if figure.id in self._figures:
            raise ValueError(f"two figures are called {figure.id}")
        self._figures[figure.id] = figure
        self._new.append(figure)
        return figure


def _turned(row: StatedValue) -> PrintedNumber:
    if row.sign is not Sign.REVERSED:
        return row.value
    return PrintedNumber(-row.value.value, row.value.resolution, row.value.text, row.value.percent)


def _settling(rows: Iterable[Reconciliation], draft: Draft) -> Reconciliation | None:
    """The stated value that fixes the last digit: the first that agrees within rounding and is printed finely enough.

    Finely enough is: its own half digit is no wider than what the parts leave open. When any place prints the derived
    value exactly, nothing is to be settled.
    """
    rows = list(rows)
    if any(row.verdict is Verdict.EXACT for row in rows):
        return None
    for row in rows:
        if row.verdict is Verdict.WITHIN_ROUNDING and row.row.value.tolerance <= draft.tolerance:
            return row
    return None
