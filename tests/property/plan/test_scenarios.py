"""A scenario changes the cells that it names and nothing else."""

from typing import Any

from hypothesis import HealthCheck, Phase, assume, given, settings
from tests.property.plan.valid_plans import plans

from placeplan.plan.model import TABLES, Plan
from placeplan.plan.overriding import apply_scenario
from placeplan.plan.scenario import Scenario
from placeplan.plan.writing import texts_of

SLOW = settings(max_examples=30, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
Cells = dict[tuple[str, tuple[str, ...], str], str]


def cells_of(plan: Plan) -> Cells:
    """The text of every cell of every table, by table, key and heading."""
    cells: Cells = {}
    for table in TABLES:
        for row in plan.rows(table):
            years: dict[Any, Any] = next((getattr(row, column.name) for column in table.columns if column.by_year), {})
            headings = table.headings(years)
            for heading, text in zip(headings, texts_of(table, row), strict=True):
                cells[table.path, table.key_of(row), heading] = text
    return cells


def named(plan: Plan, scenario: Scenario) -> set[tuple[str, tuple[str, ...], str]]:
    """The cells that a scenario names."""
    tables = {table.path: table for table in TABLES}
    return {
        (override.table, tuple(override.row[name] for name in tables[override.table].key), override.column)
        for override in scenario.overrides
    }


@SLOW
@given(plan=plans())
def test_a_scenario_changes_only_the_cells_that_it_names(plan: Plan) -> None:
    assume(plan.scenarios)
    before = cells_of(plan)
    for scenario in plan.scenarios:
        after = apply_scenario(plan, scenario)
        changed = {key for key, text in cells_of(after).items() if before[key] != text}
        assert changed <= named(plan, scenario)
        assert before.keys() == cells_of(after).keys()
        assert (after.header, after.narrative, after.scenarios) == (plan.header, plan.narrative, plan.scenarios)


@SLOW
@given(plan=plans())
def test_the_last_word_on_a_cell_counts(plan: Plan) -> None:
    assume(plan.scenarios)
    for scenario in plan.scenarios:
        after = cells_of(apply_scenario(plan, scenario))
        last = {
            key: override.value.strip()
            for override in scenario.overrides
            for key in named(plan, one(override, scenario))
        }
        assert {key: after[key].casefold() for key in last} == {key: text.casefold() for key, text in last.items()}


def one(override: Any, scenario: Scenario) -> Scenario:
    """A scenario of a single override."""
    return scenario.model_copy(update={"overrides": (override,)})
