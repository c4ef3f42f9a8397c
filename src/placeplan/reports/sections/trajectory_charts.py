"""The picture of a trajectory: planned values, what was observed, and the levels asked for."""

from collections.abc import Iterator
from decimal import Decimal

from placeplan.indicators.in_plans.plan_deliveries import PlanDelivery
from placeplan.indicators.in_plans.trajectories import planned_number
from placeplan.indicators.measures import Polarity
from placeplan.indicators.naming import slug
from placeplan.indicators.trajectory.delivery import STANDING_WORDS
from placeplan.indicators.trajectory.recovery import recovery_to_standard
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.spans import Span
from placeplan.kernel.wording import PER_CENT, worded
from placeplan.plan.tables import ObservationStatus, Trajectory
from placeplan.reports.charts import Level, Point, TrajectoryChart
from placeplan.reports.document import Chart, Column, Row, Table
from placeplan.reports.quoting import sentence
from placeplan.reports.tabulating import plain

PLANNED, OBSERVED = "planned", "observed"
NOT_FINAL = (str(ObservationStatus.PROVISIONAL), str(ObservationStatus.ESTIMATE))
CUT_SCALE = "The scale does not start at zero."
DAYS_A_YEAR = 365.25
MORE = {Polarity.HIGHER_IS_BETTER: "more", Polarity.LOWER_IS_BETTER: "fewer", Polarity.NEITHER: "others"}


def trajectory_chart(found: PlanDelivery, levels: tuple[Level, ...]) -> Chart | None:
    """Planned values, what was observed, and the levels asked for, on one picture; nothing where there is no number."""
    row = found.row
    picture = TrajectoryChart(tuple(_planned_points(found)), levels, tuple(_observed(found)))
    if not picture.points and not picture.actual:
        return None
    unit = found.delivery.unit if picture.actual else row.unit or ""
    area = f", {row.area}" if row.area else ""
    title = f"{row.indicator.upper()} {row.title}{area}: {_kinds(picture)} values"
    notes = (f"{sentence(unit)}." if unit else "", CUT_SCALE, *_tests(found))
    table = f"trajectory-{row.indicator}-{slug(row.area or 'plan')}-data"
    return Chart(
        id=f"trajectory-{row.indicator}-{slug(row.area)}" if row.area else f"trajectory-{row.indicator}",
        title=title,
        picture=picture,
        note=" ".join(filter(None, notes)),
        says=" ".join((_says(row, picture), *_tests(found))),
        data=Table(id=table, caption=title, columns=_columns(picture, unit), rows=tuple(_rows(picture))),
    )


def _kinds(picture: TrajectoryChart) -> str:
    """Which kinds of value a picture shows."""
    return " and ".join(filter(None, (PLANNED * bool(picture.points), OBSERVED * bool(picture.actual))))


def _columns(picture: TrajectoryChart, unit: str) -> tuple[Column, ...]:
    if not picture.actual:
        return Column("Year"), Column(unit or "Value", numeric=True)
    return Column("Period"), Column("Planned", numeric=True), Column("Observed", numeric=True)


def _rows(picture: TrajectoryChart) -> Iterator[Row]:
    """The numbers of a picture; observed values, where there are any, stand in a column of their own."""
    if not picture.actual:
        yield from (Row((plain(point.year), plain(point.label))) for point in picture.points)
        return
    planned, actual = ({point.year: point for point in points} for points in (picture.points, picture.actual))
    for point in sorted({**planned, **actual}.values(), key=lambda each: each.at):
        cells = (_label(planned.get(point.year)), _label(actual.get(point.year)))
        yield Row((plain(point.year), *map(plain, cells)))


def _label(point: Point | None) -> str:
    return point.label if point else ""


def _planned_points(found: PlanDelivery) -> Iterator[Point]:
    """The planned values that are numbers, as they are printed."""
    printed = {str(year): planned_number(cell) for year, cell in found.row.planned.items()}
    for point in found.delivery.planned:
        number = printed[point.period]
        as_printed = number is not None and float(number.value) == point.value
        label = str(found.row.planned[FinancialYear.parse(point.period)]) if as_printed else _short(point.value, found)
        yield Point(point.period, point.value, label, _ends(point.span))


def _observed(found: PlanDelivery) -> Iterator[Point]:
    """The observed values, worked out from their counts where no value is printed."""
    for point in found.delivery.actual:
        if point.value is not None:
            yield Point(point.period, point.value, _short(point.value, found), _ends(point.span))


def _short(value: float, found: PlanDelivery) -> str:
    """A number for a label: with the sign of per cent, without any other unit."""
    unit = found.delivery.unit
    return worded(Decimal(str(value)), unit if unit == PER_CENT else "")


def _ends(span: Span) -> float:
    """Where the end of a period stands in time, in years."""
    return (span.ends.toordinal() + 1) / DAYS_A_YEAR


def _tests(found: PlanDelivery) -> Iterator[str]:
    """Where the latest observation stands in the two tests, what it is short of, and what it may still become."""
    delivery = found.delivery
    if delivery.latest is None or delivery.latest.value is None:
        return
    standard, trajectory = STANDING_WORDS[delivery.standard_test], STANDING_WORDS[delivery.trajectory_test]
    value = f"{_short(delivery.latest.value, found)} in {delivery.latest.period}"
    yield f"Latest observation {value}. Standard: {standard}; trajectory: {trajectory}."
    short = recovery_to_standard(delivery)
    if short:
        yield f"{short:,} {MORE[delivery.polarity]} would meet the standard."
    loose = [point.period for point in delivery.actual if point.status in NOT_FINAL]
    if loose:
        yield f"Not final: {', '.join(loose)}."


def _says(row: Trajectory, picture: TrajectoryChart) -> str:
    values = "; ".join(f"{point.year} {point.label}" for point in picture.points)
    seen = "; ".join(f"{point.year} {point.label}" for point in picture.actual)
    observed = f" Observed: {seen}." if seen else ""
    asked = f" Levels asked for: {'; '.join(level.name for level in picture.levels)}." if picture.levels else ""
    planned = f": {values}" if values else ""
    return f"Line chart of the {_kinds(picture)} values of {row.title} by year{planned}.{observed}{asked}"
