"""Read a plan and the round that it is written for."""

from dataclasses import dataclass
from pathlib import Path

from placeplan.kernel.errors import InputError, Problem
from placeplan.plan.folder import read_plan
from placeplan.plan.model import Plan
from placeplan.plan.overriding import apply_scenario, scenario_named
from placeplan.rounds.planning_round import PlanningRound
from placeplan.rounds.reader import list_rounds, read_round

WORKBOOK = ".xlsx"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan and its round."""

    plan: Plan
    round: PlanningRound


def load(path: Path, *, scenario: str | None = None, round_id: str | None = None) -> Loaded:
    """Read the plan in a folder or a workbook.

    Args:
        path: folder, or workbook ending in ``.xlsx``.
        scenario: name of one of the plan's scenarios to put it under.
        round_id: round to test it against instead of its own.

    Raises:
        InputError: with every problem found.
    """
    return loaded(_read(path), scenario=scenario, round_id=round_id)


def loaded(plan: Plan, *, scenario: str | None = None, round_id: str | None = None) -> Loaded:
    """A plan that was read, with its round, as :func:`load` gives it.

    Raises:
        InputError: there is no such scenario or round.
    """
    if scenario is not None:
        plan = apply_scenario(plan, scenario_named(plan, scenario))
    return Loaded(plan, _round(plan, round_id or plan.header.round))


def _read(path: Path) -> Plan:
    if path.suffix.lower() == WORKBOOK:
        from placeplan.plan.workbook_reading import read_workbook  # a heavy library, imported only when used

        return read_workbook(path)
    return read_plan(path)


def _round(plan: Plan, round_id: str) -> PlanningRound:
    known = list_rounds()
    if round_id not in known:
        problem = Problem(plan.where("round"), f"there is no planning round {round_id!r}", f"one of {', '.join(known)}")
        raise InputError([problem])
    return read_round(round_id)
