"""A plan as it would be with its sliders moved: the changed cells, and the plan that has them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from math import floor
from typing import Any

from placeplan.app.care.sliders import AS_PLANNED, Positions, SliderKind, sliders_of
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.printed import PrintedNumber
from placeplan.plan.cells import Cell, Rate
from placeplan.plan.columns import Column
from placeplan.plan.model import TABLES, Plan, Table
from placeplan.plan.scenario import Override

PLACES = Decimal("0.0001")
MONTHS = 12
MOVED_TABLES = ("care/interventions.csv", "care/reach.csv", "care/effects.csv")
Cells = Mapping[FinancialYear, Cell | None]


def moved_plan(plan: Plan, positions: Positions) -> Plan:
    """The plan whose cells say what the sliders say. Where nothing moved it is the plan itself."""
    if not positions.moved:
        return plan
    at = _places(plan, positions)
    return replace(
        plan,
        care_interventions=tuple(
            _kept(row, maturity=_later(row.maturity, at[row.intervention, SliderKind.DELAY]))
            for row in plan.care_interventions
        ),
        care_reach=tuple(
            _kept(row, reach=_scaled(row.reach, at.get((row.intervention, SliderKind.REACH), AS_PLANNED)))
            for row in plan.care_reach
        ),
        care_effects=tuple(
            _kept(
                row,
                share=_scaled(row.share, at.get((row.intervention, SliderKind.EFFECT), AS_PLANNED)),
                maturity=_later(row.maturity, at.get((row.intervention, SliderKind.DELAY), 0)),
            )
            for row in plan.care_effects
        ),
    )


def changed_cells(plan: Plan, moved: Plan) -> tuple[Override, ...]:
    """Every cell in which the plan with moved sliders differs, as a scenario names cells."""
    tables = [table for table in TABLES if table.path in MOVED_TABLES]
    return tuple(
        override
        for table in tables
        for before, after in zip(plan.rows(table), moved.rows(table), strict=True)
        if before != after
        for override in _of_row(table, before, after=after)
    )


def _places(plan: Plan, positions: Positions) -> dict[tuple[str, SliderKind], int]:
    sliders = (slider for each in sliders_of(plan).values() for slider in each)
    return {(slider.intervention, slider.kind): positions.of(slider) for slider in sliders}


def _kept(row: Any, **changes: Any) -> Any:
    """The row with its changes; the row itself where they say what it says."""
    return row if all(getattr(row, name) == value for name, value in changes.items()) else replace(row, **changes)


def _scaled(number: PrintedNumber, percent: int) -> PrintedNumber:
    return number if percent == AS_PLANNED else _per_cent(number.value * percent / AS_PLANNED)


def _later(cells: Cells, months: int) -> Cells:
    """Shares of maturity so many months later: between two years as far along as the months are; nothing before all."""
    rates = [cell.percent.value for cell in cells.values() if isinstance(cell, Rate)]
    if months == 0 or len(rates) < len(cells):
        return cells
    return {year: Rate(_per_cent(_at(rates, place, months=months))) for place, year in enumerate(cells)}


def _at(rates: list[Decimal], place: int, *, months: int) -> Decimal:
    """The share at a place of the years less some months: none before the first year; after the last it stays."""
    whole = place * MONTHS - months
    before = floor(whole / MONTHS)
    along = Decimal(whole - before * MONTHS) / MONTHS
    known = [Decimal(0) if at < 0 else rates[min(at, len(rates) - 1)] for at in (before, before + 1)]
    return known[0] + (known[1] - known[0]) * along


def _per_cent(value: Decimal) -> PrintedNumber:
    """A share as a cell prints it, with as many places as it needs and four at most."""
    text = f"{value.quantize(PLACES):f}"
    trimmed = text.rstrip("0").rstrip(".") if "." in text else text
    places = len(trimmed.partition(".")[2])
    return PrintedNumber(Decimal(trimmed), Decimal(1).scaleb(-places), f"{trimmed}%", percent=True)


def _of_row(table: Table, before: Any, *, after: Any) -> Iterator[Override]:
    row = dict(zip(table.key, table.key_of(before), strict=True))
    for heading, value in _changes(table.columns, before, after=after):
        yield Override(table=table.path, row=row, column=heading, value=value)


def _changes(columns: Iterable[Column], before: Any, *, after: Any) -> Iterator[tuple[str, str]]:
    for column in columns:
        old, new = getattr(before, column.name), getattr(after, column.name)
        if old == new:
            continue
        if column.by_year:
            yield from ((str(year), str(cell)) for year, cell in new.items() if cell != old[year])
        else:
            yield column.name, str(new)
