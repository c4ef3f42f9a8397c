"""Check a plan: read, compute, judge."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from placeplan.app.check_definitions import read_definitions
from placeplan.app.computing import compute
from placeplan.app.loading import Loaded, load
from placeplan.app.measure_definitions import read_measures
from placeplan.assurance.findings import Case
from placeplan.assurance.judging import judge
from placeplan.reports.types import PlanResults


def check_path(
    path: Path,
    *,
    today: date,
    scenario: str | None = None,
    round_id: str | None = None,
    select: Sequence[str] = (),
    as_at: date | None = None,
) -> PlanResults:
    """Read the plan at a path and check it.

    Args:
        path: folder or workbook.
        today: the day on which this is run, used when neither ``as_at`` nor the plan names another.
        scenario: scenario to put the plan under.
        round_id: round to test it against instead of its own.
        select: codes, or beginnings of codes, of the checks to run (all when empty).
        as_at: the day on which reviews and waivers are judged.

    Raises:
        InputError: the plan cannot be read.
    """
    return check_loaded(load(path, scenario=scenario, round_id=round_id), today=today, select=select, as_at=as_at)


def check_loaded(loaded: Loaded, *, today: date, select: Sequence[str] = (), as_at: date | None = None) -> PlanResults:
    """Check a plan that was read."""
    computed = compute(loaded.plan, loaded.round)
    case = Case(
        plan=loaded.plan,
        round=loaded.round,
        figures=computed.figures,
        reconciliations=computed.reconciliations,
        as_at=as_at or loaded.plan.header.as_at or today,
        definitions=read_definitions(),
        measures=read_measures(),
    )
    return PlanResults(case, judge(case, select=select))
