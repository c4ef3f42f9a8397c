"""Scenarios side by side: the bridge of a service, its positions as a chart, rules and savings, with what differs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from placeplan.finance.measures import WORDS, Measure, figure_id
from placeplan.finance.required import REQUIRED, rules_of
from placeplan.kernel.figures import ZERO, Figure, Figures
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.wording import worded
from placeplan.plan.header import Service
from placeplan.plan.model import Plan
from placeplan.plan.tables import BridgeStep
from placeplan.reports.charts import Span, Spans
from placeplan.reports.document import Cell, Chart, Column, Row, RowKind, Section, Table, Tone
from placeplan.reports.quoting import NOTHING, figure_cell, in_column, sentence, unit_words
from placeplan.reports.sections.bridge import ROWS
from placeplan.reports.sections.position import NAMES, PLANNED, gap_of
from placeplan.reports.sections.requirement import signed
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults


@dataclass(frozen=True, slots=True)
class Side:
    """A plan under a scenario, and its figures. ``own``: it is the plan as it stands, whose figures can be opened."""

    title: str
    plan: Plan
    figures: Figures
    own: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """What is laid side by side; the others are held against the first."""

    results: PlanResults
    sides: tuple[Side, ...]

    @property
    def unit(self) -> str:
        """The unit of money."""
        return str(self.results.header.money)

    def values(self, identifier: str) -> list[Decimal | None]:
        """The value of a figure on each side."""
        found: list[Figure | None] = [side.figures.get(identifier) for side in self.sides]
        return [figure.value if figure else None for figure in found]

    def number(self, side: Side, identifier: str) -> Cell:
        """A number; of the plan as it stands, it opens its derivation."""
        if side.own:
            return figure_cell(side.figures, identifier)
        figure = side.figures.get(identifier)
        return plain(NOTHING, Tone.QUIET) if figure is None else plain(in_column(worded(figure.value, self.unit)))

    def cells(self, identifier: str) -> tuple[Cell, ...]:
        """The first number, then each other with its difference from the first."""
        values = self.values(identifier)
        found = [self.number(self.sides[0], identifier)]
        for side, value in zip(self.sides[1:], values[1:], strict=True):
            found += [self.number(side, identifier), difference_cell(values[0], value, unit=self.unit)]
        return tuple(found)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that :meth:`cells` fill."""
        found = [Column(self.sides[0].title, numeric=True)]
        for side in self.sides[1:]:
            found += [Column(side.title, numeric=True), Column("Difference", numeric=True)]
        return tuple(found)


def difference_cell(first: Decimal | None, other: Decimal | None, *, unit: str) -> Cell:
    """How far another value lies from the first, marked where it does."""
    if first is None or other is None:
        return plain(NOTHING, Tone.QUIET)
    return plain(signed(other - first, unit), Tone.NEAR if other != first else Tone.QUIET)


def side_by_side_sections(sides: Sides, service: Service) -> tuple[Section, ...]:
    """Positions of the service, its bridge year by year, then rules and savings of every service."""
    years = sides.results.header.years
    bridges = tuple(_bridge(sides, service, year=year) for year in years)
    savings = _savings(sides)
    return (
        positions_section(sides, service),
        Section("scenario-bridges", f"{service.name}: line by line", bridges),
        rules_section(sides, sides.results.header.services),
        Section("scenario-savings", "Savings by service and year", (savings,) if savings.rows else ()),
    )


def positions_section(sides: Sides, service: Service) -> Section:
    """The cumulative positions of a service as a chart."""
    return Section("scenario-positions", f"{service.name}: where each scenario ends", (_positions(sides, service),))


def rules_section(sides: Sides, services: Sequence[Service]) -> Section:
    """The business rules of some services, met and missed on each side."""
    rules = _rules(sides, services)
    return Section("scenario-rules", "Business rules", (rules,) if rules.rows else ())


def _bridge(sides: Sides, service: Service, *, year: FinancialYear) -> Table:
    rows = []
    for measure, kind in (*ROWS, (Measure.SURPLUS_REQUIRED, RowKind.PLAIN), (Measure.SURPLUS_GAP, RowKind.SUBTOTAL)):
        identifier = figure_id(service.id, year, measure=measure)
        if any(identifier in side.figures for side in sides.sides):
            rows.append(Row((plain(sentence(WORDS[measure])), *sides.cells(identifier)), kind))
    return Table(
        id=f"scenario-bridge-{year}",
        caption=f"{service.name}, {year}, {unit_words(sides.unit)}",
        columns=(Column("Step", wide=True), *sides.columns),
        rows=tuple(rows),
    )


def _positions(sides: Sides, service: Service) -> Chart:
    """The cumulative position of each scenario and year, with the surplus that the rules require as a mark."""
    spans, rows = [], []
    for year in sides.results.header.years:
        for side in sides.sides:
            position = side.figures.get(figure_id(service.id, year, measure=Measure.CUMULATIVE))
            required = side.figures.get(figure_id(service.id, year, measure=Measure.SURPLUS_REQUIRED))
            name = f"{year}: {side.title}"
            if position is not None and position.value is not None:
                spans.append(_span(name, position.value, required=required, unit=sides.unit))
            ids = (figure_id(service.id, year, measure=each) for each in (Measure.CUMULATIVE, Measure.SURPLUS_REQUIRED))
            rows.append(Row((plain(name), *(sides.number(side, each) for each in ids))))
    title = f"{service.name}: cumulative position by year and scenario"
    return Chart(
        id="scenario-positions-chart",
        title=title,
        picture=Spans(0.0, tuple(spans)),
        note=f"{sentence(unit_words(sides.unit))}. Surplus right of the line; a mark is the surplus required.",
        says=f"{title}. " + "; ".join(f"{span.name} {span.label}" for span in spans) + ".",
        data=Table(
            id="scenario-positions-data",
            caption=f"{title}, {unit_words(sides.unit)}",
            columns=(
                Column("Year and scenario", wide=True),
                Column("Cumulative position", numeric=True),
                Column("Surplus required", numeric=True),
            ),
            rows=tuple(rows),
        ),
    )


def _span(name: str, position: Decimal, *, required: Figure | None, unit: str) -> Span:
    mark = None if required is None or required.value is None else float(required.value)
    low, high = sorted((float(position), 0.0))
    return Span(name, low, high, in_column(worded(position, unit)), mark)


def _rules(sides: Sides, services: Sequence[Service]) -> Table:
    rows = tuple(
        Row((plain(f"{service.name}, {year}: {name.lower()}"), *cells))
        for service in services
        for year in sides.results.header.years
        for name, cells in _rule_rows(sides, service, year=year)
    )
    return Table(
        id="scenario-rules-table",
        caption=f"Rules met and missed, with what is planned less what is required, {unit_words(sides.unit)}",
        columns=(Column("Rule", wide=True), *(Column(side.title) for side in sides.sides)),
        rows=rows,
    )


def _rule_rows(sides: Sides, service: Service, *, year: FinancialYear) -> Iterator[tuple[str, list[Cell]]]:
    for rule in rules_of(sides.results.plan, sides.results.round, service=service, year=year):
        required, planned = REQUIRED.get(rule.kind), PLANNED.get(rule.kind)
        if required is None or planned is None:
            continue
        measures = (figure_id(service.id, year, measure=each) for each in (required, planned))
        asked, has = measures
        gaps = [gap_of(side.figures.get(asked), side.figures.get(has)) for side in sides.sides]
        if any(gap is not None for gap in gaps):
            yield NAMES[rule.kind], list(_verdicts(gaps, unit=sides.unit))


def _verdicts(gaps: Sequence[Decimal | None], *, unit: str) -> Iterator[Cell]:
    """Each side's verdict with its gap; one that is not that of the first says so."""
    for gap in gaps:
        if gap is None:
            yield plain("not known", Tone.NEAR)
            continue
        words = f"{'met' if gap >= 0 else 'missed'}, {in_column(worded(gap, unit))}"
        turned = gaps[0] is not None and (gap >= 0) != (gaps[0] >= 0)
        yield plain(f"{words} (differs)" if turned else words, Tone.GOOD if gap >= 0 else Tone.BAD)


def _savings(sides: Sides) -> Table:
    rows = []
    for service in sides.results.header.services:
        for year in sides.results.header.years:
            identifier = figure_id(service.id, year, measure=BridgeStep.EFFICIENCY_SCHEME)
            if any(identifier in side.figures for side in sides.sides):
                rows.append(Row((plain(f"{service.name}, {year}"), *_saved(sides, identifier))))
    return Table(
        id="scenario-savings-table",
        caption=f"Savings that the bridge counts on, {unit_words(sides.unit)}",
        columns=(Column("Service and year", wide=True), *sides.columns),
        rows=tuple(rows),
    )


def _saved(sides: Sides, identifier: str) -> Iterator[Cell]:
    """Savings as positive numbers, each other one with its difference."""
    values = [None if value is None else ZERO - value for value in sides.values(identifier)]
    words = [NOTHING if value is None else in_column(worded(value, sides.unit)) for value in values]
    yield plain(words[0])
    for word, value in zip(words[1:], values[1:], strict=True):
        yield plain(word)
        yield difference_cell(values[0], value, unit=sides.unit)
