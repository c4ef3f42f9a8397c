"""What else bears on the money of a service: a deficit that piles up, its schemes, and its distance from target."""

from collections.abc import Iterator, Sequence

from placeplan.finance.closure import closure
from placeplan.finance.efficiency import SchemeMeasure, month_id, net_saving, scheme_id
from placeplan.finance.measures import Measure, figure_id
from placeplan.finance.outlook import YEARS_AHEAD, corrected_deficit
from placeplan.kernel.figures import ZERO, Figure
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.wording import PER_CENT, worded
from placeplan.plan.header import Service
from placeplan.plan.tables import EfficiencyScheme
from placeplan.reports.charts import Level, Point, Span, Spans, TrajectoryChart
from placeplan.reports.document import Block, Cell, Chart, Column, Note, Row, RowKind, Runs, Section, Table, Text, Tone
from placeplan.reports.quoting import figure_cell, in_column, quote, sentence, unit_words
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults

PROJECTED_AHEAD = 20


def bearing_section(results: PlanResults, service: Service) -> Section:
    """All of it that a service has; empty when it has none."""
    blocks: list[Block] = []
    recovery = _recovery(results, service)
    if recovery is not None:
        blocks.append(recovery)
    for year in results.header.years:
        blocks.extend(_schemes(results, service, year=year))
    blocks.extend(_distance(results, service))
    return Section(f"bearing-{service.id}", f"{service.name}: what else bears on it", tuple(blocks))


def _recovery(results: PlanResults, service: Service) -> Table | None:
    """The cumulative position of the years after the plan, by the year from which the last deficit is corrected."""
    last, unit = results.header.years[-1], str(results.header.money)
    if figure_id(service.id, last.next, measure=Measure.UNCORRECTED) not in results.figures:
        return None
    in_year, closing = (
        results.figures[figure_id(service.id, last, measure=each)].value or ZERO
        for each in (Measure.IN_YEAR, Measure.CUMULATIVE)
    )
    ahead = [FinancialYear(last.start + number) for number in range(1, YEARS_AHEAD + 1)]
    rows = [
        Row(
            (
                plain(f"Balance from {start}"),
                *(
                    plain(in_column(worded(later.cumulative, unit)))
                    for later in corrected_deficit(closing, in_year, last=last, years=YEARS_AHEAD, corrected_from=start)
                ),
            )
        )
        for start in ahead
    ]
    uncorrected = (
        figure_cell(results.figures, figure_id(service.id, year, measure=Measure.UNCORRECTED)) for year in ahead
    )
    rows.append(Row((plain("Not corrected"), *uncorrected), RowKind.TOTAL))
    return Table(
        id=f"recovery-{service.id}",
        caption=f"Cumulative position if the deficit of {last} recurs until it is corrected, {unit_words(unit)}",
        columns=(Column("In-year"), *(Column(str(year), numeric=True) for year in ahead)),
        rows=tuple(rows),
        notes=tuple(_multiplier(results, service, last=last)),
    )


def _multiplier(results: PlanResults, service: Service, *, last: FinancialYear) -> Iterator[Runs]:
    figure = results.figures.get(figure_id(service.id, last, measure=Measure.MULTIPLIER))
    if figure is not None:
        yield (Text("Not corrected, it ends at "), quote(figure), Text(f" the in-year deficit of {last}."))


def _schemes(results: PlanResults, service: Service, *, year: FinancialYear) -> Iterator[Chart]:
    """Net savings by scheme, the largest first, and the gross saving by month where it is not the same in each."""
    schemes = [each for each in results.plan.schemes if (each.service, each.year) == (service.id, year)]
    if not schemes:
        return
    schemes.sort(key=net_saving, reverse=True)
    yield _by_scheme(results, service, year=year, schemes=schemes)
    months = [results.figures[month_id(service.id, year, number=number + 1)] for number in range(len(year.months))]
    if len({figure.value for figure in months[:-1]}) > 1:  # the last month takes what an even phasing leaves
        yield _by_month(results, service, year=year, figures=months)


def _by_scheme(
    results: PlanResults, service: Service, *, year: FinancialYear, schemes: list[EfficiencyScheme]
) -> Chart:
    unit = str(results.header.money)
    title = f"{service.name}, {year}: net saving by scheme"
    spans = []
    for scheme in schemes:
        value = results.figures[scheme_id(scheme, SchemeMeasure.NET)].value or ZERO
        low, high = sorted((float(value), 0.0))
        unidentified = ", not identified" if scheme.identified is False else ""
        spans.append(Span(scheme.title, low, high, f"{in_column(worded(value, unit))}{unidentified}"))
    rows = tuple(
        Row(
            (
                plain(scheme.title),
                figure_cell(results.figures, scheme_id(scheme, SchemeMeasure.NET)),
                plain("no", Tone.BAD) if scheme.identified is False else plain("yes"),
            )
        )
        for scheme in schemes
    )
    return _spans_chart(
        f"net-by-scheme-{service.id}-{year}",
        title,
        spans=tuple(spans),
        unit=unit,
        columns=(Column("Scheme", wide=True), Column("Net saving", numeric=True), Column("Identified")),
        rows=rows,
    )


def _by_month(results: PlanResults, service: Service, *, year: FinancialYear, figures: Sequence[Figure]) -> Chart:
    unit = str(results.header.money)
    spans = []
    for month, figure in zip(year.months, figures, strict=True):
        low, high = sorted((float(figure.value or ZERO), 0.0))
        spans.append(Span(str(month), low, high, in_column(worded(figure.value, unit))))
    rows = tuple(
        Row((plain(str(month)), Cell((quote(figure, column=True),))))
        for month, figure in zip(year.months, figures, strict=True)
    )
    return _spans_chart(
        f"gross-by-month-{service.id}-{year}",
        f"{service.name}, {year}: gross saving by month, as phased",
        spans=tuple(spans),
        unit=unit,
        columns=(Column("Month"), Column("Gross saving", numeric=True)),
        rows=rows,
    )


def _spans_chart(
    identifier: str,
    title: str,
    *,
    spans: tuple[Span, ...],
    unit: str,
    columns: tuple[Column, ...],
    rows: tuple[Row, ...],
) -> Chart:
    return Chart(
        id=identifier,
        title=title,
        picture=Spans(0.0, spans),
        note=f"{sentence(unit_words(unit))}.",
        says=f"{title}: " + "; ".join(f"{span.name} {span.label}" for span in spans) + ".",
        data=Table(id=f"{identifier}-data", caption=f"{title}, {unit_words(unit)}", columns=columns, rows=rows),
    )


def _distance(results: PlanResults, service: Service) -> Iterator[Block]:
    """Distance from target by year, and when it closes at the pace of the last two years."""
    rows = sorted((row for row in results.plan.targets if row.service == service.id), key=lambda row: row.year)
    ids = {row.year: figure_id(service.id, row.year, measure=Measure.DISTANCE_PERCENT) for row in rows}
    known = {year: results.figures[each] for year, each in ids.items() if each in results.figures}
    values = {year: figure.value for year, figure in known.items() if figure.value is not None}
    if len(values) < len(("before", "after")):
        return
    title = f"{service.name}: distance from target, per cent of target"
    points = tuple(Point(str(year), float(value), worded(value, PER_CENT)) for year, value in values.items())
    yield Chart(
        id=f"closing-{service.id}",
        title=title,
        picture=TrajectoryChart(points, (Level("At target", 0.0),)),
        note="Actual allocation less target, over target. Years that are not printed are left out.",
        says=f"{title}: " + "; ".join(f"{point.year} {point.label}" for point in points) + ".",
        data=Table(
            id=f"closing-{service.id}-data",
            caption=title,
            columns=(Column("Year"), Column("Distance", numeric=True)),
            rows=tuple(Row((plain(str(year)), Cell((quote(figure),)))) for year, figure in known.items()),
        ),
    )
    latest = FinancialYear(max(values).start + PROJECTED_AHEAD)
    found = closure(values, latest=latest)
    if found is not None:
        pace = f"At the pace of the last two printed years, {worded(found.pace, PER_CENT)} a year, "
        ends = f"it reaches target in {found.year}." if found.year else f"it does not reach target by {latest}."
        yield Note("If it goes on so", (Text(pace + ends),))
