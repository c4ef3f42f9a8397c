"""Observed values, and printed values against their own numerator and denominator."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from placeplan.indicators.naming import observed_id
from placeplan.kernel.figures import ZERO, CellReference, Figure, Input
from placeplan.kernel.printed import PrintedNumber, Verdict, reconcile
from placeplan.kernel.wording import PER_CENT
from placeplan.plan.tables import Observation

HUNDRED, ONE = Decimal(100), Decimal(1)
SHARE = "share"
_PER_NUMBER = re.compile(r"^per ([\d,]+)")


@dataclass(frozen=True, slots=True)
class ObservationReconciliation:
    """A printed value beside what its numerator and denominator give."""

    row: Observation
    printed: PrintedNumber
    derived: Decimal
    tolerance: Decimal
    unit: str
    verdict: Verdict


def observed_figures(observations: Iterable[Observation]) -> Iterator[Figure]:
    """A figure for each indicator, area and period that has a value; the first row that gives one is taken."""
    seen: set[str] = set()
    for row in observations:
        figure_id = observed_id(row.indicator, row.area, period=row.period)
        if figure_id not in seen and (row.value is not None or derived_value(row) is not None):
            seen.add(figure_id)
            yield _figure(row, figure_id)


def reconciled_observations(observations: Iterable[Observation]) -> Iterator[ObservationReconciliation]:
    """Every printed value whose numerator and denominator are printed too."""
    for row in observations:
        derived = derived_value(row)
        if row.value is not None and derived is not None:
            tolerance = _tolerance(row)
            verdict = reconcile(row.value, derived=derived, tolerance=tolerance)
            yield ObservationReconciliation(row, row.value, derived, tolerance, unit_of(row), verdict)


def unit_of(row: Observation) -> str:
    """The unit of an observation; per cent when it is written with the sign, or given as counts without a unit."""
    if row.value is not None and row.value.percent:
        return PER_CENT
    return row.unit or (PER_CENT if row.value is None else "")


def derived_value(row: Observation) -> Decimal | None:
    """Numerator over denominator in the unit of the observation; nothing when either is missing, or there is nobody to
    divide by.
    """
    if row.numerator is None or row.denominator is None or not row.denominator.value:
        return None
    return row.numerator.value / row.denominator.value * scale_of(unit_of(row))


def scale_of(unit: str) -> Decimal:
    """What a fraction is multiplied with in a unit: 100 for per cent (and where nothing is said), 1 for a share, n for
    ``per n``.
    """
    if unit == SHARE:
        return ONE
    per = _PER_NUMBER.match(unit)
    return Decimal(per[1].replace(",", "")) if per else HUNDRED


def _tolerance(row: Observation) -> Decimal:
    """How far the fraction may be off because its parts were printed rounded; whole numbers are counts and exact."""
    if row.numerator is None or row.denominator is None:
        return ZERO
    top, bottom = _count_tolerance(row.numerator), _count_tolerance(row.denominator)
    share = abs(row.numerator.value / row.denominator.value)
    return (top + share * bottom) / abs(row.denominator.value) * scale_of(unit_of(row))


def _count_tolerance(number: PrintedNumber) -> Decimal:
    return ZERO if number.resolution == ONE else number.tolerance


def _figure(row: Observation, figure_id: str) -> Figure:
    label = ", ".join(filter(None, (row.title or row.indicator, row.area, row.period)))
    if row.value is not None:
        given = Input("value as printed", row.value.value, CellReference(row.place, "value"), row.value.value)
        return Figure(figure_id, label, row.value.value, unit_of(row), "as printed", (given,), row.value.tolerance)
    inputs = tuple(
        Input(heading, number.value, CellReference(row.place, heading))
        for heading, number in (("numerator", row.numerator), ("denominator", row.denominator))
        if number is not None
    )
    value = derived_value(row)
    return Figure(figure_id, label, value, unit_of(row), "numerator over denominator", inputs, _tolerance(row))
