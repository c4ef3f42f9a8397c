"""Two plans differ in figures, rows and sections, and a plan does not differ from itself."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.unit.app.bundled import NAMES, bundled

from placeplan.app.comparing import Comparison, compare
from placeplan.app.computing import compute

PLAN = "kent-medway-2014"


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_is_the_same_as_itself(name: str) -> None:
    assert compare(bundled(name), bundled(name)).same


def with_more_drugs() -> Comparison:
    return compare(bundled(PLAN), bundled(PLAN, "drug-allocation"))


def test_cells_that_changed_are_told_one_by_one() -> None:
    table, claims = with_more_drugs().tables
    (claim,) = claims.rows
    assert [(cell.name, cell.before, cell.after) for cell in claim.cells] == [
        ("state", "raised", "transacted"),
        ("allocation", "", "Notified Allocation"),
    ]
    (row,) = table.rows
    assert (table.title, row.row, row.kind) == ("Allocations", "public-health, Notified Allocation", "changed")
    assert [(cell.name, cell.before, cell.after) for cell in row.cells] == [("2014-15", "51314", "54214")]


def test_what_it_does_to_every_figure_downstream_is_told() -> None:
    changes = {each.figure: each for each in with_more_drugs().figures}
    allocation = changes["finance.public-health.2014-15.allocation"]
    assert (allocation.before, allocation.after, allocation.change) == (51314, 54214, 2900)
    assert changes["finance.public-health.2015-16.brought-forward"].change == 2900
    assert changes["finance.all.2015-16.cumulative"].change == Decimal(2900)
    assert not [name for name in changes if "primary-care" in name or name.endswith(".total")]


def test_header_text_and_scenarios_are_compared_too() -> None:
    plan = bundled(PLAN).plan
    header = plan.header.model_copy(update={"title": "Another title"})
    narrative = (replace(plan.narrative[0], text="Another text"), *plan.narrative[1:])
    changed = compute(replace(plan, header=header, narrative=narrative, scenarios=()), bundled(PLAN).round)
    found = compare(bundled(PLAN), changed)
    assert [(each.name, each.after) for each in found.header] == [("title", "Another title")]
    assert [each.name for each in found.narrative] == [plan.narrative[0].file]
    assert [each.after for each in found.scenarios] == [""]
    assert (found.figures, found.tables, found.same) == ((), (), False)


def test_rows_added_and_removed() -> None:
    plan = bundled(PLAN).plan
    shorter = compute(replace(plan, risks=plan.risks[1:]), bundled(PLAN).round)
    (removed,) = compare(bundled(PLAN), shorter).tables
    (added,) = compare(shorter, bundled(PLAN)).tables
    assert [(row.row, row.kind) for row in removed.rows] == [(plan.risks[0].risk, "removed")]
    assert [(row.row, row.kind) for row in added.rows] == [(plan.risks[0].risk, "added")]


def test_a_figure_that_becomes_unknown_has_no_change_but_is_told() -> None:
    plan = bundled(PLAN).plan
    without = replace(plan, allocations=tuple(each for each in plan.allocations if each.service != "primary-care"))
    changes = {each.figure: each for each in compare(bundled(PLAN), compute(without, bundled(PLAN).round)).figures}
    cumulative = changes["finance.primary-care.2014-15.cumulative"]
    assert (cumulative.before, cumulative.after, cumulative.change) == (6838, None, None)
