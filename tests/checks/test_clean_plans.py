"""Plans of our own, realistic and sound: nothing is called an error in them (no false alarms)."""

from pathlib import Path

import pytest

from placeplan.app.checking import check_path
from placeplan.assurance.findings import Severity
from placeplan.assurance.registry import CHECKS
from tests.checks.example_plans import TODAY

CLEAN = sorted(path for path in (Path(__file__).parent / "clean").iterdir() if path.is_dir())
by_name = pytest.mark.parametrize("folder", CLEAN, ids=lambda path: path.name)


def test_there_are_three_of_three_rounds() -> None:
    rounds = {check_path(folder, today=TODAY).case.round.id for folder in CLEAN}
    assert rounds == {"2014-15", "2016-17", "2026-29"}


@by_name
def test_no_finding_is_an_error(folder: Path) -> None:
    results = check_path(folder, today=TODAY)
    errors = [finding for finding in results.judgement.findings if finding.severity is Severity.ERROR]
    assert not errors
    assert len(results.judgement.checks) == len(CHECKS)


@by_name
def test_plan_is_marked_as_made_up_and_uses_most_tables(folder: Path) -> None:
    plan = check_path(folder, today=TODAY).case.plan
    assert plan.header.synthetic
    for rows in (
        plan.lines,
        plan.allocations,
        plan.schemes,
        plan.trajectories,
        plan.risks,
        plan.projects,
        plan.intentions,
    ):
        assert rows
    assert plan.narrative
