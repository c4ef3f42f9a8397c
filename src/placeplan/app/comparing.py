"""How two plans differ: in what they say of themselves, in figures, in rows of tables and in sections of text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from placeplan.app.computing import Computed
from placeplan.kernel.figures import Figure
from placeplan.plan.model import TABLES, Plan, Table
from placeplan.plan.writing import plain, texts_of, years_of


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure before and after (``None``: it was not there, or not known)."""

    figure: str
    label: str
    unit: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """After less before, where both are known."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class TextChange:
    """A value in words before and after; empty where there was none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that was added or removed, or the cells in which it changed."""

    row: str
    kind: str
    cells: tuple[TextChange, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What changed in one table."""

    title: str
    rows: tuple[RowChange, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two plans."""

    header: tuple[TextChange, ...]
    figures: tuple[FigureChange, ...]
    tables: tuple[SectionChange, ...]
    narrative: tuple[TextChange, ...]
    scenarios: tuple[TextChange, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.header or self.figures or self.tables or self.narrative or self.scenarios)


def compare(before: Computed, after: Computed) -> Comparison:
    """Compare two computed plans."""
    return Comparison(
        header=tuple(_text_changes(_flat(before.plan), _flat(after.plan))),
        figures=tuple(_figure_changes(before, after)),
        tables=tuple(section for table in TABLES if (section := _section(table, before.plan, after=after.plan)).rows),
        narrative=tuple(
            _text_changes(*(({each.file: each.text for each in plan.narrative}) for plan in (before.plan, after.plan)))
        ),
        scenarios=tuple(
            _text_changes(
                *(
                    ({each.scenario: each.model_dump_json() for each in plan.scenarios})
                    for plan in (before.plan, after.plan)
                )
            )
        ),
    )


def _flat(plan: Plan) -> dict[str, str]:
    found: dict[str, str] = {}

    def walk(value: Any, path: str) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                walk(item, f"{path}.{key}" if path else str(key))
        elif isinstance(value, list):
            for index, item in enumerate(value, start=1):
                walk(item, f"{path}.{index}")
        else:
            found[path] = str(value)

    walk(plain(plan.header.model_dump(exclude_defaults=True)), "")
    return found


def _text_changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[TextChange]:
    for name in dict.fromkeys([*before, *after]):
        if before.get(name, "") != after.get(name, ""):
            yield TextChange(name, before.get(name, ""), after.get(name, ""))


def _figure_changes(before: Computed, after: Computed) -> Iterator[FigureChange]:
    for name in dict.fromkeys([*before.figures, *after.figures]):
        old, new = before.figures.get(name), after.figures.get(name)
        old_value, new_value = (figure.value if figure else None for figure in (old, new))
        either: Figure | None = new or old
        if old_value != new_value and either is not None:
            yield FigureChange(name, either.label, either.unit, old_value, new_value)


def _section(table: Table, before: Plan, *, after: Plan) -> SectionChange:
    return SectionChange(table.title, tuple(_row_changes(table, before, after=after)))


def _row_changes(table: Table, before: Plan, *, after: Plan) -> Iterator[RowChange]:
    old, new = (_rows_by_key(table, plan) for plan in (before, after))
    for key in dict.fromkeys([*old, *new]):
        name = ", ".join(part for part in key if part)
        if key not in new:
            yield RowChange(name, "removed")
        elif key not in old:
            yield RowChange(name, "added")
        elif old[key] != new[key]:
            yield RowChange(name, "changed", tuple(_text_changes(old[key], new[key])))


def _rows_by_key(table: Table, plan: Plan) -> dict[tuple[str, ...], dict[str, str]]:
    rows = plan.rows(table)
    headings = table.headings(years_of(table, rows, plan_years=plan.header.years))
    return {table.key_of(row): dict(zip(headings, texts_of(table, row), strict=True)) for row in rows}
