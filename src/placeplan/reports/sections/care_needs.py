"""What the care model needs: beds, staff and clusters, against what is there."""

from collections.abc import Iterator

from placeplan.reports.document import Block, Cell, Chart, Column, Row, RowKind, Runs, Section, Table, Text
from placeplan.reports.sections.care_numbers import drawn, firmness_notes, marks_of, point_title, rounded_cell
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults

TENTHS = 1


def needs_section(results: PlanResults) -> Section:
    """Beds by point of delivery, staff by role, people by cluster; parts without rows are left out."""
    blocks: list[Block] = [*_beds(results), *_staff(results), *_clusters(results)]
    return Section("care-needs", "Beds, staff and clusters", tuple(blocks))


def _beds(results: PlanResults) -> Iterator[Block]:
    for point in dict.fromkeys(row.point for row in results.plan.care_beds):
        start, years = f"capacity.beds.{point}", results.header.years
        sites = [row for row in results.plan.care_beds if row.point == point]
        there = rounded_cell(results.figures, f"{start}.there")
        lines = (
            ("Needed", _tenths(results, start, measure="needed"), RowKind.PLAIN),
            ("There", [there for _ in years], RowKind.PLAIN),
            (
                "There less needed",
                _tenths(results, start, measure="gap"),
                RowKind.TOTAL,
            ),
        )
        yield Table(
            id=f"care-beds-{point}",
            caption=f"Beds: {point_title(results, point).lower()}",
            columns=(Column("Beds", wide=True), *(Column(str(year), numeric=True) for year in years)),
            rows=tuple(Row((plain(words), *cells), kind) for words, cells, kind in lines),
            notes=(
                *firmness_notes((*sites, *(row for row in results.plan.care_activity if row.point == point))),
                plain(f"Beds there: {'; '.join(f'{row.title} {row.beds}' for row in sites)}.").runs,
            ),
        )
        if len(years) > 1:
            yield _bed_chart(results, point)


def _tenths(results: PlanResults, start: str, *, measure: str) -> list[Cell]:
    """A measure of each year with one decimal."""
    years = results.header.years
    return [rounded_cell(results.figures, f"{start}.{year}.{measure}", places=TENTHS) for year in years]


def _bed_chart(results: PlanResults, point: str) -> Chart:
    from placeplan.reports.pictures.bed_need import BedYear, beds_picture

    start = f"capacity.beds.{point}"
    there = _value(results, f"{start}.there")
    years = [
        BedYear(year=str(year), needed=_value(results, f"{start}.{year}.needed"), there=there)
        for year in results.header.years
    ]
    name = point_title(results, point).lower()
    beds = [row for row in results.plan.care_beds if row.point == point]
    activity = [row for row in results.plan.care_activity if row.point == point]
    picture = beds_picture(
        f"care-beds-{point}",
        years,
        title=f"Beds needed and beds there: {name}",
        subtitle="",
        marks=marks_of((*beds, *activity)),
    )
    rows = [(year.year, f"{year.needed:,.1f}", f"{year.there:,.0f}") for year in years]
    return drawn(picture, columns=("Year", "Needed", "There"), rows=rows)


def _value(results: PlanResults, figure_id: str) -> float:
    figure = results.figures.get(figure_id)
    return float(figure.value) if figure is not None and figure.value is not None else 0.0


def _staff(results: PlanResults) -> Iterator[Table]:
    roles = list(dict.fromkeys(row.role for row in results.plan.care_staff))
    years = results.header.years
    if roles:
        yield Table(
            id="care-staff",
            caption="Full-time equivalents that the interventions need in each year, and those in post",
            columns=(
                Column("Role", wide=True),
                *(Column(str(year), numeric=True) for year in years),
                Column("In post", numeric=True),
            ),
            rows=tuple(
                Row(
                    (
                        plain(role.replace("-", " ").capitalize()),
                        *_tenths(results, f"capacity.staff.{role}", measure="needed"),
                        rounded_cell(results.figures, f"capacity.staff.{role}.in-post", places=TENTHS),
                    )
                )
                for role in roles
            ),
            notes=firmness_notes(results.plan.care_staff),
        )


def _clusters(results: PlanResults) -> Iterator[Table]:
    rows = [row for row in results.plan.care_clusters if row.ends is None]
    if rows:
        counts = {name: sum(row.cluster == name for row in rows) for name in dict.fromkeys(row.cluster for row in rows)}
        yield Table(
            id="care-clusters",
            caption="Clusters of practices",
            columns=(
                Column("Cluster", wide=True),
                Column("Practices", numeric=True),
                Column("People on their lists", numeric=True),
            ),
            rows=(
                *(
                    Row(
                        (
                            plain(name.replace("-", " ").capitalize()),
                            plain(str(count)),
                            rounded_cell(results.figures, f"capacity.clusters.{name}.people"),
                        )
                    )
                    for name, count in counts.items()
                ),
                Row(
                    (plain("All"), plain(str(len(rows))), plain(f"{sum(row.people.value for row in rows):,}")),
                    RowKind.TOTAL,
                ),
            ),
            notes=(*firmness_notes(rows), *_limits(results)),
        )


def _limits(results: PlanResults) -> Iterator[Runs]:
    """How many people a cluster may have, where the plan says so."""
    limits = results.header.care.clusters if results.header.care else None
    if limits:
        yield (Text(f"The plan has clusters of {limits.least:,} to {limits.most:,} people."),)
