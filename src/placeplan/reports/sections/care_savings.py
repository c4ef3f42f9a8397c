"""What interventions save, in three numbers that are never added, what they cost, and who brings how much."""

from placeplan.reports.document import Block, Chart, Column, Note, Row, RowKind, Section, Table, Text
from placeplan.reports.quoting import figure_cell, unit_words
from placeplan.reports.sections.care_numbers import point_title, points_of, spoken_money
from placeplan.reports.sections.care_waterfalls import changes_of, waterfall_chart
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults

WAYS = {
    "saving": "At tariff: what the payer stops paying",
    "saving-at-marginal-cost": "At marginal cost: what the system stops spending",
    "stranded-cost": "Stranded: what was spent on it before, and still is",
}
SAVING = "saving"
NEVER_ADDED = (
    "The three answer three questions and are never added. At tariff is the payer's saving. The system saves what "
    "stands at marginal cost; the stranded cost goes on until capacity is closed."
)


def savings_section(results: PlanResults) -> Section:
    """A table for each way of counting, one by segment, the sum of it all, and a picture of who brings it."""
    blocks: list[Block] = [Note("Three ways of counting a saving", (Text(NEVER_ADDED),))]
    blocks += [_ways(results, measure=measure, words=words) for measure, words in WAYS.items()]
    blocks += [_by_segment(results), _whole(results), _picture(results)]
    return Section("care-savings", "What the interventions save and cost", tuple(blocks))


def _ways(results: PlanResults, *, measure: str, words: str) -> Table:
    rows = [
        (point_title(results, point), f"demand.{point}.{{year}}.{measure}", RowKind.PLAIN)
        for point in points_of(results)
    ]
    if measure != "stranded-cost":
        rows.append(("All", f"demand.total.{{year}}.{measure}", RowKind.TOTAL))
    return _table(results, f"care-{measure}", caption=words, rows=rows)


def _by_segment(results: PlanResults) -> Table:
    settings = results.header.care
    rows = [
        (segment.title, f"demand.segments.{segment.id}.{{year}}.{SAVING}", RowKind.PLAIN)
        for segment in (settings.segments if settings else ())
    ]
    rows.append(("All", f"demand.total.{{year}}.{SAVING}", RowKind.TOTAL))
    return _table(results, "care-saving-by-segment", caption="At tariff, by segment", rows=rows)


def _whole(results: PlanResults) -> Table:
    rows = [
        (words, f"demand.total.{{year}}.{measure}", kind)
        for measure, words, kind in (
            (SAVING, "Saving at tariff", RowKind.PLAIN),
            ("investment", "Investment", RowKind.PLAIN),
            ("net", "Net benefit", RowKind.TOTAL),
        )
    ]
    return _table(results, "care-net", caption="Savings, investment and net benefit", rows=rows)


def _table(results: PlanResults, table_id: str, *, caption: str, rows: list[tuple[str, str, RowKind]]) -> Table:
    years = results.header.years
    return Table(
        id=table_id,
        caption=f"{caption}, {unit_words(str(results.header.money))}",
        columns=(Column("Line", wide=True), *(Column(str(year), numeric=True) for year in years)),
        rows=tuple(
            Row((plain(name), *(figure_cell(results.figures, figure.format(year=year)) for year in years)), kind)
            for name, figure, kind in rows
        ),
    )


def _picture(results: PlanResults) -> Chart:
    from placeplan.demand.activity import Attribution

    year = results.header.years[-1]
    figures = [results.figures[f"demand.{point}.{year}.{SAVING}"] for point in points_of(results)]
    total = results.figures[f"demand.total.{year}.{SAVING}"]
    return waterfall_chart(
        results,
        identifier="care-saving-by-intervention",
        attribution=Attribution.of(0.0, changes_of(figures), total=float(total.value or 0)),
        ends=("Nothing", "Saved at tariff"),
        title=f"Saving at tariff in {year}, by intervention",
        unit=spoken_money(total.unit),
    )
