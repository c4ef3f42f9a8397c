"""Scenarios: named cells set to other values."""

from pathlib import Path

import pytest
from tests.unit.plan.small_plan import small_plan

from placeplan.kernel.errors import InputError
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.overriding import apply_scenario, scenario_named
from placeplan.plan.scenario import Override, Scenario

LINES = "finance/lines.csv"
SECOND = FinancialYear(2015)


def scenario(*overrides: Override) -> Scenario:
    """A scenario of these overrides."""
    return Scenario(scenario="what-if", title="What if", overrides=overrides)


def override(column: str, value: str, *, line: str = "Growth", table: str = LINES) -> Override:
    """One override of a bridge line."""
    return Override(table=table, row={"line": line}, column=column, value=value)


def test_a_scenario_of_the_plan_sets_its_cell(tmp_path: Path) -> None:
    plan = small_plan(tmp_path)
    after = apply_scenario(plan, scenario_named(plan, "slow-growth"))
    assert str(after.lines[1].amounts[SECOND]) == "1.5%"
    assert str(plan.lines[1].amounts[SECOND]) == "2.70%", "the plan itself stays as it is"


def test_an_unknown_scenario_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="slow-growth"):
        scenario_named(small_plan(tmp_path), "fast-growth")


def test_the_later_override_of_a_cell_counts(tmp_path: Path) -> None:
    after = apply_scenario(small_plan(tmp_path), scenario(override("2015-16", "5"), override("2015-16", "6")))
    assert str(after.lines[1].amounts[SECOND]) == "6"


def test_a_cell_may_be_made_unknown(tmp_path: Path) -> None:
    assert apply_scenario(small_plan(tmp_path), scenario(override("2015-16", ""))).lines[1].amounts[SECOND] is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (override("2015-16", "5", table="finance/nothing.csv"), "no table"),
        (override("2015-16", "5", line="Gravel"), "no rows"),
        (override("2039-40", "5"), "no column '2039-40'"),
        (override("colour", "blue"), "no column 'colour'"),
        (override("line", "Other growth"), "names the row"),
        (override("2015-16", "plenty"), "'plenty' cannot be read"),
        (override("step", " "), "cannot be blank"),
        (Override(table=LINES, row={"step": "outturn"}, column="2015-16", value="5"), "not part of the key"),
        (Override(table=LINES, row={"service": "primary-care"}, column="2015-16", value="5"), "4 rows"),
    ],
)
def test_an_override_that_does_not_fit_is_refused(tmp_path: Path, change: Override, message: str) -> None:
    with pytest.raises(InputError, match=message):
        apply_scenario(small_plan(tmp_path), scenario(change))


def test_every_override_that_does_not_fit_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        apply_scenario(small_plan(tmp_path), scenario(override("colour", "blue"), override("2015-16", "plenty")))
    assert [problem.location.field for problem in raised.value.problems] == ["overrides.0", "overrides.1"]
