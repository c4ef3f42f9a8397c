"""Explain a figure: what it is made of, down to the cells of the plan."""

from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.figures import Figure, FigureReference, Figures, Input, RuleReference

MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Explanation:
    """One line of the walk: what it is, its value, what it adds to the line above, and what it is made of.

    ``origin`` is an identifier of a figure, a place in a file, or a rule with its reference. ``repeated`` marks a
    figure that was explained before in the same walk, and is not explained again.
    """

    label: str
    value: Decimal | None
    unit: str
    share: Decimal | None
    origin: str
    formula: str = ""
    missing: tuple[str, ...] = ()
    leans_on: tuple[str, ...] = ()
    parts: tuple["Explanation", ...] = ()
    repeated: bool = False


def explain(figures: Figures, figure_id: str) -> Explanation:
    """The derivation of a figure.

    Raises:
        InputError: there is no such figure; the message names the nearest ones.
    """
    figure = figures.get(figure_id)
    if figure is None:
        near = (
            get_close_matches(figure_id, list(figures), n=MOST_NAMES)
            or [name for name in figures if figure_id in name][:MOST_NAMES]
        )
        hint = f"Did you mean one of: {', '.join(near)}?" if near else ""
        raise InputError(
            [
                Problem(
                    Location("figures"), f"there is no figure called {figure_id!r}", "the identifier of a figure", hint
                )
            ]
        )
    return _explained(figure, share=None, figures=figures, seen=set())


def _explained(figure: Figure, *, share: Decimal | None, figures: Figures, seen: set[str]) -> Explanation:
    repeated = figure.id in seen
    seen.add(figure.id)
    parts = (
        () if repeated else tuple(_part(given, unit=figure.unit, figures=figures, seen=seen) for given in figure.inputs)
    )
    return Explanation(
        label=figure.label,
        value=figure.value,
        unit=figure.unit,
        share=share,
        origin=figure.id,
        formula=figure.formula,
        missing=figure.missing,
        leans_on=figure.leans_on,
        parts=parts,
        repeated=repeated,
    )


def _part(given: Input, *, unit: str, figures: Figures, seen: set[str]) -> Explanation:
    origin = given.origin
    if isinstance(origin, FigureReference):
        return _explained(figures[origin.figure], share=given.share, figures=figures, seen=seen)
    if isinstance(origin, RuleReference):
        words = f"{origin.reference} [{origin.path}, {'confirmed' if origin.confirmed else 'unconfirmed'}]"
        return Explanation(given.label, given.value, "", given.share, words)
    return Explanation(given.label, given.value, unit, given.share, str(origin.location))
