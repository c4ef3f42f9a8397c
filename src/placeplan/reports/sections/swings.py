"""What a position rests on, as a chart and its table: one assumption at a time."""

from decimal import Decimal

from placeplan.finance.measures import WORDS
from placeplan.finance.sensitivity import PositionAt, PositionSwing, Swung
from placeplan.kernel.wording import worded
from placeplan.plan.header import Service
from placeplan.reports.charts import Span, Spans
from placeplan.reports.document import Chart, Column, Note, Row, Section, Table, Text
from placeplan.reports.quoting import in_column, sentence, unit_words
from placeplan.reports.sections.requirement import signed
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults


def swings_section(results: PlanResults, service: Service, *, at: PositionAt, swung: Swung, by: Decimal) -> Section:
    """The chart, widest swing first."""
    title = (
        f"{service.name}: {WORDS[at.measure]} of {at.year} when one assumption is {by.normalize():f}% smaller or larger"
    )
    if not swung.swings:
        return Section(
            "swings", title, (Note("Nothing moves it", (Text("Every line is a link, a word or nothing."),)),)
        )
    unit = str(results.header.money)
    rows = tuple(_row(swing, swung, unit=unit) for swing in swung.swings)
    headings = ("Smaller", "Change", "Larger", "Change")
    table = Table(
        id="swings-data",
        caption=f"Planned: {worded(swung.planned, unit)}. With one assumption changed, {unit_words(unit)}",
        columns=(Column("Assumption", wide=True), *(Column(heading, numeric=True) for heading in headings)),
        rows=rows,
    )
    chart = Chart(
        id="swings-chart",
        title="Which assumption moves the position most",
        picture=Spans(float(swung.planned), tuple(_span(swing, unit=unit) for swing in swung.swings)),
        note=(
            f"{sentence(unit_words(unit))}. The line is the position as planned; a bar runs from one end to the other. "
            "Changed together, assumptions do not simply add up: a rate is of a baseline. No printed total settles a "
            "last digit here."
        ),
        says=_says(swung, unit=unit),
        data=table,
    )
    return Section("swings", title, (chart,))


def _row(swing: PositionSwing, swung: Swung, *, unit: str) -> Row:
    cells = [
        plain(words)
        for value in (swing.smaller, swing.larger)
        for words in (in_column(worded(value, unit)), signed(value - swung.planned, unit))
    ]
    return Row((plain(sentence(WORDS[swing.assumption])), *cells))


def _span(swing: PositionSwing, *, unit: str) -> Span:
    low, high = sorted((swing.smaller, swing.larger))
    label = f"{in_column(worded(low, unit))} to {in_column(worded(high, unit))}"
    return Span(sentence(WORDS[swing.assumption]), float(low), float(high), label)


def _says(swung: Swung, *, unit: str) -> str:
    parts = "; ".join(
        f"{WORDS[each.assumption]} from {worded(min(each.smaller, each.larger), unit)} "
        f"to {worded(max(each.smaller, each.larger), unit)}"
        for each in swung.swings
    )
    return f"Bars about the planned position of {worded(swung.planned, unit)}, widest first: {parts}."
