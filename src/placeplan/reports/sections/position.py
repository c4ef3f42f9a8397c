"""Where one service stands in one year: its positions, and the business rules with what each asks, has and lacks."""

from dataclasses import dataclass, replace
from decimal import Decimal

from placeplan.finance.measures import WORDS, Measure, figure_id
from placeplan.finance.outlook import collective_id
from placeplan.finance.required import REQUIRED, rules_of
from placeplan.kernel.figures import ZERO, Figure
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.wording import PER_CENT, worded
from placeplan.plan.header import Service
from placeplan.plan.tables import BridgeStep
from placeplan.reports.document import Block, Cell, Chart, Column, Note, Row, Section, Table, Text, Tone
from placeplan.reports.quoting import (
    NOTHING,
    figure_cell,
    in_column,
    marked,
    missing_notes,
    quote,
    sentence,
    unit_words,
)
from placeplan.reports.sections.bridge import waterfall
from placeplan.reports.sections.targets import verdict
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults
from placeplan.rounds.money_rules import BusinessRule, RuleKind

CHOSEN = "chosen-"
PLANNED = {
    RuleKind.SURPLUS: Measure.CUMULATIVE,
    RuleKind.CONTINGENCY: BridgeStep.CONTINGENCY,
    RuleKind.HEADROOM: Measure.NON_RECURRENT_SPEND,
}
NAMES = {
    RuleKind.SURPLUS: "Surplus",
    RuleKind.CONTINGENCY: "Contingency",
    RuleKind.HEADROOM: "Headroom, spent once",
}
TILES = (Measure.IN_YEAR, Measure.CUMULATIVE, Measure.UNDERLYING, Measure.SURPLUS_GAP, Measure.SAVINGS_REQUIREMENT)


@dataclass(frozen=True, slots=True)
class Tile:
    """One number at the head of a page: what it is, the number, and a word on it."""

    title: str
    number: Cell
    words: str


def tiles(results: PlanResults, service: Service, *, year: FinancialYear) -> tuple[Tile, ...]:
    """The positions of a service in a year, and how far its allocation lies from target where that is known."""
    found = [_tile(results, figure_id(service.id, year, measure=measure), measure=measure) for measure in TILES]
    distance = _tile(results, figure_id(service.id, year, measure=Measure.DISTANCE), measure=Measure.DISTANCE)
    percent = results.figures.get(figure_id(service.id, year, measure=Measure.DISTANCE_PERCENT))
    if distance is not None and percent is not None:
        distance = replace(distance, words=f"{worded(percent.value, PER_CENT)} of target")
    return tuple(tile for tile in (*found, distance) if tile is not None)


def _tile(results: PlanResults, identifier: str, *, measure: Measure) -> Tile | None:
    figure = results.figures.get(identifier)
    if figure is None:
        return None
    tone, words = _standing(figure, measure)
    return Tile(sentence(WORDS[measure]), Cell((quote(figure),), tone), words)


def _standing(figure: Figure, measure: Measure) -> tuple[Tone, str]:
    if figure.value is None:
        return Tone.NEAR, "; ".join(figure.missing)
    below = figure.value < 0
    if measure is Measure.SAVINGS_REQUIREMENT:
        return Tone.PLAIN, "may still be spent" if below else "with every reserve of the rules planned"
    if measure is Measure.SURPLUS_GAP:
        return (Tone.BAD, "the rule is missed") if below else (Tone.GOOD, "the rule is met")
    if measure is Measure.DISTANCE:
        return Tone.PLAIN, "below target" if below else "above target"
    return (Tone.BAD, "deficit") if below else (Tone.PLAIN, "surplus" if figure.value else "balance")


def position_section(results: PlanResults, service: Service, *, year: FinancialYear) -> Section:
    """The rules of a service in a year, what services owe together, and the waterfall of the year."""
    blocks: list[Block] = [rules_table(results, service, year=year)]
    together = _collective(results, service, year=year)
    if together is not None:
        blocks.append(together)
    if service.note:
        blocks.append(Note("Note", (Text(service.note),)))
    return Section("position", f"What the rules ask of {service.name}, {year}", tuple(blocks))


def chosen_waterfall(results: PlanResults, service: Service, *, year: FinancialYear) -> Chart | None:
    """The waterfall of the year under a name of its own, since the chapter below it has the same one."""
    chart = waterfall(results.figures, service, year=year)
    if chart is None:
        return None
    return replace(chart, id=CHOSEN + chart.id, data=replace(chart.data, id=CHOSEN + chart.data.id))


def rules_table(results: PlanResults, service: Service, *, year: FinancialYear) -> Table:
    """Each business rule: what it asks, what the plan has for it, and the gap."""
    rules = rules_of(results.plan, results.round, service=service, year=year)
    rows = tuple(_rule_row(results, service, year=year, rule=rule) for rule in rules)
    money = unit_words(str(results.header.money))
    none = () if rows else ((Text("The round has no business rule for this service in this year."),),)
    numbers = (Column(heading, numeric=True) for heading in ("Required", "Planned", "Gap"))
    return Table(
        id="rules",
        caption=f"{service.name}, {year}: business rules of the round, {money}",
        columns=(Column("Rule"), Column("Asks for", wide=True), *numbers, Column("Verdict")),
        rows=rows,
        notes=(*none, *missing_notes(cell for row in rows for cell in row.cells)),
    )


def _rule_row(results: PlanResults, service: Service, *, year: FinancialYear, rule: BusinessRule) -> Row:
    asks = Cell(marked(f"{worded(rule.percent, PER_CENT)} of {rule.of}", confirmed=rule.confirmed))
    name = plain(NAMES.get(rule.kind, sentence(str(rule.kind).replace("-", " "))))
    required, planned = REQUIRED.get(rule.kind), PLANNED.get(rule.kind)
    if required is None or planned is None:
        nothing = plain(NOTHING, Tone.QUIET)
        return Row((name, asks, nothing, nothing, nothing, plain("judged by the checks", Tone.QUIET)))
    figures = results.figures
    asked, has = (figures.get(figure_id(service.id, year, measure=each)) for each in (required, planned))
    gap = gap_of(asked, has)
    return Row(
        (
            name,
            asks,
            figure_cell(figures, figure_id(service.id, year, measure=required)),
            figure_cell(figures, figure_id(service.id, year, measure=planned)),
            plain(NOTHING if gap is None else in_column(worded(gap, str(results.header.money)))),
            _rule_verdict(rule, asked, planned=has, gap=gap),
        )
    )


def gap_of(required: Figure | None, planned: Figure | None) -> Decimal | None:
    """What is planned less what is required; a step that no line has is nothing planned. Unknown where one is."""
    if required is None or required.value is None or (planned is not None and planned.value is None):
        return None
    return (planned.value if planned is not None and planned.value is not None else ZERO) - required.value


def _rule_verdict(rule: BusinessRule, required: Figure | None, *, planned: Figure | None, gap: Decimal | None) -> Cell:
    if gap is None or required is None or required.value is None:
        return plain("not known", Tone.NEAR)
    if planned is not None:
        judged = verdict(planned, required.value, tolerance=required.tolerance)
    else:
        judged = plain("met", Tone.GOOD) if gap >= 0 else plain("missed", Tone.BAD)
    if rule.kind is RuleKind.HEADROOM and gap < 0:
        return Cell((*judged.runs, Text(f", {worded(-gap, required.unit)} uncommitted")), judged.tone)
    return judged


def _collective(results: PlanResults, service: Service, *, year: FinancialYear) -> Table | None:
    """Targets of the year that the service must reach together with others."""
    targets = [each for each in results.plan.collective_targets if each.year == year and service.id in each.services]
    unit = str(results.header.money)
    rows = []
    for target in targets:
        figure = results.figures.get(collective_id(target))
        at_least = target.at_least
        judged = plain(NOTHING) if figure is None else verdict(figure, at_least.value, tolerance=at_least.tolerance)
        position = figure_cell(results.figures, collective_id(target))
        rows.append(Row((plain(target.title), plain(in_column(worded(at_least.value, unit))), position, judged)))
    if not rows:
        return None
    return Table(
        id="together",
        caption=f"Owed together with other services, {year}, {unit_words(unit)}",
        columns=(
            Column("Target", wide=True),
            Column("At least", numeric=True),
            Column("Joint cumulative position", numeric=True),
            Column("Verdict"),
        ),
        rows=tuple(rows),
    )
