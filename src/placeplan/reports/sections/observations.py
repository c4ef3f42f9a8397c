"""What was measured or printed: a table of its own for an indicator with several areas, and one for all the rest.

Pictures stand before the table of their indicator: areas side by side, and long series as control charts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from placeplan.indicators.naming import observed_id
from placeplan.kernel.wording import UNKNOWN
from placeplan.plan.tables import Observation
from placeplan.reports.document import Block, Cell, Chart, Section, Table, Tone
from placeplan.reports.quoting import quote, unit_words
from placeplan.reports.sections.long_series import control_chart, long_series
from placeplan.reports.sections.ranked_areas import ranking_chart, rankings
from placeplan.reports.tabulating import Field, plain, source_cell, tabulate
from placeplan.reports.types import PlanResults

OWN_TABLE = 4


def observations(results: PlanResults) -> Section:
    """All observations of the plan."""
    by_indicator: dict[str, list[Observation]] = {}
    for row in results.plan.observations:
        by_indicator.setdefault(row.indicator, []).append(row)
    own = {indicator: rows for indicator, rows in by_indicator.items() if len(rows) >= OWN_TABLE}
    rest = [row for indicator, rows in by_indicator.items() if indicator not in own for row in rows]
    blocks: list[Block] = []
    for indicator, rows in own.items():
        blocks.extend(_charts(results, rows))
        blocks.append(_own_table(results, indicator, rows=rows))
    if rest:
        blocks.append(_table(results, "observations-rest", caption="Other measured and printed values", rows=rest))
    return Section("observations", "What was measured", tuple(blocks))


def _charts(results: PlanResults, rows: Sequence[Observation]) -> Iterator[Chart]:
    """The pictures of one indicator."""
    for series in long_series(rows, results.case.measures):
        yield control_chart(results, series)
    yield from filter(None, map(ranking_chart, rankings(rows)))


def _own_table(results: PlanResults, indicator: str, *, rows: Sequence[Observation]) -> Table:
    title = rows[0].title or indicator.replace("-", " ")
    same = all(row.title in (None, rows[0].title) for row in rows)
    unit = f", {unit_words(rows[0].unit)}" if rows[0].unit and all(row.unit == rows[0].unit for row in rows) else ""
    shown = [replace(row, title=None if same else row.title, unit=None if unit else row.unit) for row in rows]
    return _table(results, f"observations-{indicator}", caption=f"{title}{unit}", rows=shown)


def _table(results: PlanResults, table_id: str, *, caption: str, rows: Sequence[Observation]) -> Table:
    titled = any(row.title for row in rows)
    named: Field[Observation] = Field("What is measured", lambda row: plain(row.title or row.indicator), wide=True)
    fields: list[Field[Observation]] = [
        *([named] if titled else []),
        Field("Area", lambda row: plain(row.area), wide=not titled),
        Field("Period", lambda row: plain(row.period)),
        Field("Numerator", lambda row: plain(str(row.numerator) if row.numerator else None), numeric=True),
        Field("Denominator", lambda row: plain(str(row.denominator) if row.denominator else None), numeric=True),
        Field("Value", partial(_value, results), numeric=True),
        Field("Unit", lambda row: plain(unit_words(row.unit or ""))),
        Field("Status", lambda row: plain(str(row.status) if row.status else None)),
        Field("Source", source_cell, wide=True),
    ]
    return tabulate(table_id, caption, rows=rows, fields=fields)


def _value(results: PlanResults, row: Observation) -> Cell:
    figure = results.figures.get(observed_id(row.indicator, row.area, period=row.period))
    if figure is not None and (row.value is None or row.value.value == figure.value):
        return Cell((quote(figure, printed=str(row.value) if row.value else ""),))
    if row.value is not None:
        return plain(str(row.value))
    return Cell() if row.numerator and row.denominator else plain(UNKNOWN, Tone.NEAR)
