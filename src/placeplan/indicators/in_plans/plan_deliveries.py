"""The trajectories of a plan beside the observations that stand in it, and the standards of its round."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from placeplan.indicators.in_plans.observing import unit_of
from placeplan.indicators.in_plans.plan_readings import Reading, definition_of, factor, readings, scale_to
from placeplan.indicators.in_plans.trajectories import planned_number
from placeplan.indicators.measures import Measure, Measures, Polarity
from placeplan.indicators.naming import slug
from placeplan.indicators.trajectory.delivery import ActualPoint, Delivery, PlannedPoint, StandardStep
from placeplan.indicators.values.counted_values import COUNTED_OVER, adds_up, per_of
from placeplan.kernel.printed import PrintedNumber
from placeplan.kernel.spans import Frequency, Span, parse_span
from placeplan.kernel.wording import PER_CENT
from placeplan.plan.cells import Rate
from placeplan.plan.model import Plan
from placeplan.plan.tables import Trajectory
from placeplan.rounds.standards import Direction, Standard

BETTER = {
    Direction.AT_LEAST: Polarity.HIGHER_IS_BETTER,
    Direction.AT_MOST: Polarity.LOWER_IS_BETTER,
    None: Polarity.NEITHER,
}
ALWAYS = date.min


@dataclass(frozen=True, slots=True)
class PlanDelivery:
    """A trajectory of a plan with its delivery; ``readings`` are the rows behind its actual points, in their order."""

    row: Trajectory
    delivery: Delivery
    readings: tuple[Reading, ...]

    @property
    def latest(self) -> Reading | None:
        """The last observation."""
        return self.readings[-1] if self.readings else None


def deliveries_of_plan(
    plan: Plan, measures: Measures | None, *, standards: Iterable[Standard]
) -> tuple[PlanDelivery, ...]:
    """Every trajectory of a plan, in its order, with the observations of the same indicator and area.

    A trajectory without an area is that of the plan's place; observations of the place, or of the planning
    organisation by its name, belong to it. ``standards`` are those of the round: they give the level, and which way is
    better where there is no definition in ``measures``. Where observations of an indicator have several lengths of
    period, those of the length of the latest are used, and a note says so. Of two rows for one period the first is
    used.
    """
    planned = {row.indicator.lower() for row in plan.trajectories}
    found, _ = readings((row for row in plan.observations if row.indicator.lower() in planned), measures)
    by_indicator: dict[str, list[Reading]] = {}
    for reading in found:
        by_indicator.setdefault(reading.row.indicator.lower(), []).append(reading)
    levels = {standard.id.lower(): standard for standard in standards}
    places = {slug(plan.header.place), slug(plan.header.organisation.name)}
    return tuple(
        _joined(
            row,
            _of_area(row, by_indicator.get(row.indicator.lower(), ()), places=places),
            measure=definition_of(row.indicator, measures),
            standard=levels.get(row.indicator.lower()),
        )
        for row in plan.trajectories
    )


def planned_points(row: Trajectory, *, scale: Decimal | None = None) -> tuple[PlannedPoint, ...]:
    """The planned values of a trajectory that are numbers, each for a financial year; fractions on a scale, such as 100
    for per cent, where one is given.
    """
    numbers = ((year, planned_number(cell)) for year, cell in row.planned.items())
    return tuple(
        PlannedPoint(
            parse_span(str(year), frequency=Frequency.FINANCIAL_YEAR),
            float(number.value * factor(PER_CENT if number.percent else row.unit or "", scale)),
        )
        for year, number in numbers
        if number is not None
    )


def standard_steps(standard: Standard | None, *, scale: Decimal | None = None) -> tuple[StandardStep, ...]:
    """The standing levels of a standard as steps in time; milestones and contract thresholds are other things."""
    if standard is None:
        return ()
    levels = sorted(standard.constitutional_standard, key=lambda level: level.effective_from or ALWAYS)
    return tuple(
        StandardStep(
            level.effective_from or ALWAYS,
            float(level.value * factor(level.unit, scale)),
            str(level.basis),
            level.confirmed,
        )
        for level in levels
    )


def _of_area(row: Trajectory, found: Iterable[Reading], *, places: set[str]) -> list[Reading]:
    """The readings of the area of a trajectory."""
    wanted = {slug(row.area)} if row.area else places
    return [reading for reading in found if slug(reading.row.area) in wanted]


def _joined(
    row: Trajectory, found: Sequence[Reading], *, measure: Measure | None, standard: Standard | None
) -> PlanDelivery:
    used = tuple(_of_one_length(found))
    lengths = {reading.span.frequency for reading in found}
    unit = _unit(row, measure=measure, standard=standard)
    scale = scale_to(unit, measure)
    delivery = Delivery(
        measure=measure.id if measure else row.indicator,
        title=row.title,
        unit=unit,
        polarity=_polarity(measure, standard),
        area=row.area or "",
        area_name=row.area or "",
        per=per_of(measure) if measure else None if scale is None else float(scale),
        adds_up=measure is not None and adds_up(measure),
        actual=tuple(_actual(reading, scale) for reading in used),
        planned=planned_points(row, scale=scale),
        standards=standard_steps(standard, scale=scale),
        notes=("Observations of other lengths of period are left out.",) if len(lengths) > 1 else (),
    )
    return PlanDelivery(row, delivery, used)


def _polarity(measure: Measure | None, standard: Standard | None) -> Polarity:
    """Which way is better: as the definition says, or else the standard of the round."""
    if measure is not None and measure.polarity is not Polarity.NEITHER:
        return measure.polarity
    return BETTER[standard.direction if standard else None]


def _of_one_length(found: Sequence[Reading]) -> Iterator[Reading]:
    """The readings with periods as long as that of the latest, one a period, in order of time."""
    if not found:
        return
    latest = max(found, key=lambda reading: (reading.span.ends, reading.span.starts))
    seen: set[Span] = set()
    for reading in sorted(found, key=lambda one: one.span.starts):
        if reading.span.frequency is latest.span.frequency and reading.span not in seen:
            seen.add(reading.span)
            yield reading


def _actual(reading: Reading, scale: Decimal | None) -> ActualPoint:
    row = reading.row
    return ActualPoint(
        reading.span,
        float(reading.value * factor(unit_of(row), scale)),
        numerator=_number(row.numerator),
        denominator=_number(row.denominator),
        status=str(row.status or ""),
    )


def _number(printed: PrintedNumber | None) -> float | None:
    return None if printed is None else float(printed.value)


def _unit(row: Trajectory, *, measure: Measure | None, standard: Standard | None) -> str:
    """The unit of a delivery: that of the definition for a fraction, and else as the plan has it."""
    if measure is not None and measure.method in COUNTED_OVER:
        return measure.unit
    if row.unit or any(isinstance(cell, Rate) for cell in row.planned.values()):
        return row.unit or PER_CENT
    return measure.unit if measure else standard.unit if standard else ""
