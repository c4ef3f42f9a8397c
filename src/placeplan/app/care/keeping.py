"""Moved sliders kept: as cells of the tables of a plan, or as a scenario beside it."""

from collections.abc import Iterable, Mapping

from placeplan.app.care.moving import changed_cells, moved_plan
from placeplan.app.care.sliders import Positions
from placeplan.app.plan_texts import Texts, read_texts
from placeplan.app.section_grids import grid_of, table_of, text_of_grid
from placeplan.indicators.naming import slug
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.plan.model import Plan, Table
from placeplan.plan.scenario import Override, Scenario
from placeplan.plan.writing import scenario_text

LONGEST_TITLE, LONGEST_NAME = 200, 80
NOTHING_MOVED = "no slider is moved"


def sections_with(texts: Texts, positions: Positions) -> dict[str, str]:
    """The sections that change when the sliders become cells of the plan, each with its new text.

    Raises:
        InputError: the texts hold no plan, or nothing moved.
    """
    plan = read_texts(texts)
    changes = _changes(plan, positions)
    found: dict[str, str] = {}
    for section in dict.fromkeys(each.table for each in changes):
        table = table_of(section)
        if table is not None:
            own = [each for each in changes if each.table == section]
            found[section] = _with_cells(plan, table, text=texts[section], changes=own)
    return found


def scenario_with(texts: Texts, positions: Positions, *, title: str, description: str) -> tuple[str, str]:
    """The section and the text of a scenario that sets the same cells.

    Args:
        texts: of the plan.
        positions: of the sliders.
        title: of the scenario; its name is made from it.
        description: why; may be empty.

    Raises:
        InputError: the texts hold no plan, nothing moved, the title makes no name, or there is a scenario of the name.
    """
    plan = read_texts(texts)
    words = " ".join(title.split())
    name = slug(words)[:LONGEST_NAME].strip("-")
    where = Location("scenario", field="title")
    if not name or len(words) > LONGEST_TITLE:
        expected = f"a few words with letters, at most {LONGEST_TITLE} characters"
        raise InputError([Problem(where, "the scenario has no name that can be kept", expected)])
    section = f"scenarios/{name}.yaml"
    if section in texts:
        raise InputError([Problem(where, f"there is a scenario called {name}", "another title")])
    scenario = Scenario(
        scenario=name,
        title=words,
        description=" ".join(description.split()) or None,
        overrides=_changes(plan, positions),
    )
    return section, scenario_text(scenario)


def _changes(plan: Plan, positions: Positions) -> tuple[Override, ...]:
    changes = changed_cells(plan, moved_plan(plan, positions))
    if not changes:
        message = "there is nothing to keep"
        raise InputError([Problem(Location("sliders"), f"{NOTHING_MOVED}, so {message}", "one that is moved")])
    return changes


def _with_cells(plan: Plan, table: Table, *, text: str, changes: Iterable[Override]) -> str:
    """The text of a table in which some cells say something else, and all others what they said."""
    grid = grid_of(table, text, years=plan.header.years)
    headings = [column.heading for column in grid.columns]
    rows = [list(row) for row in grid.rows]
    lines = {_key_of(table, dict(zip(headings, row, strict=True))): row for row in rows}
    for change in changes:
        lines[_key_of(table, change.row)][headings.index(change.column)] = change.value
    return text_of_grid(headings, rows) or text


def _key_of(table: Table, cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(cells.get(name, "").strip() for name in table.key)
