"""Performance: each indicator's planned values beside the levels asked of it, and the reason where one is missed.

Four kinds of level are kept apart: standing standard, national milestone, local trajectory, contract threshold.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from placeplan.finance.measures import ALL_SERVICES
from placeplan.indicators.in_plans.plan_deliveries import PlanDelivery, deliveries_of_plan
from placeplan.indicators.naming import performance_id
from placeplan.kernel.wording import UNKNOWN, worded
from placeplan.plan.tables import Position, Trajectory
from placeplan.reports.charts import Level
from placeplan.reports.document import Cell, Inline, Runs, Section, Table, Text, Tone
from placeplan.reports.quoting import marked, plan_cell, quote
from placeplan.reports.sections.trajectory_charts import trajectory_chart
from placeplan.reports.tabulating import Field, plain, source_cell, tabulate
from placeplan.reports.types import PlanResults
from placeplan.rounds.standards import Direction, Milestone, Standard

POSITIONS = {
    Position.MEETS_STANDARD: ("meets the standard, the plan says", Tone.GOOD),
    Position.MISSES_STANDARD: ("misses the standard, the plan says", Tone.BAD),
    Position.NOT_ASSURED: ("not assured", Tone.NEAR),
}
SIDE = {Direction.AT_LEAST: "at least ", Direction.AT_MOST: "at most ", None: ""}
LEVELS = ("Standing standard", "National milestone", "Local trajectory", "Contract threshold")
PLANNED = "planned"
BETWEEN = Text("; ")


def performance(results: PlanResults) -> Section:
    """A section for each service, and one for what belongs to none."""
    found = deliveries_of_plan(results.plan, results.case.measures, standards=results.round.standards)
    named = [*((service.id, service.name) for service in results.header.services), (None, "The whole plan")]
    sections = (
        _service_section(results, service, found=[each for each in found if each.row.service == service], name=name)
        for service, name in named
    )
    return Section("performance", "Performance", (), tuple(sections))


def _service_section(results: PlanResults, service: str | None, *, found: Sequence[PlanDelivery], name: str) -> Section:
    section_id = f"performance-{service or ALL_SERVICES}"
    if not found:
        return Section(section_id, name)
    table = _table(results, [each.row for each in found], table_id=f"{section_id}-table", name=name)
    charts = (trajectory_chart(each, tuple(_levels(results, each.row))) for each in found)
    return Section(section_id, name, (table, *(chart for chart in charts if chart is not None)))


def _table(results: PlanResults, rows: Iterable[Trajectory], *, table_id: str, name: str) -> Table:
    fields: tuple[Field[Trajectory], ...] = (
        Field("Indicator", _name, wide=True),
        Field("Standing standard", lambda row: Cell(tuple(_standing(results, row)))),
        Field("National milestone", lambda row: Cell(tuple(_milestones(results, row)))),
        Field("Local trajectory", lambda row: Cell(tuple(_planned(results, row)))),
        Field("Contract threshold", lambda row: Cell(tuple(_threshold(results, row)))),
        Field("Position", _position),
        Field("What the plan says", lambda row: plain(row.exception), wide=True),
        Field("Source", source_cell),
    )
    caption = f"{name}: indicators and the levels asked of them"
    table = tabulate(table_id, caption, rows=rows, fields=fields)
    return replace(table, notes=_absent(table))


def _absent(table: Table) -> tuple[Runs, ...]:
    """Which kinds of level nobody asks of any of the indicators."""
    shown = {column.heading for column in table.columns}
    absent = [heading.lower() for heading in LEVELS if heading not in shown]
    return ((Text(f"For none of these indicators is there a {' or a '.join(absent)}."),),) if absent else ()


def _name(row: Trajectory) -> Cell:
    area = f", {row.area}" if row.area else ""
    return Cell((Text(row.indicator.upper(), strong=True), Text(f" {row.title}{area}")))


def _standard(results: PlanResults, row: Trajectory) -> Standard | None:
    """The round's standard for an indicator; small and capital letters are the same."""
    return next((each for each in results.round.standards if each.id.lower() == row.indicator.lower()), None)


def _standing(results: PlanResults, row: Trajectory) -> Iterator[Inline]:
    standard = _standard(results, row)
    level = standard.constitutional(results.case.as_at) if standard else None
    if standard is not None and level is not None:
        text = f"{SIDE[standard.direction]}{worded(level.value, level.unit)} ({str(level.basis).replace('-', ' ')})"
        yield from marked(text, confirmed=level.confirmed)


def _milestones(results: PlanResults, row: Trajectory) -> Iterator[Inline]:
    standard = _standard(results, row)
    for number, milestone in enumerate(_due(results, standard) if standard else ()):
        if number:
            yield BETWEEN
        side = SIDE[standard.direction] if standard else ""
        yield from marked(_milestone_words(milestone, side), confirmed=milestone.confirmed)


def _milestone_words(milestone: Milestone, side: str) -> str:
    level = f"{side}{worded(milestone.value, milestone.unit)}" if milestone.value is not None else ""
    change = f"a change of {worded(milestone.change, milestone.unit)}" if milestone.change is not None else ""
    return f"{' or '.join(filter(None, (level, change)))} by {milestone.due.day} {milestone.due:%B %Y}"


def _due(results: PlanResults, standard: Standard) -> tuple[Milestone, ...]:
    """The milestones that fall in the years of the plan, or else the next one after them."""
    first, last = results.header.years[0].first_day, results.header.years[-1].last_day
    inside = tuple(each for each in standard.national_milestones if first <= each.due <= last)
    after = standard.next_milestone(last)
    return inside or ((after,) if after else ())


def _threshold(results: PlanResults, row: Trajectory) -> Iterator[Inline]:
    standard = _standard(results, row)
    level = standard.threshold(results.case.as_at) if standard else None
    if standard is not None and level is not None:
        text = f"{SIDE[standard.direction]}{worded(level.value, level.unit)} ({level.contract})"
        yield from marked(text, confirmed=level.confirmed)


def _planned(results: PlanResults, row: Trajectory) -> Iterator[Inline]:
    filled = [(year, cell) for year, cell in row.planned.items() if cell is not None]
    for number, (year, cell) in enumerate(filled):
        if number:
            yield BETWEEN
        yield Text(f"{year}: ")
        figure = results.figures.get(performance_id(row.indicator, row.area, year=year, measure=PLANNED))
        whole = plan_cell(cell, results.figures, year=year)
        yield from whole if figure is None else (quote(figure, printed=str(cell)),)


def _position(row: Trajectory) -> Cell:
    if row.position is not None:
        return plain(*POSITIONS[row.position])
    if any(cell is not None for cell in row.planned.values()):
        return plain("planned values")
    return plain(f"{UNKNOWN} (nothing is printed)", Tone.NEAR)


def _levels(results: PlanResults, row: Trajectory) -> Iterator[Level]:
    standard = _standard(results, row)
    if standard is None:
        return
    standing = standard.constitutional(results.case.as_at)
    if standing is not None:
        yield Level(f"Standing standard {worded(standing.value, standing.unit)}", float(standing.value))
    threshold = standard.threshold(results.case.as_at)
    if threshold is not None:
        yield Level(f"Contract threshold {worded(threshold.value, threshold.unit)}", float(threshold.value))
    for milestone in _due(results, standard):
        if milestone.value is not None:
            yield Level(
                f"Milestone {worded(milestone.value, milestone.unit)} by {_month(milestone.due)}",
                float(milestone.value),
            )


def _month(day: date) -> str:
    return f"{day:%B %Y}"
