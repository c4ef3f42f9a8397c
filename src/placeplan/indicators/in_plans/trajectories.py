"""Planned values of indicators, the standard that the round asks for, and the gap between them."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from placeplan.indicators.naming import performance_id
from placeplan.kernel.figures import CellReference, Figure, FigureReference, Input, unconfirmed_in
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.printed import PrintedNumber
from placeplan.kernel.wording import PER_CENT
from placeplan.plan.cells import Amount, Cell, Rate
from placeplan.plan.tables import Trajectory
from placeplan.rounds.planning_round import PlanningRound
from placeplan.rounds.standards import Standard

PLANNED, STANDARD, GAP = "planned", "standard", "gap"


def planned_number(cell: Cell | None) -> PrintedNumber | None:
    """The number that a planned cell holds; nothing when it is blank, a word or a link."""
    if isinstance(cell, Amount):
        return cell.number
    return cell.percent if isinstance(cell, Rate) else None


def trajectory_figures(trajectories: Iterable[Trajectory], planning_round: PlanningRound) -> Iterator[Figure]:
    """Planned value, standard and gap for every trajectory and year with a number."""
    standards = {standard.id: standard for standard in planning_round.standards}
    seen: set[str] = set()
    for row in trajectories:
        for year, cell in row.planned.items():
            number = planned_number(cell)
            figure_id = performance_id(row.indicator, row.area, year=year, measure=PLANNED)
            if number is not None and figure_id not in seen:
                seen.add(figure_id)
                yield from _of_year(row, number, year=year, standard=standards.get(row.indicator))


def _of_year(
    row: Trajectory, number: PrintedNumber, *, year: FinancialYear, standard: Standard | None
) -> Iterator[Figure]:
    unit = row.unit or (PER_CENT if number.percent else standard.unit if standard else "")
    place = CellReference(row.place, str(year))
    words = ", ".join(filter(None, (row.title, row.area)))
    planned = Figure(
        performance_id(row.indicator, row.area, year=year, measure=PLANNED),
        f"{words}, planned, {year}",
        number.value,
        unit,
        "as planned",
        (Input("planned value", number.value, place, number.value),),
        number.tolerance,
    )
    yield planned
    level = standard.constitutional(year.last_day) if standard else None
    if level is None:
        return
    reference = Input(level.reference, level.value, level.rule_reference(), level.value)
    asked = Figure(
        performance_id(row.indicator, row.area, year=year, measure=STANDARD),
        f"{words}, standard, {year}",
        level.value,
        unit,
        f"standard of the round ({level.basis})",
        (reference,),
        leans_on=unconfirmed_in([reference], {}),
    )
    yield asked
    yield _gap(row, planned, asked=asked, year=year)


def _gap(row: Trajectory, planned: Figure, *, asked: Figure, year: FinancialYear) -> Figure:
    have, want = planned.value or Decimal(0), asked.value or Decimal(0)
    return Figure(
        performance_id(row.indicator, row.area, year=year, measure=GAP),
        planned.label.replace(", planned, ", ", planned less standard, "),
        have - want,
        planned.unit,
        "planned value less standard",
        (
            Input(planned.label, have, FigureReference(planned.id), have),
            Input(asked.label, want, FigureReference(asked.id), -want),
        ),
        planned.tolerance,
        leans_on=asked.leans_on,
    )
