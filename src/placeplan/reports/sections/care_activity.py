"""Activity of the base year, if nobody intervenes, and with the interventions; and what brings the difference."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from placeplan.kernel.figures import Figure
from placeplan.reports.document import Chart, Column, Row, RowKind, Section, Table
from placeplan.reports.sections.care_numbers import point_title, point_unit, points_of, rounded_cell
from placeplan.reports.sections.care_waterfalls import changes_of, waterfall_chart
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults

if TYPE_CHECKING:
    from placeplan.demand.activity import Attribution

NOTHING, AFTER = "do-nothing", "with-interventions"
ADMISSIONS = "non-elective-admissions"


def activity_section(results: PlanResults) -> Section:
    """A table over all points of delivery, and a picture of the one that most depends on."""
    points = points_of(results)
    pictures = (_picture(results, ADMISSIONS),) if ADMISSIONS in points else ()
    return Section(
        "care-activity",
        "Activity, if nobody intervenes and with the interventions",
        (_table(results, points), *pictures),
    )


def _table(results: PlanResults, points: list[str]) -> Table:
    settings, years = results.header.care, results.header.years
    base = str(settings.base_year) if settings else ""
    columns = Column("Point of delivery", wide=True), *(Column(year, numeric=True) for year in (base, *map(str, years)))
    return Table(
        id="care-activity-by-point",
        caption="Activity a year, if nobody intervenes and with the interventions",
        columns=columns,
        rows=tuple(row for point in points for row in _rows(results, point, base=base)),
    )


def _rows(results: PlanResults, point: str, *, base: str) -> Iterator[Row]:
    nothing, after = (
        [rounded_cell(results.figures, f"demand.{point}.{year}.{measure}") for year in results.header.years]
        for measure in (NOTHING, AFTER)
    )
    start = rounded_cell(results.figures, f"demand.{point}.{base}.activity")
    yield Row((plain(f"{point_title(results, point)}, if nobody intervenes"), start, *nothing))
    yield Row((plain("with the interventions"), plain(""), *after), RowKind.SUBTOTAL)


def _picture(results: PlanResults, point: str) -> Chart:
    year = results.header.years[-1]
    before, after = (results.figures[f"demand.{point}.{year}.{measure}"] for measure in (NOTHING, AFTER))
    title = f"{point_title(results, point)} in {year}, by intervention"
    return waterfall_chart(
        results,
        identifier=f"care-{point}",
        attribution=_attribution(before, after),
        ends=("If nobody intervenes", "With the interventions"),
        title=title,
        unit=point_unit(results, point),
    )


def _attribution(before: Figure, after: Figure) -> "Attribution":
    from placeplan.demand.activity import Attribution

    own = changes_of([after], without=before.label)
    return Attribution.of(float(before.value or 0), own, total=float(after.value or 0))
