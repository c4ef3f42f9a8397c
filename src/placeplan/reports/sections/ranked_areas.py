"""Pictures of one indicator for several areas in one period: each area as a point, in the order of their values.

They are drawn by our own marks: starting the drawing engine for them would take longer than all of the document.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from placeplan.indicators.in_plans.observing import derived_value, scale_of, unit_of
from placeplan.indicators.in_plans.plan_readings import is_of_fraction
from placeplan.indicators.naming import slug
from placeplan.kernel.wording import PER_CENT, worded
from placeplan.plan.tables import Observation, ObservationStatus
from placeplan.reports.charts import RankedArea, RankedAreas
from placeplan.reports.document import Chart, Column, Row, Table
from placeplan.reports.quoting import sentence
from placeplan.reports.tabulating import plain

LEAST_AREAS, MOST_AREAS = 5, 60
CUT_SCALE = "The scale does not start at zero."
WITHOUT_INTERVALS = "Values as printed, without intervals: where they are close, the order may be chance."
WITH_INTERVALS = (
    "Lines are 95% confidence intervals from the printed counts: where they overlap, the order may be chance."
)
SOME_INTERVALS = "An area without a line has no printed counts."


@dataclass(frozen=True, slots=True)
class Ranking:
    """The rows of one indicator that can stand side by side: one unit, one period, one row an area."""

    indicator: str
    title: str
    unit: str
    period: str
    rows: tuple[Observation, ...]


def rankings(rows: Iterable[Observation]) -> Iterator[Ranking]:
    """Rows of one indicator for at least ``LEAST_AREAS`` areas in one period.

    A projection and a row without a value take no part, nor does a row about a part of an area that has a row of its
    own ("West Kent, highest practice" beside "West Kent"). Of two rows for one area the first is used.
    """
    groups: dict[tuple[str, str, str], dict[str, Observation]] = {}
    for row in rows:
        if row.status is not ObservationStatus.PROJECTION and _value(row) is not None:
            key = (row.title or row.indicator.replace("-", " "), unit_of(row), row.period or "")
            groups.setdefault(key, {}).setdefault(row.area, row)
    for (title, unit, period), by_area in groups.items():
        whole = tuple(row for area, row in by_area.items() if not _is_part(area, by_area))
        if len(whole) >= LEAST_AREAS:
            yield Ranking(whole[0].indicator, title, unit, period, whole)


def ranking_chart(ranking: Ranking) -> Chart | None:
    """The areas of a ranking in order; nothing where they are too many to have a row each."""
    if len(ranking.rows) > MOST_AREAS:
        return None
    areas = sorted(map(_area, ranking.rows), key=lambda area: -area.value)
    picture = RankedAreas(tuple(areas))
    period = f", {ranking.period}" if ranking.period else ""
    name = "-".join(filter(None, ("ranking", slug(ranking.indicator), slug(ranking.title), slug(ranking.period))))
    title = f"{ranking.title}{period}: areas in order of value"
    return Chart(
        id=name,
        title=title,
        picture=picture,
        note=" ".join(_notes(ranking, picture)),
        says=_says(ranking.title + period, areas),
        data=_table(f"{name}-data", title, unit=ranking.unit, areas=areas),
    )


def _is_part(area: str, others: Iterable[str]) -> bool:
    return any(area.startswith(f"{other}, ") for other in others)


def _value(row: Observation) -> Decimal | None:
    return row.value.value if row.value is not None else derived_value(row)


def _area(row: Observation) -> RankedArea:
    value = _value(row) or Decimal(0)
    unit = unit_of(row)
    label = str(row.value) if row.value is not None else worded(value, unit if unit == PER_CENT else "")
    lower, upper = _interval(row)
    if lower is None or upper is None or not lower <= value <= upper:
        return RankedArea(row.area, float(value), label)
    return RankedArea(row.area, float(value), label, lower, upper)


def _interval(row: Observation) -> tuple[float | None, float | None]:
    """The 95% interval of a fraction from its counts: Wilson for a share, Byar or exact for ``per n``.

    The methods are loaded only where counts are printed.
    """
    unit = unit_of(row)
    if row.numerator is None or row.denominator is None or not is_of_fraction(unit):
        return None, None
    from placeplan.indicators.methods import proportion, rate

    count, population, scale = float(row.numerator.value), float(row.denominator.value), float(scale_of(unit))
    found = rate(count, population, multiplier=scale) if unit.startswith("per 1") else proportion(count, population)
    factor = 1.0 if unit.startswith("per 1") else scale
    return _known(float(found.lower) * factor), _known(float(found.upper) * factor)


def _known(number: float) -> float | None:
    return number if number == number else None


def _notes(ranking: Ranking, picture: RankedAreas) -> Iterator[str]:
    if ranking.unit:
        yield f"{sentence(ranking.unit)}."
    if not ranking.period:
        yield "The period is not printed."
    if not picture.starts_at_zero:
        yield CUT_SCALE
    with_lines = sum(area.lower is not None for area in picture.areas)
    yield WITH_INTERVALS if with_lines else WITHOUT_INTERVALS
    if 0 < with_lines < len(picture.areas):
        yield SOME_INTERVALS
    for status in (ObservationStatus.PROVISIONAL, ObservationStatus.ESTIMATE):
        loose = [row.area for row in ranking.rows if row.status is status]
        if loose:
            yield f"{sentence(str(status))}: {', '.join(loose)}."


def _says(what: str, areas: Sequence[RankedArea]) -> str:
    """What the picture shows, in two sentences."""
    high, low = areas[0], areas[-1]
    told = "; ".join(f"{area.name} {area.label}" for area in areas)
    return (
        f"Dot chart of {what}, for {len(areas)} areas from {high.label} ({high.name}) to {low.label} ({low.name}). "
        f"In order: {told}."
    )


def _table(table_id: str, caption: str, *, unit: str, areas: Sequence[RankedArea]) -> Table:
    heading = sentence(unit) or "Value"
    limits = any(area.lower is not None for area in areas)
    more = (Column("Lower limit", numeric=True), Column("Upper limit", numeric=True)) if limits else ()
    rows = tuple(
        Row(
            (
                plain(area.name),
                plain(area.label),
                *(map(plain, map(_short, (area.lower, area.upper))) if limits else ()),
            )
        )
        for area in areas
    )
    return Table(
        id=table_id,
        caption=caption,
        columns=(Column("Area", wide=True), Column(heading, numeric=True), *more),
        rows=rows,
    )


def _short(number: float | None) -> str:
    return "" if number is None else f"{number:,.2f}"
