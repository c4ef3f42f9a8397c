"""Where what a thread is about stands today: a figure, a row by its key, or a section."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from placeplan.app.assuring import LINE_NAME, lines_of, name_of_line
from placeplan.app.section_grids import grid_of, table_of
from placeplan.app.section_rows import shown_rows
from placeplan.app.workspace_checks import CheckedTexts
from placeplan.kernel.errors import InputError
from placeplan.plan.row_names import section_of_name
from placeplan.web.editing.rows import row_address
from placeplan.web.planning.models import Plan
from placeplan.web.planning.selectors import Working


@dataclass(frozen=True, slots=True)
class Target:
    """What a thread is about: words, and where it is (empty: it is not in the plan as it stands)."""

    words: str
    address: str


def targets_of(plan: Plan, working: Working, *, checked: CheckedTexts, names: Iterable[str]) -> Mapping[str, Target]:
    """For each name that a thread is about, what it is today."""
    names = set(names)
    rows: dict[str, Mapping[str, str]] = {}
    lines = _lines(plan, checked) if any(name.startswith(LINE_NAME) for name in names) else {}
    found: dict[str, Target] = {}
    for name in names:
        section = section_of_name(name)
        figure = checked.results.figures.get(name) if checked.results else None
        if name in lines:
            found[name] = lines[name]
        elif figure is not None:
            found[name] = Target(figure.label, reverse("planning:figure", args=[plan.slug, name]))
        elif name == section:
            there = name in working.texts or table_of(name) is not None
            found[name] = Target(name, reverse("planning:section", args=[plan.slug, name]) if there else "")
        else:
            if section not in rows:
                rows[section] = _rows(plan, working, section=section)
            found[name] = Target(name, rows[section].get(name, ""))
    return found


def _lines(plan: Plan, checked: CheckedTexts) -> Mapping[str, Target]:
    """Each line of assurance, by the name under which queries are raised on it."""
    start = reverse("assuring:assurance", args=[plan.slug])
    return {name_of_line(line.id): Target(line.question, f"{start}#line-{line.id}") for line in lines_of(checked)}


def _rows(plan: Plan, working: Working, *, section: str) -> Mapping[str, str]:
    """The address of each row of a section, by its name."""
    table = table_of(section)
    if table is None:
        return {}
    try:
        grid = grid_of(table, working.texts.get(section), years=())
    except InputError:
        return {}
    return {row.name: row_address(plan.slug, section, key=row.key) for row in shown_rows(table, grid)}
