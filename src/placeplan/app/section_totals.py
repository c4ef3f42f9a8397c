"""The totals beside a table that somebody changes, and what they were in the revision that was published last."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from placeplan.app.section_definitions import read_totals
from placeplan.kernel.figures import Figures
from placeplan.kernel.wording import worded
from placeplan.registers.section_totals import SectionTotals
from placeplan.reports.types import PlanResults


@dataclass(frozen=True, slots=True)
class ShownTotal:
    """A total: its figure, what it comes to, and by how much it changed since it was published (empty: not at all)."""

    figure: str
    printed: str
    change: str
    negative: bool


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """The totals of one service, role or whatever is summed up; nothing where there is no such figure."""

    label: str
    cells: tuple[ShownTotal | None, ...]


@dataclass(frozen=True, slots=True)
class ShownTotals:
    """The totals of a table: for each year the measures, in the order of the cells."""

    title: str
    years: tuple[str, ...]
    measures: tuple[str, ...]
    rows: tuple[TotalsRow, ...]


def totals_of(section: str, results: PlanResults | None, *, published: PlanResults | None) -> ShownTotals | None:
    """The totals beside a table; nothing where no figure sums it up, or the plan cannot be read.

    Args:
        section: the file of the table.
        results: of the texts that somebody changes (``None``: they cannot be read).
        published: of the revision that they are held against.
    """
    definition = read_totals().of_section(section)
    if definition is None or results is None:
        return None
    found = _found(definition, results.figures)
    years = tuple(dict.fromkeys(year for _, year, _ in found))
    rows = tuple(dict.fromkeys(row for row, _, _ in found))
    if not rows:
        return None
    old = published.figures if published else None
    names = {service.id: service.name for service in results.header.services}
    shown = tuple(
        TotalsRow(
            definition.rows.get(row) or names.get(row) or _words(row),
            tuple(
                _total(found.get((row, year, measure.id)), results.figures, old=old)
                for year in years
                for measure in definition.measures
            ),
        )
        for row in rows
    )
    return ShownTotals(definition.title, years, tuple(each.words for each in definition.measures), shown)


def _found(definition: SectionTotals, figures: Iterable[str]) -> dict[tuple[str, str, str], str]:
    """Identifiers of the figures, by row, year and measure, in the order of their years."""
    pattern = definition.pattern()
    wanted = definition.rows
    matches = [match for name in figures if (match := pattern.match(name)) and (not wanted or match["row"] in wanted)]
    matches.sort(key=lambda match: match["year"])
    return {(match["row"], match["year"], match["measure"]): match[0] for match in matches}


def _total(name: str | None, figures: Figures, *, old: Figures | None) -> ShownTotal | None:
    if name is None:
        return None
    figure = figures[name]
    change = ""
    if old is not None:
        was = old.get(name)
        change = _change(was.value, figure.value, unit=figure.unit) if was else "new"
    negative = figure.value is not None and figure.value < 0
    return ShownTotal(name, worded(figure.value, figure.unit), change, negative)


def _change(before: Decimal | None, after: Decimal | None, *, unit: str) -> str:
    if before == after:
        return ""
    if before is None or after is None:
        return f"was {worded(before, unit)}"
    return f"{'+' if after > before else ''}{worded(after - before, unit)}"


def _words(row: str) -> str:
    return row.replace(".", ", ").replace("-", " ").capitalize()
