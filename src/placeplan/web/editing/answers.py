"""What a page is told of a section that somebody changes: findings, totals, rows, open comments."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from placeplan.app.section_grids import SectionGrid, grid_of
from placeplan.app.section_totals import ShownTotals, totals_of
from placeplan.app.workspace_checks import CheckedTexts
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.model import Table
from placeplan.web.planning import selectors
from placeplan.web.planning.results import results_of
from placeplan.web.planning.selectors import Working


def years_of(working: Working, checked: CheckedTexts) -> tuple[FinancialYear, ...]:
    """The years of the plan; those that are published while a draft cannot be read."""
    known = checked if checked.results else results_of(selectors.published(working.plan))
    return known.results.header.years if known.results else ()


def section_grid(working: Working, checked: CheckedTexts, *, table: Table) -> SectionGrid:
    """The grid of a table as a person sees it.

    Raises:
        InputError: its text is no table.
    """
    return grid_of(table, working.texts.get(table.path), years=years_of(working, checked))


def section_totals(working: Working, checked: CheckedTexts, *, name: str) -> ShownTotals | None:
    """The totals beside a section, held against the revision that stands."""
    return totals_of(name, checked.results, published=results_of(selectors.published(working.plan)).results)


def told(working: Working, name: str, *, lines: Sequence[int] = ()) -> dict[str, Any]:
    """What a page that changes a section is told after each write."""
    checked = results_of(working)
    return {
        "readable": checked.readable,
        "counts": {str(severity): count for severity, count in checked.counts.items()},
        "findings": [asdict(each) for each in checked.of_section(name)],
        "lines": list(lines),
        "changed": working.draft is not None and working.draft.sections.filter(name=name).exists(),
    }
