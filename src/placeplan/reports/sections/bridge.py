"""The bridge of one service: a table with every year side by side, and a waterfall a year."""

from collections.abc import Iterator

from placeplan.finance.measures import BASELINE_STEPS, MOVEMENT_STEPS, WORDS, Measure, figure_id
from placeplan.kernel.figures import Figure, FigureReference, Figures
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.wording import worded
from placeplan.plan.header import Service
from placeplan.reports.charts import StepKind, Waterfall, WaterfallStep
from placeplan.reports.document import Block, Cell, Chart, Column, Note, Row, RowKind, Section, Table, Text
from placeplan.reports.quoting import figure_cell, in_column, missing_notes, quote, sentence, text_cell, unit_words
from placeplan.reports.types import PlanResults

ROWS: tuple[tuple[str, RowKind], ...] = (
    *((step, RowKind.PLAIN) for step in BASELINE_STEPS),
    (Measure.BASELINE, RowKind.SUBTOTAL),
    *((step, RowKind.PLAIN) for step in MOVEMENT_STEPS),
    (Measure.TOTAL, RowKind.TOTAL),
    (Measure.ALLOCATION, RowKind.PLAIN),
    (Measure.BROUGHT_FORWARD, RowKind.PLAIN),
    (Measure.RESOURCES, RowKind.TOTAL),
    (Measure.IN_YEAR, RowKind.SUBTOTAL),
    (Measure.CUMULATIVE, RowKind.SUBTOTAL),
    (Measure.UNDERLYING, RowKind.SUBTOTAL),
)

ZERO_SCALE = "The scale starts at zero."
CUT_SCALE = "Totals are cut off at the left: the scale does not start at zero."


def bridge_section(results: PlanResults, service: Service) -> Section:
    """Table and waterfalls of one service; empty when the plan has no money for it."""
    blocks: list[Block] = []
    table = bridge_table(results, service)
    if table is not None:
        if service.note:
            blocks.append(Note("Note", (Text(service.note),)))
        blocks.append(table)
        blocks.extend(_waterfalls(results, service))
    return Section(f"money-{service.id}", service.name, tuple(blocks))


def bridge_table(results: PlanResults, service: Service) -> Table | None:
    """Every step and total of a service, a column a year."""
    years = results.header.years
    rows = []
    for measure, kind in ROWS:
        ids = [figure_id(service.id, year, measure=measure) for year in years]
        if any(each in results.figures for each in ids):
            cells = (figure_cell(results.figures, each) for each in ids)
            rows.append(Row((text_cell(sentence(WORDS[measure])), *cells), kind))
    if not rows:
        return None
    return Table(
        id=f"bridge-{service.id}",
        caption=f"{service.name}: from outturn to position, {unit_words(str(results.header.money))}",
        columns=(Column("Step", wide=True), *(Column(str(year), numeric=True) for year in years)),
        rows=tuple(rows),
        notes=missing_notes(cell for row in rows for cell in row.cells),
    )


def _waterfalls(results: PlanResults, service: Service) -> Iterator[Chart]:
    for year in results.header.years:
        chart = waterfall(results.figures, service, year=year)
        if chart is not None:
            yield chart


def waterfall(figures: Figures, service: Service, *, year: FinancialYear) -> Chart | None:
    """How outturn becomes planned spend in a year, and what that leaves; nothing where planned spend is not known."""
    total = figures.get(figure_id(service.id, year, measure=Measure.TOTAL))
    if total is None or total.value is None:
        return None
    return _waterfall(figures, service, year=year, total=total)


def _waterfall(figures: Figures, service: Service, *, year: FinancialYear, total: Figure) -> Chart:
    steps = list(_spend_steps(figures, total))
    resources = figures.get(figure_id(service.id, year, measure=Measure.RESOURCES))
    position = figures.get(figure_id(service.id, year, measure=Measure.IN_YEAR))
    if resources is not None and position is not None and position.value is not None:
        steps += _position_steps(figures, service, year=year, resources=resources)
    rows = tuple(Row((text_cell(step.name), cell), _row_kind(step)) for step, cell in steps)
    unit = unit_words(total.unit)
    picture = Waterfall(tuple(step for step, _ in steps))
    return Chart(
        id=f"waterfall-{service.id}-{year}",
        title=f"{service.name}, {year}: how outturn becomes planned spend, and what that leaves",
        picture=picture,
        note=f"{sentence(unit)}. {ZERO_SCALE if picture.starts_at_zero else CUT_SCALE}",
        says=_says([step for step, _ in steps], title=f"{service.name}, {year}"),
        data=Table(
            id=f"waterfall-{service.id}-{year}-data",
            caption=f"{service.name}, {year}: the numbers of the chart, {unit}",
            columns=(Column("Step", wide=True), Column("Amount", numeric=True)),
            rows=rows,
        ),
    )


Step = tuple[WaterfallStep, Cell]


def _spend_steps(figures: Figures, total: Figure) -> Iterator[Step]:
    """The inputs of planned spend, the recurrent baseline opened into its own."""
    for given in total.inputs:
        baseline = figures[given.origin.figure] if isinstance(given.origin, FigureReference) else None
        if baseline is not None and baseline.id.endswith(f".{Measure.BASELINE}"):
            yield from _baseline_steps(figures, baseline)
        elif baseline is not None:
            yield _movement(baseline, float(given.share or 0))
    yield _total(total)


def _baseline_steps(figures: Figures, baseline: Figure) -> Iterator[Step]:
    for number, given in enumerate(baseline.inputs):
        if not isinstance(given.origin, FigureReference):
            continue
        figure = figures[given.origin.figure]
        yield (
            _total(figure, amount=float(given.share or 0))
            if number == 0
            else _movement(figure, float(given.share or 0))
        )
    yield _total(baseline)


def _position_steps(figures: Figures, service: Service, *, year: FinancialYear, resources: Figure) -> Iterator[Step]:
    """From planned spend to total resources: the in-year position, then the balance brought forward."""
    for measure in (Measure.IN_YEAR, Measure.BROUGHT_FORWARD):
        figure = figures.get(figure_id(service.id, year, measure=measure))
        if figure is not None and figure.value is not None:
            yield _movement(figure, float(figure.value), position=True)
    yield _total(resources)


def _movement(figure: Figure, amount: float, *, position: bool = False) -> Step:
    kind = StepKind.POSITION if position else StepKind.RISE if amount >= 0 else StepKind.FALL
    label = in_column(worded(figure.value, figure.unit))
    sign = "+" if amount > 0 else ""
    return WaterfallStep(_name(figure), amount, f"{sign}{label}", kind), Cell((quote(figure, column=True),))


def _total(figure: Figure, *, amount: float = 0) -> Step:
    label = in_column(worded(figure.value, figure.unit))
    return WaterfallStep(_name(figure), amount, label, StepKind.TOTAL), Cell((quote(figure, column=True),))


def _name(figure: Figure) -> str:
    measure = figure.id.rpartition(".")[2]
    return sentence(WORDS.get(measure, figure.label))


def _row_kind(step: WaterfallStep) -> RowKind:
    return RowKind.SUBTOTAL if step.kind is StepKind.TOTAL else RowKind.PLAIN


def _says(steps: list[WaterfallStep], *, title: str) -> str:
    parts = "; ".join(f"{step.name.lower()} {step.label}" for step in steps)
    return f"Waterfall chart for {title}. From top to bottom: {parts}."
