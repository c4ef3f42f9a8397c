"""Financial mapping: areas of spend with their levers and goals, against what is asked for from above."""

from collections.abc import Iterator, Sequence

from placeplan.finance.spend_areas import (
    KIND_WORDS,
    AreaMeasure,
    all_spend_id,
    area_id,
    can_be_changed,
    kind_of,
    years_of_spend,
)
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.wording import worded
from placeplan.plan.savings_tables import SpendArea
from placeplan.plan.spend_tree import from_the_top, parts_of
from placeplan.reports.document import Block, Cell, Chart, Column, Note, Row, RowKind, Section, Table, Text, Tone
from placeplan.reports.quoting import figure_cell, in_column, missing_notes, quote, unit_words
from placeplan.reports.sections.care_numbers import drawn, spoken_money
from placeplan.reports.tabulating import plain, source_cell
from placeplan.reports.types import PlanResults

INDENT = "\N{EM SPACE}"
MEASURES = (
    ("Spend", AreaMeasure.TOTAL),
    ("Can be changed", AreaMeasure.ADDRESSABLE),
    ("Goals come to", AreaMeasure.GOAL),
    ("Of spend", AreaMeasure.GOAL_SHARE),
    ("Target", AreaMeasure.TARGET),
    ("Goals less target", AreaMeasure.AGAINST_TARGET),
)


def spend_areas_section(results: PlanResults) -> Section:
    """For every year what is asked against what can be given, the tree of areas, and spend by lever."""
    blocks: list[Block] = []
    for year in years_of_spend(results.plan.spend_areas):
        blocks += [*_notes(results, year), _table(results, year), *_picture(results, year)]
    return Section("money-mapping", "Financial mapping", tuple(blocks))


def _notes(results: PlanResults, year: FinancialYear) -> Iterator[Note]:
    """What each target asks, of how much that can be changed, and what the goals come to."""
    for area in results.plan.spend_areas:
        figures = [
            results.figures.get(area_id(area.area, year, measure=measure))
            for measure in (AreaMeasure.TARGET, AreaMeasure.TOTAL, AreaMeasure.ADDRESSABLE, AreaMeasure.ASKED)
        ]
        goal = results.figures[area_id(area.area, year, measure=AreaMeasure.GOAL)]
        against = results.figures.get(area_id(area.area, year, measure=AreaMeasure.AGAINST_TARGET))
        target, total, addressable, asked = figures
        if target is None or total is None or addressable is None or against is None or against.value is None:
            continue
        share = (Text(", of which it asks "), quote(asked)) if asked is not None else ()
        yield Note(
            f"{area.title}, {year}: what is asked, and what the goals give",
            (
                Text(f"{area.target} of "), quote(total), Text(" is "), quote(target), Text(". "), quote(addressable),
                Text(" can be changed here"), *share, Text(". The goals come to "), quote(goal), Text(": "),
                quote(against), Text(" against the target."),
            ),
            Tone.BAD if against.value < 0 else Tone.GOOD,
        )  # fmt: skip


def _table(results: PlanResults, year: FinancialYear) -> Table:
    areas = results.plan.spend_areas
    parts = parts_of(areas)
    shown = [
        (heading, measure)
        for heading, measure in MEASURES
        if any(area_id(area.area, year, measure=measure) in results.figures for area in areas)
    ]
    rows = [
        _row(area, depth=depth, cells=_cells(results, area, year=year, shown=shown), parted=area.area in parts)
        for depth, area in from_the_top(areas)
    ]
    goals_at = len(("Area", "Lever"))
    columns = [Column(heading, numeric=True) for heading, _ in shown]
    return Table(
        id=f"mapping-{year}",
        caption=f"Areas of spend, {year}, {unit_words(str(results.header.money))}",
        columns=(
            Column("Area", wide=True), Column("Lever"), *columns[:goals_at], Column("Goal", numeric=True),
            *columns[goals_at:], Column("Source", wide=True),
        ),
        rows=tuple(rows),
        notes=missing_notes(cell for row in rows for cell in row.cells),
    )  # fmt: skip


def _cells(
    results: PlanResults, area: SpendArea, *, year: FinancialYear, shown: Sequence[tuple[str, AreaMeasure]]
) -> list[Cell]:
    ids = [area_id(area.area, year, measure=measure) for _, measure in shown]
    return [figure_cell(results.figures, each) if each in results.figures else Cell() for each in ids]


def _row(area: SpendArea, *, depth: int, cells: list[Cell], parted: bool) -> Row:
    kind = RowKind.PLAIN if not parted else RowKind.SUBTOTAL if depth else RowKind.TOTAL
    lever = Cell() if parted else _lever(area)
    goal = plain(str(area.goal) if area.goal is not None and not parted and can_be_changed(area) else None)
    name = plain(INDENT * depth + area.title)
    return Row((name, lever, *cells[:2], goal, *cells[2:], source_cell(area)), kind)


def _lever(area: SpendArea) -> Cell:
    words = {
        "price": "price",
        "volume": "volume",
        "price-and-volume": "price and volume",
        "national": "only nationally",
    }
    return plain(words.get(kind_of(area), str(kind_of(area))), Tone.PLAIN if can_be_changed(area) else Tone.QUIET)


def _picture(results: PlanResults, year: FinancialYear) -> Iterator[Chart]:
    """Spend by what can be changed about it, with what the goals come to; nothing where a part is not known."""
    from placeplan.reports.pictures.bars import Bar, bars_picture

    unit = str(results.header.money)
    found = [
        (
            words,
            results.figures[all_spend_id(year, measure=kind)],
            results.figures[all_spend_id(year, measure=f"{kind}-goal")],
        )
        for kind, words in KIND_WORDS.items()
        if all_spend_id(year, measure=kind) in results.figures
    ]
    bars = [
        Bar(words, float(spend.value), f"{worded(spend.value, unit)}, goals {worded(goal.value, unit)}")
        for words, spend, goal in found
        if spend.value is not None and goal.value is not None
    ]
    if len(bars) < len(found):
        return
    picture = bars_picture(
        f"mapping-levers-{year}",
        bars,
        title=f"Spend of {year} by what can be changed about it",
        subtitle="",
        unit=spoken_money(unit),
        marks=("Synthetic",) if results.header.synthetic else (),
    )
    rows = [
        (words, in_column(worded(spend.value, unit)), in_column(worded(goal.value, unit)))
        for words, spend, goal in found
    ]
    yield drawn(picture, columns=("What can be changed", "Spend", "Goals come to"), rows=rows)
